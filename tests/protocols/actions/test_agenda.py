"""The agenda: only what is ready, in the order that is wanted, until it is taken up."""

from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome
from motions.errors import Conflict, Forbidden
from motions.models import Motion
from protocols.actions.agenda import (
    add_block,
    add_matter,
    place_motion,
    remove_item,
    reorder_agenda,
    retitle,
)
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.enums import ParagraphKind, ParagraphState, ProposalKind
from protocols.models import BlockMotion, Meeting, Paragraph, Proposal, ProposalClause
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
)
from tests.protocols.actions.refusals import fails, refusal


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def board(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def assembly(region: Region) -> Meeting:
    return make_meeting(region, region.assembly, held_on=date(2026, 6, 10))


def matters(region: Region, meeting: Meeting, *titles: str) -> list[Paragraph]:
    return [add_matter(meeting, by=region.secretary, title=title) for title in titles]


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.paragraphs.order_by("position").values_list("title", flat=True))


# --- Motions -----------------------------------------------------------------------------------------------


def test_place_motion_takes_title_and_registry_number(region: Region, board: Meeting) -> None:
    motion = make_prepared_motion(region)
    item = place_motion(board, by=region.secretary, motion=motion)
    assert (item.title, item.registry_number) == ("Motion 1-2026 om fler cykelvägar i länet", "1-2026")
    assert (item.label, item.number, item.state) == ("Punkt 1", None, ParagraphState.DRAFT)


def test_place_motion_that_is_not_prepared_is_refused(region: Region, board: Meeting) -> None:
    error = refusal(lambda: place_motion(board, by=region.secretary, motion=make_motion(region)))
    assert (
        error.message == "Motion 1-2026 är inte klar för regionstyrelsen, eller står redan på en dagordning"
    )
    assert (error.law, type(error)) == ("KL 5 kap. 26 §", Conflict)


def test_place_motion_twice_is_refused(region: Region, board: Meeting) -> None:
    motion = make_prepared_motion(region)
    place_motion(board, by=region.secretary, motion=motion)
    later = make_meeting(region, region.board, held_on=date(2026, 6, 17))
    assert refusal(lambda: place_motion(later, by=region.secretary, motion=motion)).law == "KL 5 kap. 26 §"


def test_place_motion_at_fullmaktige_before_the_board_has_spoken_is_refused(
    region: Region, assembly: Meeting
) -> None:
    motion = make_prepared_motion(region)
    error = refusal(lambda: place_motion(assembly, by=region.secretary, motion=motion))
    assert "inte klar för regionfullmäktige" in error.message


def test_place_motion_in_a_committee_is_refused(region: Region, board: Meeting) -> None:
    motion = make_prepared_motion(region)
    Meeting.objects.filter(pk=board.pk).update(body=region.committee)
    error = refusal(lambda: place_motion(board, by=region.secretary, motion=motion))
    assert "inte klar för vårdnämnden" in error.message


def test_fullmaktige_gets_the_boards_proposal_and_texts(
    region: Region, board: Meeting, assembly: Meeting
) -> None:
    motion = make_prepared_motion(
        region, clauses=("att bygga", "att berätta"), outcome=Outcome.DEEMED_ANSWERED
    )
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    item = open_with(region, assembly, Motion.objects.get(pk=motion.pk))
    tabled = item.proposals.get()
    assert [(clause.outcome, clause.settles) for clause in tabled.clauses.all()] == [
        (Outcome.DEEMED_ANSWERED, [1, 2])
    ]


# --- Other matters -----------------------------------------------------------------------------------------


def test_add_matter_reads_one_clause_a_line(region: Region, board: Meeting) -> None:
    item = add_matter(
        board,
        by=region.secretary,
        title=" Budget ",
        registry_number=" 7-2026 ",
        proposal="att anta\n\n att följa \n",
    )
    assert (item.title, item.registry_number, item.kind) == ("Budget", "7-2026", ParagraphKind.MATTER)
    assert [clause.text for clause in item.proposals.get().clauses.all()] == ["att anta", "att följa"]


def test_add_matter_with_an_identity_number_is_refused(region: Region, board: Meeting) -> None:
    error = refusal(lambda: add_matter(board, by=region.secretary, title="Ärende om 850709-9805"))
    assert error.field == "title"
    assert not board.paragraphs.exists()


def test_add_matter_without_its_clauses_adds_nothing(region: Region, board: Meeting) -> None:
    fails(
        lambda: add_matter(board, by=region.secretary, title="Budget", proposal="att anta"),
        table="protocols_proposalclause",
    )
    assert not Proposal.objects.exists()
    assert not Paragraph.objects.exists()


# --- Blocks ------------------------------------------------------------------------------------------------


def test_remittal_block_holds_registered_motions_in_order(region: Region, assembly: Meeting) -> None:
    first, second = make_motion(region), make_motion(region, title="Nattbuss")
    item = add_block(
        assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=[second, first, second]
    )
    assert [row.motion for row in item.block_motions.all()] == [second, first]
    assert item.title == "Anmälan och remittering av inkomna motioner"


@pytest.mark.parametrize("kind", ParagraphKind.blocks)
def test_block_belongs_to_fullmaktige(region: Region, board: Meeting, kind: ParagraphKind) -> None:
    motion = make_motion(region)
    error = refusal(lambda: add_block(board, by=region.secretary, kind=ParagraphKind(kind), motions=[motion]))
    assert error.message == "Motioner anmäls till fullmäktige, inte till regionstyrelsen"
    assert error.law == "KL 5 kap. 22 §"


def test_block_of_nothing_or_of_what_does_not_fit_is_refused(region: Region, assembly: Meeting) -> None:
    prepared = make_prepared_motion(region)

    def block(*motions: Motion) -> None:
        add_block(assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=motions)

    assert refusal(block).message == "Välj minst en motion"
    error = refusal(lambda: block(prepared))
    assert (error.message, error.field) == ("Dessa motioner kan inte tas med: Motion 1-2026", "motions")


def test_block_takes_a_motion_once_until_it_is_verified(region: Region, assembly: Meeting) -> None:
    motion = make_motion(region)
    kind = ParagraphKind.OUTSTANDING_REPORT
    add_block(assembly, by=region.secretary, kind=kind, motions=[motion])
    error = refusal(lambda: add_block(assembly, by=region.secretary, kind=kind, motions=[motion]))
    assert error.field == "motions"


def test_block_without_its_motions_is_not_added(region: Region, assembly: Meeting) -> None:
    motion = make_motion(region)
    fails(
        lambda: add_block(assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=[motion]),
        table="protocols_proposal",
    )
    assert not BlockMotion.objects.exists()
    assert not Paragraph.objects.exists()


# --- Order, removal, headings ------------------------------------------------------------------------------


def test_reorder_puts_the_items_in_order(region: Region, board: Meeting) -> None:
    one, two, three = matters(region, board, "Ett", "Två", "Tre")
    reorder_agenda(board, by=region.secretary, order=[three.pk, one.pk, two.pk])
    assert titles(board) == ["Tre", "Ett", "Två"]


def test_reorder_of_another_agenda_than_the_one_shown_is_a_conflict(region: Region, board: Meeting) -> None:
    one, two = matters(region, board, "Ett", "Två")
    for order in ([one.pk], [one.pk, two.pk, two.pk], [one.pk, two.pk, two.pk + 1]):
        error = refusal(lambda order=order: reorder_agenda(board, by=region.secretary, order=order))  # type: ignore[misc]  # bound at once
        assert (type(error), error.message) == (Conflict, "Dagordningen har ändrats sedan sidan visades")
    assert titles(board) == ["Ett", "Två"]


def test_reorder_keeps_what_is_taken_up_first(region: Region, board: Meeting) -> None:
    one, two, three = matters(region, board, "Ett", "Två", "Tre")
    open_meeting(board, by=region.secretary)
    take_up(two, by=region.secretary)
    assert titles(board) == ["Två", "Ett", "Tre"]
    error = refusal(lambda: reorder_agenda(board, by=region.secretary, order=[one.pk, two.pk, three.pk]))
    assert error.message == "En punkt kan inte flyttas före en paragraf som redan tagits upp"
    reorder_agenda(board, by=region.secretary, order=[two.pk, three.pk, one.pk])
    assert titles(board) == ["Två", "Tre", "Ett"]


def test_remove_takes_a_draft_off_but_never_a_numbered_paragraph(region: Region, board: Meeting) -> None:
    one, two = matters(region, board, "Ett", "Två")
    open_meeting(board, by=region.secretary)
    take_up(one, by=region.secretary)
    remove_item(two, by=region.secretary)
    assert titles(board) == ["Ett"]
    error = refusal(lambda: remove_item(one, by=region.secretary))
    assert error.message == "§\N{NO-BREAK SPACE}1 är redan upptagen och har fått sitt nummer"
    assert error.instead == "Ärendet kan bordläggas."


def test_retitle_until_the_paragraph_is_verified(region: Region, board: Meeting) -> None:
    item = open_with(region, board, make_prepared_motion(region))
    assert retitle(item, by=region.secretary, title=" Cykel ", registry_number=" 9-2026").title == "Cykel"
    decide(region, item)
    verify(region, close(region, board))
    error = refusal(lambda: retitle(item, by=region.secretary, title="Bil", registry_number=""))
    assert error.law == "KL 5 kap. 69 §"


def test_agenda_of_a_closed_meeting_lies_fast(region: Region, board: Meeting) -> None:
    open_meeting(board, by=region.secretary, at=clock(board, 9))
    close(region, board)
    error = refusal(lambda: add_matter(board, by=region.secretary, title="För sent"))
    assert error.message == "Sammanträdet är avslutat, och dagordningen ligger fast"


@pytest.mark.parametrize("who", ["registrar", "officer", "chair", "politician", "administrator"])
def test_agenda_is_the_secretarys(region: Region, board: Meeting, who: str) -> None:
    motion = make_prepared_motion(region)
    by = getattr(region, who)
    assert isinstance(refusal(lambda: place_motion(board, by=by, motion=motion)), Forbidden)
    assert isinstance(refusal(lambda: reorder_agenda(board, by=by, order=[])), Forbidden)


# --- Taking up ---------------------------------------------------------------------------------------------


def test_take_up_numbers_in_the_order_of_taking_up(region: Region, board: Meeting) -> None:
    one, two = matters(region, board, "Ett", "Två")
    open_meeting(board, by=region.secretary)
    second = take_up(two, by=region.secretary)
    assert second.number == 1
    error = refusal(lambda: take_up(one, by=region.secretary))
    assert (error.message, error.instead) == (
        "§\N{NO-BREAK SPACE}1 behandlas fortfarande",
        "Avgör den först.",
    )
    decide(region, second)
    assert take_up(one, by=region.secretary).number == 2


def test_take_up_before_the_meeting_is_open_is_a_conflict(region: Region, board: Meeting) -> None:
    (item,) = matters(region, board, "Ett")
    assert isinstance(refusal(lambda: take_up(item, by=region.secretary)), Conflict)


def test_take_up_that_fails_gives_no_number_away(region: Region, board: Meeting) -> None:
    item = place_motion(board, by=region.secretary, motion=make_prepared_motion(region))
    open_meeting(board, by=region.secretary)
    fails(lambda: take_up(item, by=region.secretary), table="protocols_question")
    item.refresh_from_db()
    assert item.is_draft
    assert not ProposalClause.objects.exists()
    assert not item.proposals.filter(kind=ProposalKind.TABLED).exists()
    assert take_up(item, by=region.secretary).number == 1
