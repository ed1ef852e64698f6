"""A PAdES signature from a certificate in a file, held against pyHanko's own validator."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from protocols.extracts.press import html_to_pdf
from protocols.signing.apart import apart
from protocols.signing.pkcs12 import Pkcs12Signer, load_certificate
from protocols.signing.signatures import is_whole, signatures_of
from protocols.signing.signer import Act, SigningError
from tests.certificates import IDENTITY_NUMBER, PASSPHRASE, for_pyhanko, holder, root, write_pkcs12

WHEN = datetime(2026, 5, 27, 12, tzinfo=UTC)
FIRST = Act("Bo Cederlund", "Ordförande, justerade §§ 1–2", "Regionhuset", WHEN)
SECOND = Act("Cilla Dahl", "Justerare, justerade §§ 1–2", "Regionhuset", WHEN)


@pytest.fixture(scope="module")
def minutes() -> bytes:
    return html_to_pdf("<!doctype html><html lang=sv><title>Protokoll</title><h1>Protokoll</h1><p>Ord")


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Pkcs12Signer:
    path = write_pkcs12(tmp_path_factory.mktemp("certificate") / "prov.p12")
    return Pkcs12Signer(load_certificate(path, PASSPHRASE))


@pytest.fixture(scope="module")
def signed(minutes: bytes, signer: Pkcs12Signer) -> bytes:
    return signer.sign(signer.sign(minutes, FIRST), SECOND)


@apart
def statuses(pdf: bytes, *, skip_diff: bool = True) -> list[PdfSignatureStatus]:
    def trusted() -> ValidationContext:
        return ValidationContext(trust_roots=[for_pyhanko(root()[0])], allow_fetching=False)

    found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    return [validate_pdf_signature(one, trusted(), skip_diff=skip_diff) for one in found]


def test_an_event_loop_of_the_callers_is_no_hindrance(minutes: bytes, signer: Pkcs12Signer) -> None:
    async def in_a_loop() -> bool:
        return is_whole(signer.sign(minutes, FIRST))

    assert apart(asyncio.run)(in_a_loop())


def test_a_signature_is_valid_under_its_root(minutes: bytes, signer: Pkcs12Signer) -> None:
    signed = signer.sign(minutes, FIRST)
    [status] = statuses(signed, skip_diff=False)
    assert status.bottom_line
    assert status.trusted
    assert status.modification_level == ModificationLevel.NONE
    assert signed.startswith(minutes)
    assert len(signed) - len(minutes) < 40_000
    [signature] = PdfFileReader(BytesIO(signed)).embedded_signatures
    said = signature.sig_object
    assert said["/SubFilter"] == "/ETSI.CAdES.detached"
    assert (said["/Name"], said["/Location"]) == ("Bo Cederlund", "Regionhuset")
    assert said["/Reason"] == "Ordförande, justerade §§ 1–2 2026-05-27 kl. 12.00"


def test_a_second_signature_leaves_the_first_valid(signed: bytes) -> None:
    first, second = statuses(signed, skip_diff=False)
    assert first.bottom_line
    assert second.bottom_line
    assert first.modification_level == ModificationLevel.FORM_FILLING  # one more field with its signature
    assert is_whole(signed)


def test_what_is_kept_of_a_certificate_has_no_number(signed: bytes) -> None:
    fingerprint = for_pyhanko(holder()[0]).sha256.hex()
    assert [(facts.subject, facts.fingerprint) for facts in signatures_of(signed)] == [
        ("Tora Tolvan, Region Prov", fingerprint)
    ] * 2
    assert IDENTITY_NUMBER.encode().hex().encode() in signed.lower()  # it does stand in the file


def test_a_number_in_the_name_itself_is_left_out(minutes: bytes, tmp_path: Path) -> None:
    for name in ("Tora 19121212-1212 Tolvan", "Tora Tolvan 121212 1212"):
        path = write_pkcs12(tmp_path / "prov.p12", holder(name=name))
        signed = Pkcs12Signer(load_certificate(path, PASSPHRASE)).sign(minutes, FIRST)
        assert not any(letter.isdigit() for letter in signatures_of(signed)[0].subject)


def _in_the_middle(pdf: bytes) -> bytes:
    return pdf[:3000] + bytes([pdf[3000] ^ 1]) + pdf[3001:]


def _in_the_reason(pdf: bytes) -> bytes:
    return pdf.replace(b"Regionhuset", b"Regionhusex", 1)


@pytest.mark.parametrize(
    "tamper",
    [
        _in_the_middle,
        lambda pdf: pdf.replace(b"/Type", b"/Tyqe", 1),
        _in_the_reason,
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf[:-100],
        lambda pdf: pdf[:0],
        lambda pdf: pdf[:9] + b"skr\xe4p",
    ],
)
def test_a_changed_byte_is_found(signed: bytes, tamper: Callable[[bytes], bytes]) -> None:
    changed = tamper(signed)
    is_another = changed != signed  # apart, so that a failure does not print both
    assert is_another
    assert not is_whole(changed)


def test_a_paper_without_signatures_is_not_whole(minutes: bytes) -> None:
    assert not is_whole(minutes)


def test_a_wrong_pass_phrase_says_so(tmp_path: Path) -> None:
    path = write_pkcs12(tmp_path / "prov.p12")
    for wrong in ("fel", ""):
        with pytest.raises(SigningError, match="lösenordet är fel"):
            load_certificate(path, wrong)


def test_a_file_that_is_no_certificate_says_so(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="kan inte läsas"):
        load_certificate(tmp_path / "saknas.p12", PASSPHRASE)
    (tmp_path / "text.p12").write_text("inte ett certifikat")
    with pytest.raises(SigningError, match="inte PKCS#12"):
        load_certificate(tmp_path / "text.p12", PASSPHRASE)


@pytest.mark.parametrize(("days", "word"), [((-20, -10), "gick ut"), ((10, 20), "gäller från")])
def test_a_certificate_outside_its_time_says_so(tmp_path: Path, days: tuple[int, int], word: str) -> None:
    path = write_pkcs12(tmp_path / "prov.p12", holder(days=days))
    with pytest.raises(SigningError, match=word):
        load_certificate(path, PASSPHRASE)
