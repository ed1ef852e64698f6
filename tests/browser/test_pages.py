"""Every page as each role meets it: accessible, silent, in Swedish, in both schemes, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from motions.actions.preparation import save_draft_section, start_preparation
from motions.actions.remittal import remit_motion
from motions.enums import Outcome, WrittenSection
from motions.models import Motion
from protocols.actions.agenda import add_matter, place_motion
from protocols.actions.cancelling import cancel_meeting
from protocols.actions.extracts import issue_extract
from protocols.actions.meetings import open_meeting
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation, leave_note
from protocols.actions.taking_up import take_up
from protocols.enums import ProposalKind, SigningState
from protocols.models import Extract, Meeting, Paragraph, Reservation, SignedOriginal
from tests.browser.walk import NewContext, complaints_of, let_in, sit_down, take_picture, violations
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "<p>Länet är långt, och den som bor vid kusten har lika långt till sjukhuset som alla andra.</p>" * 3
RICH = (
    f"{LONG}<h3>Bakgrund</h3><p>Se <a href='https://exempel.example/'>årsrapporten</a>, <em>hela</em>.</p>"
    "<ul><li>ett</li><li>två</li></ul>"
    "<table><thead><tr><th scope='col'>År</th><th scope='col'>Antal</th></tr></thead>"
    "<tbody><tr><td>2025</td><td>14</td></tr></tbody></table>"
)


# --- A region in which every page has something to show ----------------------------------------------------


@dataclass
class Scene:
    """A region in the midst of its work: each motion and meeting at another point of its way."""

    region: Region
    handed_in: Motion
    registered: Motion
    remitted: Motion
    in_preparation: Motion
    ready: Motion
    at_assembly: Motion
    planned: Meeting
    cancelled: Meeting
    open: Meeting
    closed: Meeting
    verified: Meeting
    now: Paragraph
    decided: Paragraph
    unverified: Paragraph
    frozen: Paragraph
    reservation: Reservation
    extract: Extract


def make_scene() -> Scene:
    """All of it, by the actions that users press."""
    region = make_region()
    verified, frozen = _verified_meeting(region)
    closed, unverified = _closed_meeting(region)
    remitted = _remitted(region, "Gratis kollektivtrafik för unga")
    in_preparation = start_preparation(
        _remitted(region, "En sammanhållen vårdkedja"), by=region.officer, on=timezone.localdate()
    )
    for kind in WrittenSection:
        save_draft_section(in_preparation, by=region.officer, kind=kind, html=RICH, version=0)
    ready = make_prepared_motion(region, title="Fler tågstopp", outcome=Outcome.DEEMED_ANSWERED)
    planned = make_meeting(region, region.assembly, held_on=timezone.localdate() + timedelta(days=20))
    place_motion(planned, by=region.secretary, motion=_of(frozen))
    add_matter(planned, by=region.secretary, title="Regionchefens information")
    cancelled = make_meeting(region, region.board, held_on=timezone.localdate() + timedelta(days=30))
    add_matter(cancelled, by=region.secretary, title="Taxor")
    cancel_meeting(cancelled, by=region.secretary, because="Snöoväder")
    open_now, decided, now = _open_meeting(region)
    SignedOriginal.objects.create(
        meeting=verified, state=SigningState.FAILED, reason="Filen med certifikatet kan inte läsas."
    )
    return Scene(
        region=region,
        handed_in=make_motion(region, title="Bättre skyltning", is_registered=False),
        registered=make_motion(region, title="Mobila mammografibussar till inlandets alla kommuner"),
        remitted=remitted,
        in_preparation=in_preparation,
        ready=ready,
        at_assembly=_of(frozen),
        planned=planned,
        cancelled=cancelled,
        open=open_now,
        closed=closed,
        verified=verified,
        now=now,
        decided=decided,
        unverified=unverified,
        frozen=frozen,
        reservation=decided.reservations.get(),
        extract=issue_extract(frozen, by=None, check_address="prov.example/verifiera/"),
    )


def _of(paragraph: Paragraph) -> Motion:
    assert paragraph.motion
    return paragraph.motion


def _remitted(region: Region, title: str) -> Motion:
    motion = make_motion(region, title=title)
    return remit_motion(motion, by=region.registrar, to=region.board, on=motion.handed_in_on)


def _verified_meeting(region: Region) -> tuple[Meeting, Paragraph]:
    meeting = make_meeting(region, region.board)
    motion = make_prepared_motion(
        region, title="Nattöppna apotek", clauses=("att apotek har öppet om natten", "att frågan utreds")
    )
    paragraph = decide(region, open_with(region, meeting, motion))
    close(region, meeting)
    verify(region, meeting)
    return meeting, Paragraph.objects.get(pk=paragraph.pk)


def _closed_meeting(region: Region) -> tuple[Meeting, Paragraph]:
    day = timezone.localdate() - timedelta(days=3)
    meeting = make_meeting(region, region.board, held_on=day)
    motion = make_prepared_motion(region, title="Fossilfria sjukresor", movers=("Asta", "Cilla"))
    paragraph = decide(region, open_with(region, meeting, motion))
    asta = [region.people["Asta"]]
    announce_reservation(paragraph, by=region.secretary, persons=asta, html=LONG, at=paragraph.decided_at)
    close(region, meeting)
    return meeting, paragraph


def _open_meeting(region: Region) -> tuple[Meeting, Paragraph, Paragraph]:
    """One § decided, with a reservation and a note, and one that is being dealt with."""
    meeting = make_meeting(region, region.board, held_on=timezone.localdate())
    items = [
        place_motion(meeting, by=region.secretary, motion=make_prepared_motion(region, title=title))
        for title in (
            "Laddstolpar vid vårdcentraler",
            "Samiska ortnamn på hållplatser",
            "Kulturskola för alla",
        )
    ]
    open_meeting(meeting, by=region.secretary)
    decided = take_up(items[0], by=region.secretary)
    add_proposal(
        decided, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]], text=""
    )
    question = decided.questions.get()
    tabled = decided.proposals.get(kind=ProposalKind.TABLED)
    record_finding(question, by=region.secretary, winner=tabled)
    decided.refresh_from_db()
    announce_reservation(decided, by=region.politician, persons=[region.people["Asta"]])
    leave_note(decided, by=region.politician, person=region.people["Asta"], html=LONG, version=0)
    now = take_up(items[1], by=region.secretary)
    add_proposal(now, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]], text="")
    add_proposal(
        now,
        by=region.secretary,
        kind=ProposalKind.REFER_BACK,
        movers=[region.people["Farid"]],
        text="kostnaderna behöver utredas",
    )
    return meeting, decided, now


# --- Where each role goes ----------------------------------------------------------------------------------

Addresses = Callable[[Scene], list[str]]


def public(scene: Scene) -> list[str]:
    return [
        "/motioner/",
        "/motioner/?q=apotek",
        "/motioner/?q=finns+inte",
        f"/motioner/{scene.at_assembly.pk}/",
        f"/motioner/{scene.handed_in.pk}/",
        "/sammantraden/",
        f"/sammantraden/{scene.verified.pk}/",
        f"/paragrafer/{scene.frozen.pk}/",
        "/anslagstavla/",
        "/uppdrag/?lista=alla",
        f"/sammantraden/{scene.verified.pk}/anslagsbevis/",
        "/verifiera/",
        f"/verifiera/{scene.extract.code}/",
        "/verifiera/AAAA-BBBB/",
        "/konto/logga-in/",
        "/konto/losenord/glomt/",
    ]


def registrar(scene: Scene) -> list[str]:
    return [
        "/motioner/",
        "/motioner/?lista=nya",
        "/motioner/ny/",
        "/motioner/remittera/",
        f"/motioner/{scene.handed_in.pk}/",
        f"/motioner/{scene.handed_in.pk}/registrera/",
        f"/motioner/{scene.registered.pk}/",
        f"/motioner/{scene.registered.pk}/ratta/",
        f"/motioner/{scene.remitted.pk}/ratta/",
        f"/motioner/{scene.registered.pk}/remittera/",
        f"/motioner/{scene.registered.pk}/aterta/",
        f"/motioner/{scene.registered.pk}/handlingar/ny/",
    ]


def officer(scene: Scene) -> list[str]:
    return [
        "/motioner/",
        f"/motioner/{scene.in_preparation.pk}/",
        f"/motioner/{scene.remitted.pk}/bered/",
        f"/motioner/{scene.in_preparation.pk}/bered/",
        f"/motioner/{scene.ready.pk}/bered/",
    ]


def secretary(scene: Scene) -> list[str]:
    return [
        "/sammantraden/",
        "/sammantraden/nytt/",
        *(f"/sammantraden/{m.pk}/" for m in (scene.planned, scene.open, scene.closed, scene.verified)),
        f"/sammantraden/{scene.planned.pk}/kallelse/",
        f"/sammantraden/{scene.planned.pk}/rubriker/",
        f"/sammantraden/{scene.planned.pk}/andra/",
        f"/sammantraden/{scene.planned.pk}/stall-in/",
        f"/sammantraden/{scene.cancelled.pk}/",
        f"/sammantraden/{scene.planned.pk}/narvaro/",
        f"/sammantraden/{scene.verified.pk}/narvaro/",
        f"/sammantraden/{scene.planned.pk}/block/remittering/",
        f"/paragrafer/{scene.now.pk}/live/",
        f"/paragrafer/{scene.decided.pk}/live/",
        f"/paragrafer/{scene.now.pk}/live/yrkande/{scene.now.proposals.all()[0].pk}/ratta/",
        f"/paragrafer/{scene.decided.pk}/texter/",
        f"/paragrafer/{scene.unverified.pk}/",
        f"/paragrafer/{scene.frozen.pk}/bestyrk/",
        f"/paragrafer/{scene.frozen.pk}/aterkalla/",
        f"/sammantraden/{scene.closed.pk}/justera/",
        *(f"/sammantraden/{m.pk}/expediering/" for m in (scene.planned, scene.closed, scene.verified)),
        f"/motioner/{scene.ready.pk}/",
    ]


def politician(scene: Scene) -> list[str]:
    return [
        "/mitt-sammantrade/",
        "/konto/kalender/",
        f"/sammantraden/{scene.planned.pk}/kallelse/",
        f"/sammantraden/{scene.open.pk}/",
        f"/paragrafer/{scene.decided.pk}/",
        f"/paragrafer/{scene.decided.pk}/anteckning/",
        f"/reservationer/{scene.reservation.pk}/",
    ]


def verifier(scene: Scene) -> list[str]:
    return [
        "/mitt-sammantrade/",
        f"/sammantraden/{scene.closed.pk}/justera/",
        f"/paragrafer/{scene.unverified.pk}/",
    ]


def administrator(scene: Scene) -> list[str]:
    return ["/organisationen/rubriker/", "/organisationen/utseende/"]


ROLES = [public, registrar, officer, secretary, politician, verifier, administrator]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(role: Addresses, new_context: NewContext) -> None:
    scene = make_scene()
    page = sit_down(new_context)
    complaints = complaints_of(page)
    if role is not public:
        let_in(page, getattr(scene.region, role.__name__))
    wrong: list[str] = []
    for address in role(scene):
        answer = page.goto(address)
        assert answer
        expected = 404 if "AAAA" in address else 200
        found = [f"status {answer.status}"] if answer.status != expected else []
        found += _shortcomings(page)
        take_picture(page, f"{role.__name__}{re.sub('[^a-z0-9]+', '-', address)}")
        found += [text for text in complaints if str(expected) not in text]
        complaints.clear()
        wrong += [f"{address}: {text}" for text in found]
    assert wrong == []


# --- What a page must be -----------------------------------------------------------------------------------


def _shortcomings(page: Page) -> list[str]:
    """What is wrong with the page, wide and narrow, light and dark."""
    found = []
    if not re.fullmatch(r".+ · Region Prov", page.title()):
        found.append(f"title {page.title()!r}")
    if page.locator("html").get_attribute("lang") != "sv":
        found.append("language")
    found += [f"no focus to be seen: {where}" for where in _unseen_focus(page)]
    looks: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (390, "dark"))
    for width, scheme in looks:  # a colour depends on the scheme, a row on the width: each is met once
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme} {rule}" for rule in violations(page)]
    page.set_viewport_size({"width": 320, "height": 900})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
        found.append(f"{wide} px wide on 320")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def _unseen_focus(page: Page) -> list[str]:
    """Of the first stops of the tabulator, those that nobody can see."""
    unseen = []
    for _stop in range(15):
        page.keyboard.press("Tab")
        markup = page.evaluate(
            """() => {
              const element = document.activeElement;
              const isSeen = [element, element.closest(".editor")].some((part) => {
                const style = part && getComputedStyle(part);
                return style && parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
              });
              return element === document.body || isSeen ? "" : element.outerHTML.slice(0, 120);
            }"""
        )
        unseen += [markup] if markup else []
    return unseen
