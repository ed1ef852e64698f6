"""Saving what people write, so that nobody overwrites another unseen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.models.written import WrittenText
from motions.texts import clean, plain

Text = TypeVar("Text", bound=WrittenText)


class StaleText(Conflict):
    """Somebody else saved meanwhile: `current_html` and `current_version` are theirs, `saved_by` who."""

    def __init__(self, current_html: str, current_version: int, saved_by: str) -> None:
        super().__init__(
            _("%(name)s har sparat en nyare text") % {"name": saved_by or _("Någon annan")},
            instead=_("Jämför texterna nedan och spara den som ska gälla. Ingenting är borta."),
        )
        self.current_html = current_html
        self.current_version = current_version
        self.saved_by = saved_by


def to_write(texts: QuerySet[Text], **which: Any) -> Text:
    """The only one that is so, locked until the end of the transaction; a new one where there is none."""
    rows = texts.select_for_update(of=("self",)).select_related("updated_by")
    return rows.filter(**which).first() or texts.model(**which)


def save_written(text: WrittenText, html: str, *, version: int, by: User, at: datetime | None) -> None:
    """Save a section that was locked by `to_write`.

    Raises StaleText where `version` is not the latest one, DomainError for a personal identity number.
    """
    if text.version != version:
        raise StaleText(text.html, text.version, text.updated_by.name if text.updated_by else "")
    cleaned = clean(html)
    refuse_identity_numbers(plain(cleaned), text.kind)
    text.html, text.version = cleaned, version + 1
    text.updated_by, text.updated_at = by, at or timezone.now()
    text.clean_fields(exclude=["motion", "paragraph", "updated_by"])
    text.save()
