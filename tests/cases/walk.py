"""A meeting played through the pages: every fact is typed into a form that the page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motions.models import Body, Motion, Party, User
from protocols.document import ParagraphDocument
from protocols.forms.people import group_value
from protocols.models import Meeting, Paragraph
from tests.cases.told import one_line
from tests.factories import Region
from tests.html_forms import Control, Form, read_forms
from tests.protocols.views.desk import read

Typed = Mapping[str, Any]


class Desk:
    """Somebody logged in, who opens a page, fills in one of its forms and sends it."""

    def __init__(self, user: User) -> None:
        self._browser = Client()
        self._browser.force_login(user)

    def page(self, address: str) -> str:
        """The page at the address. Fails where there is none."""
        answer = self._browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def send(self, address: str, to: str, typed: Typed | None = None) -> HttpResponse:
        """Fill in the page's form that goes `to` an address, and send it; what is typed must be offered."""
        return self.send_on(self.page(address), to, typed)

    def send_on(self, html: str, to: str, typed: Typed | None = None) -> HttpResponse:
        """The same for a page that is open already."""
        typed = typed or {}
        form = next((form for form in read_forms(html) if _fits(form, to, typed)), None)
        assert form is not None, f"no form to {to} with {sorted(typed)}"
        post: Any = self._browser.post
        answer: HttpResponse = post(to, form.data() | dict(typed))
        assert answer.status_code in {200, 302}, read(answer)
        return answer

    def file(self, address: str) -> bytes:
        """A file, read to its end."""
        answer = self._browser.get(address)
        assert answer.status_code == 200, address
        return b"".join(answer) if answer.streaming else answer.content


def _fits(form: Form, to: str, typed: Typed) -> bool:
    """Whether the form goes there, and has a control or a button for everything typed."""
    if form.method != "post" or form.action.split("#")[0] not in {"", to, f"?{to.partition('?')[2]}"}:
        return False
    controls = [*form.controls, *form.buttons]
    return all(any(_takes(control, name, typed[name]) for control in controls) for name in typed)


def _takes(control: Control, name: str, value: Any) -> bool:
    if control.name != name:
        return False
    return control.kind not in {"hidden", "submit"} or control.value == str(value)


@dataclass
class Sitting:
    """One meeting from its plan to its verified minutes, on its own day by the clock."""

    region: Region
    meeting: Meeting
    clock: time_machine.Traveller

    @classmethod
    def call(cls, region: Region, clock: time_machine.Traveller, body: Body, held_on: date) -> Sitting:
        """Plan the meeting a fortnight ahead, with its chair and one verifier."""
        clock.move_to(_moment(held_on - timedelta(days=14), 9))
        plan = reverse("protocols:plan")
        typed = {
            "body": body.pk,
            "held_on": held_on.isoformat(),
            "starts_at": "09:00",
            "place": "Regionhuset, sal Storsjön",
        }
        Desk(region.secretary).send(plan, plan, typed)
        sitting = cls(region, Meeting.objects.get(body=body, held_on=held_on), clock)
        typed = {"chair": region.chair.person_id, "verifiers": [region.verifier.person_id]}
        sitting._send("attendance", "attendance_offices", typed)
        return sitting

    def _address(self, name: str) -> str:
        return reverse(f"protocols:{name}", args=[self.meeting.pk])

    def _send(self, page: str, to: str, typed: Typed | None = None) -> None:
        Desk(self.region.secretary).send(self._address(page), self._address(to), typed)

    def put(self, motion: Motion) -> None:
        """Put a motion on the agenda, unless it was tabled and has returned by itself (KL 5 kap. 51 §)."""
        if not self.meeting.paragraphs.filter(motion=motion).exists():
            self._send("meeting", "agenda_motions", {"motions": [motion.pk]})

    def put_matter(self, title: str, *, registry_number: str = "", proposal: str = "") -> None:
        """Put an item that is no motion on the agenda."""
        typed = {"title": title, "registry_number": registry_number, "proposal": proposal}
        self._send("meeting", "agenda_matter", typed)

    def put_block(self, name: str, motions: Sequence[Motion] | None = None) -> None:
        """Put many motions on the agenda in one item: those ticked for the secretary, or others."""
        address = reverse("protocols:agenda_block", args=[self.meeting.pk, name])
        typed = {"motions": [motion.pk for motion in motions]} if motions is not None else {}
        Desk(self.region.secretary).send(address, address, typed)

    def open(self) -> None:
        """Open the meeting on its day."""
        self.clock.move_to(_moment(self.meeting.held_on, 9))
        self._send("meeting", "meeting_open")

    def take_up(self) -> Item:
        """Take up the first item that is not taken up yet."""
        self.clock.shift(timedelta(minutes=5))
        paragraph = self.meeting.paragraphs.drafts()[0]
        item = Item(self.region, paragraph)
        item.send("take_up")
        return item

    def close(self) -> None:
        """Close the meeting at noon."""
        self.clock.move_to(_moment(self.meeting.held_on, 12))
        self._send("meeting", "meeting_close")

    def verify(self, *, days_after: int = 7) -> None:
        """Let the chair and the verifier read, tick and confirm."""
        if days_after:
            self.clock.move_to(_moment(self.meeting.held_on + timedelta(days=days_after), 9))
        address = self._address("verify")
        for user in (self.region.chair, self.region.verifier):
            desk = Desk(user)
            confirm = desk.send(address, address, {}).content.decode()
            desk.send_on(confirm, address, {"confirmed": "1"})

    def file(self) -> bytes:
        """The minutes as the public gets them, a PDF."""
        return Desk(self.region.secretary).file(self._address("minutes"))


@dataclass
class Item:
    """One § in the secretary's live view."""

    region: Region
    paragraph: Paragraph

    @property
    def address(self) -> str:
        return reverse("protocols:live", args=[self.paragraph.pk])

    def send(self, name: str, typed: Typed | None = None, *more: int) -> None:
        """Fill in a form of the live view."""
        to = reverse(f"protocols:{name}", args=[self.paragraph.pk, *more])
        Desk(self.region.secretary).send(self.address, to, typed)

    def propose(self, *names: str, kind: str, text: str = "") -> None:
        """Note a yrkande."""
        typed = {"proposal-movers": self._people(*names), "proposal-kind": kind, "proposal-text": text}
        self.send("live_propose", typed)

    def take_back(self, name: str) -> None:
        """Note that the latest yrkande of somebody was taken back."""
        row = self.paragraph.proposals.filter(mover_rows__person=self.region.people[name]).latest("pk")
        self.send("live_withdraw", None, row.pk)

    def find(self, words: str) -> None:
        """Press the answer whose button has the words."""
        html = Desk(self.region.secretary).page(self.address)
        buttons = re.findall(r'name="winner" value="(\d*)"[^>]*>([^<]*)', html)
        winner = next((value for value, label in buttons if words in label), None)
        assert winner is not None, (words, buttons)
        self.send("live_find", {"question": self._question(), "winner": winner})

    def vote(self, way: str, meaning: str, typed: Typed) -> None:
        """Enter a vote on its own page; `meaning` is how the chosen wording begins."""
        html = Desk(self.region.secretary).page(self.vote_address)
        html = re.sub(r"\s+", " ", html.replace("\u00a0", " "))
        places = re.findall(r'name="vote-meaning" value="(\d)"[^>]*> ?([^<]*)', html)
        place = next((value for value, label in places if label.strip().startswith(meaning)), None)
        assert place is not None, (meaning, places)
        address = f"{self.vote_address}?satt={way}"
        said = {"vote-meaning": place} | {f"vote-{key}": value for key, value in typed.items()}
        answer = Desk(self.region.secretary).send(address, address, said)
        assert answer.status_code == 302, read(answer)

    @property
    def vote_address(self) -> str:
        return reverse("protocols:vote", args=[self.paragraph.pk, self._question()])

    def main_proposal(self, number: int) -> None:
        """Make the proposal of that place the main one; the others meet in their order."""
        question = self.paragraph.questions.filter(found_at__isnull=True)[0]
        options = [option.proposal_id for option in question.options.all()]
        to = reverse("protocols:vote_order", args=[self.paragraph.pk, question.pk])
        Desk(self.region.secretary).send(self.vote_address, to, {"order-main": options[number - 1]})

    def by_party(self, choices: Mapping[str, str]) -> dict[str, str]:
        """The parties' fields of a vote by party."""
        rows = self.paragraph.meeting.attendance.exclude(party=None).values_list("party__code", "party_id")
        return {f"party_{pk}": choices[code] for code, pk in dict(rows).items() if code in choices}

    def by_name(self, choices: Mapping[str, str]) -> dict[str, str]:
        """The voters' fields of a vote by name."""
        return {f"voter_{self.region.people[name].pk}": choice for name, choice in choices.items()}

    def person(self, name: str) -> int:
        return self.region.people[name].pk

    def decide(self, typed: Typed) -> None:
        """Fill in the decision's own form."""
        self.send("live_refine", {f"decision-{key}": value for key, value in typed.items()})

    def reserve(self, *names: str, text: str = "") -> None:
        """Note a reservation, with its text where it is known."""
        typed = {"reservation-persons": self._people(*names), "reservation-text": text}
        self.send("live_reserve", typed)

    def note(self, name: str, text: str) -> None:
        """Note what somebody wants in the minutes."""
        self.send("live_note", {"note-person": self.person(name), "note-text": text})

    def stay_out(self, name: str, kind: str, substitute: str = "") -> None:
        """Note that somebody does not take part, and who steps in."""
        typed = {"stay_out-person": self.person(name), "stay_out-kind": kind}
        if substitute:
            typed["stay_out-substitute"] = self.person(substitute)
        self.send("live_stay_out", typed)

    def declare_immediate(self) -> None:
        self.send("live_immediate", {"omedelbart": "1"})

    def _people(self, *names: str) -> list[int | str]:
        """What stands for them in a form; a party's letters mean its group."""
        groups = {party.code: group_value(party) for party in Party.objects.filter(code__in=names)}
        return [groups.get(name) or self.region.people[name].pk for name in names]

    def _question(self) -> int:
        return self.paragraph.questions.filter(found_at__isnull=True)[0].pk

    def read(self) -> dict[str, list[str]]:
        """The verified § by its headings, line by line as it was frozen."""
        frozen = Paragraph.objects.get(pk=self.paragraph.pk).frozen_document
        document = ParagraphDocument.from_json(frozen)
        return {section.heading: lines(section.html) for section in document.sections}

    def page(self) -> str:
        """The § as anybody reads it on its page, on one line."""
        html = Desk(self.region.secretary).page(reverse("protocols:paragraph", args=[self.paragraph.pk]))
        return one_line(read(HttpResponse(html)))


def lines(html: str) -> list[str]:
    """One line an element of the section's HTML; a row of a table has its cells parted by strokes."""
    text = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", " | ", html)
    parts = re.split(r"</(?:p|li|tr|caption)>", text)
    return [line for line in (one_line(read(HttpResponse(part))) for part in parts) if line]


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
