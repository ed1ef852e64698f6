"""The paragraph as it is read: frozen text where it is verified, made from the facts before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from motions.models import Organisation
from protocols.document import DocumentSection, FollowingDocument, ParagraphDocument
from protocols.enums import Following, SectionKind
from protocols.models import Paragraph
from protocols.queries.corrections import verified_document
from protocols.queries.facts import Surroundings, facts_of, surroundings
from protocols.wording import headings, sections


def document_of(paragraph: Paragraph, organisation: Organisation) -> ParagraphDocument:
    """The one text of a paragraph, for page, PDF and archive. Load it through `facts.with_facts`."""
    if paragraph.is_verified:
        return verified_document(paragraph)
    return draft_document(paragraph, organisation)


def draft_documents(
    paragraphs: Sequence[Paragraph], organisation: Organisation
) -> dict[int, ParagraphDocument]:
    """The texts of many paragraphs by their ids, in a fixed number of queries. Load them as above."""
    around = surroundings(paragraphs)
    return {paragraph.pk: draft_document(paragraph, organisation, around) for paragraph in paragraphs}


def draft_document(
    paragraph: Paragraph, organisation: Organisation, around: Surroundings | None = None
) -> ParagraphDocument:
    """The text made from the facts as they stand, whatever the state."""
    meeting = paragraph.meeting
    return ParagraphDocument(
        organisation=organisation.name,
        body=paragraph.body.name,
        held_on=meeting.held_on,
        number=paragraph.number,
        title=paragraph.title,
        registry_number=paragraph.registry_number,
        sections=made_sections(paragraph, organisation, reworded=True, around=around),
        secretary=meeting.secretary.name,
        appendices=_following(paragraph),
    )


def _following(paragraph: Paragraph) -> tuple[FollowingDocument, ...]:
    return tuple(
        FollowingDocument(number, row.title, row.document.sha256, row.document.size, Following(row.following))
        for number, row in enumerate(paragraph.appendices.all(), start=1)
        if row.document and row.following != Following.NAMED
    )


def made_sections(
    paragraph: Paragraph,
    organisation: Organisation,
    *,
    reworded: bool,
    around: Surroundings | None = None,
) -> tuple[DocumentSection, ...]:
    """The sections in the organisation's order; `reworded` puts the secretary's own words in."""
    return sections.build(
        facts_of(paragraph, around),
        written={SectionKind(section.kind): section.html for section in paragraph.sections.all()},
        profile=profile_of(organisation),
        reworded=(
            {SectionKind(row.kind): row.html for row in paragraph.rewordings.all()} if reworded else {}
        ),
    )


def profile_of(organisation: Organisation) -> headings.Profile:
    """The organisation's order and names of headings, or the default one."""
    stored: Iterable[Sequence[str]] = organisation.heading_profile
    if not stored:
        return headings.DEFAULT_PROFILE
    return tuple(headings.Heading(SectionKind(kind), heading) for kind, heading in stored)
