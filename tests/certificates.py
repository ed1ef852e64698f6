"""Test certificates: a root of our own and holders below it. Fiction, the identity number too."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone

PASSPHRASE = "prov-åäö-17"
#: A number that belongs to nobody, with the right check digit; in a Swedish certificate it is serialNumber.
IDENTITY_NUMBER = "191212121212"
#: An organisation's has another form: the third digit is at least 2.
ORGANISATION_NUMBER = "2321000000"
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
    return _issued(_name(name, IDENTITY_NUMBER), days)


@cache
def organisation(revoked_at: str = "") -> _Pair:
    """The organisation's own certificate; `revoked_at` is where its issuer says what is revoked."""
    return _issued(_name("Region Prov stämpel", ORGANISATION_NUMBER), (-365, 365), revoked_at)


def _issued(subject: x509.Name, days: tuple[int, int], revoked_at: str = "") -> _Pair:
    issuer, issuer_key = root()
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(subject, issuer.subject, days).public_key(key.public_key())
    builder = builder.add_extension(_usage(signs=True), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    if revoked_at:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(revoked_at)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()), key


@cache
def time_stamping() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """The certificate of a time-stamping authority; RSA, as pyHanko's own one wants it."""
    issuer, issuer_key = root()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    builder = _builder(_name("Prov tid"), issuer.subject, (-365, 365)).public_key(key.public_key())
    builder = builder.add_extension(_usage(signs=True), critical=True)
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return builder.add_extension(purposes, critical=True).sign(issuer_key, hashes.SHA256()), key


def revocations() -> bytes:
    """What the root says is revoked: nothing. DER."""
    issuer, issuer_key = root()
    now = timezone.now()
    builder = x509.CertificateRevocationListBuilder(
        issuer.subject, now - dt.timedelta(1), now + dt.timedelta(30)
    )
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def write_root(path: Path) -> Path:
    """The root in a file of its own."""
    path.write_bytes(root()[0].public_bytes(serialization.Encoding.PEM))
    return path


def write_pkcs12(
    path: Path, pair: _Pair | None = None, passphrase: str = PASSPHRASE, *, with_root: bool = True
) -> Path:
    """The certificate with its key and the root in a file, as an authority hands it out."""
    certificate, key = pair or holder()
    chain = [root()[0]] if with_root else None
    encryption = serialization.BestAvailableEncryption(passphrase.encode())
    content = pkcs12.serialize_key_and_certificates(b"prov", key, certificate, chain, encryption)
    path.write_bytes(content)
    return path


def for_pyhanko(certificate: x509.Certificate) -> asn1.Certificate:
    """The certificate as pyHanko's validator wants it."""
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
