"""The agenda page: what stands on it for whom, what can be put on it, and its order."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.enums import Outcome, Role
from motions.models import Motion
from protocols.actions.agenda import add_block, add_matter, place_motion
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.enums import ParagraphKind
from protocols.models import Meeting, Paragraph
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_person,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)
from tests.protocols.views.desk import Visitor, is_the_secretarys, part, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def board(region: Region) -> Meeting:
    return make_meeting(region, region.board)


def page(meeting: Meeting) -> str:
    return reverse("protocols:meeting", args=[meeting.pk])


def address(name: str, meeting: Meeting, *more: str) -> str:
    return reverse(f"protocols:{name}", args=[meeting.pk, *more])


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.paragraphs.order_by("position").values_list("title", flat=True))


def from_board(region: Region) -> Motion:
    """A motion that the board has proposed something about, verified."""
    motion = make_prepared_motion(region)
    meeting = make_meeting(region, region.board, held_on=date(2026, 4, 22))
    decide(region, open_with(region, meeting, motion))
    verify(region, close(region, meeting))
    return Motion.objects.get(pk=motion.pk)


# --- Reading -----------------------------------------------------------------------------------------------


def test_agenda_names_items_in_order_with_their_decisions(region: Region, board: Meeting) -> None:
    decide(region, open_with(region, board, make_prepared_motion(region)))
    add_matter(board, by=region.secretary, title="Budget", registry_number="7-2026")
    text = part(signed_in(region.secretary).get(page(board)), "agenda-title")
    assert "§ 1 Motion 1-2026 om fler cykelvägar i länet Dnr 1-2026 Föreslår avslag" in text
    assert "Budget Dnr 7-2026" in text


def test_agenda_tells_the_history_of_a_motion(region: Region) -> None:
    motion = from_board(region)
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    client = signed_in(region.secretary)
    history = "Regionstyrelsen 2026-04-22, § 1 (föreslår avslag)"
    assert history in part(client.get(page(assembly)), "motions")
    place_motion(assembly, by=region.secretary, motion=motion)
    assert history in part(client.get(page(assembly)), "agenda-title")


def test_agenda_is_read_only_for_members_and_officials(region: Region, board: Meeting) -> None:
    add_matter(board, by=region.secretary, title="Budget")
    for user in (region.politician, region.officer, region.registrar):
        answer = signed_in(user).get(page(board))
        assert "Punkt 1 Budget" in read(answer)
        assert "7 av 7 tjänstgör" in read(answer)
        assert "<form method" not in answer.content.decode().split("<main")[1].split("<footer")[0]


def test_agenda_of_a_body_one_does_not_belong_to_is_not_there(region: Region, board: Meeting) -> None:
    stranger = make_user("Ulf Rönn", Role.REPRESENTATIVE, person=make_person("Ulf", "Rönn"))
    assert signed_in(stranger).get(page(board)).status_code == 404
    assert Visitor().get(page(board)).status_code == 404
    assert Visitor().get("/sammantraden/999999/").status_code == 404


def test_public_sees_the_verified_paragraphs_only(region: Region, board: Meeting) -> None:
    decide(region, open_with(region, board, make_prepared_motion(region)))
    secret = add_matter(board, by=region.secretary, title="Hemligt utkast")
    decide(region, take_up(secret, by=region.secretary))
    board.refresh_from_db()
    verify_first(region, close(region, board))
    answer = Visitor().get(page(board))
    text = read(answer)
    assert "Justerade paragrafer § 1 Motion 1-2026 om fler cykelvägar i länet" in text
    assert "Hemligt" not in text
    assert "tjänstgör" not in text
    assert "Justeras av" not in text
    assert "/live/" not in answer.content.decode()


def verify_first(region: Region, meeting: Meeting) -> None:
    second = meeting.paragraphs.get(number=2)
    Paragraph.objects.filter(pk=second.pk).update(meeting=other(region))
    verify(region, meeting)
    Paragraph.objects.filter(pk=second.pk).update(meeting=meeting)


def other(region: Region) -> Meeting:
    return make_meeting(region, region.board, held_on=date(2026, 12, 30))


def test_agenda_links_the_secretary_to_each_live_view(region: Region, board: Meeting) -> None:
    item = add_matter(board, by=region.secretary, title="Budget")
    assert (
        f'href="/paragrafer/{item.pk}/live/"' in signed_in(region.secretary).get(page(board)).content.decode()
    )


def test_agenda_says_what_comes_next(region: Region, board: Meeting) -> None:
    client = signed_in(region.secretary)
    item = add_matter(board, by=region.secretary, title="Budget")
    assert "Öppna sammanträdet" in part(client.get(page(board)), "next-title")
    open_meeting(board, by=region.secretary)
    assert "Budget Ta upp ärendet" in part(client.get(page(board)), "next-title")
    take_up(item, by=region.secretary)
    assert "Nu behandlas § 1 Budget Fortsätt" in part(client.get(page(board)), "next-title")


@time_machine.travel("2026-05-18 12:00")
def test_agenda_says_that_the_day_is_still_to_come(region: Region, board: Meeting) -> None:
    words = "Sammanträdet är den 20 maj. Lägg dagordningen och skicka kallelsen."
    assert words in part(signed_in(region.secretary).get(page(board)), "next-title")
    with time_machine.travel("2026-05-20 08:00"):
        assert words not in read(signed_in(region.secretary).get(page(board)))


def test_agenda_is_only_read(region: Region, board: Meeting) -> None:
    assert signed_in(region.secretary).post(page(board)).status_code == 405


@pytest.mark.parametrize("who", ["secretary", "politician", "officer"])
def test_agenda_asks_as_much_of_three_items_as_of_twelve(region: Region, who: str) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))

    def fill(count: int) -> None:
        for number in range(count):
            add_matter(assembly, by=region.secretary, title=f"Ärende {number}", proposal="att anta")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in(getattr(region, who)).get(page(assembly)).status_code == 200
        return len(queries)

    place_motion(assembly, by=region.secretary, motion=from_board(region))
    add_block(assembly, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=[make_motion(region)])
    fill(1)
    open_meeting(assembly, by=region.secretary)
    for item in list(assembly.paragraphs.order_by("position")):
        decide(region, take_up(item, by=region.secretary))
    three = asked()
    fill(9)
    for item in list(assembly.paragraphs.drafts()):
        decide(region, take_up(item, by=region.secretary))
    assert asked() == three
    assert three < 70


# --- Putting items on it -----------------------------------------------------------------------------------


def test_ready_motions_are_ticked_and_added(region: Region, board: Meeting) -> None:
    one, _two, three = (make_prepared_motion(region, title=title) for title in ("Ett", "Två", "Tre"))
    client = signed_in(region.secretary)
    assert "Färdiga motioner (3)" in read(client.get(page(board)))
    answer = client.follow(address("agenda_motions", board), {"motions": [three.pk, one.pk]})
    assert "2 motioner är tillagda." in read(answer)
    assert titles(board) == [one.full_title, three.full_title]
    assert "Färdiga motioner (1)" in read(answer)


def test_no_motion_ticked_is_said_in_place(region: Region, board: Meeting) -> None:
    make_prepared_motion(region)
    answer = signed_in(region.secretary).post(address("agenda_motions", board), {})
    assert answer.status_code == 422
    assert "Välj minst en motion." in read(answer)


def test_motion_that_is_not_ready_cannot_be_smuggled_in(region: Region, board: Meeting) -> None:
    raw = make_motion(region)
    make_prepared_motion(region, title="Klar")
    answer = signed_in(region.secretary).post(address("agenda_motions", board), {"motions": [raw.pk]})
    assert answer.status_code == 422
    assert "inte längre klar" in read(answer)
    assert titles(board) == []


def test_another_matter_is_added_with_its_proposal(region: Region, board: Meeting) -> None:
    given = {"title": "Budget", "registry_number": "7-2026", "proposal": "att anta\natt följa"}
    answer = signed_in(region.secretary).follow(address("agenda_matter", board), given)
    assert "”Budget” är tillagt." in read(answer)
    item = board.paragraphs.get()
    assert [clause.text for clause in item.proposals.get().clauses.all()] == ["att anta", "att följa"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"title": ""}, "Detta fält måste fyllas i."),
        ({"title": "x" * 1_000_000}, "som mest 300 tecken"),
        ({"title": "Ärende om 850709-9805"}, "personnummer"),
        ({"proposal": "x" * 1_000_000}, "som mest 20000 tecken"),
    ],
)
def test_matter_that_is_not_in_order_keeps_what_was_typed(
    region: Region, board: Meeting, given: dict[str, str], error: str
) -> None:
    typed = {"title": "Budget <script>🙂", "registry_number": "7-2026", "proposal": "att anta"} | given
    answer = signed_in(region.secretary).post(address("agenda_matter", board), typed)
    assert answer.status_code == 422
    assert error in read(answer)
    assert 'value="7-2026"' in answer.content.decode()
    assert "<script>🙂" not in answer.content.decode()
    assert not board.paragraphs.exists()


def test_remittal_block_has_all_registered_motions_ticked(region: Region) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    one, two = make_motion(region, title="Ett"), make_motion(region, title="Två")
    make_prepared_motion(region, title="Remitterad")
    client = signed_in(region.secretary)
    assert "Anmälan och remittering av inkomna motioner 2 motioner" in read(client.get(page(assembly)))
    form = client.get(address("agenda_block", assembly, "remittering"))
    assert form.content.decode().count(" checked") == 2 + 1  # and the switch of the keys
    answer = client.follow(
        address("agenda_block", assembly, "remittering"),
        {"title": "Nya motioner", "motions": [one.pk, two.pk]},
    )
    assert "”Nya motioner” är tillagt." in read(answer)
    assert [row.motion for row in assembly.paragraphs.get().block_motions.all()] == [one, two]


def test_report_has_those_ticked_whose_year_ends_soon(region: Region) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 12, 10))
    old = make_prepared_motion(region, title="Gammal", outcome=Outcome.GRANTED)
    new = make_motion(region, title="Färsk", handed_in_on=date(2026, 11, 1))
    markup = (
        signed_in(region.secretary).get(address("agenda_block", assembly, "redovisning")).content.decode()
    )
    assert f'value="{old.pk}" checked' in markup
    assert f'value="{new.pk}">' in markup


@pytest.mark.parametrize("name", ["remittering", "redovisning"])
def test_block_with_nothing_to_tell_says_so(region: Region, name: str) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    text = read(signed_in(region.secretary).get(address("agenda_block", assembly, name)))
    assert "Inga motioner att" in text
    assert "Tillbaka till dagordningen" in text


def test_block_of_nothing_is_said_in_place(region: Region) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    make_motion(region)
    answer = signed_in(region.secretary).post(
        address("agenda_block", assembly, "remittering"), {"title": "Min egen rubrik"}
    )
    assert answer.status_code == 422
    assert "Välj minst en motion." in read(answer)
    assert 'value="Min egen rubrik"' in answer.content.decode()


def test_blocks_are_fullmaktiges_and_have_two_names(region: Region, board: Meeting) -> None:
    client = signed_in(region.secretary)
    assert client.get(address("agenda_block", board, "remittering")).status_code == 404
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    assert client.get(address("agenda_block", assembly, "annat")).status_code == 404


# --- Order -------------------------------------------------------------------------------------------------


def test_order_is_dragged_with_htmx(region: Region, board: Meeting) -> None:
    one, two, three = (add_matter(board, by=region.secretary, title=t) for t in ("Ett", "Två", "Tre"))
    answer = signed_in(region.secretary).post(
        address("agenda_order", board), {"order": [three.pk, one.pk, two.pk]}, is_htmx=True
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert titles(board) == ["Tre", "Ett", "Två"]


def test_order_without_script_moves_one_step(region: Region, board: Meeting) -> None:
    one, two = (add_matter(board, by=region.secretary, title=title) for title in ("Ett", "Två"))
    client = signed_in(region.secretary)
    answer = client.post(address("agenda_order", board), {"move": f"{two.pk}:up"})
    assert (answer.status_code, answer["Location"]) == (302, page(board))
    assert titles(board) == ["Två", "Ett"]
    client.post(address("agenda_order", board), {"move": f"{two.pk}:up"})
    client.post(address("agenda_order", board), {"move": f"{one.pk}:sideways"})
    assert titles(board) == ["Två", "Ett"]


def test_order_of_drafts_leaves_what_is_taken_up_first(region: Region, board: Meeting) -> None:
    one, two, three = (add_matter(board, by=region.secretary, title=t) for t in ("Ett", "Två", "Tre"))
    open_meeting(board, by=region.secretary, at=clock(board, 9))
    take_up(one, by=region.secretary)
    signed_in(region.secretary).post(
        address("agenda_order", board), {"order": [three.pk, two.pk]}, is_htmx=True
    )
    assert titles(board) == ["Ett", "Tre", "Två"]


def test_order_of_an_agenda_that_has_changed_is_a_conflict(region: Region, board: Meeting) -> None:
    one = add_matter(board, by=region.secretary, title="Ett")
    add_matter(board, by=region.secretary, title="Nytt")
    answer = signed_in(region.secretary).post(
        address("agenda_order", board), {"order": [one.pk]}, is_htmx=True
    )
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#refusal"
    assert "Dagordningen har ändrats sedan sidan visades" in read(answer)
    answer = signed_in(region.secretary).post(address("agenda_order", board), {"order": ["x", one.pk]})
    assert answer.status_code == 409
    assert "Dagordningen har ändrats" in read(answer)


def test_item_is_removed_from_the_agenda(region: Region, board: Meeting) -> None:
    item = add_matter(board, by=region.secretary, title="Budget")
    answer = signed_in(region.secretary).follow(reverse("protocols:agenda_remove", args=[item.pk]))
    assert "”Budget” är borttaget från dagordningen." in read(answer)
    assert titles(board) == []


def test_numbered_paragraph_is_not_removed(region: Region, board: Meeting) -> None:
    item = add_matter(board, by=region.secretary, title="Budget")
    open_meeting(board, by=region.secretary)
    take_up(item, by=region.secretary)
    answer = signed_in(region.secretary).post(reverse("protocols:agenda_remove", args=[item.pk]))
    assert answer.status_code == 409
    assert "§ 1 är redan upptagen och har fått sitt nummer" in read(answer)


# --- Who ---------------------------------------------------------------------------------------------------


def test_agenda_is_changed_by_the_secretary(region: Region, board: Meeting) -> None:
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    item = add_matter(board, by=region.secretary, title="Budget")
    for name in ("agenda_motions", "agenda_matter", "agenda_order"):
        is_the_secretarys(region, address(name, board), wrong="get")
        assert signed_in(region.secretary).post(reverse(f"protocols:{name}", args=[10**9])).status_code == 404
    is_the_secretarys(region, address("agenda_block", assembly, "remittering"), wrong="put")
    is_the_secretarys(region, reverse("protocols:agenda_remove", args=[item.pk]), wrong="get")
    assert signed_in(region.secretary).post("/paragrafer/999999/ta-bort/").status_code == 404
