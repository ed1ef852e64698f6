"""A written section that is saved while it is being written, and what happens when two write the same one.

Drafts of motions and sections of paragraphs use it alike: the form knows the text as stored, tries to save
through the app's own action, and holds what came of it. templates/components/writing.html shows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any, Protocol

from django import forms
from django.db.models import TextChoices
from django.forms import Media
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.actions.writing import StaleText
from motions.differences import both, mark_differences
from motions.errors import Conflict, DomainError
from motions.forms.richtext import RichTextWidget, rich_text_field
from motions.models import User

#: What a person chooses where somebody else saved first; MINE and BOTH name the version compared with.
MINE, THEIRS, BOTH = "mine", "theirs", "both"


class StoredText(Protocol):
    """What holds one section: `version` tells its saves apart; `updated_at` None: nobody has written it."""

    @property
    def html(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def updated_by(self) -> User | None: ...
    @property
    def updated_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class SavedText:
    """A text that somebody else has stored, word for word the one that was typed here."""

    html: str
    version: int
    updated_by: User | None = None
    updated_at: datetime | None = field(default_factory=timezone.now)


@dataclass(frozen=True)
class TextConflict:
    """Two texts for the same section: what was typed, and what somebody else saved meanwhile as `version`."""

    mine: str
    theirs: str
    version: int
    saved_by: str

    @cached_property
    def marked(self) -> tuple[str, str]:
        """Both as HTML, mine first, with the words that differ inside <mark>."""
        theirs, mine = mark_differences(self.theirs, self.mine)
        return mine, theirs

    @property
    def mine_marked(self) -> str:
        return self.marked[0]

    @property
    def theirs_marked(self) -> str:
        return self.marked[1]


class SectionForm(forms.Form):
    """One section: its text, the version that was read, and the print of the text that was read."""

    html = rich_text_field(label="")
    version = forms.IntegerField(min_value=0, max_value=2**32 - 1, widget=forms.HiddenInput)
    read = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    choice = forms.RegexField(rf"^({THEIRS}|({MINE}|{BOTH}):\d{{1,10}})$", required=False)

    def __init__(
        self,
        kind: TextChoices,
        stored: StoredText,
        data: Mapping[str, Any] | None = None,
        *,
        url: str,
        label: str,
        note: str = "",
        max_length: int = 200_000,
    ) -> None:
        """`note` stands where the time of the last save would, as long as nobody has saved here."""
        initial = {"html": stored.html, "version": stored.version, "read": text_print(stored.html)}
        super().__init__(data, prefix=kind.value, initial=initial)
        self.kind, self.stored, self.url, self.label = kind, stored, url, label
        self.note, self.max_length = note or _("Inget skrivet än"), max_length
        self.fields["html"] = rich_text_field(label=label, max_length=max_length)
        self.conflict: TextConflict | None = None
        self.refusal: DomainError | None = None
        #: Nothing of this form is stored yet, though nothing is wrong: both texts stand in the editor.
        self.is_unsaved = False

    @property
    def status(self) -> HTTPStatus:
        if self.conflict:
            return HTTPStatus.CONFLICT
        return answer_status(self.refusal, has_errors=bool(self.errors))

    @property
    def parameters(self) -> str:
        """The names that belong to this section, for hx-params."""
        return ",".join(self.add_prefix(name) for name in self.fields)

    @property
    def was_typed(self) -> bool:
        """Whether the text is another than the one that was read; one only looked at saves nothing."""
        html: str = self.cleaned_data["html"]
        return bool(html != self.stored.html and text_print(html) != self.cleaned_data["read"])

    def save(self, write: Callable[[str, int], StoredText]) -> SectionForm:
        """Store the text through `write(html, version)`.

        Returns the form to show: a fresh one where the text is stored, else this one with its errors, its
        `refusal` or its `conflict`.
        """
        if not self.is_valid():
            return self
        choice, _colon, version = self.cleaned_data["choice"].partition(":")
        if choice == BOTH:
            return self._with_both(int(version))
        if choice == THEIRS or not self.was_typed:
            return self._fresh(self.stored)
        try:
            seen = int(version) if choice == MINE else self.cleaned_data["version"]
            return self._fresh(write(self.cleaned_data["html"], seen))
        except StaleText as error:
            return self._stale(error)
        except DomainError as error:
            self.refusal = error
            return self

    def _stale(self, error: StaleText) -> SectionForm:
        html = self.cleaned_data["html"]
        if html == error.current_html:
            return self._fresh(SavedText(error.current_html, error.current_version))
        self.conflict = TextConflict(html, error.current_html, error.current_version, error.saved_by)
        return self

    def _with_both(self, version: int) -> SectionForm:
        form = self._fresh(self.stored)
        form.initial = {
            **form.initial,
            "html": both(self.cleaned_data["html"], self.stored.html),
            "version": version,
        }
        form.is_unsaved = True
        return form

    def _fresh(self, stored: StoredText) -> SectionForm:
        return SectionForm(
            self.kind,
            stored,
            url=self.url,
            label=self.label,
            note=self.note,
            max_length=self.max_length,
        )


def editor_media() -> Media:
    """The editor's scripts and styles, for pages that hold section forms."""
    return RichTextWidget().media


def answer_status(refusal: DomainError | None, *, has_errors: bool) -> HTTPStatus:
    """200 where all is stored, 409 where somebody else was faster, 422 where something must be mended."""
    if isinstance(refusal, Conflict):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if refusal or has_errors else HTTPStatus.OK


def worst_status(statuses: Iterable[HTTPStatus]) -> HTTPStatus:
    """The status of a page with many forms: 409 before 422 before 200."""
    found = set(statuses)
    return HTTPStatus.CONFLICT if HTTPStatus.CONFLICT in found else max(found, default=HTTPStatus.OK)


def text_print(html: str) -> str:
    """A short print of a text, to tell whether it is still the one that was read."""
    return hashlib.sha256(html.encode()).hexdigest()[:32]
