"""The forms of a paragraph's texts: its heading, its rows, what is written and what is reworded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
from protocols.actions.texts import reword, save_section, set_appendices, set_recipients, wording_version
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


# --- Rows --------------------------------------------------------------------------------------------------


class AppendixForm(forms.Form):
    """One line under Bilagor; a blank one is none."""

    title = forms.CharField(label=_("Bilaga"), max_length=300, required=False)

    @property
    def row(self) -> tuple[str, ...]:
        """What the line holds; ('',) for a blank one."""
        return (self.cleaned_data.get("title", ""),)


class RecipientForm(forms.Form):
    """One recipient of the extract; a blank one is none."""

    name = forms.CharField(label=_("Mottagare"), max_length=200, required=False)
    remark = forms.CharField(label=_("Anmärkning"), max_length=200, required=False)

    @property
    def row(self) -> tuple[str, ...]:
        """The recipient's name and remark; ('', '') for a blank one."""
        return (self.cleaned_data.get("name", ""), self.cleaned_data.get("remark", ""))

    def clean(self) -> dict[str, Any]:
        """A remark belongs to somebody."""
        if self.cleaned_data.get("remark") and not self.cleaned_data.get("name"):
            self.add_error("name", _t("Skriv vem protokollsutdraget ska skickas till."))
        return self.cleaned_data


_ROW_FORMS: dict[str, type[AppendixForm | RecipientForm]] = {
    "appendices": AppendixForm,
    "recipients": RecipientForm,
}


class PlaceInput(forms.NumberInput):
    """The place of a row among the others."""

    def __init__(self) -> None:
        super().__init__({"data-position": True, "class": "is-short"})


class RowFormSet(forms.BaseFormSet[Any]):
    """Rows with their places: the script numbers them, without it one writes the number."""

    ordering_widget = PlaceInput


class ReadForm(forms.Form):
    """The rows as they were read."""

    read = forms.JSONField(required=False, widget=forms.HiddenInput)


class Rows:
    """The lines under one heading, in an order that people choose: `name` is "appendices" or "recipients"."""

    MOST = 100

    def __init__(
        self, paragraph: Paragraph, name: str, *, label: str, data: Mapping[str, Any] | None = None
    ) -> None:
        self.paragraph, self.name, self.label = paragraph, name, label
        form = _ROW_FORMS[name]
        formset = forms.formset_factory(
            form,
            formset=RowFormSet,
            extra=0 if data else 1,
            can_order=True,
            can_delete=True,
            max_num=self.MOST,
            absolute_max=self.MOST + 50,
            validate_max=True,
        )
        stored = _stored_rows(paragraph, name)
        fields = list(form.base_fields)
        initial = None if data else [dict(zip(fields, row, strict=True)) for row in stored]
        self.formset = formset(data, prefix=name, initial=initial)
        self.read = ReadForm(data, prefix=f"{name}-seen", initial={"read": stored})
        self.refusal: DomainError | None = None

    @property
    def url(self) -> str:
        return reverse("protocols:texts_rows", args=[self.paragraph.pk, self.name])

    @property
    def errors(self) -> list[str]:
        """What is wrong, row by row, for whoever hears it under the rows."""
        rows = [errors for form in self.formset.forms for errors in form.errors.values()]
        return [str(message) for errors in [*rows, self.formset.non_form_errors()] for message in errors]

    @property
    def status(self) -> HTTPStatus:
        return answer_status(self.refusal, has_errors=bool(self.errors))

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The lines as they were typed, in their order; blank and removed ones are none."""
        return [form.row for form in self.formset.ordered_forms if form.row[0]]

    def save(self, *, by: User) -> Rows:
        """Store the lines if they were changed; returns what to show."""
        if not (self.formset.is_valid() and self.read.is_valid()):
            return self
        seen = [tuple(map(str, row)) for row in self.read.cleaned_data["read"] or [] if isinstance(row, list)]
        wanted = [tuple(part.strip() for part in row) for row in self.rows]
        if wanted == seen:
            return self._fresh()
        try:
            self._write(wanted, seen, by=by)
        except Conflict as error:
            self.refusal, self.read = error, self._fresh().read  # what was typed stays; saved again it holds
            return self
        except DomainError as error:
            self.refusal = error
            return self
        return self._fresh()

    def _write(self, wanted: Sequence[tuple[str, ...]], seen: Sequence[tuple[str, ...]], *, by: User) -> None:
        if self.name == "appendices":
            titles = [row[0] for row in wanted]
            set_appendices(self.paragraph, by=by, titles=titles, seen=[row[0] for row in seen])
        else:
            pairs = [(row[0], row[1]) for row in wanted]
            were = [_pair(row) or ("", "") for row in seen]
            set_recipients(self.paragraph, by=by, recipients=pairs, seen=were)

    def _fresh(self) -> Rows:
        return Rows(_again(self.paragraph), self.name, label=self.label)


def _stored_rows(paragraph: Paragraph, name: str) -> list[tuple[str, ...]]:
    if name == "appendices":
        return [(row.title,) for row in paragraph.appendices.all()]
    return [(row.name, row.remark) for row in paragraph.recipients.all()]


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
