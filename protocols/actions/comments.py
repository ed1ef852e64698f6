"""Comments on a text before it is verified: the verifiers' words, and the secretary's answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError, Forbidden
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.permissions import Permission, require
from protocols.actions.locking import edit_paragraph, lock_paragraph, refuse_verified
from protocols.models import Comment, Paragraph
from protocols.queries.comments import Passage
from protocols.queries.verification import verifiers_of


@transaction.atomic
def comment(
    paragraph: Paragraph,
    *,
    by: User,
    text: str,
    passage: Passage | None = None,
    at: datetime | None = None,
) -> Comment:
    """Comment on a passage of the §, or on the whole of it, as one who is to verify it.

    Raises Forbidden for anybody else, Conflict before the decision and once the § is verified.
    """
    require(by, Permission.VERIFY_MINUTES)
    paragraph = lock_paragraph(paragraph)
    chosen = list(paragraph.meeting.verifiers.all())
    person = next((p for p in verifiers_of(paragraph, chosen) if p.pk == by.person_id), None)
    if person is None:
        raise Forbidden(
            _("Bara den som ska justera protokollet kommenterar det"),
            law="KL 5 kap. 69 §",
            instead=_("Hör av dig till sekreteraren om något är fel."),
        )
    refuse_verified(paragraph)
    if not paragraph.is_decided:
        raise Conflict(
            _("%(label)s är inte avgjord ännu") % {"label": paragraph.label},
            instead=_("Kommentera när klubban har fallit."),
        )
    words = text.strip()
    if not words:
        raise DomainError(_("Skriv kommentaren"), field="text")
    refuse_identity_numbers(words, "text")
    row = Comment(paragraph=paragraph, person=person, text=words, at=at or timezone.now())
    if passage:
        row.section, row.passage = passage.kind, passage.text
    row.full_clean(exclude=["paragraph", "person"])
    row.save()
    return row


@transaction.atomic
def answer_comment(row: Comment, *, by: User, answer: str = "", at: datetime | None = None) -> Comment:
    """Mark a comment as dealt with, with words or without. Raises Conflict where that was done before."""
    edit_paragraph(row.paragraph, by=by)
    row = Comment.objects.select_for_update(of=("self",)).select_related("answered_by").get(pk=row.pk)
    if not row.is_open:
        raise Conflict(
            _("Kommentaren är redan åtgärdad av %(name)s")
            % {"name": row.answered_by.name if row.answered_by else ""},
            instead=_("Svaret står vid kommentaren."),
        )
    refuse_identity_numbers(answer, "answer")
    row.answer, row.answered_by, row.answered_at = answer.strip(), by, at or timezone.now()
    row.full_clean(exclude=["paragraph", "person", "answered_by"])
    row.save()
    return row
