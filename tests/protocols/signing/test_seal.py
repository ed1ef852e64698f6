"""The organisation's seal with validation data for decades, held against pyHanko's own validator."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_lta_validation, simulate_future_ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pytest_django import Settings

from protocols.extracts.press import html_to_pdf
from protocols.signing.apart import apart
from protocols.signing.configured import sealer
from protocols.signing.signatures import is_whole
from protocols.signing.signer import SigningError
from tests.authority import authority
from tests.certificates import PASSPHRASE, for_pyhanko, holder, organisation, root, write_pkcs12, write_root


@pytest.fixture(scope="module")
def paper() -> bytes:
    return html_to_pdf("<!doctype html><html lang=sv><title>Utdrag</title><h1>Utdrag</h1><p>Ord")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with authority() as address:
        yield address


def spec() -> PdfSignatureValidationSpec:
    """Trust the root alone, want to know of revocation, and ask nobody on the net."""
    revocation = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require"))
    policy = CertValidationPolicySpec(SimpleTrustManager.build([for_pyhanko(root()[0])]), revocation)
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        )
    )


@pytest.fixture
def long_term(settings: Settings, tmp_path: Path, address: str) -> Settings:
    pair = organisation(f"{address}rot.crl")
    settings.SEAL_CERTIFICATE = str(write_pkcs12(tmp_path / "seal.p12", pair))
    settings.SEAL_PASSPHRASE = PASSPHRASE
    settings.TIMESTAMP_AUTHORITY = address
    settings.TRUST_ROOTS = str(write_root(tmp_path / "rot.pem"))
    return settings


def test_a_seal_is_checkable_without_asking_anybody(paper: bytes, long_term: Settings) -> None:
    sealed = sealer().seal(paper, organisation="Region Prov", reason="Protokollsutdrag § 1")
    reader = PdfFileReader(BytesIO(sealed))
    [seal] = reader.embedded_regular_signatures
    [stamp] = reader.embedded_timestamp_signatures
    assert (seal.sig_object["/Name"], seal.sig_object["/Reason"]) == ("Region Prov", "Protokollsutdrag § 1")
    assert reader.embedded_signatures[-1].fq_name == stamp.fq_name
    store = reader.root["/DSS"]
    assert len(store["/Certs"]) >= 3  # seal, authority, root
    assert len(store["/CRLs"]) == 1
    result = apart(asyncio.run)(ades_lta_validation(seal, spec()))
    assert result.ades_subindic == AdESPassed.OK
    in_ten_years = timezone.now() + timedelta(days=3650)
    later = apart(asyncio.run)(simulate_future_ades_lta_validation(seal, spec(), in_ten_years))
    assert later.ades_subindic == AdESPassed.OK
    assert sealed.startswith(paper)
    assert is_whole(sealed)


@pytest.mark.parametrize("place", [2000, -9000, -300])
def test_a_changed_byte_breaks_the_seal(paper: bytes, long_term: Settings, place: int) -> None:
    sealed = sealer().seal(paper, organisation="Region Prov", reason="Protokollsutdrag § 1")
    changed = bytearray(sealed)
    changed[place] ^= 1
    assert is_whole(sealed)
    assert not is_whole(bytes(changed))


def test_a_seal_without_an_authority_is_one_signature(paper: bytes, long_term: Settings) -> None:
    long_term.TIMESTAMP_AUTHORITY = ""
    sealed = sealer().seal(paper, organisation="Region Prov", reason="Protokollsutdrag § 1")
    assert len(PdfFileReader(BytesIO(sealed)).embedded_signatures) == 1
    assert is_whole(sealed)


def test_a_persons_certificate_does_not_seal(long_term: Settings, tmp_path: Path) -> None:
    long_term.SEAL_CERTIFICATE = str(write_pkcs12(tmp_path / "person.p12", holder()))
    with pytest.raises(SigningError, match="personnummer"):
        sealer()


def test_an_authority_that_does_not_answer_is_told(paper: bytes, long_term: Settings) -> None:
    long_term.TIMESTAMP_AUTHORITY = "http://127.0.0.1:9/"  # nobody listens there
    with pytest.raises(SigningError, match="tidsstämplar svarar inte"):
        sealer().seal(paper, organisation="Region Prov", reason="Utdrag")


def test_an_unknown_authority_is_told(paper: bytes, long_term: Settings) -> None:
    long_term.TRUST_ROOTS = ""
    long_term.SEAL_CERTIFICATE = str(
        write_pkcs12(Path(long_term.SEAL_CERTIFICATE).with_name("alone.p12"), organisation(), with_root=False)
    )
    with pytest.raises(SigningError, match="rotcertifikaten"):
        sealer().seal(paper, organisation="Region Prov", reason="Utdrag")
    long_term.TRUST_ROOTS = "/saknas.pem"
    with pytest.raises(SigningError, match="rotcertifikat kan inte läsas"):
        sealer()
