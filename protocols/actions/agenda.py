"""The agenda: which items a meeting has, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Body, Motion, User
from protocols.actions.locking import edit_paragraph, lock_meeting
from protocols.enums import ParagraphKind, ParagraphState, ProposalKind
from protocols.models import BlockMotion, Meeting, Paragraph, Proposal, ProposalClause, Section
from protocols.queries.agenda import (
    motions_for_block,
    ready_motions,
    stranded_items,
    tabled_matters,
    tabled_motions,
)


@transaction.atomic
def place_motion(meeting: Meeting, *, by: User, motion: Motion) -> Paragraph:
    """Put a motion that is ready for the body on its agenda. Raises Conflict for one that is not."""
    meeting = _editable(meeting, by=by)
    if not ready_motions(meeting.body).filter(pk=motion.pk).exists():
        raise Conflict(
            _("%(motion)s är inte klar för %(body)s, eller står redan på en dagordning")
            % {"motion": motion.reference, "body": meeting.body.inline_name},
            law="KL 5 kap. 26 §",
            instead=_("Ett ärende kan tas upp när det är berett."),
        )
    return _append(
        meeting,
        kind=ParagraphKind.MOTION,
        title=motion.full_title[:300],
        motion=motion,
        registry_number=motion.registry_number or "",
    )


@transaction.atomic
def place_motions(meeting: Meeting, *, by: User, motions: Sequence[Motion]) -> list[Paragraph]:
    """Put several motions on the agenda in the order given: all of them, or none."""
    return [place_motion(meeting, by=by, motion=motion) for motion in motions]


@transaction.atomic
def add_matter(
    meeting: Meeting, *, by: User, title: str, registry_number: str = "", proposal: str = ""
) -> Paragraph:
    """Add an item that is no motion; `proposal` is the decision before the meeting, one clause a line."""
    meeting = _editable(meeting, by=by)
    refuse_identity_numbers(f"{title}\n{proposal}", "title")
    paragraph = _append(
        meeting, kind=ParagraphKind.MATTER, title=title.strip(), registry_number=registry_number.strip()
    )
    tabled = Proposal.objects.create(paragraph=paragraph, kind=ProposalKind.TABLED)
    clauses = [
        ProposalClause(proposal=tabled, position=position, text=text)
        for position, text in enumerate(filter(None, map(str.strip, proposal.splitlines())), start=1)
    ]
    for clause in clauses:
        clause.full_clean(exclude=["proposal"], validate_constraints=False)
    ProposalClause.objects.bulk_create(clauses)
    return paragraph


@transaction.atomic
def add_block(
    meeting: Meeting, *, by: User, kind: ParagraphKind, motions: Sequence[Motion], title: str = ""
) -> Paragraph:
    """Add one item for many motions: their remittal, or the report of those unanswered (KL 5 kap. 35 §)."""
    meeting = _editable(meeting, by=by)
    if not meeting.body.is_assembly:
        raise DomainError(
            _("Motioner anmäls till fullmäktige, inte till %(body)s") % {"body": meeting.body.inline_name},
            law="KL 5 kap. 22 §",
        )
    chosen = list(dict.fromkeys(motions))
    fitting = set(
        motions_for_block(kind).filter(pk__in=[motion.pk for motion in chosen]).values_list("pk", flat=True)
    )
    wrong = [motion.reference for motion in chosen if motion.pk not in fitting]
    if wrong or not chosen:
        raise DomainError(
            _("Dessa motioner kan inte tas med: %(motions)s") % {"motions": ", ".join(wrong)}
            if wrong
            else _("Välj minst en motion"),
            field="motions",
        )
    paragraph = _append(meeting, kind=kind, title=title.strip() or str(kind.label))
    BlockMotion.objects.bulk_create(
        BlockMotion(paragraph=paragraph, motion=motion, position=position)
        for position, motion in enumerate(chosen, start=1)
    )
    Proposal.objects.create(paragraph=paragraph, kind=ProposalKind.TABLED)
    return paragraph


@transaction.atomic
def return_tabled(meeting: Meeting, *, by: User) -> list[Paragraph]:
    """Put on the agenda what the body has postponed to it (KL 5 kap. 51 §): motions, and other matters.

    A matter comes with its texts and the proposal before the meeting, as it stood.
    """
    meeting = _editable(meeting, by=by)
    returned = [place_motion(meeting, by=by, motion=motion) for motion in tabled_motions(meeting)]
    return [*returned, *(_return_matter(meeting, matter) for matter in tabled_matters(meeting))]


@transaction.atomic
def take_over(meeting: Meeting, *, by: User, items: Sequence[Paragraph]) -> list[Paragraph]:
    """Move items that are not taken up to the end of this agenda, with all that is written in them."""
    meeting = _editable(meeting, by=by)
    last: int = meeting.paragraphs.aggregate(last=Max("position"))["last"] or 0
    moved = list(Paragraph.objects.select_for_update().drafts().filter(pk__in=[item.pk for item in items]))
    for place, item in enumerate(sorted(moved, key=lambda item: (item.position, item.pk)), start=1):
        item.meeting, item.year, item.position = meeting, meeting.held_on.year, last + place
        item.save(update_fields=["meeting", "year", "position"])
    return moved


@transaction.atomic
def take_over_stranded(meeting: Meeting, *, by: User) -> list[Paragraph]:
    """Put on the agenda what stands on the agendas of the body's cancelled meetings."""
    return take_over(meeting, by=by, items=list(stranded_items(meeting.body)))


def _return_matter(meeting: Meeting, earlier: Paragraph) -> Paragraph:
    paragraph = _append(
        meeting,
        kind=ParagraphKind.MATTER,
        title=earlier.title,
        registry_number=earlier.registry_number,
        tabled_from=earlier,
    )
    Section.objects.bulk_create(
        Section(paragraph=paragraph, kind=section.kind, html=section.html)
        for section in earlier.sections.all()
    )
    tabled = Proposal.objects.create(paragraph=paragraph, kind=ProposalKind.TABLED)
    clauses = ProposalClause.objects.filter(
        proposal__paragraph=earlier, proposal__kind=ProposalKind.TABLED
    ).order_by("position")
    ProposalClause.objects.bulk_create(
        ProposalClause(proposal=tabled, position=clause.position, text=clause.text) for clause in clauses
    )
    return paragraph


@transaction.atomic
def group_agenda(meeting: Meeting, *, by: User, headings: Mapping[int, str]) -> None:
    """Put the items that are not taken up under headings (by their ids; '': none), each heading together.

    The headings stand in the order of their first items. Raises Conflict where an item is gone.
    """
    meeting = _editable(meeting, by=by)
    drafts = list(meeting.paragraphs.drafts().order_by("position", "pk"))
    if set(headings) - {item.pk for item in drafts}:
        raise Conflict(
            _("Dagordningen har ändrats sedan sidan visades"),
            instead=_("Ladda om sidan och skriv rubrikerna igen."),
        )
    for item in drafts:
        if item.pk in headings:
            item.agenda_heading = headings[item.pk].strip()
            item.full_clean(exclude=["meeting", "body", "motion", "tabled_from"], validate_constraints=False)
            item.save(update_fields=["agenda_heading"])
    order = list(dict.fromkeys(item.agenda_heading for item in drafts))
    grouped = sorted(drafts, key=lambda item: order.index(item.agenda_heading))
    settled = list(meeting.paragraphs.numbered().order_by("position", "pk").values_list("pk", flat=True))
    reorder_agenda(meeting, by=by, order=[*settled, *(item.pk for item in grouped)])


@transaction.atomic
def reorder_agenda(meeting: Meeting, *, by: User, order: Sequence[int]) -> None:
    """Put the items in the order of their ids; those already taken up keep their places first."""
    meeting = _editable(meeting, by=by)
    items = {item.pk: item for item in meeting.paragraphs.select_for_update()}
    if sorted(order) != sorted(items):
        raise Conflict(
            _("Dagordningen har ändrats sedan sidan visades"), instead=_("Ladda om sidan och ordna den igen.")
        )
    wanted = [items[pk] for pk in order]
    settled = [item for item in wanted if not item.is_draft]
    if any(not item.is_draft for item in wanted[len(settled) :]):
        raise DomainError(
            _("En punkt kan inte flyttas före en paragraf som redan tagits upp"),
            instead=_("Paragraferna får sina nummer i den ordning de tas upp."),
        )
    for position, item in enumerate(wanted, start=1):
        if item.position != position and not item.is_verified:
            Paragraph.objects.filter(pk=item.pk).update(position=position)


@transaction.atomic
def remove_item(paragraph: Paragraph, *, by: User) -> None:
    """Take an item off the agenda before it is taken up."""
    paragraph = edit_paragraph(paragraph, by=by)
    if paragraph.state != ParagraphState.DRAFT:
        raise Conflict(
            _("%(label)s är redan upptagen och har fått sitt nummer") % {"label": paragraph.label},
            instead=_("Ärendet kan bordläggas."),
        )
    paragraph.delete()


@transaction.atomic
def retitle(
    paragraph: Paragraph,
    *,
    by: User,
    title: str,
    registry_number: str,
    seen: tuple[str, str] | None = None,
) -> Paragraph:
    """Change an item's heading and registry number, until it is verified.

    `seen` is what the writer read (heading, number); Conflict is raised where it says something else now.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    if seen is not None and seen != (paragraph.title, paragraph.registry_number):
        raise Conflict(
            _("Någon annan har ändrat rubriken till ”%(title)s”") % {"title": paragraph.title},
            instead=_("Din ändring är inte sparad. Spara igen om din ska gälla."),
        )
    refuse_identity_numbers(title, "title")
    paragraph.title, paragraph.registry_number = title.strip(), registry_number.strip()
    paragraph.full_clean(validate_constraints=False)
    paragraph.save(update_fields=["title", "registry_number"])
    return paragraph


def remittal_target() -> Body:
    """The body that motions are remitted to in a block: the board."""
    return Body.objects.executive_board()


def _editable(meeting: Meeting, *, by: User) -> Meeting:
    meeting = lock_meeting(meeting, by=by)
    if meeting.is_closed:
        raise Conflict(_("Sammanträdet är avslutat, och dagordningen ligger fast"))
    return meeting


def _append(
    meeting: Meeting,
    *,
    kind: ParagraphKind,
    title: str,
    motion: Motion | None = None,
    registry_number: str = "",
    tabled_from: Paragraph | None = None,
) -> Paragraph:
    last: int = meeting.paragraphs.aggregate(last=Max("position"))["last"] or 0
    paragraph = Paragraph(
        meeting=meeting,
        body=meeting.body,
        year=meeting.held_on.year,
        position=last + 1,
        kind=kind,
        title=title,
        motion=motion,
        registry_number=registry_number,
        tabled_from=tabled_from,
    )
    paragraph.full_clean(exclude=["meeting", "body", "motion", "tabled_from"], validate_constraints=False)
    paragraph.save()
    return paragraph
