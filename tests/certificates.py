"""Test certificates: a root of our own and holders below it. Fiction, the identity number too."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone

PASSPHRASE = "prov-åäö-17"
#: A number that belongs to nobody, with the right check digit; in a Swedish certificate it is serialNumber.
IDENTITY_NUMBER = "191212121212"
HOLDER = "Tora Tolvan"

_Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def _name(common_name: str, number: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Region Prov"),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([*parts, *([x509.NameAttribute(NameOID.SERIAL_NUMBER, number)] if number else [])])


def _builder(subject: x509.Name, issuer: x509.Name, days: tuple[int, int]) -> x509.CertificateBuilder:
    now = timezone.now()
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now + dt.timedelta(days[0])).not_valid_after(now + dt.timedelta(days[1]))


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def root() -> _Pair:
    """The root that all others hang on."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Prov rot")
    builder = _builder(name, name, (-3650, 3650)).public_key(key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    builder = builder.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
    )
    return builder.sign(key, hashes.SHA256()), key


@cache
def holder(name: str = HOLDER, days: tuple[int, int] = (-365, 365)) -> _Pair:
    """A person's certificate that is valid from the first to the second day, counted from today."""
    issuer, issuer_key = root()
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(name, IDENTITY_NUMBER), issuer.subject, days).public_key(key.public_key())
    builder = builder.add_extension(_usage(signs=True), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    return builder.sign(issuer_key, hashes.SHA256()), key


def write_pkcs12(path: Path, pair: _Pair | None = None, passphrase: str = PASSPHRASE) -> Path:
    """The certificate with its key and the root in a file, as an authority hands it out."""
    certificate, key = pair or holder()
    encryption = serialization.BestAvailableEncryption(passphrase.encode())
    content = pkcs12.serialize_key_and_certificates(b"prov", key, certificate, [root()[0]], encryption)
    path.write_bytes(content)
    return path


def for_pyhanko(certificate: x509.Certificate) -> asn1.Certificate:
    """The certificate as pyHanko's validator wants it."""
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
