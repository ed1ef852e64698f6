"""Imported minutes as they are listed, reviewed and read; who sees which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motions.models import Motion
from motions.permissions import HasRoles, Permission, has_permission
from protocols.models import ImportedMeeting, ImportedParagraph, Mention, ReadName
from protocols.reading.facts import MarkKind, Outcome
from protocols.reading.names import key
from protocols.reading.words import MARKS, OUTCOMES

#: The facts that are shown in the source's text, in the order in which one hides another.
_SHOWN = ("decision", "reservations", "votes", "proposals", "notes", "recipients", "earlier", "documents")


@dataclass(frozen=True)
class Piece:
    """A stretch of the source's text; `kind` names the fact that was read in it, "mark" a doubt, "" none."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Difference:
    """How a § of a newer version differs from the older one; `before` and `after` are its titles, or ""."""

    number: str
    before: str
    after: str
    fields: Sequence[str] = ()

    @property
    def names(self) -> list[str]:
        """The fields as they are called in Swedish."""
        return [str(FIELDS[name]) for name in self.fields]


@dataclass(frozen=True)
class Attended:
    """Somebody who was at a meeting, as read, and which name that is; officers are none of the register's.

    `times` are those printed. It is not `sure` where a substitute may be missing.
    """

    name: str
    party: str
    known: ReadName | None
    role: str = ""
    instead_of: str = ""
    times: str = ""
    sure: bool = True
    verifies: bool = False


#: What the reader's facts of a § are called (protocols.reading.rows).
FIELDS = {
    "number": _("nummer"),
    "registry_number": _("diarienummer"),
    "title": _("rubrik"),
    "is_motion": _("om det är en motion"),
    "movers": _("motionärer"),
    "decision": _("beslut"),
    "decision_source": _("vem som beslutar"),
    "outcome": _("utfall"),
    "earlier": _("tidigare behandling"),
    "documents": _("handlingar"),
    "proposals": _("yrkanden"),
    "votes": _("omröstningar"),
    "recusals": _("jäv"),
    "reservations": _("reservationer"),
    "notes": _("protokollsanteckningar"),
    "recipients": _("mottagare"),
    "immediately_verified": _("omedelbar justering"),
}
#: What the reader's facts of a meeting are called.
MEETING_FIELDS = {
    "attendance": _("närvarande"),
    "listed": _("närvarolista"),
    "verifiers": _("justerare"),
}
_LEFT_OUT = {"places", "sections", "marks"}


def may_read_in(user: HasRoles) -> bool:
    """Whether the user reads protocols in, and sees what waits."""
    return has_permission(user, Permission.READ_PROTOCOLS)


def meetings() -> QuerySet[ImportedMeeting]:
    """All of them, the latest first, with how many §§ there are, wait and have marks."""
    waits = Q(paragraphs__accepted_at__isnull=True)
    found = ImportedMeeting.objects.select_related("source", "body").defer("source__text", "facts")
    return found.annotate(
        count=Count("paragraphs"),
        waiting=Count("paragraphs", filter=waits),
        marked=Count("paragraphs", filter=waits & ~Q(paragraphs__facts__marks=[])),
    ).order_by("-held_on", "body_name", "-pk")


def visible(user: HasRoles) -> QuerySet[ImportedParagraph]:
    """Accepted ones for everybody, those that wait for whoever reads protocols in."""
    found = ImportedParagraph.objects.select_related("meeting__source", "meeting__body", "motion")
    found = found.defer("meeting__source__text", "meeting__facts")
    return found if may_read_in(user) else found.filter(accepted_at__isnull=False)


def found(text: str, user: HasRoles) -> QuerySet[ImportedParagraph]:
    """The §§ that have all the words, or the registry number; the latest first. Without words all of them."""
    rows = visible(user).defer("facts", "search")
    if text := " ".join(text.split()):
        words = Q(search=SearchQuery(text, config="swedish", search_type="websearch"))
        rows = rows.filter(words | Q(registry_number__iexact=text))
    return rows.order_by(F("meeting__held_on").desc(nulls_last=True), "meeting_id", "position")


def in_turn(meeting: ImportedMeeting) -> list[ImportedParagraph]:
    """What waits, those that the reader was unsure of first, then the accepted ones."""
    found = list(meeting.paragraphs.select_related("accepted_by"))
    return sorted(found, key=lambda one: (one.is_accepted, not one.facts["marks"], one.position))


def next_waiting(paragraph: ImportedParagraph) -> ImportedParagraph | None:
    """The § of the same meeting to review after this one."""
    turn = [one for one in in_turn(paragraph.meeting) if not one.is_accepted and one.pk != paragraph.pk]
    mine = (not paragraph.facts["marks"], paragraph.position)
    later = [one for one in turn if (not one.facts["marks"], one.position) > mine]
    return next(iter(later or turn), None)


def case_of(paragraph: ImportedParagraph, user: HasRoles) -> list[ImportedParagraph]:
    """The §§ of the same matter in all bodies, by day: those with its registry number."""
    if not paragraph.registry_number:
        return []
    same = visible(user).filter(registry_number__iexact=paragraph.registry_number)
    same = same.filter(meeting__superseded_by__isnull=True)
    return list(same.order_by("meeting__held_on", "meeting__pk", "position"))


def of_motion(motion: Motion, user: HasRoles) -> list[ImportedParagraph]:
    """The imported §§ about a motion of the register, by day."""
    found = visible(user).filter(motion=motion, meeting__superseded_by__isnull=True)
    return list(found.order_by("meeting__held_on", "meeting__pk", "position"))


def pieces(paragraph: ImportedParagraph) -> list[Piece]:
    """The text of the § as it stands in its source, with what was read in it."""
    text, places = paragraph.meeting.source.text, paragraph.facts["places"]
    start, end, _page = places["paragraph"]
    spans = [(one["place"][0], one["place"][1], "mark") for one in paragraph.facts["marks"]]
    spans += [(first, last, kind) for kind in _SHOWN for first, last, _page in places[kind]]
    found, at = [], start
    for first, last, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if first < at or last > end or last <= first:
            continue
        found += [Piece(text[at:first]), Piece(text[first:last], kind)]
        at = last
    found.append(Piece(text[at:end]))
    return [piece for piece in found if piece.text]


def marks_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each doubt of the reader in words, with what it quotes."""
    return [(str(MARKS[MarkKind(one["kind"])]), one["detail"]) for one in facts["marks"]]


def outcome_in_words(outcome: str) -> str:
    """The outcome as it is called in Swedish."""
    return str(OUTCOMES[Outcome(outcome)])


def differences(meeting: ImportedMeeting) -> list[Difference]:
    """What is another in this version than in the one before it, § by §."""
    if meeting.supersedes is None:
        return []
    old = {row.number: row for row in meeting.supersedes.paragraphs.all()}
    new = {row.number: row for row in meeting.paragraphs.all()}
    found = []
    for number in dict.fromkeys([*new, *old]):
        before, after = old.get(number), new.get(number)
        fields = _changed(before, after) if before and after else []
        if before is None or after is None or fields:
            titles = (before.facts["title"] if before else "", after.facts["title"] if after else "")
            found.append(Difference(number, *titles, fields))
    return found


def attended(meeting: ImportedMeeting, named: Iterable[Mention]) -> list[Attended]:
    """Everybody who was there, each once, lists of attendance before the front page; then other verifiers."""
    names: dict[str, list[ReadName]] = {}
    for mention in named:
        names.setdefault(mention.name.key, []).append(mention.name)
    verifiers = {(key(row["name"]), row["party"]) for row in meeting.facts["verifiers"]}
    found: dict[tuple[str, str], Attended] = {}
    for row in [*meeting.facts["listed"], *meeting.facts["attendance"]]:
        who = key(row["name"]), row["party"]
        verifies = who in verifiers or (who[0], "") in verifiers
        found.setdefault(who, _attended(row, names, verifies=verifies))
    there = {one for one, _party in found}
    for row in meeting.facts["verifiers"]:
        if (key(row["name"]), row["party"]) not in found and (row["party"] or key(row["name"]) not in there):
            found[key(row["name"]), row["party"]] = _attended(row, names, verifies=True)
    return list(found.values())


def _attended(row: Mapping[str, Any], names: Mapping[str, Sequence[ReadName]], *, verifies: bool) -> Attended:
    same = names.get(key(row["name"]), ())
    known = next((name for name in same if name.code == row["party"]), same[0] if len(same) == 1 else None)
    times = [row[which] for which in ("came", "left") if row.get(which)]
    return Attended(
        row["name"],
        row["party"],
        known,
        row.get("role", ""),
        row.get("instead_of", ""),
        "–".join(times),
        row.get("sure", True),
        verifies,
    )


def cover_differences(meeting: ImportedMeeting) -> list[str]:
    """What of place and attendance is another in this version than in the one before it, in Swedish."""
    if meeting.supersedes is None:
        return []
    before, after = meeting.supersedes, meeting
    place = [str(_("plats"))] if before.place != after.place else []
    return place + [
        str(name)
        for which, name in MEETING_FIELDS.items()
        if _bare(before.facts[which]) != _bare(after.facts[which])
    ]


def _bare(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows without where they stand."""
    return [{key: value for key, value in row.items() if key != "place"} for row in rows]


def _changed(before: ImportedParagraph, after: ImportedParagraph) -> list[str]:
    """The facts that differ, but for where they stand."""
    return [
        name
        for name, value in after.facts.items()
        if name not in _LEFT_OUT and value != before.facts.get(name)
    ]
