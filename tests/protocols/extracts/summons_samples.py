"""A summons of our own fiction, and PDFs as they come from outside: whole, locked, broken, sideways."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from typing import BinaryIO

import pikepdf

from protocols.document import DocumentSection
from protocols.enums import SectionKind
from protocols.extracts.press import html_to_pdf
from protocols.summons import Paper, SummonsDocument, SummonsItem


class Kept:
    """A stored file in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def open(self, mode: str = "rb") -> BinaryIO:
        return io.BytesIO(self.content)


class Lost:
    """A file that is gone from the disk."""

    def open(self, mode: str = "rb") -> BinaryIO:
        raise FileNotFoundError("gone")


def foreign(*pages: str) -> bytes:
    """A tagged PDF with a page for each text."""
    body = "".join(f'<p style="break-before: page">{text}</p>' for text in pages)
    return html_to_pdf(f"<!doctype html><html lang=sv><title>x</title><body>{body}</body></html>")


def locked(content: bytes) -> bytes:
    """The same, to be opened with a password."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        written = io.BytesIO()
        pdf.save(written, encryption=pikepdf.Encryption(owner="a", user="b"))
    return written.getvalue()


def turned(content: bytes) -> bytes:
    """The same, shown sideways."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=False)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


BROKEN = b"%PDF-1.7\nthis is not the rest of it\n%%EOF\n"

_SECTIONS = (
    DocumentSection(SectionKind.DECISION, "Förslag till beslut", "<p>Regionstyrelsen beslutar.</p>"),
    DocumentSection(SectionKind.MATTER, "Ärendet", "<p>Länet behöver ambulanser.</p>" * 30),
)


def make_summons(number: int | None = 1, *, members: int = 7) -> SummonsDocument:
    """Four items: one with texts and two documents, one with nothing, one with texts, one with a document."""
    first = SummonsItem(1, "Motion 1-2026 om ambulanser", "12-2026", "Ärenden för beslut", "Avslag")
    papers = (
        Paper(1, "Undertecknad motion", Kept(foreign("Bilaga ett, första", "Bilaga ett, andra"))),
        Paper(2, "Yttrande från vårdnämnden", Kept(turned(foreign("Liggande yttrande")))),
    )
    return SummonsDocument(
        organisation="Region Prov",
        body="Regionstyrelsen",
        held_on=date(2026, 5, 20),
        starts_at=time(9, 0),
        place="Regionhuset, sal 4",
        chair="Asta Björk",
        secretary="Stina Ek",
        secretary_address="stina.ek@prov.example",
        members=tuple(f"Bo Lind {n} (S)" for n in range(members)),
        substitutes=("Cilla Dahl (M)",),
        items=(
            replace(first, sections=_SECTIONS, papers=papers),
            SummonsItem(2, "Upprop", heading="Ärenden för beslut"),
            SummonsItem(3, "Delårsrapport", heading="Anmälningar", is_new=True, sections=_SECTIONS),
            SummonsItem(
                4,
                "Val av ombud",
                heading="Valärenden",
                papers=(Paper(3, "Nominering", Kept(foreign("Nomineringen"))),),
            ),
        ),
        issued_on=date(2026, 5, 12),
        number=number,
    )
