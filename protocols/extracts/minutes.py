"""The minutes of a meeting: Minutes → HTML → PDF/A-3a and PDF/UA-1; a § is set as in its extract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from protocols.document import ParagraphDocument
from protocols.extracts.letterhead import PLAIN, Letterhead
from protocols.extracts.pool import html_to_pdf
from protocols.extracts.qr import check_code_style
from protocols.extracts.render import (
    DRAFT_KIND,
    DRAFT_PROOF,
    PrintedSection,
    printed_sections,
    verified_sentence,
)
from protocols.extracts.typography import address_lines, held
from protocols.minutes import Attendee, Minutes, Moment, NoticeProof, Other, Presiding, Signature
from protocols.wording.dates import full_date, short_date
from protocols.wording.service import paragraphs

KIND = "PROTOKOLL"
#: More than these are not named on the cover but in the attendance list, so that the cover stays one page.
NAMED_ON_COVER = 24
#: From here on the names on the cover stand in two columns.
ONE_COLUMN = 9


@dataclass(frozen=True)
class _Paragraph:
    """A § as it is printed: `anchor` is where the contents lead."""

    anchor: str
    label: str
    title: str
    heading: str
    registry_number: str
    sections: list[PrintedSection]


@dataclass(frozen=True)
class _Row:
    """A line of the attendance list."""

    name: str
    party: str
    office: str
    service: str


@dataclass(frozen=True)
class _Signing:
    """A place for a signature, with what was verified electronically."""

    role: str
    name: str
    moments: list[str]


@dataclass(frozen=True)
class _Notice:
    """A proof of notice, with its §§ as they are printed."""

    span: str
    posted_on: date
    down_on: date
    kept_at: str


def minutes_html(minutes: Minutes, *, check_address: str = "", letterhead: Letterhead = PLAIN) -> str:
    """The minutes as a page for the press; `check_address` as in the extract, and not on a draft either."""
    return render_to_string(
        "protocols/pdf/minutes.html",
        {
            "minutes": minutes,
            "letterhead": letterhead,
            "check_code_style": check_code_style(check_address if minutes.is_verified else ""),
            "kind": KIND if minutes.is_verified else DRAFT_KIND,
            "proof": _proof(minutes),
            "check_address": address_lines(check_address) if minutes.is_verified else "",
            "identifier": check_address if minutes.is_verified else "",
            "day": held(full_date(minutes.held_on)),
            "time": _time(minutes),
            "span": paragraphs(minutes.numbers),
            "serving": [held(_on_cover(attendee)) for attendee in _named_on_cover(minutes)],
            "serving_count": len(minutes.serving),
            "is_in_columns": len(_named_on_cover(minutes)) > ONE_COLUMN,
            "others": [held(attendee.label) for attendee in _others(minutes)],
            "others_present": [held(_other(other)) for other in minutes.others_present],
            "chairs": [held(_chair(chair)) for chair in minutes.chairs],
            "signings": [
                _Signing(_role(signature), signature.name, [held(_moment(at)) for at in signature.moments])
                for signature in minutes.signatures
            ],
            "paragraphs": [_paragraph(document) for document in minutes.paragraphs],
            "attendance": [_row(attendee) for attendee in minutes.attendees],
            "notices": [_notice(notice) for notice in minutes.notices],
            "appendices": [(paragraphs([number]), title) for number, title in minutes.appendices],
        },
    )


def minutes_pdf(minutes: Minutes, *, check_address: str = "", letterhead: Letterhead = PLAIN) -> bytes:
    """The minutes as a tagged PDF in Swedish; UTKAST on every page until every § is verified."""
    return html_to_pdf(minutes_html(minutes, check_address=check_address, letterhead=letterhead))


def _paragraph(document: ParagraphDocument) -> _Paragraph:
    return _Paragraph(
        anchor=f"p{document.number}",
        label=document.label,
        title=held(document.title),
        heading=held(f"{document.label} {document.title}".strip()),
        registry_number=document.registry_number,
        sections=printed_sections(document),
    )


def _named_on_cover(minutes: Minutes) -> list[Attendee]:
    """Those who are named on the cover: all who served, or none where they are too many for a page."""
    return minutes.serving if len(minutes.serving) <= NAMED_ON_COVER else []


def _others(minutes: Minutes) -> list[Attendee]:
    return minutes.others if len(minutes.serving) <= NAMED_ON_COVER else []


def _on_cover(attendee: Attendee) -> str:
    return ", ".join(filter(None, [attendee.label, attendee.office, attendee.service]))


def _other(other: Other) -> str:
    return ", ".join(filter(None, [other.name, other.function, paragraphs(other.numbers)]))


def _chair(chair: Presiding) -> str:
    return f"{chair.name}, {paragraphs(chair.numbers)}" if chair.numbers else chair.name


def _role(signature: Signature) -> str:
    return held(f"{signature.role} {paragraphs(signature.numbers)}".strip())


def _row(attendee: Attendee) -> _Row:
    office = attendee.office or ("ledamot" if attendee.is_seated else "ersättare")
    return _Row(attendee.name, attendee.party, office, held(_service(attendee)))


def _service(attendee: Attendee) -> str:
    if not attendee.served:
        return "Närvarande, tjänstgjorde inte" if attendee.is_present else "Frånvarande"
    service = attendee.service
    return service[:1].upper() + service[1:] if service[:1].isalpha() else f"Tjänstgjorde {service}".strip()


def _notice(notice: NoticeProof) -> _Notice:
    return _Notice(held(paragraphs(notice.numbers)), notice.posted_on, notice.down_on, notice.kept_at)


def _proof(minutes: Minutes) -> str:
    if minutes.verified_on is None:
        return DRAFT_PROOF
    return held(verified_sentence(minutes.verified_on, [row.name for row in minutes.signatures[1:]]))


def _moment(moment: Moment) -> str:
    span = f", {paragraphs(moment.numbers)}" if moment.numbers else ""
    return f"{moment.at:%Y-%m-%d} kl. {moment.at:%H.%M}{span}"


def _time(minutes: Minutes) -> str:
    """The hours, with the day of the end where the meeting went past midnight; empty before it opens."""
    if minutes.opened is None:
        return ""
    if minutes.closed is None:
        return f"från kl. {minutes.opened:%H.%M}"
    if minutes.closed.date() == minutes.opened.date():
        return f"kl. {minutes.opened:%H.%M}–{minutes.closed:%H.%M}"
    end = minutes.closed
    return f"från kl. {minutes.opened:%H.%M} till {short_date(end)} kl. {end:%H.%M}"
