"""A contested vote of 71 from the live view by keyboard: keystrokes counted, the page looked over."""

from __future__ import annotations

from datetime import date, time

import pytest
from playwright.sync_api import Locator, Page, expect

from motions.enums import MembershipRole
from motions.models import Membership
from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting, plan_meeting
from protocols.actions.proposals import add_proposal
from protocols.actions.taking_up import take_up
from protocols.enums import ProposalKind
from protocols.models import Paragraph
from tests.browser.walk import NewContext, complaints_of, let_in, look_over, sit_down
from tests.factories import START, Region, clock, make_person, make_region

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"S": 22, "M": 16, "SD": 11, "V": 8, "C": 6, "KD": 4, "L": 2, "MP": 2}
KEYS = {"S": "j", "M": "n", "SD": "n", "V": "j", "C": "j", "KD": "n", "L": "n", "MP": "j"}
SYLLABLES = ("Alb", "Ber", "Cal", "Dun", "Erl", "Fal", "Gul", "Hol", "Iva", "Jan", "Kar")
MOST_KEYSTROKES = 25


class Hands:
    """Hands on a keyboard: every key is counted but the letters of names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1

    def name(self, field: Locator, letters: str) -> None:
        """Letters of a name into the field in focus, and the key that takes who is found."""
        expect(field).to_be_focused()
        self.page.keyboard.type(letters)
        expect(self.page.locator("[role=option][aria-selected=true]")).to_contain_text(letters)
        self.press("Enter")


@pytest.fixture
def matter(transactional_db: None) -> tuple[Region, Paragraph]:
    """A fullmäktige of 71 deals with a matter that somebody wants turned down."""
    region = make_region()
    body = region.assembly
    body.seats = 71
    body.save()
    body.memberships.all().delete()
    position = 0
    for party, size in SIZES.items():
        for place in range(size):
            position += 1
            family = f"{SYLLABLES[place % 11]}{party.lower()}{'xy'[place // 11]}"
            Membership.objects.create(
                body=body,
                person=make_person("Kim", family.capitalize(), party),
                role=MembershipRole.CHAIR if position == 1 else MembershipRole.MEMBER,
                position=position,
                starts_on=START,
            )
    meeting = plan_meeting(
        by=region.secretary, body=body, held_on=date(2026, 6, 16), starts_at=time(9), place="Regionhuset"
    )
    item = add_matter(meeting, by=region.secretary, title="Ny linje", proposal="linjen inrättas")
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    paragraph = take_up(item, by=region.secretary, at=clock(meeting, 9, 10))
    mover = meeting.attendance.filter(party__code="M")[0].person
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[mover])
    return region, paragraph


def test_contested_vote_of_71_in_few_keystrokes(
    matter: tuple[Region, Paragraph], new_context: NewContext
) -> None:
    region, paragraph = matter
    page = sit_down(new_context)
    complaints = complaints_of(page)
    let_in(page, region.secretary)
    page.goto(f"/paragrafer/{paragraph.pk}/live/")
    hands = Hands(page)
    hands.press("o")
    page.wait_for_url("**/omrostning/**")
    expect(page.locator("[data-ballots] input").first).to_be_focused()
    for party in page.locator("[data-ballots] legend").all_inner_texts():
        hands.press(KEYS[party.split()[0]])
    fields = {name: page.get_by_role("combobox", name=name) for name in (
        "Röstar ja i stället", "Röstar nej i stället", "Avstår i stället", "Frånvarande i stället"
    )}  # fmt: skip
    exceptions = ("Albmx", "Bersx", "Calvx", "Dunsdx")
    for place, (field, letters) in enumerate(zip(fields.values(), exceptions, strict=True)):
        if place:
            hands.press("Tab")
        hands.name(field, letters)
    look_over(page, "omrostning")
    hands.press("Tab")
    while not page.get_by_role("button", name="Spara omröstningen").evaluate(
        "element => element === document.activeElement"
    ):
        hands.press("Tab")
    hands.press("Enter")
    result = page.locator("#procedure")
    expect(result).to_contain_text("37 ja, 32 nej, 1 avstår, 1 frånvarande")
    expect(page.locator("#paper")).to_contain_text("Omröstningen ger 37 ja-röster och 32 nej-röster.")
    assert hands.count <= MOST_KEYSTROKES, hands.count
    assert complaints == []
    look_over(page, "efter-omrostningen")
