"""The last step of a §, whatever it was, can be taken back once."""

from __future__ import annotations

import pytest

from protocols.actions.participation import note_non_participation
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import Wish, add_proposal, add_proposals, change_proposal, withdraw_proposal
from protocols.actions.undoing import undo
from protocols.enums import NonParticipationKind, ProposalKind
from protocols.models import Paragraph
from protocols.queries.last_step import StepKind, last_step
from tests.factories import Region, make_meeting, make_prepared_motion, make_region, open_with
from tests.protocols.actions.refusals import refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


def step_back(region: Region, paragraph: Paragraph) -> StepKind:
    step = last_step(paragraph)
    assert step is not None
    undo(paragraph, by=region.secretary, step=step.name)
    return step.kind


def test_steps_are_taken_back_from_the_last_to_the_first(region: Region, paragraph: Paragraph) -> None:
    asta, bo, elsa = (region.people[name] for name in ("Asta", "Bo", "Elsa"))
    by = region.secretary
    support = [asta]
    add_proposal(paragraph, by=by, kind=ProposalKind.TABLED, movers=support)
    wishes = [Wish(ProposalKind.GRANT), Wish(ProposalKind.DEEM_ANSWERED)]
    first, _second = add_proposals(paragraph, by=by, movers=[bo], wishes=wishes)
    change_proposal(first, by=by, movers=[bo, elsa])
    withdraw_proposal(first, by=by)
    note_non_participation(
        paragraph, by=by, person=region.people["Greta"], kind=NonParticipationKind.NOT_PARTICIPATING
    )
    for question in paragraph.questions.all():
        record_finding(question, by=by, winner=question.proposals.all()[0])
    taken = [step_back(region, paragraph)]
    paragraph.refresh_from_db()
    assert paragraph.is_taken_up
    taken += [step_back(region, paragraph), step_back(region, paragraph)]
    first.refresh_from_db()
    assert first.withdrawn_at is None
    taken.append(step_back(region, paragraph))
    assert [str(row) for row in first.mover_rows.all()] == ["Bo Cederlund (S)"]
    taken.append(step_back(region, paragraph))
    assert paragraph.proposals.count() == 1
    taken.append(step_back(region, paragraph))
    assert not paragraph.proposals.get().mover_rows.exists()
    assert last_step(paragraph) is None
    assert taken == [
        StepKind.FOUND,
        StepKind.STAYED_OUT,
        StepKind.WITHDRAWN,
        StepKind.NOTED,
        StepKind.NOTED,
        StepKind.NOTED,
    ]


def test_another_step_than_the_last_is_refused(region: Region, paragraph: Paragraph) -> None:
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]])
    error = refusal(lambda: undo(paragraph, by=region.secretary, step="noted-0"))
    assert error.message == "Det steget är redan ångrat"
    assert paragraph.proposals.count() == 2
