"""Service is a fact of each §: recorded at the gavel, corrected by the clock, its own in a recusal."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from motions.errors import Conflict, DomainError
from motions.models import Party, SubstituteOrder
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import (
    call_roll,
    fill_seats,
    note_move,
    serve_for,
    set_present,
    take_back_move,
)
from protocols.actions.decisions import undo_last_step
from protocols.actions.meetings import open_meeting
from protocols.actions.participation import (
    appoint_substitute,
    note_non_participation,
    remove_non_participation,
)
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.taking_up import take_up
from protocols.enums import NonParticipationKind as Kind
from protocols.enums import ProposalKind
from protocols.models import Meeting, NonParticipation, Paragraph
from protocols.queries.service import lowest_presence, serving_in, takes_part, voters_in
from protocols.queries.service_spans import moves_of, service_spans
from protocols.wording import service as wording
from tests.factories import Region, clock, close, decide, make_meeting, make_region, verify
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    """The board, opened at nine."""
    return opened(region, make_meeting(region, region.board))


def opened(region: Region, meeting: Meeting) -> Meeting:
    return open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))


def item(region: Region, meeting: Meeting, hour: int, minute: int = 0) -> Paragraph:
    """The next §, taken up then."""
    matter = add_matter(meeting, by=region.secretary, title="Rapport", proposal="den godkänns")
    return take_up(matter, by=region.secretary, at=clock(meeting, hour, minute))


def gavel(region: Region, paragraph: Paragraph, hour: int, minute: int = 0) -> Paragraph:
    question = paragraph.questions.get()
    winner = question.proposals.get()
    at = clock(paragraph.meeting, hour, minute)
    record_finding(question, by=region.secretary, winner=winner, at=at)
    paragraph.refresh_from_db()
    return paragraph


def leave(
    region: Region, meeting: Meeting, name: str, at: datetime | None = None, *, back: bool = False
) -> None:
    set_present(meeting, by=region.secretary, person=region.people[name], is_present=back, at=at)


def serve(region: Region, meeting: Meeting, substitute: str, member: str, at: datetime | None = None) -> None:
    people = region.people
    serve_for(meeting, by=region.secretary, substitute=people[substitute], member=people[member], at=at)


def recuse(region: Region, paragraph: Paragraph, name: str, substitute: str = "") -> NonParticipation:
    instead = region.people[substitute] if substitute else None
    return note_non_participation(
        paragraph, by=region.secretary, person=region.people[name], kind=Kind.RECUSAL, substitute=instead
    )


def served(paragraph: Paragraph) -> list[str]:
    return [one.person.given_name for one in serving_in(paragraph)]


def told(meeting: Meeting) -> dict[str, str]:
    return {
        fact.person.name.split()[0]: wording.service(fact).replace("\N{NO-BREAK SPACE}", " ")
        for fact in service_spans(meeting)
    }


# --- At the gavel ------------------------------------------------------------------------------------------


def test_service_is_what_it_was_when_the_gavel_fell(region: Region, meeting: Meeting) -> None:
    first = item(region, meeting, 9, 10)
    assert "Asta" in served(first)
    gavel(region, first, 9, 30)
    leave(region, meeting, "Asta", clock(meeting, 9, 40))
    serve(region, meeting, "Hugo", "Asta", clock(meeting, 9, 40))
    second = item(region, meeting, 9, 45)
    assert "Hugo" in served(second)
    assert "Asta" not in served(second)
    gavel(region, second, 9, 50)
    assert "Asta" in served(first)
    assert [str(row.replaces) for row in second.service.filter(person=region.people["Hugo"])] == [
        "Asta Björk"
    ]
    assert told(meeting) == {
        "Asta": "§ 1",
        "Hugo": "ersätter Asta Björk (V) § 2",
    } | dict.fromkeys(["Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta", "Iris"], "")
    assert [wording.move(fact).replace("\N{NO-BREAK SPACE}", " ") for fact in moves_of(meeting)] == [
        "lämnade 09.40, efter § 1",
        "trädde in för Asta Björk (V) 09.40, efter § 1",
    ]


def test_decision_taken_back_takes_the_record_with_it(region: Region, meeting: Meeting) -> None:
    paragraph = gavel(region, item(region, meeting, 9, 10), 9, 30)
    assert paragraph.service.count() == 7
    undo_last_step(paragraph, by=region.secretary)
    assert not paragraph.service.exists()
    leave(region, meeting, "Asta")
    paragraph.refresh_from_db()
    assert "Asta" not in served(paragraph)


# --- By the clock ------------------------------------------------------------------------------------------


def test_leaving_noted_later_corrects_what_was_decided_after_it(region: Region, meeting: Meeting) -> None:
    first = gavel(region, item(region, meeting, 9, 10), 9, 30)
    second = gavel(region, item(region, meeting, 9, 40), 9, 50)
    note_move(
        meeting,
        by=region.secretary,
        person=region.people["Asta"],
        is_present=False,
        at=time(9, 45),
        substitute=region.people["Hugo"],
    )
    assert "Asta" in served(first)
    assert {"Asta", "Hugo"} & set(served(second)) == {"Hugo"}
    assert wording.move(moves_of(meeting)[0]).endswith("09.45, under §\N{NO-BREAK SPACE}2")


def test_one_who_moved_something_served_then(region: Region, meeting: Meeting) -> None:
    paragraph = item(region, meeting, 9, 10)
    asta = region.people["Asta"]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[asta])
    decide(region, paragraph)
    error = refusal(lambda: leave(region, meeting, "Asta", clock(meeting, 9, 15)))
    assert (
        error.message
        == "Asta Björk har yrkat, röstat eller reserverat sig i § 1 och tjänstgjorde alltså då".replace(
            "§ ", "§\N{NO-BREAK SPACE}"
        )
    )
    assert (error.law, error.field) == ("KL 4 kap. 27 §", "at")


def test_correction_keeps_the_quorum_of_what_was_decided(region: Region, meeting: Meeting) -> None:
    gavel(region, item(region, meeting, 9, 10), 9, 30)
    for name in ("Asta", "Didrik", "Elsa"):
        leave(region, meeting, name, clock(meeting, 9, 15))
    error = refusal(lambda: leave(region, meeting, "Farid", clock(meeting, 9, 15)))
    assert error.law == "KL 6 kap. 27 §"


@pytest.mark.parametrize(
    ("at", "says"),
    [(time(8, 30), "utanför sammanträdet, som öppnades 09.00"), (time(11, 30), "ligger efter 11.00")],
)
def test_a_time_outside_the_meeting_is_refused(region: Region, meeting: Meeting, at: time, says: str) -> None:
    gavel(region, item(region, meeting, 9, 10), 9, 30)
    close(region, meeting)
    asta = region.people["Asta"]
    error = refusal(lambda: note_move(meeting, by=region.secretary, person=asta, is_present=False, at=at))
    assert says in error.message
    assert (error.law, error.field) == ("KL 5 kap. 66 §", "at")
    assert error.instead == "Ange ett klockslag mellan 09.00 och 11.00."


def test_meeting_past_midnight_knows_the_hours_after(region: Region, meeting: Meeting) -> None:
    asta = region.people["Asta"]
    with time_machine.travel(clock(meeting, 0, 40) + timedelta(days=1), tick=False):
        note_move(meeting, by=region.secretary, person=asta, is_present=False, at=time(0, 20))
    assert timezone.localtime(meeting.moves.get().at).isoformat()[:16] == "2026-05-21T00:20"


def test_moves_of_a_person_come_in_the_order_of_the_clock(region: Region, meeting: Meeting) -> None:
    leave(region, meeting, "Asta", clock(meeting, 10))
    error = refusal(lambda: leave(region, meeting, "Asta", clock(meeting, 9, 30), back=True))
    assert error.message == "Asta Björk är antecknad 10.00, efter det klockslaget"
    assert isinstance(error, Conflict)


def test_what_is_noted_already_is_said(region: Region, meeting: Meeting) -> None:
    asta, hugo, by = region.people["Asta"], region.people["Hugo"], region.secretary
    error = refusal(lambda: note_move(meeting, by=by, person=asta, is_present=True))
    assert error.message == "Asta Björk är redan antecknad som närvarande"
    error = refusal(
        lambda: note_move(meeting, by=by, person=hugo, is_present=True, substitute=region.people["Iris"])
    )
    assert (error.law, error.field) == ("KL 5 kap. 17 §", "substitute")


def test_one_who_left_fullmaktige_serves_no_more_that_day(region: Region) -> None:
    meeting = opened(region, make_meeting(region, region.assembly))
    leave(region, meeting, "Asta", clock(meeting, 10))
    error = refusal(lambda: leave(region, meeting, "Asta", clock(meeting, 11), back=True))
    assert error.message == "Asta Björk lämnade 10.00 och får inte tjänstgöra igen i dag"
    assert error.law == "KL 5 kap. 20 §"


def test_latest_move_is_taken_back_with_what_it_led_to(region: Region, meeting: Meeting) -> None:
    leave(region, meeting, "Asta", clock(meeting, 9, 10))
    serve(region, meeting, "Hugo", "Asta", clock(meeting, 9, 10))
    paragraph = gavel(region, item(region, meeting, 9, 20), 9, 50)
    leave(region, meeting, "Asta", clock(meeting, 9, 30), back=True)
    assert "Asta" in served(paragraph)
    first, _second, third, fourth = meeting.moves.order_by("pk")
    assert fourth.because == third
    error = refusal(lambda: take_back_move(first, by=region.secretary))
    assert error.message == "Bara den senaste anteckningen kan tas tillbaka"
    take_back_move(third, by=region.secretary)
    assert {"Asta", "Hugo"} & set(served(paragraph)) == {"Hugo"}
    assert str(meeting.attendance.get(person=region.people["Hugo"]).replaces) == "Asta Björk"
    assert meeting.moves.count() == 2


def test_nothing_is_taken_back_when_verified(region: Region, meeting: Meeting) -> None:
    leave(region, meeting, "Asta", clock(meeting, 9, 10))
    gavel(region, item(region, meeting, 9, 20), 9, 30)
    verify(region, close(region, meeting))
    for act in (
        lambda: take_back_move(meeting.moves.get(), by=region.secretary),
        lambda: call_roll(meeting, by=region.secretary, present=[], called=[]),
    ):
        assert refusal(act).law == "KL 5 kap. 66 §"


# --- The order of substitutes ------------------------------------------------------------------------------


def test_substitutes_in_the_room_step_in_by_the_order_that_is_set(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    c, s = Party.objects.get(code="C"), Party.objects.get(code="S")
    SubstituteOrder.objects.create(party=c, then=s, position=1)
    for name in ("Hugo", "Iris"):
        leave(region, meeting, name, back=True)
    leave(region, meeting, "Elsa")
    assert [str(row) for row in fill_seats(meeting, by=region.secretary)] == ["Iris Brand (S)"]
    error = refusal(lambda: fill_seats(meeting, by=region.secretary))
    assert error.law == "KL 5 kap. 17 §"


def test_one_who_is_passed_over_is_remembered(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    for name in ("Hugo", "Iris"):
        leave(region, meeting, name, back=True)
    leave(region, meeting, "Asta")
    serve(region, meeting, "Iris", "Asta")
    assert str(meeting.attendance.get(person=region.people["Iris"]).passed_over) == "Hugo Alm"


def test_one_who_has_begun_serving_goes_before(region: Region, meeting: Meeting) -> None:
    """KL 5 kap. 18 §, whatever the order says."""
    leave(region, meeting, "Asta", clock(meeting, 9, 5))
    serve(region, meeting, "Iris", "Asta", clock(meeting, 9, 5))
    leave(region, meeting, "Asta", clock(meeting, 9, 10), back=True)
    leave(region, meeting, "Hugo", clock(meeting, 9, 15), back=True)
    leave(region, meeting, "Asta", clock(meeting, 9, 20))
    assert [str(row) for row in fill_seats(meeting, by=region.secretary)] == ["Iris Brand (S)"]


def test_roll_call_changes_only_who_is_noted_otherwise(region: Region) -> None:
    meeting = make_meeting(region, region.board)
    everyone = [row.person_id for row in meeting.attendance.all()]
    here = [pk for pk in everyone if pk != region.people["Asta"].pk]
    assert call_roll(meeting, by=region.secretary, present=here, called=everyone) == 3
    assert [str(row) for row in meeting.attendance.filter(is_present=False)] == ["Asta Björk (V)"]


# --- One § alone -------------------------------------------------------------------------------------------


def test_substitute_of_the_recused_serves_in_that_paragraph_alone(region: Region, meeting: Meeting) -> None:
    paragraph = item(region, meeting, 9, 10)
    recuse(region, paragraph, "Asta", "Hugo")
    hugo, asta = region.people["Hugo"], region.people["Asta"]
    assert {"Asta", "Hugo"} & set(served(paragraph)) == {"Hugo"}
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[hugo])
    error = refusal(
        lambda: add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[asta])
    )
    assert error.law == "KL 6 kap. 30 §"
    decide(region, paragraph)
    assert announce_reservation(paragraph, by=region.secretary, persons=[hugo]).pk
    assert not takes_part(paragraph, asta)
    second = gavel(region, item(region, meeting, 9, 40), 9, 50)
    assert {"Asta", "Hugo"} & set(served(second)) == {"Asta"}
    error = refusal(lambda: announce_reservation(second, by=region.secretary, persons=[hugo]))
    assert error.law == "KL 4 kap. 27 §"
    assert told(meeting)["Asta"] == "§ 2; deltar inte i § 1 på grund av jäv"
    assert told(meeting)["Hugo"] == "ersätter Asta Björk (V) § 1"


@pytest.mark.parametrize("kind", [Kind.NOT_PARTICIPATING, Kind.ABSTAINED])
def test_only_the_recused_have_a_substitute(region: Region, meeting: Meeting, kind: Kind) -> None:
    paragraph, people = item(region, meeting, 9, 10), region.people
    error = refusal(
        lambda: note_non_participation(
            paragraph, by=region.secretary, person=people["Asta"], kind=kind, substitute=people["Hugo"]
        )
    )
    assert error.message.startswith("En ersättare träder in för den som är jävig eller har förhinder")
    assert (error.law, error.field) == ("KL 5 kap. 17 §", "substitute")
    assert not paragraph.non_participations.exists()


@pytest.mark.parametrize(
    ("name", "says"), [("Bo", "Bo Cederlund är inte ersättare"), ("Hugo", "Hugo Alm tjänstgör redan")]
)
def test_one_who_cannot_step_in_is_refused(region: Region, meeting: Meeting, name: str, says: str) -> None:
    leave(region, meeting, "Elsa")
    serve(region, meeting, "Hugo", "Elsa")
    paragraph = item(region, meeting, 9, 10)
    noted = recuse(region, paragraph, "Asta")
    person = region.people[name]
    error = refusal(lambda: appoint_substitute(noted, by=region.secretary, substitute=person))
    assert error.message.startswith(says)


def test_substitute_who_has_acted_stays(region: Region, meeting: Meeting) -> None:
    paragraph = item(region, meeting, 9, 10)
    noted = recuse(region, paragraph, "Asta", "Hugo")
    hugo = region.people["Hugo"]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[hugo])
    error = refusal(lambda: remove_non_participation(noted, by=region.secretary))
    assert (type(error), error.law) == (Conflict, "KL 4 kap. 27 §")


# --- Quorum and counts -------------------------------------------------------------------------------------


def present(paragraph: Paragraph) -> int:
    return lowest_presence(paragraph, paragraph.meeting.attendance.all()).serving


def test_the_recused_break_a_boards_quorum_and_their_substitutes_mend_it(
    region: Region, meeting: Meeting
) -> None:
    for name in ("Didrik", "Elsa", "Farid"):
        leave(region, meeting, name)
    paragraph = item(region, meeting, 9, 10)
    noted = recuse(region, paragraph, "Asta")
    assert present(paragraph) == 3
    error = refusal(lambda: gavel(region, paragraph, 9, 30))
    assert isinstance(error, DomainError)
    assert error.message.startswith(
        "Regionstyrelsen är inte beslutsför i §\N{NO-BREAK SPACE}1: 3 av 7 tjänstgör"
    )
    assert error.law == "KL 6 kap. 27 §"
    appoint_substitute(noted, by=region.secretary, substitute=region.people["Hugo"])
    assert gavel(region, paragraph, 9, 30).is_decided


def test_the_recused_do_not_break_fullmaktiges_quorum(region: Region) -> None:
    meeting = opened(region, make_meeting(region, region.assembly))
    paragraph = item(region, meeting, 9, 10)
    recuse(region, paragraph, "Asta")
    assert (
        present(paragraph),
        len(serving_in(paragraph)),
    ) == (7, 6)


def test_one_who_stays_out_is_present_but_has_no_vote(region: Region, meeting: Meeting) -> None:
    paragraph, elsa = item(region, meeting, 9, 10), region.people["Elsa"]
    note_non_participation(paragraph, by=region.secretary, person=elsa, kind=Kind.NOT_PARTICIPATING)
    assert (
        present(paragraph),
        len(voters_in(paragraph)),
    ) == (7, 6)
