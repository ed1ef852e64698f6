"""Planning a meeting, and changing when and where it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.models import Body
from protocols.models import Meeting

#: No meeting is planned longer ahead than this: a mistyped year is not the beginning of a new term of office.
MOST_DAYS_AHEAD = 3 * 366


def time_field() -> forms.TimeField:
    """When the meeting begins."""
    return forms.TimeField(label=_("Klockan"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class PlanForm(forms.Form):
    """A new meeting: which body, when and where."""

    body = forms.ModelChoiceField(
        Body.objects.all(),
        label=_("Organ"),
        empty_label=_("Välj organ"),
        widget=forms.Select({"class": "is-medium"}),
    )
    held_on = forms.DateField(
        label=_("Dag"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts_at = time_field()
    place = forms.CharField(label=_("Plats"), max_length=200)

    def clean_held_on(self) -> date:
        """Refuse a day so far away that the year must be a slip."""
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate() + timedelta(days=MOST_DAYS_AHEAD):
            raise forms.ValidationError(_t("Dagen ligger mer än tre år fram. Kontrollera året."))
        return day


class SummonsForm(forms.Form):
    """As much of a plan as tells the last day for summons, the body's own rule: read while somebody types."""

    body = forms.ModelChoiceField(Body.objects.all())
    held_on = forms.DateField()


class ChangeForm(forms.Form):
    """Time and place of a planned or open meeting; the day and the body make another meeting."""

    starts_at = time_field()
    place = forms.CharField(label=_("Plats"), max_length=200)


class CancelForm(forms.Form):
    """Why a planned meeting is not held, and which meeting takes its items over."""

    because = forms.CharField(
        label=_("Orsak"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Står i brevet till ledamöter och ersättare och på sammanträdets sida."),
    )
    move_to = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("Ärendena flyttas till"),
        required=False,
        empty_label=_("nästa sammanträde som planeras"),
        widget=forms.Select({"class": "is-medium"}),
    )

    def __init__(self, *args: Any, others: QuerySet[Meeting], **kwargs: Any) -> None:
        """`others`: the body's other planned meetings."""
        super().__init__(*args, **kwargs)
        choice = self.fields["move_to"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = others
