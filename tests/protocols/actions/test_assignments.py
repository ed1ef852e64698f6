"""Giving assignments, and following them up until they are reported back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from motions.enums import Stage
from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Motion
from motions.queries.timeline import timeline
from protocols.actions.assignments import give_assignment, remove_assignment, report_assignment
from protocols.actions.decisions import undo_last_step
from protocols.actions.dispatch import confirm_no_recipients
from protocols.models import Assignment, Paragraph
from protocols.queries.assignments import RegisterList, counts, open_assignments_of
from protocols.queries.documents import document_of
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

DUE = date(2026, 9, 1)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def decided(region: Region) -> Paragraph:
    motion = make_prepared_motion(region)
    return decide(region, open_with(region, make_meeting(region, region.board), motion))


def _given(region: Region, paragraph: Paragraph) -> Assignment:
    return give_assignment(
        paragraph, by=region.secretary, body=region.committee, task="att redovisa läget.", due_on=DUE
    )


def _verified(region: Region, paragraph: Paragraph) -> Assignment:
    row = _given(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    return Assignment.objects.get(pk=row.pk)


def _motion(paragraph: Paragraph) -> Motion:
    assert paragraph.motion
    return paragraph.motion


def test_assignment_stands_in_the_frozen_decision(region: Region, decided: Paragraph) -> None:
    _verified(region, decided)
    document = document_of(Paragraph.objects.get(pk=decided.pk), region.organisation)
    words = "Vårdnämnden får i uppdrag att redovisa läget, senast den 1 september 2026."
    assert any(words in section.html for section in document.sections)


def test_assignment_takes_effect_when_verified(region: Region, decided: Paragraph) -> None:
    row, motion = _given(region, decided), _motion(decided)
    assert not open_assignments_of(motion)
    with pytest.raises(Conflict, match="justerad"):
        report_assignment(row, by=region.registrar, happened_on=timezone.localdate(), note="Klart.")
    verify(region, close(region, decided.meeting))
    assert list(open_assignments_of(motion)) == [row]


def test_assignment_before_the_gavel_is_refused(region: Region) -> None:
    motion = make_prepared_motion(region)
    paragraph = open_with(region, make_meeting(region, region.board), motion)
    with pytest.raises(Conflict, match="inte fattat"):
        _given(region, paragraph)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"task": "redovisa"}, "addressee"),
        ({"task": " att ", "addressee": "regiondirektören"}, "task"),
        ({"task": "redovisa", "addressee": "x", "due_on": date(2026, 5, 20)}, "due_on"),
        ({"task": "ring 19640823-3234", "addressee": "x"}, "task"),
    ],
)
def test_assignment_not_in_order_is_refused(
    region: Region, decided: Paragraph, said: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        give_assignment(decided, by=region.secretary, **said)  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.field == field
    assert not Assignment.objects.exists()


def test_assignment_by_others_than_the_secretary_is_forbidden(region: Region, decided: Paragraph) -> None:
    with pytest.raises(Forbidden):
        give_assignment(decided, by=region.officer, addressee="regiondirektören", task="redovisa")


def test_decision_with_an_assignment_is_not_taken_back_before_it(region: Region, decided: Paragraph) -> None:
    row = _given(region, decided)
    with pytest.raises(Conflict, match="uppdrag är givet"):
        undo_last_step(decided, by=region.secretary)
    remove_assignment(row, by=region.secretary)
    undo_last_step(decided, by=region.secretary)
    assert not Paragraph.objects.get(pk=decided.pk).is_decided


def test_verified_assignment_is_not_removed(region: Region, decided: Paragraph) -> None:
    row = _verified(region, decided)
    with pytest.raises(Conflict, match="justerad"):
        remove_assignment(row, by=region.secretary)


def test_report_closes_and_a_further_event_opens_again(region: Region, decided: Paragraph) -> None:
    row, motion, today = _verified(region, decided), _motion(decided), timezone.localdate()
    report_assignment(row, by=region.registrar, happened_on=today, note="Redovisat.")
    assert not open_assignments_of(motion)
    with pytest.raises(Conflict, match="redan"):
        report_assignment(row, by=region.registrar, happened_on=today, note="Igen.")
    report_assignment(row, by=region.secretary, happened_on=today, note="Fel ärende.", is_reported=False)
    assert open_assignments_of(motion).exists()
    assert [report.is_reported for report in row.reports.all()] == [True, False]
    with pytest.raises(Conflict, match="inte återrapporterat"):
        report_assignment(row, by=region.secretary, happened_on=today, note="Igen.", is_reported=False)


def test_reports_stand_in_the_motions_timeline(region: Region, decided: Paragraph) -> None:
    row, motion, today = _verified(region, decided), _motion(decided), timezone.localdate()
    before = motion.events.count()
    report_assignment(row, by=region.registrar, happened_on=today, note="Redovisat för styrelsen.")
    report_assignment(row, by=region.secretary, happened_on=today, note="Fel ärende.", is_reported=False)
    withdrawn, reported = timeline(list(motion.events.all()), [], shows_names=False)[:2]
    assert motion.events.count() == before + 2
    assert (reported.title, reported.note) == ("Uppdrag återrapporterat", "Redovisat för styrelsen.")
    assert reported.text == f"{row.recipient[:1].upper()}{row.recipient[1:]} fick i uppdrag att {row.task}."
    assert reported.url == row.get_absolute_url()
    assert withdrawn.title == "Återrapporteringen togs tillbaka"
    stage = motion.stage
    motion.refresh_from_db()
    assert motion.stage == stage


def test_report_in_a_later_paragraph_has_its_day(region: Region, decided: Paragraph) -> None:
    row = _verified(region, decided)
    meeting = make_meeting(region, region.board, held_on=date(2026, 9, 16))
    later = decide(region, open_with(region, meeting, make_prepared_motion(region, title="Annan")))
    today = timezone.localdate()
    with pytest.raises(DomainError, match="justerad paragraf"):
        report_assignment(row, by=region.registrar, happened_on=today, note="I §.", paragraph=later)
    verify(region, close(region, meeting))
    later = Paragraph.objects.get(pk=later.pk)
    report = report_assignment(row, by=region.registrar, happened_on=today, note="I §.", paragraph=later)
    assert report.happened_on == meeting.held_on
    told = timeline(list(_motion(decided).events.all()), [], shows_names=False)[0]
    assert told.reference == f"RS §\N{NO-BREAK SPACE}{later.number}"


@pytest.mark.parametrize("day", [date(2026, 5, 19), date(2999, 1, 1)])
def test_report_of_an_impossible_day_is_refused(region: Region, decided: Paragraph, day: date) -> None:
    with pytest.raises(DomainError, match="från beslutet till och med i dag"):
        report_assignment(_verified(region, decided), by=region.registrar, happened_on=day, note="x")


def test_report_by_an_officer_is_forbidden(region: Region, decided: Paragraph) -> None:
    row = _verified(region, decided)
    with pytest.raises(Forbidden):
        report_assignment(row, by=region.officer, happened_on=timezone.localdate(), note="x")


def test_overdue_is_after_the_day_only(region: Region, decided: Paragraph) -> None:
    _verified(region, decided)
    assert counts(DUE)[RegisterList.OVERDUE] == 0
    assert counts(DUE + timedelta(days=1))[RegisterList.OVERDUE] == 1
    assert counts(DUE, region.board)[RegisterList.OPEN] == 0


def _decided_by_the_assembly(region: Region) -> Assignment:
    """An assignment beside the verdict, in a verified § of fullmäktige."""
    motion = make_prepared_motion(region)
    proposed = decide(region, open_with(region, make_meeting(region, region.board), motion))
    verify(region, close(region, proposed.meeting))
    motion.refresh_from_db()
    settled = decide(region, open_with(region, make_meeting(region, region.assembly), motion))
    row = _given(region, settled)
    verify(region, close(region, settled.meeting))
    return Assignment.objects.select_related("paragraph__motion").get(pk=row.pk)


def _stage(row: Assignment) -> str:
    return Motion.objects.get(pk=_motion(row.paragraph).pk).stage


def test_case_is_closed_by_the_last_report_when_its_extract_has_gone_out(region: Region) -> None:
    row = _decided_by_the_assembly(region)
    confirm_no_recipients(row.paragraph, by=region.secretary)
    assert _stage(row) == Stage.DECIDED
    report_assignment(row, by=region.registrar, happened_on=timezone.localdate(), note="Klart.")
    assert _stage(row) == Stage.CLOSED


def test_report_closes_no_case_whose_extract_is_still_to_go_out(region: Region) -> None:
    row = _decided_by_the_assembly(region)
    report_assignment(row, by=region.registrar, happened_on=timezone.localdate(), note="Klart.")
    assert _stage(row) == Stage.DECIDED
