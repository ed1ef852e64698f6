from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from motions.actions.ending import withdraw_motion
from motions.enums import Outcome, Role, Stage, WrittenSection
from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Motion
from protocols.actions.agenda import add_block, add_matter
from protocols.actions.decisions import refine_decision
from protocols.actions.extracts import issue_extract
from protocols.actions.meetings import open_meeting
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.actions.texts import save_section
from protocols.actions.verification import verify_paragraphs
from protocols.document import ParagraphDocument
from protocols.enums import ParagraphKind, ParagraphState, ProposalKind
from protocols.facts import ClauseFact
from protocols.models import Extract, Meeting, Paragraph, Verification
from protocols.queries.documents import draft_document
from protocols.queries.facts import with_facts
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """A closed board meeting with one decided §."""
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    return close(region, meeting)


def seen(region: Region, meeting: Meeting) -> dict[int, str]:
    return {
        p.pk: draft_document(p, region.organisation).sha256() for p in with_facts(meeting.paragraphs.all())
    }


def test_one_verifier_alone_does_not_freeze(region: Region, meeting: Meeting) -> None:
    assert verify_paragraphs(meeting, by=region.chair, seen=seen(region, meeting)) == []
    assert Paragraph.objects.get().state == ParagraphState.DECIDED
    assert Motion.objects.get().stage == Stage.AT_BOARD


def test_the_last_verifier_freezes_the_text_and_moves_the_motion(region: Region, meeting: Meeting) -> None:
    verify(region, meeting)
    paragraph = Paragraph.objects.get()
    document = ParagraphDocument.from_json(paragraph.frozen_document)
    assert paragraph.state == ParagraphState.VERIFIED
    assert paragraph.frozen_sha256 == document.sha256()
    assert (document.verifiers, document.verified_on) == (("Bo Cederlund", "Cilla Dahl"), date(2026, 5, 27))
    event = Motion.objects.get().events.last()
    assert event is not None
    assert event.facts["number"] == 1
    assert event.facts["outcomes"] == ["rejected"]


def test_a_text_that_changed_since_it_was_read_is_not_verified(region: Region, meeting: Meeting) -> None:
    read = seen(region, meeting)
    paragraph = Paragraph.objects.get()
    save_section(paragraph, by=region.secretary, kind=WrittenSection.SUMMARY, html="<p>Nytt.</p>", version=0)
    with pytest.raises(Conflict, match="har ändrats sedan du läste den"), transaction.atomic():
        verify_paragraphs(meeting, by=region.chair, seen=read)
    assert not Verification.objects.exists()


def test_a_change_between_two_verifiers_needs_both_again(region: Region, meeting: Meeting) -> None:
    verify_paragraphs(meeting, by=region.chair, seen=seen(region, meeting))
    paragraph = Paragraph.objects.get()
    save_section(paragraph, by=region.secretary, kind=WrittenSection.SUMMARY, html="<p>Nytt.</p>", version=0)
    verify_paragraphs(meeting, by=region.verifier, seen=seen(region, meeting))
    assert Paragraph.objects.get().state == ParagraphState.DECIDED
    verify_paragraphs(meeting, by=region.chair, seen=seen(region, meeting))
    assert Paragraph.objects.get().state == ParagraphState.VERIFIED


def test_an_open_meeting_is_not_verified(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, make_prepared_motion(region)))
    with pytest.raises(Conflict, match="pågår"):
        verify_paragraphs(meeting, by=region.chair, seen=seen(region, meeting))


def test_one_who_was_not_chosen_does_not_verify(region: Region, meeting: Meeting) -> None:
    elsa = make_user("Elsa Öhman", Role.VERIFIER, person=region.people["Elsa"])
    with pytest.raises(Forbidden, match="inte utsedd"):
        verify_paragraphs(meeting, by=elsa, seen=seen(region, meeting))


@pytest.mark.parametrize("login", ["secretary", "registrar", "officer", "administrator", "politician"])
def test_other_roles_do_not_verify(region: Region, meeting: Meeting, login: str) -> None:
    with pytest.raises(Forbidden):
        verify_paragraphs(meeting, by=getattr(region, login), seen=seen(region, meeting))


def test_a_verdict_that_leaves_an_att_sats_open_is_not_verified(region: Region, meeting: Meeting) -> None:
    verify(region, meeting)
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    paragraph = decide(region, open_with(region, assembly, Motion.objects.get()))
    refine_decision(paragraph, by=region.secretary, clauses=[ClauseFact(text="ärendet vilar")])
    close(region, assembly)
    with pytest.raises(DomainError) as error, transaction.atomic():
        verify(region, assembly)
    assert error.value.law == "KL 5 kap. 67 §"
    assert "Ange utfallet för att-sats 1." in error.value.message
    assert paragraph.label in error.value.message
    assert Motion.objects.get().stage == Stage.AT_ASSEMBLY


def test_each_att_sats_gets_its_own_outcome(region: Region) -> None:
    motion = make_prepared_motion(region, clauses=("att bygga", "att berätta"))
    board = make_meeting(region, region.board)
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    paragraph = decide(region, open_with(region, assembly, motion))
    clauses = [ClauseFact(Outcome.GRANTED, (1,)), ClauseFact(Outcome.DEEMED_ANSWERED, (2,))]
    refine_decision(paragraph, by=region.secretary, clauses=clauses)
    verify(region, close(region, assembly))
    outcomes = [clause.outcome for clause in motion.clauses.all()]
    assert outcomes == [Outcome.GRANTED, Outcome.DEEMED_ANSWERED]


def test_a_block_remits_every_motion_and_raises_it(region: Region) -> None:
    motions = [make_motion(region, title=f"Om väg {index}") for index in range(3)]
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 2, 20))
    block = add_block(assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=motions)
    open_meeting(assembly, by=region.secretary, at=clock(assembly, 9))
    decide(region, take_up(block, by=region.secretary, at=clock(assembly, 9)))
    verify(region, close(region, assembly))
    assert {(m.stage, m.raised_on) for m in Motion.objects.all()} == {(Stage.REMITTED, date(2026, 2, 20))}


def test_a_motion_withdrawn_meanwhile_keeps_its_end(region: Region, meeting: Meeting) -> None:
    withdraw_motion(Motion.objects.get(), by=region.registrar, on=date(2026, 5, 25))
    verify(region, meeting)
    assert Paragraph.objects.get().state == ParagraphState.VERIFIED
    assert Motion.objects.get().stage == Stage.WITHDRAWN


def test_a_minority_refers_back_once(region: Region, meeting: Meeting) -> None:
    verify(region, meeting)
    motion = Motion.objects.get()
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    paragraph = open_with(region, assembly, motion)
    proposal = add_proposal(
        paragraph,
        by=region.secretary,
        kind=ProposalKind.REFER_BACK,
        movers=[region.people["Elsa"]],
        text="kostnaden belyses",
    )
    question = paragraph.questions.all()[0]
    with pytest.raises(DomainError, match="minst 3 av 7 närvarande, och 2 begärde det"), transaction.atomic():
        record_finding(question, by=region.secretary, winner=proposal, supporters=2)
    record_finding(question, by=region.secretary, winner=proposal, supporters=3)
    verify(region, close(region, assembly))
    motion.refresh_from_db()
    assert (motion.stage, motion.minority_deferral_used) == (Stage.IN_PREPARATION, True)


def test_a_matter_without_a_motion_is_decided_and_verified(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    matter = add_matter(meeting, by=region.secretary, title="Delårsrapport", proposal="rapporten godkänns")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    decide(region, take_up(matter, by=region.secretary, at=clock(meeting, 9)))
    verify(region, close(region, meeting))
    assert "rapporten godkänns" in Paragraph.objects.get().frozen_document


def test_an_extract_is_issued_once_and_only_when_verified(region: Region, meeting: Meeting) -> None:
    paragraph = Paragraph.objects.get()
    with pytest.raises(Conflict):
        issue_extract(paragraph, by=region.secretary, check_address="prov.example/")
    verify(region, meeting)
    first = issue_extract(paragraph, by=None, check_address="prov.example/")
    assert issue_extract(paragraph, by=None, check_address="prov.example/") == first
    assert Extract.objects.count() == 1
