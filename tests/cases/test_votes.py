"""Votes: a referral back by a minority after two, a casting vote, a main vote after a counter-proposal."""

from __future__ import annotations

import time_machine

from motions.enums import Outcome, Stage
from motions.models import Motion
from protocols.enums import BallotChoice, DecisionKind, QuestionKind
from protocols.models import Decision, ReservationPerson, Vote
from tests.cases.county import names_of
from tests.cases.reading import is_told
from tests.cases.walk import Item, Sitting
from tests.cases.ways import ASSEMBLY_DAY, BOARD_DAY, board_votes, on_the_desk, ready, through_the_board
from tests.factories import Region

LEFT = ("S", "V", "MP")
RIGHT = ("M", "KD", "L")


def counts(item: Item) -> list[tuple[int, int, int, int]]:
    """The numbers of the item's votes, in order."""
    votes = Vote.objects.filter(question__paragraph=item.paragraph).order_by("question__position")
    return [(v.yes_count, v.no_count, v.abstain_count, v.absent_count) for v in votes]


def parties(**choices: tuple[str, ...]) -> dict[str, str]:
    return {code: choice for choice, codes in choices.items() for code in codes}


def test_minority_refers_back_after_two_votes(county: Region, clock: time_machine.Traveller) -> None:
    mover, *_rest = names_of(county, "M")
    liberal, christian, social = (names_of(county, code)[0] for code in ("L", "KD", "S"))
    motion = ready(county, "Utegym vid regionens sjukhus", mover)
    through_the_board(county, clock, motion)
    sitting = Sitting.call(county, clock, county.assembly, ASSEMBLY_DAY)
    item = on_the_desk(sitting, motion)
    item.propose(liberal, kind="postpone")
    item.propose(
        mover, christian, kind="refer_back", text="Kostnaden för skötsel och belysning behöver redovisas."
    )
    item.propose("L", kind="refer_back", text="Patienternas synpunkter ska hämtas in.")
    item.propose(social, kind="tabled")
    item.send("live_join")
    item.vote(
        "parti",
        "Ja för att ärendet ska avgöras i dag, nej för att ärendet ska bordläggas",
        item.by_party(parties(yes=(*LEFT, "M", "KD", "C"), no=("L",)))
        | {"requested_by": item.person(liberal)},
    )
    item.vote(
        "parti",
        "Ja för att ärendet ska avgöras i dag, nej för att ärendet ska återremitteras",
        item.by_party(parties(yes=(*LEFT, "C"), no=RIGHT)) | {"requested_by": item.person(mover)},
    )
    sitting.close()
    sitting.verify()
    assert counts(item) == [(73, 8, 0, 0), (43, 38, 0, 0)]
    decision = Decision.objects.get(paragraph=item.paragraph)
    assert (decision.kind, decision.by_minority) == (DecisionKind.REFERS_BACK, True)
    motion = Motion.objects.get(pk=motion.pk)
    assert (motion.stage, motion.minority_deferral_used) == (Stage.IN_PREPARATION, True)
    is_told("01-minority-referral", sitting, item)


def test_casting_vote_settles_six_against_six(county: Region, clock: time_machine.Traveller) -> None:
    mover, second = names_of(county, "M")[:2]
    sitting = Sitting.call(county, clock, county.board, BOARD_DAY)
    item = on_the_desk(sitting, ready(county, "Cykelgarage vid stationerna", mover))
    item.propose(county.chair.name, kind="tabled")
    item.propose(mover, second, kind="grant")
    votes = board_votes(county, parties(yes=LEFT, no=RIGHT, abstain=("C",)))
    said = {"requested_by": item.person(second), "casting_vote": "yes"}
    item.vote("namn", "Ja för bifall till det liggande förslaget", item.by_name(votes) | said)
    item.reserve(mover, second)
    sitting.close()
    sitting.verify()
    assert counts(item) == [(6, 6, 1, 0)]
    vote = Vote.objects.get()
    assert vote.casting_vote == BallotChoice.YES
    assert {b.person.name: b.choice for b in vote.ballots.select_related("person")} == votes
    is_told("02-casting-vote", sitting, item)


def test_main_vote_after_a_counter_proposal(county: Region, clock: time_machine.Traveller) -> None:
    mover, christian, social = (names_of(county, code)[0] for code in ("M", "KD", "S"))
    exception = names_of(county, "M")[5]
    motion = ready(county, "Fria bussresor för skolklasser", mover)
    through_the_board(county, clock, motion)
    sitting = Sitting.call(county, clock, county.assembly, ASSEMBLY_DAY)
    item = on_the_desk(sitting, motion)
    item.propose(social, names_of(county, "MP")[0], kind="tabled")
    item.propose(mover, names_of(county, "L")[0], kind="grant")
    item.propose(christian, kind="amend", text="regionen prövar fria bussresor för skolklasser under ett år")
    item.main_proposal(1)
    item.vote(
        "parti",
        f"Ja för {mover}s och",
        item.by_party(parties(yes=("M", "L"), no=("KD",), abstain=(*LEFT, "C")))
        | {"except_no": [item.person(exception)], "requested_by": item.person(christian)},
    )
    item.vote(
        "parti",
        "Ja för bifall till regionstyrelsens förslag",
        item.by_party(parties(yes=LEFT, no=RIGHT, abstain=("C",))) | {"requested_by": item.person(mover)},
    )
    item.reserve("M", "L")
    item.reserve(christian, text="Ett prov under ett år hade visat vad resorna kostar.")
    sitting.close()
    sitting.verify()
    assert counts(item) == [(29, 9, 43, 0), (40, 38, 3, 0)]
    kinds = list(item.paragraph.questions.values_list("kind", flat=True))
    assert kinds == [QuestionKind.COUNTER, QuestionKind.MAIN]
    assert [clause.outcome for clause in Motion.objects.get(pk=motion.pk).clauses.all()] == [Outcome.REJECTED]
    assert ReservationPerson.objects.filter(in_group=True).count() == 22 + 8
    is_told("03-main-vote", sitting, item)
