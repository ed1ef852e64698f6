"""Giving an assignment while the § is dealt with, choosing in the register, and reporting back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.forms.fields import DayField
from motions.models import Body
from protocols.models import Assignment, Paragraph
from protocols.queries.assignments import RegisterList, offered_paragraphs


class AssignmentForm(forms.Form):
    """To whom, what and when: a body by its name or abbreviation, anybody else as typed."""

    addressee = forms.CharField(
        label=_("Till"),
        max_length=100,
        help_text=_("Ett organ (t.ex. RS) eller t.ex. regiondirektören."),
        widget=forms.TextInput({"list": "assignment-bodies", "autocomplete": "off", "class": "is-medium"}),
    )
    task = forms.CharField(label=_("Uppdrag att …"), max_length=2_000, widget=forms.Textarea({"rows": 2}))
    due_on = forms.DateField(
        label=_("Senast"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="assignment")
        self.bodies = list(Body.objects.all())

    @property
    def given(self) -> dict[str, Any]:
        """What `give_assignment` takes: the body where its name was typed, else the addressee."""
        typed = self.cleaned_data["addressee"].strip()
        known = (b for b in self.bodies if typed.lower() in _names(b))
        body = next(known, None)
        return {**self.cleaned_data, "body": body, "addressee": "" if body else typed}


class RegisterForm(forms.Form):
    """Which assignments: a list and, if wanted, one body. What is not known falls back to the first list."""

    lista = forms.ChoiceField(choices=RegisterList.choices, required=False, widget=forms.HiddenInput)
    organ = forms.ModelChoiceField(
        Body.objects.all(), label=_("Organ"), required=False, empty_label=_("Alla mottagare")
    )

    @property
    def standing(self) -> RegisterList:
        return RegisterList(self.cleaned_data.get("lista") or RegisterList.OPEN)

    @property
    def body(self) -> Body | None:
        body: Body | None = self.cleaned_data.get("organ")
        return body


class _LabelledParagraph(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, obj: Paragraph) -> str:
        """A § as one looks for it."""
        return f"{obj.body.abbreviation} {obj.meeting.held_on.isoformat()} {obj.label} {obj.title}"


class ReportForm(forms.Form):
    """That the assignment was reported back: when, how, and in which § if it was in one."""

    happened_on = DayField(label=_("Dag"), initial=timezone.localdate)
    paragraph = _LabelledParagraph(
        Paragraph.objects.none(),
        label=_("Återrapporterat i"),
        required=False,
        empty_label=_("Inte i en paragraf"),
        help_text=_("Väljs en paragraf gäller dess sammanträdesdag."),
    )
    note = forms.CharField(
        label=_("Anteckning"),
        max_length=2_000,
        help_text=_("Hur uppdraget redovisades. Läses av tjänstepersoner."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, assignment: Assignment, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["paragraph"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offered_paragraphs(assignment)


class WrongReportForm(forms.Form):
    """That the latest report was wrong, and why."""

    note = forms.CharField(
        label=_("Varför stämmer inte återrapporteringen?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, assignment: Assignment, data: Any = None) -> None:
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """The day of an undoing is today."""
        today: date = timezone.localdate()
        return {**(super().clean() or self.cleaned_data), "happened_on": today}


def _names(body: Body) -> set[str]:
    return {body.name.lower(), body.inline_name.lower(), body.abbreviation.lower()}
