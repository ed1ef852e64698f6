"""The secretary's own words in a paragraph: written sections, rewordings and recipients."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.writing import StaleText, save_written, to_write
from motions.enums import WrittenSection
from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import User
from motions.texts import clean, is_empty, plain
from protocols.actions.locking import edit_paragraph
from protocols.enums import SectionKind
from protocols.models import Paragraph, Recipient, Rewording, Section


@transaction.atomic
def save_section(
    paragraph: Paragraph,
    *,
    by: User,
    kind: WrittenSection,
    html: str,
    version: int,
    at: datetime | None = None,
) -> Section:
    """Save a written section. Raises StaleText where `version` is not the latest one."""
    paragraph = edit_paragraph(paragraph, by=by)
    section = to_write(Section.objects.all(), paragraph=paragraph, kind=kind)
    save_written(section, html, version=version, by=by, at=at)
    return section


@transaction.atomic
def reword(
    paragraph: Paragraph,
    *,
    by: User,
    kind: SectionKind,
    html: str,
    made_html: str,
    version: int | None = None,
) -> Rewording:
    """Put a made section in own words; the facts stay, and the page shows that it was reworded.

    `version` is the `wording_version` that the writer read; StaleText is raised where another one holds now,
    because somebody else reworded it or (with no name) because the facts have changed.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    if kind in SectionKind.written:
        raise DomainError(_("Avsnittet skrivs direkt och behöver ingen omformulering"))
    if kind in SectionKind.tables:
        raise DomainError(
            _("Voteringslistan görs av rösterna och formuleras inte om"),
            law="KL 5 kap. 67 §",
            instead=_("Ångra omröstningen och anteckna den på nytt om en röst är fel."),
        )
    rewording = Rewording.objects.select_related("by").filter(paragraph=paragraph, kind=kind).first()
    current = rewording.html if rewording else made_html
    if version is not None and version != wording_version(current):
        raise StaleText(clean(current), wording_version(current), rewording.by.name if rewording else "")
    if is_empty(html):
        raise DomainError(
            _("Texten är tom"), instead=_("Återställ den till den automatiska lydelsen."), field="html"
        )
    cleaned = clean(html)
    refuse_identity_numbers(plain(cleaned), "html")
    rewording = rewording or Rewording(paragraph=paragraph, kind=kind)
    rewording.html, rewording.made_html = cleaned, made_html
    rewording.by, rewording.at = by, timezone.now()
    rewording.full_clean(exclude=["paragraph", "by"], validate_constraints=False)
    rewording.save()
    return rewording


def wording_version(html: str) -> int:
    """A number that tells one wording of a section from another."""
    return zlib.crc32(html.encode())


@transaction.atomic
def restore_wording(paragraph: Paragraph, *, by: User, kind: SectionKind) -> None:
    """Go back to the wording made from the facts."""
    paragraph = edit_paragraph(paragraph, by=by)
    paragraph.rewordings.filter(kind=kind).delete()


@transaction.atomic
def set_recipients(
    paragraph: Paragraph,
    *,
    by: User,
    recipients: Sequence[tuple[str, str]],
    seen: Sequence[tuple[str, str]] | None = None,
) -> None:
    """Set who the extract goes to, in order: (name, remark).

    `seen` are the rows that the writer read; Conflict is raised where others stand there now.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    were = list(paragraph.recipients.all())
    refuse_unseen(seen, [(row.name, row.remark) for row in were], shown=[str(row) for row in were])
    paragraph.recipients.all().delete()
    for position, (name, remark) in enumerate(recipients, start=1):
        refuse_identity_numbers(f"{name} {remark}", "recipients")
        row = Recipient(paragraph=paragraph, name=name.strip(), remark=remark.strip(), position=position)
        row.full_clean(exclude=["paragraph"])
        row.save()


def refuse_unseen(
    seen: Sequence[tuple[str, ...]] | None, current: Sequence[tuple[str, ...]], *, shown: Sequence[str]
) -> None:
    """Raise Conflict where other rows stand there than those that the writer read; `shown` says which."""
    if seen is not None and list(seen) != list(current):
        raise Conflict(
            _("Någon annan har ändrat raderna till: %(rows)s")
            % {"rows": "; ".join(shown) or _("inga rader")},
            instead=_("Dina rader är inte sparade. Spara igen om dina ska gälla."),
        )
