"""What a heading inside a § is: a line of its own that a layout's profile knows by name.

A line that no profile knows can be a heading, too ("Nuvarande arbete med inköp"): short, beginning with a
capital, without a full stop, alone between blank lines, with prose after it. Such free headings are only
looked for where prose is expected, since a list of recipients or of votes looks the same.
"""

from __future__ import annotations

import re

from protocols.reading.facts import SectionKind
from protocols.reading.lines import Line
from protocols.reading.names import UPPER
from protocols.reading.profiles import Profile
from protocols.reading.signs import KEPT_HYPHEN

PROSE = {
    SectionKind.SUMMARY, SectionKind.MATTER, SectionKind.STATEMENT, SectionKind.DEBATE, SectionKind.OTHER,
    SectionKind.PROCEDURE, SectionKind.HEAD, SectionKind.DECISION,
}  # fmt: skip
# Headings that say more: "Omröstning – motförslag i huvudvotering", "Omröstning 2".
DETAILED = {
    SectionKind.VOTE, SectionKind.PROCEDURE, SectionKind.PROPOSALS, SectionKind.RESERVATION, SectionKind.NOTE,
}  # fmt: skip
# A hyphen that hangs ("hälso- och sjukvårdsnämnden") parts nothing.
DASH = re.compile(r"\s*(?:[–—]|-(?!\s(?:och|samt|eller)\b))\s+|\s+[–—-]\s*")
MORE = re.compile(r"(?:\s\d{1,2})?\s–\s|\s(?=\d{1,2}$)")
ABOUT = re.compile(r"(?:\s\d{1,2})?\s(?=(?:om|avseende|gällande|angående|beträffande)\s)")
BODY = re.compile("fullmäktige|styrelse|nämnd|utskott|beredning|direktion|presidi")
LONGEST = 90


def known(text: str, profile: Profile) -> SectionKind | None:
    """The kind of section that a line begins, by the profile; None for a line that is no heading there."""
    if len(text) > LONGEST or (text.endswith((".", ",")) and not text.endswith("följande.")):
        return None
    phrase = re.sub(r"\s+", " ", text.strip("*_# ").rstrip(":. ")).casefold()
    phrase = DASH.sub(" – ", phrase).strip()
    if phrase in profile.headings:
        return profile.headings[phrase]
    kind = profile.headings.get(MORE.split(phrase, maxsplit=1)[0])
    if kind in DETAILED and MORE.search(phrase):
        return kind
    if profile.headings.get(ABOUT.split(phrase, maxsplit=1)[0]) is SectionKind.VOTE:
        return SectionKind.VOTE
    if not BODY.search(phrase):
        return None
    return next((kind for pattern, kind in profile.heading_patterns if pattern.fullmatch(phrase)), None)


def led(text: str, profile: Profile) -> tuple[SectionKind, str, str] | None:
    """A heading with its text on the same line: "Beslut: Motionen avslås." → kind, heading, rest.

    Or in the cell beside it: "Beslut  Motionen avslås.".
    """
    for sign in (":", "  "):
        heading, parted, rest = text.partition(sign)
        if parted and rest.strip() and len(heading) <= 40 and (kind := known(heading, profile)):
            return kind, heading + parted.strip(), rest.strip()
    return None


def free_kind(within: SectionKind) -> SectionKind:
    """A free heading in the background of a matter is a part of that; elsewhere nobody knows what it is."""
    return (
        within
        if within in (SectionKind.MATTER, SectionKind.STATEMENT, SectionKind.SUMMARY)
        else SectionKind.OTHER
    )


def free(lines: list[Line], index: int, within: SectionKind) -> bool:
    """Whether a line that no profile knows is a heading all the same."""
    line = lines[index]
    text = line.text
    after = lines[index + 1] if index + 1 < len(lines) else None
    if within not in PROSE or after is None or not (line.gap and after.gap):
        return False
    if (
        len(text) > LONGEST
        or not re.match(rf"[{UPPER}]", text)
        or text.endswith((".", ",", ";", "?", "!", "-", KEPT_HYPHEN, '"', "”"))
    ):
        return False
    if within is SectionKind.DECISION and (text.endswith(":") or not re.match(rf"[{UPPER}]", after.text)):
        return False  # a lead-in with its clauses
    if re.search(rf"\([A-ZÅÄÖ]{{1,4}}\)|[.!?]\s+[{UPPER}]", text) or len(text.split()) > 12:
        return False
    rest = lines[index + 1 : index + 12]
    prose = next((one for one in rest if one.text.rstrip().endswith((".", ":"))), None)
    return prose is not None and bool(re.match(rf"[{UPPER}\d•\-–]", after.text)) and len(after.text) > 30
