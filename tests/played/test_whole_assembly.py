"""A whole fullmäktige is played: nothing is lost, nothing doubled, and the minutes are complete.

Seventy-one members and thirty watchers follow over HTTP while sixty §§ are taken up and decided, twelve of
them by a vote. Half way ten phones lose their network, later the server is killed.
"""

from __future__ import annotations

import io
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from django.utils import timezone
from pypdf import PdfReader

from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.proposals import add_proposal
from protocols.enums import ProposalKind
from protocols.models import Ballot, Meeting, Paragraph, Reservation, Vote
from tests.factories import Region, make_meeting, make_region
from tests.paper import joined
from tests.played.phones import Chamber, Moment, Phone
from tests.played.site import Site, wait_until
from tests.seventy_one import SEATS, cookie_of, fill_assembly

pytestmark = pytest.mark.django_db(transaction=True)

ITEMS, WATCHERS, RESERVANTS = 60, 30, 40
VOTED = range(5, ITEMS + 1, 5)  # the numbers of the §§ with a vote
YES = 40  # of the votes
CUT_AT, MENDED_AT, KILLED_AT = 30, 33, 45
CUT = range(20, 30)  # the members whose phones lose the network
LATE = range(30, 35)  # those who reserve while there is no server


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    site = Site()
    yield site
    site.kill()


@pytest.fixture
def chamber() -> Iterator[Chamber]:
    chamber = Chamber()
    yield chamber
    chamber.leave()


class Play:
    """The meeting, with all who follow it and what they have sent."""

    def __init__(self, site: Site, chamber: Chamber, region: Region) -> None:
        self.site, self.chamber, self.region = site, chamber, region
        members = fill_assembly(region)
        self.secretary = cookie_of(region.secretary)
        self.meeting = make_meeting(region, region.assembly, held_on=timezone.localdate())
        for number in range(1, ITEMS + 1):
            add_matter(
                self.meeting,
                by=region.secretary,
                title=f"Plan nummer {number} för länet",
                proposal=_clause(number),
            )
        open_meeting(self.meeting, by=region.secretary)
        self.items = list(self.meeting.paragraphs.order_by("position"))
        news, mine = (
            f"/sammantraden/{self.meeting.pk}/nyheter/?sida=",
            f"/mitt-sammantrade/?sammantrade={self.meeting.pk}",
        )
        self.members = [Phone(site.port, f"{news}mitt", mine, cookie_of(user)) for user in members]
        wall = f"/sammantraden/{self.meeting.pk}/storbild/"
        screens = [Phone(site.port, f"{news}storbild", wall, self.secretary) for _number in range(WATCHERS)]
        self.everybody = [*self.members, *screens]
        self.sent: list[Future[None]] = []
        self.delays: list[float] = []
        self.following = [chamber.run(phone.follow()) for phone in self.everybody]
        self.wait_for(lambda phone: bool(phone.shown))

    def item(self, number: int) -> Paragraph:
        return Paragraph.objects.get(pk=self.items[number - 1].pk)

    def wait_for(self, what: Callable[[Phone], bool]) -> None:
        """Until it is so of all who have a network."""

        def is_so() -> bool:
            for gone in filter(Future.done, self.following):
                gone.result()
            return all(what(phone) for phone in self.everybody if not phone.is_cut)

        wait_until(is_so)

    def act(self, moment: Moment, address: str, data: dict[str, str]) -> None:
        """The secretary presses; when all who have a network see it, the delay of each is known."""
        pressed = time.perf_counter()
        status, body = self.site.ask(address, self.secretary, data)
        assert status == 302, body.decode()
        self.wait_for(lambda phone: bool(phone.seen) and phone.seen[-1][1] >= moment)
        reached = [phone for phone in self.everybody if not phone.is_cut]
        self.delays += [_first(phone, moment) - pressed for phone in reached]

    def take_up(self, number: int) -> None:
        self.act(Moment(number, is_decided=False), f"/paragrafer/{self.item(number).pk}/ta-upp/", {})

    def decide(self, number: int) -> None:
        self.act(Moment(number, is_decided=True), *self.gavel(number))

    def gavel(self, number: int) -> tuple[str, dict[str, str]]:
        """What decides the §: a finding, or a vote by name."""
        paragraph = self.item(number)
        question = paragraph.questions.get()
        address = f"/paragrafer/{paragraph.pk}"
        if number in VOTED:
            voters = (
                self.meeting.attendance.serving().order_by("position").values_list("person_id", flat=True)
            )
            choices = {f"vote-voter_{pk}": "yes" if place < YES else "no" for place, pk in enumerate(voters)}
            return f"{address}/omrostning/{question.pk}/?satt=namn", {"vote-meaning": "0", **choices}
        winner = question.options.get().proposal_id
        return f"{address}/live/finn/", {"question": str(question.pk), "winner": str(winner)}

    def propose_against(self, number: int) -> None:
        movers = [self.region.people["Asta"]]
        add_proposal(self.item(number), by=self.region.secretary, kind=ProposalKind.REJECT, movers=movers)

    def reserve(self, member: int, number: int) -> None:
        """Beside all else; every fourth loses the first answer to each of its acts."""
        phone, paragraph = self.members[member], self.item(number)
        act = phone.reserve(paragraph.pk, _reason(member), loses_answers=member % 4 == 0)
        self.sent.append(self.chamber.run(act))

    def play(self) -> None:
        """The whole meeting."""
        for number in range(1, ITEMS + 1):
            self.take_up(number)
            if number in VOTED:
                self.propose_against(number)
            if number == KILLED_AT:
                self.lose_the_server(number)
            else:
                self.decide(number)
            if number <= CUT.start:
                self.reserve(number - 1, number)
            elif number == CUT_AT:
                self.lose_ten_phones()
            elif number == MENDED_AT:
                self.find_ten_phones(Moment(number, is_decided=True))
            elif number > ITEMS - (RESERVANTS - LATE.stop):
                self.reserve(number - ITEMS + RESERVANTS - 1, number)
        for sent in self.sent:
            sent.result(timeout=60)
        status, _body = self.site.ask(f"/sammantraden/{self.meeting.pk}/avsluta/", self.secretary, {})
        assert status == 302
        self.wait_for(lambda phone: "avslutat" in phone.shown)

    def told(self) -> str:
        """How quickly everybody saw it."""
        median, slowest = statistics.median(self.delays), statistics.quantiles(self.delays, n=20)[-1]
        brought, asked = (
            sum(getattr(phone, name) for phone in self.everybody) for name in ("brought", "asked")
        )
        return (
            f"from act to screen: median {median * 1000:.0f} ms, slowest 5 % over {slowest * 1000:.0f} ms;"
            f" {brought} pages brought, {asked} asked for"
        )

    def lose_ten_phones(self) -> None:
        """Their streams end; what they send now does not arrive."""
        for member in CUT:
            self.chamber.call(self.members[member].cut)
        wait_until(lambda: sum(phone.is_cut for phone in self.members) == len(CUT))
        for member in CUT:
            self.reserve(member, CUT_AT)

    def find_ten_phones(self, moment: Moment) -> None:
        """They catch up by themselves, and what they sent arrives."""
        assert Reservation.objects.filter(paragraph=self.item(CUT_AT)).count() == 0
        for member in CUT:
            self.chamber.call(self.members[member].mend)
        wait_until(lambda: not any(phone.is_cut for phone in self.members))
        self.wait_for(lambda phone: phone.seen[-1][1] >= moment)

    def lose_the_server(self, number: int) -> None:
        """It is killed with the gavel under way, and started again; whoever is not answered presses again."""
        address, data = self.gavel(number)
        self.site.post_unheard(address, self.secretary, data)
        self.site.kill()
        for member in LATE:
            self.reserve(member, number - 1)
        self.site.start()
        if self.item(number).is_taken_up:
            assert self.site.ask(address, self.secretary, data)[0] == 302
        self.wait_for(lambda phone: phone.seen[-1][1] >= Moment(number, is_decided=True))


def _clause(number: int) -> str:
    return f"Plan nummer {number} antas att gälla tills vidare."


def _reason(member: int) -> str:
    return f"<p>Skälet från plats {member} är ett annat.</p>"


def _first(phone: Phone, moment: Moment) -> float:
    """When the phone first showed it or something later."""
    return next(when for when, shown in phone.seen if shown >= moment)


def test_whole_assembly_is_played(site: Site, chamber: Chamber, capsys: pytest.CaptureFixture[str]) -> None:
    play = Play(site, chamber, make_region())
    begun = time.perf_counter()
    play.play()
    took = time.perf_counter() - begun
    nothing_is_lost_or_doubled(play.meeting)
    minutes_are_complete(site, play.meeting, play.secretary)
    with capsys.disabled():
        print(f"\n{ITEMS} §§ in {took:.0f} s; {play.told()}")


def nothing_is_lost_or_doubled(meeting: Meeting) -> None:
    """As the database has it."""
    found = meeting.paragraphs.order_by("number")
    assert [paragraph.number for paragraph in found] == list(range(1, ITEMS + 1))
    assert all(paragraph.is_decided for paragraph in found)
    assert Vote.objects.filter(question__paragraph__meeting=meeting).count() == len(VOTED)
    assert Ballot.objects.filter(vote__question__paragraph__meeting=meeting).count() == len(VOTED) * SEATS
    reservations = Reservation.objects.filter(paragraph__meeting=meeting)
    assert Counter(row.html for row in reservations) == Counter(map(_reason, range(RESERVANTS)))
    assert Counter(reservations.values_list("persons", flat=True)).most_common(1)[0][1] == 1


def minutes_are_complete(site: Site, meeting: Meeting, cookie: str) -> None:
    """As they are read."""
    status, body = site.ask(f"/sammantraden/{meeting.pk}/protokoll.pdf", cookie)
    assert status == 200
    text = joined(f"{page.extract_text()}\n" for page in PdfReader(io.BytesIO(body)).pages)
    for number in range(1, ITEMS + 1):
        assert f"§ {number} " in text
        assert _clause(number) in text
    for member in range(RESERVANTS):
        assert text.count(re.sub("<.*?>", "", _reason(member))) == 1
    tally = f"{YES} ja-röster och {SEATS - YES} nej-röster"
    assert text.count(tally) == 2 * len(VOTED)  # in the § and on its voting list
