"""What a summons is made of: the agenda with its texts and documents, and whether it has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from django.db.models import Q, QuerySet
from django.utils.html import format_html_join

from motions.enums import DocumentKind
from motions.models import Document, DraftSection, Motion, Organisation
from protocols.document import DocumentSection
from protocols.enums import DecisionKind, ParagraphKind, ProposalKind, SectionKind
from protocols.facts import ClauseFact, DecisionFact, ParagraphFacts
from protocols.models import Appendix, Meeting, Paragraph, ProposalClause, Section, Summons
from protocols.queries.attendance import attendance_list
from protocols.queries.documents import profile_of
from protocols.queries.drafts import draft_clauses
from protocols.queries.facts import clause_facts, facts_of, surroundings, with_facts
from protocols.summons import Paper, SummonsDocument, SummonsItem
from protocols.wording import sections
from protocols.wording.decision import decision_in_brief
from protocols.wording.text import shortened

#: What of a paragraph can be read before the meeting.
_BEFORE = frozenset(
    {
        SectionKind.DECISION,
        SectionKind.STATEMENT,
        SectionKind.SUMMARY,
        SectionKind.EARLIER_TREATMENT,
        SectionKind.MATTER,
        SectionKind.IMPACT,
    }
)
_PROPOSAL = "Förslag till beslut"
#: Characters of a proposal that stand in the list of items.
_BRIEF = 160


@dataclass(frozen=True)
class _Material:
    """What the items are made of, read at once: by motion, the papers by paragraph and by motion."""

    organisation: Organisation
    drafts: dict[int, dict[SectionKind, str]]
    board: dict[int, Paragraph]
    documents: dict[int, list[Document]]
    appendices: dict[int, list[Document]]


def summons_document(
    meeting: Meeting, *, issued_on: date, number: int | None = None, known: Sequence[int] | None = None
) -> SummonsDocument:
    """The summons as the agenda stands, in a fixed number of queries.

    `known` are the ids of the items of the summons before; None where there is none.
    """
    meeting = Meeting.objects.select_related("body", "chair", "secretary").get(pk=meeting.pk)
    paragraphs = list(with_facts(meeting.paragraphs.all()).order_by("position", "pk"))
    material = _material(paragraphs)
    around = surroundings(paragraphs)
    numbers = count(1)
    rows = attendance_list(meeting)
    return SummonsDocument(
        organisation=material.organisation.name,
        body=meeting.body.name,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        place=meeting.place,
        chair=meeting.chair.name if meeting.chair else "",
        secretary=meeting.secretary.name,
        secretary_address=meeting.secretary.email,
        members=tuple(str(row) for row in rows if row.is_seated),
        substitutes=tuple(str(row) for row in rows if not row.is_seated),
        items=tuple(
            replace(
                _item(paragraph, facts_of(paragraph, around), material, numbers),
                number=place,
                is_new=known is not None and paragraph.pk not in known,
            )
            for place, paragraph in enumerate(paragraphs, start=1)
        ),
        issued_on=issued_on,
        number=number,
        is_open_to_all=meeting.body.is_assembly,
    )


def agenda_digest(meeting: Meeting) -> str:
    """The SHA-256 (hex) of what a summons tells; when it differs from the last one's, that is out of date."""
    items = list(
        meeting.paragraphs.order_by("position", "pk").values_list(
            "pk", "title", "registry_number", "agenda_heading", "motion_id"
        )
    )
    ids = [pk for pk, *_rest in items]
    told = {
        "when": [meeting.held_on.isoformat(), meeting.starts_at.isoformat(), meeting.place],
        "items": items,
        "documents": list(_documents_of(ids).values_list("motion_id", "sha256")),
        "appendices": list(_appendices_of(ids).values_list("paragraph_id", "document__sha256")),
        "drafts": list(
            DraftSection.objects.filter(motion__paragraphs__in=ids)
            .order_by("motion_id", "kind")
            .values_list("motion_id", "kind", "version")
        ),
        "outcomes": list(
            Motion.objects.filter(paragraphs__in=ids)
            .order_by("pk", "clauses__position")
            .values_list("pk", "clauses__text", "clauses__proposed_outcome")
        ),
        "blocks": list(
            Motion.objects.filter(block_rows__paragraph__in=ids)
            .order_by("block_rows__paragraph", "block_rows__position")
            .values_list("block_rows__paragraph", "pk")
        ),
        "proposals": list(
            ProposalClause.objects.filter(proposal__paragraph__in=ids)
            .order_by("proposal", "position")
            .values_list("proposal_id", "text")
        ),
        "texts": list(Section.objects.filter(paragraph__in=ids).order_by("pk").values_list("pk", "version")),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def secret_documents(meeting: Meeting) -> int:
    """How many documents of the items are marked as secret, and therefore stay out of every summons."""
    ids = list(meeting.paragraphs.values_list("pk", flat=True))
    return Document.objects.filter(_of_items(ids), is_secret=True).distinct().count()


def latest_summons(meeting: Meeting) -> Summons | None:
    """The one that counts now."""
    return meeting.summonses.order_by("number").last()


# --- Material ----------------------------------------------------------------------------------------------


def _documents_of(paragraphs: Sequence[int]) -> QuerySet[Document]:
    """The documents of the items' motions that those summoned may read (OSL)."""
    return (
        Document.objects.filter(_of_items(paragraphs), is_secret=False)
        .distinct()
        .order_by("motion_id", "received_on", "pk")
    )


def _of_items(paragraphs: Sequence[int]) -> Q:
    return Q(motion__paragraphs__in=paragraphs) | Q(
        motion__block_rows__paragraph__in=paragraphs,
        motion__block_rows__paragraph__kind=ParagraphKind.REMITTAL,
    )


def _appendices_of(paragraphs: Sequence[int]) -> QuerySet[Appendix]:
    return Appendix.objects.filter(paragraph__in=paragraphs, document__is_secret=False).order_by(
        "paragraph", "position", "pk"
    )


def _material(paragraphs: Sequence[Paragraph]) -> _Material:
    ids = [paragraph.pk for paragraph in paragraphs]
    motions = [paragraph.motion_id for paragraph in paragraphs if paragraph.motion_id]
    drafts: dict[int, dict[SectionKind, str]] = {}
    for row in DraftSection.objects.filter(motion__in=motions).exclude(html=""):
        drafts.setdefault(row.motion_id, {})[SectionKind(row.kind)] = row.html
    documents: dict[int, list[Document]] = {}
    for document in _documents_of(ids):
        documents.setdefault(document.motion_id, []).append(document)
    appendices: dict[int, list[Document]] = {}
    for appendix in _appendices_of(ids).select_related("document"):
        if appendix.document:
            appendices.setdefault(appendix.paragraph_id, []).append(appendix.document)
    proposed = (
        Paragraph.objects.verified()
        .filter(motion__in=motions, decision__kind=DecisionKind.PROPOSES)
        .select_related("decision")
        .prefetch_related("sections", "decision__clauses")
        .order_by("decided_at")
    )
    return _Material(
        Organisation.objects.get(),
        drafts,
        {paragraph.motion_id: paragraph for paragraph in proposed if paragraph.motion_id},
        documents,
        appendices,
    )


# --- Items -------------------------------------------------------------------------------------------------


def _item(
    paragraph: Paragraph, facts: ParagraphFacts, material: _Material, numbers: Iterator[int]
) -> SummonsItem:
    facts = replace(facts, decision=_proposed(paragraph, facts, material))
    papers = _papers(paragraph, material)
    built = sections.build(facts, _written(paragraph, material), profile_of(material.organisation))
    found = [section for section in built if section.kind in _BEFORE]
    if not any(paper.kind == DocumentKind.SIGNED_MOTION for paper in papers):
        found += _motion_text(paragraph)
    brief = _brief(facts)
    if not papers and {section.kind for section in found} == {SectionKind.DECISION} and len(brief) <= _BRIEF:
        found = []  # the list of items says it all
    return SummonsItem(
        number=paragraph.position,
        title=paragraph.title,
        registry_number=paragraph.registry_number,
        heading=paragraph.agenda_heading,
        proposal=shortened(brief, _BRIEF),
        sections=tuple(
            replace(section, heading=_PROPOSAL) if section.kind == SectionKind.DECISION else section
            for section in found
        ),
        papers=tuple(Paper(next(numbers), str(paper), paper.file) for paper in papers),
    )


def _proposed(paragraph: Paragraph, facts: ParagraphFacts, material: _Material) -> DecisionFact | None:
    """The proposal before the meeting, as if it were decided."""
    motion = paragraph.motion
    if motion is None:
        tabled = [fact for fact in facts.proposals if fact.kind == ProposalKind.TABLED]
        clauses: list[ClauseFact] = [clause for fact in tabled for clause in fact.clauses]
        if not tabled or (paragraph.kind == ParagraphKind.MATTER and not clauses):
            return None
        is_noted = paragraph.kind == ParagraphKind.OUTSTANDING_REPORT
        return DecisionFact(DecisionKind.NOTES if is_noted else DecisionKind.DECIDES, clauses)
    if paragraph.body.is_assembly:
        earlier = material.board.get(motion.pk)
        if earlier is None:
            return None
        return DecisionFact(DecisionKind.DECIDES, clause_facts(earlier.decision.clauses.all()))
    clauses = draft_clauses(motion)
    return DecisionFact(DecisionKind.PROPOSES, clauses) if clauses else None


def _written(paragraph: Paragraph, material: _Material) -> dict[SectionKind, str]:
    motion = paragraph.motion_id
    if motion is None:
        return {SectionKind(row.kind): row.html for row in paragraph.sections.all()}
    earlier = material.board.get(motion) if paragraph.body.is_assembly else None
    if earlier:
        return {SectionKind(row.kind): row.html for row in earlier.sections.all()}
    return material.drafts.get(motion, {})


def _motion_text(paragraph: Paragraph) -> list[DocumentSection]:
    """The motion as it was registered, where no signed paper of it lies in the case."""
    motion = paragraph.motion
    if motion is None:
        return []
    clauses = format_html_join("", "<li>{}</li>", ((clause.text,) for clause in motion.clauses.all()))
    html = motion.text + (f"<ol>{clauses}</ol>" if clauses else "")
    return [DocumentSection(SectionKind.MATTER, "Motionen", html)] if html else []


def _papers(paragraph: Paragraph, material: _Material) -> list[Document]:
    motions = [paragraph.motion_id] if paragraph.motion_id else []
    if paragraph.kind == ParagraphKind.REMITTAL:
        motions = [row.motion_id for row in paragraph.block_motions.all()]
    found = [document for motion in motions for document in material.documents.get(motion, ())]
    return list(dict.fromkeys([*found, *material.appendices.get(paragraph.pk, ())]))


def _brief(facts: ParagraphFacts) -> str:
    if facts.decision is None:
        return ""
    if facts.decision.kind == DecisionKind.PROPOSES:  # in a list of proposals it need not be said again
        facts = replace(facts, decision=replace(facts.decision, kind=DecisionKind.DECIDES))
    clauses = facts.decision.clauses if facts.decision else ()
    words = "; ".join(clause.text for clause in clauses if clause.text)
    return words or decision_in_brief(facts)
