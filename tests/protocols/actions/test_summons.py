"""Issuing and sending a summons: numbered, only when something changed, once to each address."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motions.actions.preparation import finish_preparation, resume_preparation, save_draft_section
from motions.enums import Outcome, WrittenSection
from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Body, Motion
from protocols.actions import summons as actions
from protocols.actions.agenda import add_block, add_matter, place_motion, reorder_agenda
from protocols.actions.meetings import change_meeting, open_meeting
from protocols.actions.summons import issue_summons, send_summons
from protocols.enums import MailingKind, ParagraphKind
from protocols.extracts.letterhead import Letterhead
from protocols.extracts.summons import SummonsFile, summons_pdf
from protocols.models import Delivery, Enclosure, Meeting, Summons
from protocols.queries.summons import agenda_digest, secret_documents, summons_document
from protocols.summons import SummonsDocument
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.attaching import attach
from tests.protocols.extracts.samples import words


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    meeting = make_meeting(region, region.board)
    place_motion(meeting, by=region.secretary, motion=make_prepared_motion(region))
    add_matter(meeting, by=region.secretary, title="Delårsrapport", proposal="att rapporten godkänns")
    return meeting


def motion_of(meeting: Meeting) -> Motion:
    return Motion.objects.get(paragraphs__meeting=meeting)


def content(summons: Summons) -> bytes:
    with summons.file.open("rb") as file:
        return bytes(file.read())


def test_the_first_is_number_one_and_kept_by_its_content(region: Region, meeting: Meeting) -> None:
    attach(region, motion_of(meeting), "om cykelvägar")
    summons = issue_summons(meeting, by=region.secretary)
    pdf = content(summons)
    assert (summons.label, summons.left_out) == ("Kallelse nr 1", [])
    assert hashlib.sha256(pdf).hexdigest() == summons.sha256
    text = words(pdf)
    for words_of_it in (
        "Kallelse nr 1",
        "Asta Björk (V)",
        "Hugo Alm (V)",
        "Motion 1-2026 om fler cykelvägar i länet",
        "Bilaga 1. Handling om cykelvägar",
        "att rapporten godkänns",
        "Förslag till beslut",
        "Regionstyrelsen föreslår regionfullmäktige besluta att motionen avslås",
    ):
        assert words_of_it in text
    with pytest.raises(ProgrammingError), transaction.atomic():
        Summons.objects.update(number=7)


def test_nothing_changed_gives_no_second_one(region: Region, meeting: Meeting) -> None:
    issue_summons(meeting, by=region.secretary)
    with pytest.raises(Conflict, match="Kallelse nr 1 gäller fortfarande"):
        issue_summons(meeting, by=region.secretary)


def test_a_new_item_gives_an_additional_one_beside_the_first(region: Region, meeting: Meeting) -> None:
    first = issue_summons(meeting, by=region.secretary)
    before = content(first)
    add_matter(meeting, by=region.secretary, title="Val av ombud")
    second = issue_summons(meeting, by=region.secretary)
    assert second.label == "Tilläggskallelse nr 2"
    assert content(first) == before
    text = words(content(second))
    assert "Val av ombud (nytt)" in text
    assert "Delårsrapport (nytt)" not in text


def test_whatever_is_told_counts_as_a_change(region: Region, meeting: Meeting) -> None:
    seen = {agenda_digest(meeting)}
    motion = motion_of(meeting)

    def changed() -> bool:
        known = len(seen)
        seen.add(agenda_digest(Meeting.objects.get(pk=meeting.pk)))
        return len(seen) > known

    change_meeting(meeting, by=region.secretary, starts_at=meeting.starts_at, place="Sessionssalen")
    assert changed()
    order = list(meeting.paragraphs.order_by("-position").values_list("pk", flat=True))
    reorder_agenda(meeting, by=region.secretary, order=order)
    assert changed()
    attach(region, motion, "ny")
    assert changed()
    attach(region, motion, "hemlig", is_secret=True)
    assert not changed()


def test_a_secret_document_stays_out_and_is_counted(region: Region, meeting: Meeting) -> None:
    attach(region, motion_of(meeting), "hemligheten", is_secret=True)
    assert "hemligheten" not in words(content(issue_summons(meeting, by=region.secretary)))
    assert secret_documents(meeting) == 1


def test_fullmaktige_gets_the_boards_proposal(region: Region) -> None:
    motion = make_prepared_motion(region, outcome=Outcome.GRANTED)
    board = make_meeting(region, region.board, held_on=date(2026, 4, 22))
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    assembly = make_meeting(region, region.assembly)
    place_motion(assembly, by=region.secretary, motion=Motion.objects.get(pk=motion.pk))
    item = summons_document(assembly, issued_on=date(2026, 5, 12)).items[0]
    assert item.proposal == "Bifall"
    html = " ".join(section.html for section in item.sections)
    assert "Regionfullmäktige beslutar att motionen bifalls" in html
    assert "Regionstyrelsen 2026-04-22" in html
    assert "Länet behöver cykelvägar" in html


def test_a_block_brings_each_motion(region: Region) -> None:
    motions = [make_motion(region, title=f"Motion nummer {n}") for n in (1, 2)]
    for motion in motions:
        attach(region, motion, f"papper {motion.pk}")
    assembly = make_meeting(region, region.assembly)
    add_block(assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=motions)
    [item] = summons_document(assembly, issued_on=date(2026, 5, 12)).items
    assert [paper.number for paper in item.papers] == [1, 2]
    assert item.proposal == "Remitterade till regionstyrelsen"


def test_the_queries_do_not_grow_with_the_agenda(region: Region, meeting: Meeting) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            summons_document(meeting, issued_on=date(2026, 5, 12))
        return len(captured)

    attach(region, motion_of(meeting), "a")
    few = queries()
    for number in range(3):
        motion = make_prepared_motion(region, title=f"Beredd motion {number}")
        attach(region, motion, str(number))
        place_motion(meeting, by=region.secretary, motion=motion)
        add_matter(meeting, by=region.secretary, title=f"Ärende {number}", proposal="att det godkänns")
    assert queries() == few


def test_an_empty_agenda_summons_nobody(region: Region) -> None:
    with pytest.raises(DomainError, match="Dagordningen är tom") as refused:
        issue_summons(make_meeting(region, region.board), by=region.secretary)
    assert refused.value.law == "KL 5 kap. 15 §"


def test_a_meeting_that_has_begun_has_its_summons(region: Region, meeting: Meeting) -> None:
    open_meeting(meeting, by=region.secretary)
    with pytest.raises(Conflict, match="redan öppnats"):
        issue_summons(meeting, by=region.secretary)


def test_only_who_manages_meetings_issues_and_sends(region: Region, meeting: Meeting) -> None:
    with pytest.raises(Forbidden):
        issue_summons(meeting, by=region.registrar)
    summons = issue_summons(meeting, by=region.secretary)
    with pytest.raises(Forbidden):
        send_summons(summons, by=region.chair)


# --- Sending -----------------------------------------------------------------------------------------------


def addresses() -> list[str]:
    return sorted(Delivery.objects.values_list("address", flat=True))


def test_each_with_an_address_gets_it_once_a_version(region: Region, meeting: Meeting) -> None:
    summons = issue_summons(meeting, by=region.secretary)
    mailing = send_summons(summons, by=region.secretary)
    assert mailing.kind == MailingKind.SUMMONS
    mine = sorted(user.email for user in (region.chair, region.verifier, region.politician))
    assert addresses() == mine
    letter = Delivery.objects.get(address=region.politician.email)
    assert letter.subject == "Kallelse nr 1: Regionstyrelsen 20 maj 2026"
    assert "klockan 09.00, Regionhuset" in letter.text
    files = [(row.filename, row.mimetype) for row in letter.enclosures.all()]
    assert files == [
        ("kallelse-1-regionstyrelsen-2026-05-20.pdf", "application/pdf"),
        ("regionstyrelsen-2026-05-20.ics", "text/calendar"),
    ]
    assert letter.enclosures.first().sha256 == summons.sha256  # type: ignore[union-attr]  # there are two
    with pytest.raises(Conflict, match="redan skickad till alla"):
        send_summons(summons, by=region.secretary)
    add_matter(meeting, by=region.secretary, title="Val av ombud")
    second = issue_summons(meeting, by=region.secretary)
    with pytest.raises(Conflict, match="Kallelse nr 1 gäller inte längre"):
        send_summons(summons, by=region.secretary)
    send_summons(second, by=region.secretary)
    assert addresses() == sorted(mine * 2)


def test_a_large_file_is_linked_and_sent_once_too(
    region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_MAIL_BYTES", 1000)
    summons = issue_summons(meeting, by=region.secretary)
    send_summons(summons, by=region.secretary)
    letter = Delivery.objects.get(address=region.politician.email)
    assert f"/sammantraden/{meeting.pk}/kallelse/1.pdf" in letter.text
    assert not Enclosure.objects.filter(mimetype="application/pdf").exists()
    with pytest.raises(Conflict):
        send_summons(summons, by=region.secretary)


def test_a_changed_draft_counts_as_a_change(region: Region, meeting: Meeting) -> None:
    before = agenda_digest(meeting)
    motion = resume_preparation(motion_of(meeting), by=region.officer, on=date(2026, 4, 1))
    save_draft_section(motion, by=region.officer, kind=WrittenSection.MATTER, html="<p>Nytt</p>", version=0)
    finish_preparation(motion, by=region.officer, on=date(2026, 4, 1))
    assert agenda_digest(meeting) != before


def test_letters_are_known_by_their_summons_and_not_by_their_subject(
    region: Region, meeting: Meeting
) -> None:
    summons = issue_summons(meeting, by=region.secretary)
    send_summons(summons, by=region.secretary)
    Body.objects.filter(pk=meeting.body_id).update(name="Nämnden med nytt namn")
    with pytest.raises(Conflict, match="redan skickad"):
        send_summons(Summons.objects.get(), by=region.secretary)


def test_agenda_that_changes_while_the_summons_is_made_is_not_passed_over(
    region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_slowly(document: SummonsDocument, *, letterhead: Letterhead) -> SummonsFile:
        add_matter(meeting, by=region.secretary, title="Ett ärende till")
        return summons_pdf(document, letterhead=letterhead)

    monkeypatch.setattr(actions, "summons_pdf", set_slowly)
    with pytest.raises(Conflict, match="ändrades medan"):
        issue_summons(meeting, by=region.secretary)
    assert not Summons.objects.exists()
