"""A motion's way outside the meetings: what the registrar and the case officer do."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from motions.actions.documents import add_document
from motions.actions.ending import close_motion, withdraw_motion
from motions.actions.preparation import (
    finish_preparation,
    propose_outcomes,
    save_draft_section,
    start_preparation,
)
from motions.actions.registration import receive_motion, register_motion
from motions.actions.remittal import remit_motion
from motions.demo.shapes import Consultation, Motion, Preparation
from motions.enums import BodyKind, DocumentKind, Role, WrittenSection
from protocols.demo import papers
from protocols.demo.world import World


def receive(world: World, data: Motion, *, at: datetime) -> None:
    """The registrar enters the motion with its signed paper."""
    world.motions[data.key] = receive_motion(
        by=world.cast.user_with(Role.REGISTRAR),
        title=data.title,
        handed_in_on=data.handed_in_on,
        movers=[world.cast.people[name] for name in data.movers],
        clauses=data.clauses,
        text="\n".join(f"<p>{text}</p>" for text in data.paragraphs),
        signed_motion=papers.signed_motion(world, data),
        at=at,
    )


def register(world: World, data: Motion, *, at: datetime) -> None:
    """The registrar gives it its number, and the registry number that it already has."""
    on = timezone.localdate(at)
    numbers = world.cast.organisation.registry_number_format
    register_motion(
        world.motions[data.key],
        by=world.cast.user_with(Role.REGISTRAR),
        on=on,
        registry_number=numbers.format(n=data.registry_number, year=on.year),
        at=at,
    )


def remit(world: World, data: Motion, *, at: datetime) -> None:
    """The registrar sends it to the board, alone."""
    board = next(body for body in world.cast.bodies.values() if body.kind == BodyKind.EXECUTIVE_BOARD)
    by = world.cast.user_with(Role.REGISTRAR)
    remit_motion(world.motions[data.key], by=by, to=board, on=timezone.localdate(at), at=at)


def start(world: World, data: Motion, preparation: Preparation, *, at: datetime) -> None:
    """The case officer takes it on and writes what the files have of the sections."""
    motion, by = world.motions[data.key], world.cast.users[preparation.officer]
    start_preparation(motion, by=by, on=timezone.localdate(at), at=at)
    for kind in WrittenSection:
        if html := getattr(preparation, kind.value):
            save_draft_section(motion, by=by, kind=kind, html=html, version=0, at=at)


def receive_opinion(world: World, data: Motion, consultation: Consultation, *, at: datetime) -> None:
    """The registrar adds the answer to a referral for opinion (remiss) to the case."""
    add_document(
        world.motions[data.key],
        by=world.cast.user_with(Role.REGISTRAR),
        kind=DocumentKind.OPINION,
        title=f"Yttrande från {_inline(world, consultation.consulted)}",
        file=papers.opinion(world, data, consultation),
        received_on=timezone.localdate(at),
        at=at,
    )


def finish(world: World, data: Motion, preparation: Preparation, *, at: datetime) -> None:
    """The case officer proposes the outcomes and hands the case to the board."""
    motion, by = world.motions[data.key], world.cast.users[preparation.officer]
    propose_outcomes(motion, by=by, outcomes=dict(enumerate(preparation.draft, start=1)))
    finish_preparation(motion, by=by, on=timezone.localdate(at), at=at)


def withdraw(world: World, data: Motion, *, at: datetime) -> None:
    """Its movers take it back."""
    by = world.cast.user_with(Role.REGISTRAR)
    withdraw_motion(world.motions[data.key], by=by, on=timezone.localdate(at), at=at)


def close(world: World, data: Motion, *, at: datetime) -> None:
    """The registrar closes the decided case."""
    by = world.cast.user_with(Role.REGISTRAR)
    reason = "Protokollsutdraget är skickat med internposten."
    close_motion(world.motions[data.key], by=by, on=timezone.localdate(at), reason=reason, at=at)


def _inline(world: World, consulted: str) -> str:
    """The consulted party's name inside a sentence: our own bodies begin with a small letter there."""
    names = {body.name: body.inline_name for body in world.cast.bodies.values()}
    is_acronym = consulted[:2].isupper()
    return names.get(consulted, consulted if is_acronym else f"{consulted[:1].lower()}{consulted[1:]}")
