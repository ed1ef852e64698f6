"""Signing verified minutes: after the verification, whole or not at all, and again where it failed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, transaction
from pytest_django import Settings

from motions.errors import Conflict, Forbidden
from protocols.actions.agenda import add_matter
from protocols.actions.immediate import declare_immediate
from protocols.actions.signing import request_signing, sign_due
from protocols.actions.taking_up import take_up
from protocols.enums import SigningState
from protocols.models import Meeting, MinutesFile, Paragraph, Signature, SignedOriginal
from protocols.signing import configured
from protocols.signing.pkcs12 import Pkcs12Signer
from protocols.signing.signatures import is_whole
from protocols.signing.signer import Act
from tests.certificates import PASSPHRASE, for_pyhanko, holder, write_pkcs12
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)


@pytest.fixture
def region(db: None, settings: Settings, tmp_path: Path) -> Region:
    settings.SIGNING_CERTIFICATE = str(write_pkcs12(tmp_path / "prov.p12"))
    settings.SIGNING_PASSPHRASE = PASSPHRASE
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A closed board meeting with one decided §."""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    return close(region, meeting)


def content_of(original: SignedOriginal) -> bytes:
    with original.file.open("rb") as file:
        content: bytes = file.read()
    return content


def test_verified_minutes_are_signed_once_by_each_who_verified(
    region: Region, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    assert not SignedOriginal.objects.exists()
    verify(region, meeting)
    assert SignedOriginal.objects.get().is_waiting
    assert sign_due() == 1
    original = SignedOriginal.objects.get()
    content = content_of(original)
    assert original.is_signed
    assert (original.sha256, original.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert is_whole(content)
    minutes = MinutesFile.objects.get(meeting=meeting)
    with minutes.file.open("rb") as file:
        assert content.startswith(file.read())
    fingerprint = for_pyhanko(holder()[0]).sha256.hex()
    rows = [(str(row.person.name), row.subject, row.fingerprint) for row in Signature.objects.all()]
    assert rows == [
        ("Bo Cederlund", "Tora Tolvan, Region Prov", fingerprint),
        ("Cilla Dahl", "Tora Tolvan, Region Prov", fingerprint),
    ]
    assert caplog.text == ""  # pyHanko would name the certificate, number and all
    assert sign_due() == 0
    assert request_signing(meeting, by=region.secretary).sha256 == original.sha256


def test_what_a_signature_says(region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: list[Act] = []
    sign = Pkcs12Signer.sign

    def note(self: Pkcs12Signer, pdf: bytes, act: Act) -> bytes:
        signed.append(act)
        return sign(self, pdf, act)

    monkeypatch.setattr(Pkcs12Signer, "sign", note)
    verify(region, meeting)
    sign_due()
    assert [(act.who, act.sentence, act.place) for act in signed] == [
        ("Bo Cederlund", "Ordförande, justerade §\xa01 2026-05-27 kl. 12.00", "Regionhuset"),
        ("Cilla Dahl", "Justerare, justerade §\xa01 2026-05-27 kl. 12.00", "Regionhuset"),
    ]


def test_nothing_is_signed_before_the_last_paragraph(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    at_once = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    declare_immediate(at_once, by=region.secretary, is_immediate=True)
    verify(region, meeting)
    assert not SignedOriginal.objects.exists()
    with pytest.raises(Conflict, match="inte justerade"):
        request_signing(meeting, by=region.secretary)
    other = add_matter(meeting, by=region.secretary, title="Val av ombud")
    decide(region, take_up(other, by=region.secretary))
    close(region, meeting)
    assert not SignedOriginal.objects.exists()
    verify(region, meeting)
    assert SignedOriginal.objects.get().is_waiting


def test_a_meeting_verified_at_once_is_signed_when_it_closes(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    at_once = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    declare_immediate(at_once, by=region.secretary, is_immediate=True)
    verify(region, meeting)
    close(region, meeting)
    assert SignedOriginal.objects.get().is_waiting


def test_without_a_certificate_nothing_is_asked_for(
    region: Region, meeting: Meeting, settings: Settings
) -> None:
    settings.SIGNING_CERTIFICATE = ""
    verify(region, meeting)
    assert not SignedOriginal.objects.exists()
    with pytest.raises(Conflict, match="Inget certifikat"):
        request_signing(meeting, by=region.secretary)


@pytest.mark.parametrize(
    ("passphrase", "reason"), [("fel", "lösenordet är fel"), (PASSPHRASE, "kan inte läsas")]
)
def test_a_failure_is_told_and_tried_again(
    region: Region, meeting: Meeting, settings: Settings, passphrase: str, reason: str
) -> None:
    good, settings.SIGNING_PASSPHRASE = settings.SIGNING_CERTIFICATE, passphrase
    if passphrase == PASSPHRASE:
        settings.SIGNING_CERTIFICATE = "/saknas.p12"
    verify(region, meeting)
    assert sign_due() == 0
    original = SignedOriginal.objects.get()
    assert (original.state, original.sha256, Signature.objects.count()) == (SigningState.FAILED, "", 0)
    assert reason in original.reason
    assert sign_due() == 0  # not again by itself
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = good, PASSPHRASE
    assert request_signing(meeting, by=region.secretary).is_waiting
    assert sign_due() == 1
    assert SignedOriginal.objects.get().reason == ""


def test_a_signer_that_breaks_down_leaves_the_verification_and_nothing_else(
    region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Breaks:
        """A service that signs once and then is gone."""

        def __init__(self) -> None:
            self.signed = 0

        def sign(self, pdf: bytes, act: Act) -> bytes:
            self.signed += 1
            if self.signed > 1:
                raise ConnectionError("gone with 191212121212")
            return configured.minutes_signer().sign(pdf, act)

    monkeypatch.setattr("protocols.actions.signing.minutes_signer", Breaks)
    verify(region, meeting)
    assert sign_due() == 0
    assert all(paragraph.is_verified for paragraph in Paragraph.objects.filter(meeting=meeting))
    original = SignedOriginal.objects.get()
    assert (original.state, original.reason) == (
        SigningState.FAILED,
        "Något gick fel. Serverns logg säger vad.",
    )
    assert not Signature.objects.exists()
    assert "could not be signed" in caplog.text
    assert "ConnectionError: gone with" in caplog.text
    assert "1212" not in caplog.text


def test_a_signer_that_gives_back_another_file_is_refused(
    region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Changes:
        """A service that signs, and changes a byte afterwards."""

        def sign(self, pdf: bytes, act: Act) -> bytes:
            return configured.minutes_signer().sign(pdf, act) + b"\n"

    monkeypatch.setattr("protocols.actions.signing.minutes_signer", Changes)
    verify(region, meeting)
    assert sign_due() == 0
    assert "höll inte vid kontroll" in SignedOriginal.objects.get().reason
    assert not Signature.objects.exists()


def test_only_a_secretary_asks(region: Region, meeting: Meeting) -> None:
    verify(region, meeting)
    for user in (region.registrar, region.chair, region.politician):
        with pytest.raises(Forbidden):
            request_signing(meeting, by=user)


def test_the_database_keeps_it(region: Region, meeting: Meeting) -> None:
    verify(region, meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedOriginal.objects.update(state=SigningState.SIGNED)  # signed without a file
    with pytest.raises(ProgrammingError), transaction.atomic():
        SignedOriginal.objects.all().delete()
    sign_due()
    original = SignedOriginal.objects.get()
    with pytest.raises(ProgrammingError), transaction.atomic():
        SignedOriginal.objects.update(made_at=original.asked_at + timedelta(days=1))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Signature.objects.update(subject="x")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Signature.objects.create(
            original=original, person=region.people["Asta"], position=3, subject="x", fingerprint="x"
        )


def test_the_command_signs_what_waits_and_names_what_failed(
    region: Region, meeting: Meeting, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    verify(region, meeting)
    settings.SIGNING_PASSPHRASE = "fel"
    call_command("sign_minutes")
    assert capsys.readouterr().out.startswith("Minutes signed: 0\nFailed: Regionstyrelsen")
    settings.SIGNING_PASSPHRASE = PASSPHRASE
    request_signing(meeting, by=region.secretary)
    call_command("sign_minutes")
    assert capsys.readouterr().out == "Minutes signed: 1\n"
