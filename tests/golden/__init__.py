"""Eight extracts as they are to look: pictures of their pages, which a test compares what is set now with.

After a wanted change of the look: `python -m tests.golden` makes the pictures anew; look at each before you
commit it.
"""
