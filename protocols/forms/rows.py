"""The forms of lines that people put in an order: appendices and recipients of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.errors import Conflict, DomainError
from motions.forms.writing import answer_status
from motions.models import Document, User
from protocols.actions.appendices import AppendixLine, line_of, set_appendices
from protocols.actions.texts import set_recipients
from protocols.enums import Following
from protocols.models import Paragraph
from protocols.queries.appendices import documents_to_append


class AppendixForm(forms.Form):
    """One line under Bilagor; a blank one is none."""

    title = forms.CharField(label=_("Bilaga"), max_length=300, required=False)
    document = forms.ModelChoiceField(
        Document.objects.none(), label=_("Handling"), required=False, empty_label=_("Ingen fil")
    )
    following = forms.ChoiceField(label=_("I utdraget"), choices=Following.choices, required=False)

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined] # a ModelChoiceField

    @property
    def line(self) -> AppendixLine:
        """What the line holds; without a title for a blank one."""
        document: Document | None = self.cleaned_data.get("document")
        title = self.cleaned_data.get("title", "").strip() or (document.title if document else "")
        return AppendixLine(title, document, Following(self.cleaned_data.get("following") or Following.NAMED))

    @property
    def row(self) -> tuple[str, ...]:
        """Title, the document's id, how it follows."""
        return self.line.row

    def clean(self) -> dict[str, Any]:
        """What follows is a document."""
        is_named = self.cleaned_data.get("following") in {"", None, Following.NAMED}
        if not is_named and not self.cleaned_data.get("document") and "document" not in self.errors:
            self.add_error("document", _t("Välj vilken handling som ska följa med."))
        return self.cleaned_data


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
        about = {"documents": documents_to_append(paragraph)} if form is AppendixForm else {}
        initial = None if data else [dict(zip(fields, row, strict=True)) for row in stored]
        self.formset = formset(data, prefix=name, initial=initial, form_kwargs=about)
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
            lines = [form.line for form in self.formset.ordered_forms if form.line.title]
            set_appendices(self.paragraph, by=by, lines=lines, seen=seen)
        else:
            pairs = [(row[0], row[1]) for row in wanted]
            were = [(row[0], row[1]) if len(row) == 2 else ("", "") for row in seen]
            set_recipients(self.paragraph, by=by, recipients=pairs, seen=were)

    def _fresh(self) -> Rows:
        paragraph = Paragraph.objects.select_related("meeting", "body").get(pk=self.paragraph.pk)
        return Rows(paragraph, self.name, label=self.label)


def _stored_rows(paragraph: Paragraph, name: str) -> list[tuple[str, ...]]:
    if name == "appendices":
        return [line_of(row).row for row in paragraph.appendices.all()]
    return [(row.name, row.remark) for row in paragraph.recipients.all()]
