"""Parties' groups: who speaks for one, what it may do, and what is refused."""

from __future__ import annotations

import pytest

from motions.models import Party, Person
from protocols.actions.attendance import set_present
from protocols.actions.movers import Mover
from protocols.actions.participation import note_non_participation
from protocols.actions.proposals import Wish, add_proposal, add_proposals, change_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.undoing import undo
from protocols.enums import NonParticipationKind, ProposalKind
from protocols.models import Paragraph
from protocols.queries.facts import facts_of
from protocols.queries.last_step import last_step
from protocols.wording.proposals import deliberation
from protocols.wording.reservations import reservations
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with
from tests.protocols.actions.refusals import refusal
from tests.protocols.wording.examples import spaced


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


def party_of(region: Region, name: str) -> Party:
    found = region.people[name].affiliations.get().party
    assert isinstance(found, Party)
    return found


def joined(region: Region, paragraph: Paragraph, name: str, party: Party) -> None:
    """Let somebody belong to the party on that day."""
    paragraph.meeting.attendance.filter(person=region.people[name]).update(party=party)


def told(paragraph: Paragraph) -> tuple[str, ...]:
    return spaced([str(line) for line in deliberation(facts_of(paragraph))])


def test_group_proposes_with_a_person_in_two_hands(region: Region, paragraph: Paragraph) -> None:
    wishes = [Wish(ProposalKind.GRANT), Wish(ProposalKind.DEEM_ANSWERED)]
    movers: list[Mover] = [party_of(region, "Asta"), region.people["Elsa"]]
    first, second = add_proposals(paragraph, by=region.secretary, movers=movers, wishes=wishes)
    assert [str(row) for row in first.mover_rows.all()] == ["Partiet V, partigruppen (V)", "Elsa Öhman (C)"]
    assert [row.noted_by for row in second.mover_rows.all()] == [region.secretary] * 2
    assert told(paragraph) == (
        (
            "Partiet Vs partigrupp och Elsa Öhman (C) föreslår i första hand bifall till motionen och i "
            "andra hand att motionen ska anses besvarad."
        ),
    )


def test_group_is_taken_off_and_a_person_stays(region: Region, paragraph: Paragraph) -> None:
    group, elsa = party_of(region, "Asta"), region.people["Elsa"]
    made = add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[group, elsa])
    kept = made.mover_rows.get(person=elsa)
    change_proposal(made, by=region.secretary, movers=[elsa, party_of(region, "Cilla")])
    assert [str(row) for row in made.mover_rows.all()] == ["Elsa Öhman (C)", "Partiet M, partigruppen (M)"]
    assert made.mover_rows.get(person=elsa).pk == kept.pk
    change_proposal(made, by=region.secretary, movers=[group])
    assert [row.party for row in made.mover_rows.all()] == [group]


def test_group_noted_last_is_undone(region: Region, paragraph: Paragraph) -> None:
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[party_of(region, "Asta")])
    step = last_step(paragraph)
    assert step
    undo(paragraph, by=region.secretary, step=step.name)
    assert paragraph.proposals.count() == 1


@pytest.mark.parametrize("way", ["absent", "recused", "not there"])
def test_group_without_anybody_who_serves_is_refused(region: Region, paragraph: Paragraph, way: str) -> None:
    party, asta = party_of(region, "Asta"), region.people["Asta"]
    if way == "absent":
        set_present(paragraph.meeting, by=region.secretary, person=asta, is_present=False)
    elif way == "recused":
        note_non_participation(paragraph, by=region.secretary, person=asta, kind=NonParticipationKind.RECUSAL)
    else:
        party = Party.objects.create(code="X", name="Partiet X")
    paragraph.meeting.attendance.filter(party=party).exclude(person=asta).update(party=None)
    error = refusal(
        lambda: add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[party])
    )
    assert error.message == (
        f"Ingen från {party.name} tjänstgör i {paragraph.label}, och partigruppen kan inte yrka"
    )
    assert (error.law, error.field) == ("KL 5 kap. 17 §", "movers")


def test_members_of_a_group_who_took_part_reserve(region: Region, paragraph: Paragraph) -> None:
    party = party_of(region, "Asta")
    for name in ("Elsa", "Farid"):
        joined(region, paragraph, name, party)
    farid = region.people["Farid"]
    note_non_participation(
        paragraph, by=region.secretary, person=farid, kind=NonParticipationKind.NOT_PARTICIPATING
    )
    paragraph = decide(region, paragraph)
    made = announce_reservation(paragraph, by=region.secretary, persons=[region.people["Cilla"], party])
    assert [str(row.person) for row in made.person_rows.filter(in_group=True)] == ["Asta Björk", "Elsa Öhman"]
    assert farid not in made.persons.all()
    said = spaced([str(line) for line in reservations(facts_of(paragraph))])
    assert said == ("Cilla Dahl (M) och ledamöterna från V reserverar sig mot beslutet.",)
    error = refusal(lambda: announce_reservation(paragraph, by=region.secretary, persons=[party]))
    assert error.message == "Alla från Partiet V som deltog har redan reserverat sig mot beslutet"


def test_group_of_one_reserves_by_name(region: Region, paragraph: Paragraph) -> None:
    paragraph = decide(region, paragraph)
    paragraph.meeting.attendance.exclude(person=region.people["Asta"]).update(party=None)
    announce_reservation(paragraph, by=region.secretary, persons=[party_of(region, "Asta")])
    said = spaced([str(line) for line in reservations(facts_of(paragraph))])
    assert said == ("Asta Björk (V) reserverar sig mot beslutet.",)


def test_group_of_which_nobody_took_part_cannot_reserve(region: Region, paragraph: Paragraph) -> None:
    paragraph = decide(region, paragraph)
    party = Party.objects.create(code="X", name="Partiet X")
    error = refusal(lambda: announce_reservation(paragraph, by=region.secretary, persons=[party]))
    assert error.message == "Ingen från Partiet X deltog i beslutet"
    assert (error.law, error.field) == ("KL 4 kap. 27 §", "persons")


def test_group_is_told_in_clauses_only_where_all_of_it_took_part(
    region: Region, paragraph: Paragraph
) -> None:
    party = party_of(region, "Asta")
    people: list[Person] = [region.people[name] for name in ("Elsa", "Farid")]
    for person in people:
        joined(region, paragraph, person.given_name, party)
    paragraph = decide(region, paragraph)
    paragraph.decision.clauses.create(position=2, text="b")
    note_non_participation(
        paragraph,
        by=region.secretary,
        person=people[0],
        kind=NonParticipationKind.NOT_PARTICIPATING,
        clauses=[2],
    )
    announce_reservation(paragraph, by=region.secretary, persons=[party])
    assert spaced([str(line) for line in reservations(facts_of(paragraph))]) == (
        "Asta Björk (V) och Farid Ängeby (V) reserverar sig mot beslutet.",
        "Elsa Öhman (V) reserverar sig mot första beslutssatsen.",
    )
