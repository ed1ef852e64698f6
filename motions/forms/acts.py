"""The small forms of single acts: a day, a number, a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import add_refusal
from motions.enums import DocumentKind
from motions.errors import DomainError
from motions.forms.fields import DayField, ids, line_field, whole_pdf
from motions.models import Motion


class ActForm(forms.Form):
    """What an act asks for; `refusal` is what the rules refused and no field is to blame for."""

    def __init__(self, motion: Motion | None = None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.refusal: DomainError | None = None
        if motion and isinstance(field := self.fields.get("on"), DayField):
            field.earliest = motion.handed_in_on
            field.widget.attrs["min"] = field.earliest.isoformat()

    def refuse(self, error: DomainError) -> None:
        """Put what the action refused beside its field, else where the page shows `refusal`."""
        self.refusal = add_refusal(self, error)


class DayForm(ActForm):
    """The day on which something was done: today, unless another is given."""

    on = DayField(label=_("Dag"), initial=timezone.localdate)


class ClosingForm(DayForm):
    """The day and the reason why a case is closed by hand."""

    reason = line_field(
        label=_("Skäl"),
        max_length=300,
        help_text=_("Visas på motionens sida, t.ex. Utdraget lämnades över vid sammanträdet."),
    )


class SureForm(DayForm):
    """The day of an act that cannot be undone."""

    is_sure = forms.BooleanField(
        label=_("Ja, alla motionärer har återtagit motionen"),
        error_messages={"required": _("Kryssa i rutan för att bekräfta.")},
    )


class NumberForm(ActForm):
    """The numbers are given by the system, unless the case has a registry number already."""

    registry_number = line_field(
        label=_("Diarienummer"),
        max_length=40,
        required=False,
        help_text=_("Bara om ärendet redan har ett; annars ges nästa nummer."),
        widget=forms.TextInput({"class": "is-short"}),
    )


class DocumentForm(ActForm):
    """A PDF for the case."""

    kind = forms.ChoiceField(label=_("Slag"), choices=DocumentKind.choices, initial=DocumentKind.OTHER)
    title = line_field(label=_("Rubrik"), max_length=200, help_text=_("T.ex. Yttrande från patientnämnden."))
    file = forms.FileField(
        label=_("Fil (PDF)"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Välj en PDF.")},
    )
    received_on = DayField(label=_("Inkom"), initial=timezone.localdate)
    is_secret = forms.BooleanField(
        label=_("Sekretess"),
        required=False,
        help_text=_("Visas aldrig för allmänheten (OSL 5 kap. 5 §)."),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Raise ValidationError for what is no PDF."""
        return whole_pdf(self.cleaned_data["file"])

    @property
    def lost_file(self) -> bool:
        """Whether a file had been chosen; a browser does not send it along with the form shown again."""
        return "file" in self.files


class RemitManyForm(ActForm):
    """Several registered motions, and the day they are sent to the board."""

    on = DayField(label=_("Remissdag"), initial=timezone.localdate)
    motions = forms.MultipleChoiceField(
        label=_("Motioner"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en motion.")},
    )

    def __init__(self, offered: Sequence[Motion], *args: Any, **options: Any) -> None:
        super().__init__(None, *args, **options)
        self.offered = {motion.pk: motion for motion in offered}
        field = self.fields["motions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(motion.pk), str(motion)) for motion in offered]

    def clean_motions(self) -> list[Motion]:
        """The chosen motions."""
        return [self.offered[pk] for pk in ids(self.cleaned_data["motions"])]
