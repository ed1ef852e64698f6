"""The lines under Bilagor: what the § was decided on, and which of it goes along with the extract."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Document, User
from protocols.actions.locking import edit_paragraph
from protocols.actions.texts import refuse_unseen
from protocols.enums import Following
from protocols.extracts.appendices import MOST_BYTES, MOST_PAGES
from protocols.extracts.enclosures import open_enclosures
from protocols.models import Appendix, Paragraph
from protocols.queries.appendices import documents_to_append
from protocols.summons import Paper


@dataclass(frozen=True)
class AppendixLine:
    """A line; one that follows has its document."""

    title: str
    document: Document | None = None
    following: Following = Following.NAMED

    @property
    def row(self) -> tuple[str, str, str]:
        """As a form reads it: title, the document's id, how it follows."""
        return self.title, str(self.document.pk) if self.document else "", self.following.value


def line_of(appendix: Appendix) -> AppendixLine:
    """The stored line."""
    return AppendixLine(appendix.title, appendix.document, Following(appendix.following))


@transaction.atomic
def set_appendices(
    paragraph: Paragraph,
    *,
    by: User,
    lines: Sequence[AppendixLine],
    seen: Sequence[tuple[str, ...]] | None = None,
) -> None:
    """Set the lines under Bilagor, in order.

    `seen` are the rows that the writer read; Conflict is raised where others stand there now, DomainError for
    a document of another case, a secret one, and one that cannot follow as it was chosen to.
    """
    paragraph = edit_paragraph(paragraph, by=by)
    were = [line_of(row) for row in paragraph.appendices.select_related("document")]
    refuse_unseen(seen, [line.row for line in were], shown=[line.title for line in were])
    _refuse_foreign(paragraph, lines)
    _refuse_unfit([line for line in lines if line.following != Following.NAMED], were)
    paragraph.appendices.all().delete()
    for position, line in enumerate(lines, start=1):
        refuse_identity_numbers(line.title, "appendices")
        row = Appendix(
            paragraph=paragraph,
            title=line.title.strip(),
            document=line.document,
            following=line.following,
            position=position,
        )
        row.full_clean(exclude=["paragraph", "document"])
        row.save()


def _refuse_foreign(paragraph: Paragraph, lines: Sequence[AppendixLine]) -> None:
    chosen = {line.document.pk for line in lines if line.document}
    if chosen - set(documents_to_append(paragraph).values_list("pk", flat=True)):
        raise DomainError(
            _("Bara offentliga handlingar i ärendet kan följa med utdraget"),
            law="OSL 5 kap. 5 §",
            instead=_("Välj en av handlingarna i listan, eller skriv bara vad bilagan heter."),
        )


def _refuse_unfit(lines: Sequence[AppendixLine], were: Sequence[AppendixLine]) -> None:
    """Raise DomainError for what has no document, and for what was not tried before and cannot follow."""
    for line in lines:
        if line.document is None:
            raise DomainError(
                _("Raden ”%(title)s” har ingen handling som kan följa med") % {"title": line.title},
                instead=_("Välj handlingen, eller låt bilagan bara nämnas."),
            )
    if sum(line.document.size for line in lines if line.document) > MOST_BYTES:
        raise DomainError(
            _("Bilagorna är tillsammans större än %(limit)s MB; utdraget går med e-post till alla mottagare")
            % {"limit": MOST_BYTES // 1024 // 1024},
            instead=_("Låt någon av dem bara nämnas. Handlingen finns på ärendets sida."),
        )
    if set(lines) - set(were):
        _refuse_unreadable(lines)


def _refuse_unreadable(lines: Sequence[AppendixLine]) -> None:
    pages = 0
    with ExitStack() as stack:
        papers = [
            Paper(number, line.title, line.document.file)
            for number, line in enumerate(lines)
            if line.document
        ]
        for line, enclosure in zip(lines, open_enclosures(papers, stack), strict=True):
            if enclosure.problem:
                raise DomainError(
                    _("Handlingen ”%(title)s” %(problem)s och kan inte följa med utdraget")
                    % {"title": line.title, "problem": enclosure.problem},
                    instead=_(
                        "Lägg in en hel och olåst PDF i ärendet och välj den, eller låt bilagan bara nämnas."
                    ),
                )
            pages += len(enclosure.pages) if line.following == Following.PAGES else 0
    if pages > MOST_PAGES:
        raise DomainError(
            _("Bilagorna som följer som sidor har %(pages)s sidor; högst %(most)s får plats i utdraget")
            % {"pages": pages, "most": MOST_PAGES},
            instead=_("Låt den längsta följa som fil i stället, eller bara nämnas."),
        )
