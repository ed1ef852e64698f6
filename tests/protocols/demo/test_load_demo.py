"""The demo region as `load_demo` leaves it: loaded once, on a Wednesday a new year later, and looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from motions.demo.data import Region, load_region
from motions.demo.history import events_of
from motions.enums import BodyKind, DocumentKind, EventKind, MembershipRole, Outcome, Role, Stage
from motions.models import (
    Body,
    Clause,
    Document,
    Membership,
    Motion,
    MotionEvent,
    NumberSeries,
    Person,
    User,
)
from motions.workflow import stage_of
from protocols.demo.people import PASSWORD
from protocols.document import ParagraphDocument
from protocols.enums import (
    DecisionKind,
    MeetingState,
    NonParticipationKind,
    ParagraphKind,
    ParagraphState,
    ProposalKind,
    SectionKind,
)
from protocols.extracts.minutes import minutes_pdf
from protocols.extracts.render import extract_pdf
from protocols.models import (
    Appendix,
    Decision,
    Meeting,
    MinutesNote,
    NonParticipation,
    Paragraph,
    Proposal,
    Recipient,
    Reservation,
    Verification,
)
from protocols.queries.facts import facts_of, surroundings, with_facts
from protocols.queries.letterhead import letterhead
from protocols.queries.minutes import minutes_of
from tests.protocols.reading.return_trip import meeting_comes_back, paragraph_comes_back, read_back

#: Said of each test, though `demo` opens the database: no test database is made for tests that want none.
pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 3, 11, 20, tzinfo=ZoneInfo("Europe/Stockholm"))
LINES = 26  # one for the people, one for each of the 24 meetings, one for the whole


@dataclass(frozen=True)
class Demo:
    """What was loaded, what was printed, and where the papers went."""

    region: Region
    printed: str
    files: Path

    def motion(self, key: str) -> Motion:
        return Motion.objects.get(title=self.region.motion(key).title)

    def meeting(self, key: str) -> Meeting:
        data = self.region.meeting(key)
        return Meeting.objects.get(body__name=self.region.body(data.body).name, held_on=data.held_on)


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """Loaded once for all tests of this file, in a transaction that is rolled back after the last one."""
    files, printed = tmp_path_factory.mktemp("files"), StringIO()
    options = {"OPTIONS": {"location": files, "base_url": None}}
    storages: dict[str, Any] = dict(django_settings.STORAGES)
    storages["default"] = storages["default"] | options
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        override_settings(STORAGES=storages),
        transaction.atomic(),
    ):
        call_command("load_demo", stdout=printed)
        yield Demo(load_region().shifted_to(NOW.date()), printed.getvalue(), files)
        transaction.set_rollback(True)


def test_each_part_is_told_in_one_line(demo: Demo) -> None:
    lines = demo.printed.splitlines()
    assert len(lines) == LINES
    assert lines[0] == "101 persons in 4 bodies, 31 logins"
    assert f"{NOW.date()} Regionstyrelsen, open: 10 items" in lines
    assert lines[-1].startswith("40 motions, 153 items of 24 meetings in ")


def test_every_seat_is_taken(demo: Demo) -> None:
    on = NOW.date()
    seats = Counter(Membership.objects.on(on).seated().values_list("body__abbreviation", flat=True))
    assert seats == {"RF": 71, "RS": 15, "HSN": 11, "RUN": 11}
    assert dict(Body.objects.values_list("abbreviation", "seats")) == seats
    substitutes = Membership.objects.on(on).filter(role=MembershipRole.SUBSTITUTE)
    assert substitutes.filter(body__kind=BodyKind.ASSEMBLY).count() == 30


def test_party_is_that_of_the_day(demo: Demo) -> None:
    change = demo.region.party_changes[0]
    given_name, family_name = change.person.split(" ", 1)
    person = Person.objects.get(given_name=given_name, family_name=family_name)
    before, after = person.party_on(change.on - timedelta(days=1)), person.party_on(change.on)
    assert before is not None
    assert after is not None
    assert (before.code, after.code) == (change.old, change.new)


def test_every_motion_stands_where_its_file_says(demo: Demo) -> None:
    stages = {motion.title: Stage(motion.stage) for motion in Motion.objects.all()}
    assert stages == {motion.title: motion.stage for motion in demo.region.motions}
    assert set(stages.values()) == set(Stage)


def test_stage_is_what_the_events_give_and_the_events_what_the_files_tell(demo: Demo) -> None:
    for data in demo.region.motions:
        motion = demo.motion(data.key)
        kinds = [EventKind(event.kind) for event in motion.events.all()]
        assert stage_of(kinds) == motion.stage, data.key
        told = [kind for _day, kind in events_of(demo.region, data)]
        assert Counter(kinds) - Counter({EventKind.DOCUMENT_ADDED: 9}) == Counter(told), data.key


def test_events_tell_the_storys_time(demo: Demo) -> None:
    for motion in Motion.objects.prefetch_related("events"):
        events = list(motion.events.all())
        assert [e.recorded_at for e in events] == sorted(e.recorded_at for e in events), motion
        assert all(timezone.localdate(e.recorded_at) >= e.happened_on for e in events), motion
        assert motion.created_at == events[0].recorded_at
        assert timezone.localdate(motion.created_at) == motion.handed_in_on
    assert not MotionEvent.objects.filter(recorded_at__gt=NOW).exists()


def test_numbers_have_no_gap_and_start_again_with_the_year(demo: Demo) -> None:
    first = demo.region.organisation.first_numbers
    years = range(min(motion.handed_in_on for motion in demo.region.motions).year, NOW.year + 1)
    assert len(years) == 3
    for year in years:
        start = first.motion if year == years[0] else 1
        numbers = Motion.objects.filter(number__endswith=f"-{year}").order_by("pk")
        found = [motion.number for motion in numbers]
        assert found
        assert found == [f"{n}-{year}" for n in range(start, start + len(found))]
    assert Motion.objects.filter(number__isnull=True).count() == 2
    held = {(meeting.body, meeting.held_on.year) for meeting in Meeting.objects.exclude(opened_at=None)}
    for body, year in held:
        taken = body.paragraphs.filter(year=year, number__isnull=False).order_by("number")
        found_numbers = list(taken.values_list("number", flat=True))
        assert found_numbers == list(range(1, len(found_numbers) + 1)), (body, year)


def test_next_registry_number_is_past_those_that_were_typed(demo: Demo) -> None:
    typed = [
        *Motion.objects.values_list("registry_number", flat=True),
        *Paragraph.objects.values_list("registry_number", flat=True),
    ]
    this_year = [number for number in typed if number and number.endswith(f"-{NOW.year}")]
    highest = max(int(number.split("-")[0]) for number in this_year)
    assert NumberSeries.objects.get(key="registry", year=NOW.year).last == highest


def test_two_meetings_have_whole_minutes_verified(demo: Demo) -> None:
    keys = [meeting.key for meeting in demo.region.meetings if meeting.has_whole_minutes]
    assert len(keys) == 2
    for key in keys:
        paragraphs = list(demo.meeting(key).paragraphs.all())
        assert {paragraph.state for paragraph in paragraphs} == {ParagraphState.VERIFIED}
        written = [ParagraphDocument.from_json(p.frozen_document) for p in paragraphs]
        assert all(document.sections[0].kind == SectionKind.DECISION for document in written)
        assert sum(len(document.sections) > 2 for document in written) > len(written) / 2


def test_minutes_wait_for_verification_with_days_left(demo: Demo) -> None:
    waiting = Meeting.objects.filter(
        state=MeetingState.CLOSED, paragraphs__state=ParagraphState.DECIDED
    ).distinct()
    assert waiting.count() == 2
    assert all(meeting.verify_by >= NOW.date() for meeting in waiting)
    assert Paragraph.objects.filter(meeting__in=waiting, state=ParagraphState.VERIFIED).count() == 1


def test_one_meeting_goes_on_today(demo: Demo) -> None:
    meeting = Meeting.objects.get(state=MeetingState.OPEN)
    assert meeting.held_on == NOW.date()
    assert meeting.opened_at is not None
    assert timezone.localtime(meeting.opened_at).strftime("%H.%M") == "09.00"
    states = Counter(meeting.paragraphs.values_list("state", flat=True))
    assert states == {ParagraphState.DECIDED: 5, ParagraphState.TAKEN_UP: 1, ParagraphState.DRAFT: 4}
    being_treated = meeting.paragraphs.get(state=ParagraphState.TAKEN_UP)
    assert being_treated.questions.filter(found_at__isnull=True).exists()
    assert meeting.verifiers.count() == 1


def test_coming_meetings_have_agendas(demo: Demo) -> None:
    planned = Meeting.objects.filter(state=MeetingState.PLANNED)
    assert planned.count() == 3
    assert all(meeting.held_on > NOW.date() and meeting.paragraphs.exists() for meeting in planned)
    assert {meeting.body.kind for meeting in planned} == set(BodyKind)


def test_only_the_unreported_of_the_files_are_overdue(demo: Demo) -> None:
    a_year_ago = NOW.date() - timedelta(days=365)
    expected = {
        motion.title
        for motion in demo.region.motions
        if motion.stage in Stage.open_stages
        and motion.handed_in_on < a_year_ago
        and EventKind.OVERDUE_REPORTED not in [kind for _day, kind in events_of(demo.region, motion)]
    }
    found = Motion.objects.overdue_unreported(NOW.date())
    assert {motion.title for motion in found} == expected
    assert len(expected) == 3
    assert Motion.objects.filter(overdue_reported_on__isnull=False).count() == 3


def test_postponed_three_times_and_referred_back_by_a_minority(demo: Demo) -> None:
    postponed = Counter(MotionEvent.objects.filter(kind=EventKind.POSTPONED).values_list("motion", flat=True))
    assert max(postponed.values()) == 3
    referral = Decision.objects.get(kind=DecisionKind.REFERS_BACK)
    assert referral.by_minority
    assert referral.motivation
    assert referral.paragraph.motion is not None
    assert referral.paragraph.motion.minority_deferral_used


def test_every_kind_of_thing_is_there_to_look_at(demo: Demo) -> None:
    assert set(Clause.objects.values_list("outcome", flat=True)) >= {
        Outcome.GRANTED, Outcome.REJECTED, Outcome.DEEMED_ANSWERED, "",
    }  # fmt: skip
    assert set(Paragraph.objects.values_list("kind", flat=True)) == set(ParagraphKind)
    assert set(Proposal.objects.values_list("kind", flat=True)) >= {
        ProposalKind.TABLED, ProposalKind.GRANT, ProposalKind.REJECT, ProposalKind.AMEND, ProposalKind.ADD,
        ProposalKind.POSTPONE, ProposalKind.REFER_BACK,
    }  # fmt: skip
    assert set(NonParticipation.objects.values_list("kind", flat=True)) == {
        NonParticipationKind.RECUSAL,
        NonParticipationKind.NOT_PARTICIPATING,
    }
    assert Reservation.objects.exclude(html="").exists()
    assert Reservation.objects.filter(html="").exists()
    assert MinutesNote.objects.exists()
    assert Recipient.objects.exists()
    assert Verification.objects.filter(paragraph__state=ParagraphState.VERIFIED).exists()


def test_paragraph_shaped_as_a_full_one_has_every_heading(demo: Demo) -> None:
    paragraph = demo.meeting("rs-2026-05-27").paragraphs.get(motion=demo.motion("tvatteri-egen-regi"))
    document = ParagraphDocument.from_json(paragraph.frozen_document)
    assert [section.kind for section in document.sections] == [
        SectionKind.DECISION, SectionKind.RESERVATION, SectionKind.STATEMENT, SectionKind.SUMMARY,
        SectionKind.DELIBERATION, SectionKind.PROCEDURE, SectionKind.MATTER, SectionKind.IMPACT,
        SectionKind.APPENDICES, SectionKind.RECIPIENTS,
    ]  # fmt: skip
    matter = next(section.html for section in document.sections if section.kind == SectionKind.MATTER)
    assert "<a " in matter
    assert "<em>" in matter
    assert "<h3>" in matter


def test_every_motion_has_its_signed_paper_and_answers_are_kept(demo: Demo) -> None:
    kinds = Counter(Document.objects.values_list("kind", flat=True))
    answered = [
        one
        for motion in demo.region.motions
        if motion.preparation
        for one in motion.preparation.consultations
        if one.answered_on
    ]
    assert kinds == {DocumentKind.SIGNED_MOTION: 40, DocumentKind.OPINION: len(answered)}
    for document in Document.objects.all():
        content = (demo.files / str(document.file)).read_bytes()
        assert content.startswith(b"%PDF-")
        assert len(content) == document.size
    assert not Appendix.objects.filter(position=1, paragraph__motion__isnull=False, document=None).exists()


def test_printed_logins_work_one_for_each_role(demo: Demo, client: Client) -> None:
    printed = StringIO()
    call_command("demo_logins", stdout=printed)
    first, *rest = printed.getvalue().splitlines()
    assert PASSWORD in first
    addresses = [next(word for word in line.split() if "@" in word) for line in rest]
    users = [User.objects.get(email=address) for address in addresses]
    assert all(role in user.roles for role, user in zip(Role.values, users, strict=True))
    with transaction.atomic():
        assert all(client.login(username=address, password=PASSWORD) for address in addresses)
        transaction.set_rollback(True)


def test_second_load_does_nothing_and_says_so(demo: Demo) -> None:
    printed = StringIO()
    call_command("load_demo", stdout=printed)
    assert printed.getvalue() == "There is an organisation in the database; nothing was loaded.\n"
    assert Motion.objects.count() == 40


def test_every_paper_comes_back(demo: Demo) -> None:
    """Each meeting's minutes and, of every body, a meeting's extracts, read as anybody's files."""
    held = Meeting.objects.exclude(opened_at=None).select_related("body", "chair", "secretary")
    alone = {BodyKind.ASSEMBLY: 1, BodyKind.EXECUTIVE_BOARD: 1, BodyKind.COMMITTEE: 2}
    look, count = letterhead(), Counter[str]()
    for meeting in held.order_by("-held_on"):
        minutes = minutes_of(meeting)
        read = read_back(minutes_pdf(minutes, check_address="klubbslag.example/k/ABCD", letterhead=look))
        meeting_comes_back(read, minutes)
        paragraphs = list(with_facts(meeting.paragraphs.numbered()).order_by("number"))
        around = surroundings(paragraphs)
        with_extracts = minutes.is_verified and alone[BodyKind(meeting.body.kind)] > 0
        alone[BodyKind(meeting.body.kind)] -= with_extracts
        for paragraph, document in zip(paragraphs, minutes.paragraphs, strict=True):
            facts = facts_of(paragraph, around)
            paragraph_comes_back(read, facts, document)
            if with_extracts:
                extract = read_back(
                    extract_pdf(document, check_address="klubbslag.example/k/ABCD", letterhead=look)
                )
                assert (extract.front.body, extract.front.day) == (meeting.body.name, meeting.held_on)
                assert [one.name for one in extract.front.verifiers] == list(document.verifiers)
                assert (extract.profile, extract.marks, len(extract.paragraphs)) == ("Klubbslag", (), 1)
                paragraph_comes_back(extract, facts, document)
            count.update(["§", "extract"] if with_extracts else ["§"])
    print(f"{held.count()} minutes, {count['§']} §§ and {count['extract']} extracts came back whole")
    assert (held.count(), count["§"]) == (21, 135)
    assert count["extract"] >= 20
