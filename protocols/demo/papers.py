"""The papers that come in: each motion as its movers signed it, and the opinions on it, as small PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from motions.demo.shapes import Consultation, Motion
from protocols.demo.world import World
from protocols.extracts.render import html_to_pdf


@dataclass(frozen=True)
class Paper:
    """One sheet: from whom, to whom, what it says and who signed it."""

    kind: str
    title: str
    sender: str
    addressee: str
    day: date
    paragraphs: tuple[str, ...]
    signed_by: tuple[str, ...]
    demand: str = ""
    clauses: tuple[str, ...] = ()


def signed_motion(world: World, motion: Motion) -> SimpleUploadedFile:
    """The motion as it was handed in."""
    movers = tuple(f"{name} ({world.region.party_of(name, motion.handed_in_on)})" for name in motion.movers)
    assembly = world.region.assembly
    paper = Paper(
        kind="MOTION",
        title=motion.title,
        sender=world.region.organisation.name,
        addressee=f"Till {assembly.inline_name}",
        day=motion.handed_in_on,
        paragraphs=motion.paragraphs,
        signed_by=movers,
        demand=f"Vi föreslår att {assembly.inline_name} beslutar"
        if len(movers) > 1
        else f"Jag föreslår att {assembly.inline_name} beslutar",
        clauses=motion.clauses,
    )
    return _press(paper, "motion.pdf")


def opinion(world: World, motion: Motion, consultation: Consultation) -> SimpleUploadedFile:
    """What a consulted body or outside party answered."""
    board = next(body for body in world.region.bodies if body.kind == "executive_board")
    paper = Paper(
        kind="YTTRANDE",
        title=f"Yttrande över motion om {motion.title[:1].lower()}{motion.title[1:]}",
        sender=consultation.consulted,
        addressee=f"Till {board.inline_name}",
        day=consultation.answered_on or consultation.asked_on,
        paragraphs=(consultation.opinion,),
        signed_by=(consultation.consulted,),
    )
    return _press(paper, "yttrande.pdf")


def _press(paper: Paper, name: str) -> SimpleUploadedFile:
    html = render_to_string("protocols/pdf/demo_paper.html", {"paper": paper})
    return SimpleUploadedFile(name, html_to_pdf(html), content_type="application/pdf")
