"""Who leads each §: the meeting's chair, or another in it alone or from it on (KL 5 kap. 53 §)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Person, User
from protocols.actions.locking import edit_paragraph, lock_meeting
from protocols.enums import ParagraphState
from protocols.models import Meeting, Paragraph, Vote
from protocols.queries.service import recusal_law, serving_in

LAW = "KL 5 kap. 53 §"


@transaction.atomic
def hand_over_chair(paragraph: Paragraph, *, by: User, chair: Person, onwards: bool = False) -> Paragraph:
    """Note who leads the §; `onwards`: also those taken up after it and those still to come.

    Raises DomainError for one who does not serve in the §, or who would verify it alone, and Conflict where
    the § is not taken up, or where its casting vote was given by the one who has led it.
    """
    meeting = lock_meeting(paragraph.meeting, by=by)
    paragraph = edit_paragraph(paragraph, by=by)
    if paragraph.is_draft:
        raise Conflict(
            _("%(label)s är inte upptagen till behandling") % {"label": paragraph.label},
            instead=_("Ta upp ärendet först."),
        )
    _refuse_as_leader(meeting, paragraph, chair)
    later = meeting.paragraphs.filter(
        state__in=[ParagraphState.TAKEN_UP, ParagraphState.DECIDED], number__gt=paragraph.number
    )
    for one in [paragraph, *(later.select_related("body", "meeting") if onwards else [])]:
        _refuse_after_casting_vote(one, chair)
        set_leader(one, chair)
    if onwards and meeting.is_open:
        meeting.deputy = None if chair.pk == meeting.chair_id else chair
        meeting.save(update_fields=["deputy"])
    return paragraph


def set_leader(paragraph: Paragraph, chair: Person | None) -> None:
    """Write down who leads the §, with the party of the day."""
    row = paragraph.meeting.attendance.filter(person=chair).first() if chair else None
    paragraph.chair, paragraph.chair_party_id = chair, row.party_id if row else None
    paragraph.save(update_fields=["chair", "chair_party"])


def change_leaders(meeting: Meeting, *, before: Person | None, now: Person) -> None:
    """Another is the meeting's chair: §§ that the former one has led follow, if not verified."""
    for paragraph in meeting.paragraphs.numbered().unverified().filter(chair=before):
        set_leader(paragraph, now)
    if meeting.deputy_id == now.pk:
        meeting.deputy = None
        meeting.save(update_fields=["deputy"])


def require_leader(paragraph: Paragraph) -> None:
    """Raise DomainError where the one who leads the § is recused in it, or has left."""
    chair = paragraph.chair
    if chair is None or any(one.person.pk == chair.pk for one in serving_in(paragraph)):
        return
    raise DomainError(
        _("%(name)s tjänstgör inte i %(label)s och kan inte leda den")
        % {"name": chair.name, "label": paragraph.label},
        law=recusal_law(paragraph),
        instead=_("Anteckna under ”Ordförande” vem som leder paragrafen, som regel en vice ordförande."),
    )


def refuse_lone_verifier(meeting: Meeting, paragraph: Paragraph, chair: Person) -> None:
    """Raise DomainError where the one who leads the § would verify it without anybody beside."""
    chosen = set(meeting.verifiers.values_list("pk", flat=True))
    if chosen and chosen <= {chair.pk}:
        raise DomainError(
            _("%(name)s är ensam justerare och skulle justera %(label)s utan någon annan")
            % {"name": chair.name, "label": paragraph.label},
            law="KL 5 kap. 69 §",
            instead=_("Välj en justerare till under Närvaro, eller låt någon annan leda paragrafen."),
            field="chair",
        )


def _refuse_as_leader(meeting: Meeting, paragraph: Paragraph, chair: Person) -> None:
    if not any(one.person.pk == chair.pk for one in serving_in(paragraph)):
        recused = paragraph.non_participations.filter(person=chair).exists()
        raise DomainError(
            _("%(name)s tjänstgör inte i %(label)s och kan inte leda den")
            % {"name": chair.name, "label": paragraph.label},
            law=recusal_law(paragraph) if recused else LAW,
            instead=_("Välj en tjänstgörande ledamot, som regel en vice ordförande."),
            field="chair",
        )
    refuse_lone_verifier(meeting, paragraph, chair)


def _refuse_after_casting_vote(paragraph: Paragraph, chair: Person) -> None:
    cast = Vote.objects.filter(question__paragraph=paragraph).exclude(casting_vote="")
    if paragraph.chair_id != chair.pk and cast.exists():
        raise Conflict(
            _("%(name)s har gett utslagsrösten i %(label)s")
            % {"name": paragraph.chair, "label": paragraph.label},
            law="KL 5 kap. 56 §",
            instead=_("Ångra först omröstningen. Den som leder paragrafen har utslagsrösten."),
            field="chair",
        )
