"""Electronic signatures on papers: the seam for a signing service, and a signer with a certificate in a file.

Nothing here knows a database. `signer` is the seam, `pkcs12` signs with a certificate and key in a file,
`configured` picks what the installation has set up, `signatures` reads back what stands in a signed paper.
"""
