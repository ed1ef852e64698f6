"""Frozen is frozen: the database refuses to change anything of a verified paragraph, also by plain SQL."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import ProgrammingError
from django.utils import timezone

from motions.enums import WrittenSection
from protocols.actions.agenda import add_block
from protocols.actions.assignments import give_assignment, report_assignment
from protocols.actions.attendance import set_present
from protocols.actions.certifying import certify_copy
from protocols.actions.comments import comment
from protocols.actions.corrections import correct_paragraph
from protocols.actions.dispatch import confirm_no_recipients, dispatch_extracts, set_addresses
from protocols.actions.extracts import issue_extract, issue_minutes
from protocols.actions.immediate import declare_immediate
from protocols.actions.meetings import open_meeting
from protocols.actions.others import note_other
from protocols.actions.paper_dispatch import note_on_paper
from protocols.actions.participation import note_non_participation
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation, leave_note
from protocols.actions.summons import issue_summons
from protocols.actions.taking_up import take_up
from protocols.actions.texts import reword, save_section, set_recipients
from protocols.actions.withdrawals import withdraw_extract
from protocols.enums import (
    NonParticipationKind,
    ParagraphKind,
    ParagraphState,
    ProposalKind,
    SectionKind,
    SigningState,
)
from protocols.models import (
    AskedSummons,
    Bundle,
    Meeting,
    Paragraph,
    Recipient,
    Signature,
    SignedOriginal,
)
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
    vote_on,
)

CHILDREN = {
    "protocols_meeting": "place = 'x'",
    "protocols_meeting_verifiers": "meeting_id = meeting_id",
    "protocols_otherpresent": "name = 'x'",
    "protocols_section": "html = 'x'",
    "protocols_rewording": "html = 'x'",
    "protocols_appendix": "title = 'x'",
    "protocols_recipient": "name = 'x'",
    "protocols_verification": "at = now()",
    "protocols_comment": "text = 'x'",
    "protocols_proposal": "text = 'x'",
    "protocols_proposalmover": "position = 9",
    "protocols_proposalclause": "text = 'x'",
    "protocols_question": "position = 9",
    "protocols_questionoption": "position = 9",
    "protocols_vote": "entry = 'list'",
    "protocols_ballot": "choice = 'absent'",
    "protocols_blockmotion": "position = 9",
    "protocols_decision": "motivation = 'x'",
    "protocols_assignment": "task = 'x'",
    "protocols_assignmentreport": "note = 'x'",
    "protocols_decisionclause": "text = 'x'",
    "protocols_nonparticipation": "kind = 'abstained'",
    "protocols_reservation": "html = 'x', text_received_at = now()",
    "protocols_reservationperson": "position = 9",
    "protocols_minutesnote": "html = 'x'",
    "protocols_service": "position = 9",
    "protocols_attendance": "is_present = false",
    "protocols_attendancemove": "is_present = false",
    "protocols_paragraph": "title = 'x'",
    "protocols_extract": "size = 9",
    "protocols_minutesfile": "size = 9",
    "protocols_signedoriginal": "asked_at = now()",
    "protocols_signature": "subject = 'x'",
    "protocols_withdrawal": "reason = 'x'",
    "protocols_notice": "kept_at = 'x'",
    "protocols_noticeparagraph": "is_appealable = NOT is_appealable",
    "protocols_correction": "text = 'x'",
    "protocols_certifiedcopy": "name = 'x'",
    "protocols_summons": "pages = 9",
    "protocols_mailing": "at = now()",
    "protocols_delivery": "subject = 'x'",
    "protocols_enclosure": "filename = 'x'",
    "protocols_dispatch": "code = 'x'",
    "protocols_paperdispatch": "code = 'x'",
    "protocols_norecipients": "at = now()",
    "motions_motionevent": "facts = '{}'",
}


@pytest.fixture
def verified(db: None) -> Paragraph:
    """A verified paragraph with a row in every table that belongs to one."""
    region: Region = make_region()
    meeting = make_meeting(region, region.board)
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    asta, didrik, elsa = (region.people[name] for name in ("Asta", "Didrik", "Elsa"))
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[asta])
    note_non_participation(
        paragraph, by=region.secretary, person=didrik, kind=NonParticipationKind.NOT_PARTICIPATING
    )
    vote_on(region, paragraph, "jnnnnn")
    given = give_assignment(paragraph, by=region.secretary, addressee="regiondirektören", task="redovisa")
    set_present(
        meeting, by=region.secretary, person=region.people["Hugo"], is_present=True, at=clock(meeting, 9, 40)
    )
    at = clock(meeting, 10)
    announce_reservation(paragraph, by=region.politician, persons=[asta], html="<p>Nej.</p>", at=at)
    leave_note(paragraph, by=region.secretary, person=elsa, html="<p>Vi höll med.</p>", at=at)
    save_section(paragraph, by=region.secretary, kind=WrittenSection.SUMMARY, html="<p>Kort.</p>", version=0)
    reword(
        paragraph,
        by=region.secretary,
        kind=SectionKind.DELIBERATION,
        html="<p>Asta Björk (V) vill bifalla.</p>",
        made_html="<p>Asta Björk (V) föreslår bifall.</p>",
    )
    set_recipients(paragraph, by=region.secretary, recipients=[("Regiondirektören", ""), ("Arkivet", "")])
    note_other(meeting, by=region.secretary, name="Vera Holm", function="regiondirektör")
    comment(paragraph, by=region.chair, text="Stämmer det?")
    verify(region, close(region, meeting))
    issue_extract(paragraph, by=None, check_address="prov.example/")
    issue_minutes(meeting, by=None, check_address="prov.example/")
    _remitted_in_a_block(region)
    correct_paragraph(
        paragraph,
        by=region.secretary,
        corrected_on=timezone.localdate(),
        text="Det ska vara 2026.",
        reason="Skrivfel",
        decided_by="Ordföranden",
        seen=0,
        check_address="prov.example/",
    )
    certify_copy(paragraph, by=region.secretary, title="", check_address="prov.example/")
    set_addresses({"Regiondirektören": "direktor@alvmark.example"}, by=region.secretary)
    dispatch_extracts(meeting, by=region.secretary, check_address="prov.example/")
    on_paper = Recipient.objects.get(name="Arkivet")
    note_on_paper(on_paper, by=region.secretary, check_address="prov.example/")
    _signed(meeting, region)
    code = paragraph.corrections.get().code
    withdraw_extract(paragraph, by=region.secretary, reason="Bilagan saknades.", code=code)
    report_assignment(given, by=region.registrar, happened_on=timezone.localdate(), note="Klart.")
    paragraph.refresh_from_db()
    assert paragraph.state == ParagraphState.VERIFIED
    return paragraph


def _signed(meeting: Meeting, region: Region) -> None:
    """Rows as a signer leaves them; the signing itself has tests of its own."""
    original = SignedOriginal.objects.create(meeting=meeting)
    Signature.objects.create(
        original=original, person=region.people["Bo"], position=1, subject="x", fingerprint="0" * 64
    )
    original.state, original.made_at = SigningState.SIGNED, timezone.now()
    original.sha256, original.size = "0" * 64, 1
    original.save()


def _remitted_in_a_block(region: Region) -> None:
    meeting = make_meeting(region, region.assembly)
    motions = [make_motion(region, title="Fler vindskydd")]
    block = add_block(meeting, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=motions)
    issue_summons(meeting, by=region.secretary)
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    decide(region, take_up(block, by=region.secretary, at=clock(meeting, 9)))
    verify(region, close(region, meeting))
    confirm_no_recipients(Paragraph.objects.get(pk=block.pk), by=region.secretary)


def _hangs_on_a_paragraph(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Whether a row of the model belongs to a paragraph or meeting, by whatever way."""
    if model in {Paragraph, Meeting}:
        return True
    related = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return any(
        isinstance(other, type)
        and other not in seen | {model}
        and other._meta.app_label == "protocols"
        and _hangs_on_a_paragraph(other, seen | {model})
        for other in related
    )


def _refused(sql: str) -> bool:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return True


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_every_table_that_hangs_on_a_paragraph_is_tried() -> None:
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    models.remove(AskedSummons)  # goes when the summons is issued
    models.remove(Bundle)  # a file made of issued papers, anew whenever it is asked for
    tables = {model._meta.db_table for model in models if _hangs_on_a_paragraph(model)}
    assert len(tables) > 25
    assert tables | {"motions_motionevent"} == set(CHILDREN)


def test_no_row_of_a_verified_paragraph_is_updated_by_sql(verified: Paragraph) -> None:
    for table, change in CHILDREN.items():
        assert _count(table) > 0, table
        assert _refused(f"UPDATE {table} SET {change}"), table


def test_no_row_of_a_verified_paragraph_is_deleted_by_sql(verified: Paragraph) -> None:
    for table in CHILDREN:
        assert _refused(f"DELETE FROM {table}"), table


def test_nothing_is_added_to_a_verified_paragraph_by_sql(verified: Paragraph) -> None:
    assert _refused(
        "INSERT INTO protocols_recipient (paragraph_id, name, remark, position) "
        f"VALUES ({verified.pk}, 'x', '', 9)"
    )


def test_nobody_is_let_serve_in_a_verified_paragraph_by_sql(verified: Paragraph) -> None:
    assert _refused(
        "INSERT INTO protocols_service (paragraph_id, person_id, position) "
        f"SELECT {verified.pk}, id, 9 FROM motions_person WHERE given_name = 'Iris'"
    )


def test_a_stage_is_not_moved_past_the_graph_by_sql(verified: Paragraph) -> None:
    assert _refused("UPDATE motions_motion SET stage = 'handed_in'")


def test_a_motion_is_never_deleted(verified: Paragraph) -> None:
    assert _refused("DELETE FROM motions_motion")


def test_verified_text_is_bound_by_its_hash(verified: Paragraph) -> None:
    assert len(verified.frozen_sha256) == 64
    assert verified.meeting.held_on == date(2026, 5, 20)


def test_day_of_a_meeting_stands_once_a_paragraph_is_verified_at_once(db: None) -> None:
    region = make_region()
    meeting = make_meeting(region, region.board)
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    decide(region, paragraph)
    declare_immediate(paragraph, by=region.secretary, is_immediate=True)
    verify(region, meeting)
    assert _refused("UPDATE protocols_meeting SET held_on = '2026-05-21'")
    assert _refused("DELETE FROM protocols_meeting")
    assert close(region, meeting).is_closed
    assert _refused("UPDATE protocols_meeting SET place = 'x'")
