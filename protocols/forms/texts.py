"""The forms of a paragraph's texts: its heading, what is written and what is reworded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from config.forms import add_refusal
from motions.differences import mark_differences
from motions.enums import WrittenSection
from motions.errors import Conflict, DomainError
from motions.forms.writing import SectionForm, answer_status
from motions.models import User
from motions.texts import clean
from protocols.actions.agenda import retitle
from protocols.actions.texts import reword, save_section, wording_version
from protocols.enums import SectionKind
from protocols.models import Paragraph, Rewording, Section

# --- Heading -----------------------------------------------------------------------------------------------


class TitleForm(forms.Form):
    """The item's heading and registry number, and both as they were read."""

    title = forms.CharField(label=_("Rubrik"), max_length=300)
    registry_number = forms.CharField(
        label=_("Diarienummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "is-medium"}),
    )
    read = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, paragraph: Paragraph, data: Mapping[str, Any] | None = None) -> None:
        seen = [paragraph.title, paragraph.registry_number]
        initial = {"title": seen[0], "registry_number": seen[1], "read": seen}
        super().__init__(data, prefix="heading", initial=initial)
        self.paragraph = paragraph
        self.refusal: DomainError | None = None

    @property
    def status(self) -> HTTPStatus:
        return answer_status(self.refusal, has_errors=bool(self.errors))

    def save(self, *, by: User) -> TitleForm:
        """Store what was changed; returns the form to show."""
        if not self.is_valid():
            return self
        wanted = (self.cleaned_data["title"].strip(), self.cleaned_data["registry_number"].strip())
        read = _pair(self.cleaned_data["read"])
        if wanted == read:
            return TitleForm(_again(self.paragraph))
        try:
            title, number = wanted
            retitle(self.paragraph, by=by, title=title, registry_number=number, seen=read)
        except Conflict as error:
            now = _again(self.paragraph)
            current = json.dumps([now.title, now.registry_number])
            typed = {"heading-title": wanted[0], "heading-registry_number": wanted[1]}
            form = TitleForm(now, {**typed, "heading-read": current})
            form.refusal = error
            return form
        except DomainError as error:
            self.refusal = add_refusal(self, error)
            return self
        return TitleForm(_again(self.paragraph))


# --- Sections ----------------------------------------------------------------------------------------------


@dataclass
class StoredWording:
    """A made section as it stands in the minutes: made from the facts, or reworded by somebody."""

    kind: SectionKind
    made: str
    rewording: Rewording | None = None

    @property
    def html(self) -> str:
        return clean(self.rewording.html if self.rewording else self.made)

    @property
    def version(self) -> int:
        return wording_version(self.rewording.html if self.rewording else self.made)

    @property
    def updated_by(self) -> User | None:
        return self.rewording.by if self.rewording else None

    @property
    def updated_at(self) -> datetime | None:
        return self.rewording.at if self.rewording else None

    @property
    def is_outdated(self) -> bool:
        """Whether the facts changed after the section was reworded."""
        return self.rewording is not None and self.rewording.made_html != self.made

    @property
    def differences(self) -> tuple[str, str]:
        """The wording made from the facts and the one that stands, with the words that differ marked."""
        return mark_differences(clean(self.made), self.html)

    @property
    def made_marked(self) -> str:
        return self.differences[0]

    @property
    def own_marked(self) -> str:
        return self.differences[1]

    @property
    def outdated_marked(self) -> str:
        """The wording made now, with what was not in it when the section was reworded marked."""
        old = self.rewording.made_html if self.rewording else self.made
        return mark_differences(clean(old), clean(self.made))[1]


def written_form(
    paragraph: Paragraph, kind: WrittenSection, *, label: str = "", data: Mapping[str, Any] | None = None
) -> SectionForm:
    """The form of a written section; bound only where the section is in the data."""
    rows = {row.kind: row for row in paragraph.sections.all()}
    stored = rows.get(kind) or Section(paragraph=paragraph, kind=kind)
    return SectionForm(
        kind,
        stored,
        _posted(kind, data),
        url=reverse("protocols:texts_section", args=[paragraph.pk, kind.value]),
        label=label or str(kind.label),
        note=_t("Hämtat från beredningen") if stored.html else "",
    )


def save_written(form: SectionForm, paragraph: Paragraph, *, by: User) -> SectionForm:
    """Store a written section; see SectionForm.save."""
    if not form.is_bound:
        return form
    kind = WrittenSection(form.kind)
    return form.save(
        lambda html, version: save_section(paragraph, by=by, kind=kind, html=html, version=version)
    )


def wording_form(
    paragraph: Paragraph, stored: StoredWording, *, label: str, data: Mapping[str, Any] | None = None
) -> SectionForm:
    """The form in which a made section is reworded; whoever opens it begins to write at once."""
    form = SectionForm(
        stored.kind,
        stored,
        _posted(stored.kind, data),
        url=reverse("protocols:texts_wording", args=[paragraph.pk, stored.kind.value]),
        label=label,
        note=_t("Som den automatiska lydelsen"),
        max_length=50_000,
    )
    form.fields["html"].widget.attrs["autofocus"] = not form.is_bound
    return form


def save_wording(form: SectionForm, paragraph: Paragraph, stored: StoredWording, *, by: User) -> SectionForm:
    """Store a rewording; what the facts gave when it was first reworded stays the text to compare with."""
    if not form.is_bound:
        return form

    def write(html: str, version: int) -> StoredWording:
        made = stored.rewording.made_html if stored.rewording else stored.made
        row = reword(paragraph, by=by, kind=stored.kind, html=html, made_html=made, version=version)
        return StoredWording(stored.kind, stored.made, row)

    return form.save(write)


def _posted(kind: TextChoices, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return data if data is not None and f"{kind}-version" in data else None


def _pair(read: object) -> tuple[str, str] | None:
    if isinstance(read, list | tuple) and len(read) == 2:
        return str(read[0]), str(read[1])
    return None


def _again(paragraph: Paragraph) -> Paragraph:
    return Paragraph.objects.select_related("meeting", "body").get(pk=paragraph.pk)
