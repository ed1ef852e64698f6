"""The forms in which a motion is registered and corrected, its att-satser as rows within them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from config.forms import add_refusal
from motions.actions.registration import check_movers, corrections
from motions.errors import DomainError
from motions.forms.clauses import PREFIX, clause_rows, is_row_button, typed_rows
from motions.forms.fields import (
    DayField,
    PeopleField,
    PeopleSelect,
    ids,
    line_field,
    no_identity_number,
    whole_pdf,
)
from motions.forms.richtext import rich_text_field
from motions.models import Motion, Person
from motions.queries.duplicates import Duplicate, probable_duplicates
from motions.queries.people import entitled_movers, named

MOST_TEXT = 100_000

Files = MultiValueDict[str, UploadedFile[bytes]]


class MotionForm(forms.Form):
    """Movers, title, text and att-satser. `rows` are the att-satser; `refusal` is what the rules refused."""

    #: As on the page, so that the list of errors reads from its top.
    field_order = ("handed_in_on", "movers", "title", "is_another", "text", "signed_motion")

    movers = PeopleField(
        label=_("Motionärer"),
        help_text=_("Skriv några bokstäver av namnet. Partiet är det som gällde inlämningsdagen."),
        error_messages={
            "required": _("Ange minst en motionär: en motion väcks av en ledamot (KL 5 kap. 22 §).")
        },
    )
    title = line_field(
        label=_("Rubrik"), max_length=250, help_text=_("Som på motionen, utan ordet ”motion”.")
    )
    text = rich_text_field(label=_("Motionens text"), max_length=MOST_TEXT, rows=10)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Files | None = None,
        *,
        initial: dict[str, Any] | None = None,
        clauses: Sequence[str] = (),
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.rows = clause_rows(data, texts=clauses)
        self.refusal: DomainError | None = None
        self.fields["movers"].widget = PeopleSelect(
            {
                "data-combobox": True,
                "data-url": reverse_lazy("motions:people_search"),
                "data-include": "#id_handed_in_on",
                "autofocus": not self.is_bound,
            }
        )
        self._offer_movers()

    @property
    def day(self) -> date:
        """The day whose members may be movers: each form knows another one."""
        raise NotImplementedError

    @classmethod
    def typed(cls, data: QueryDict, **options: Any) -> MotionForm | None:
        """The form as typed, unchecked, after a button that only changes it; None for one that saves."""
        if not is_row_button(data) and "refresh" not in data:
            return None
        kept = {name: data.get(name, "") for name in cls.base_fields if name != "movers"}
        return cls(initial=kept | {"movers": data.getlist("movers")}, clauses=typed_rows(data), **options)

    @property
    def chosen(self) -> list[int]:
        """The ids of the movers as typed or given."""
        values = self["movers"].value() or []
        return ids(values)

    @property
    def clauses(self) -> list[str]:
        """The att-satser as written, in order."""
        return self.rows.texts

    def is_valid(self) -> bool:
        """Whether the form and all its rows are fit to be saved."""
        is_fit = super().is_valid()
        return self.rows.is_valid() and is_fit

    def clean_text(self) -> str:
        """Raise ValidationError for personal identity numbers."""
        html: str = self.cleaned_data["text"]
        no_identity_number(html)
        return html

    def clean(self) -> dict[str, Any]:
        """Check the movers' right as of the day."""
        cleaned = super().clean() or self.cleaned_data
        movers: list[Person] | None = cleaned.get("movers")
        if movers and not self.errors.get("handed_in_on"):
            try:
                check_movers(movers, self.day)
            except DomainError as error:
                self.add_error("movers", str(error))
        return cleaned

    def refuse(self, error: DomainError) -> None:
        """Put what an action refused beside its field, else where the page shows `refusal`."""
        if error.field == PREFIX:
            self.rows.non_form_errors().append(str(error))
            return
        self.refusal = add_refusal(self, error)

    def _offer_movers(self) -> None:
        field = self.fields["movers"]
        assert isinstance(field, PeopleField)
        field.offer(named(self.chosen, self.day).values(), entitled_movers(self.day))


class RegisterForm(MotionForm):
    """A motion that has come in."""

    handed_in_on = DayField(label=_("Inlämnad"))
    registry_number = line_field(
        label=_("Diarienummer"),
        max_length=40,
        required=False,
        help_text=_("Bara om ärendet redan har ett; annars ges nästa nummer."),
        widget=forms.TextInput({"class": "is-short"}),
    )
    signed_motion = forms.FileField(
        label=_("Undertecknad motion (PDF)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "application/pdf,.pdf", "hx-preserve": True}),
    )
    is_another = forms.BooleanField(label=_("Det är en annan motion"), required=False)

    @property
    def day(self) -> date:
        """The day as typed, or today while it is none."""
        typed = self.data.get("handed_in_on") if self.is_bound else self.initial.get("handed_in_on")
        if isinstance(typed, date):
            return typed
        try:
            return date.fromisoformat(str(typed))
        except ValueError:
            return timezone.localdate()

    def clean_signed_motion(self) -> UploadedFile[bytes] | None:
        """Raise ValidationError for what is no PDF."""
        file: UploadedFile[bytes] | None = self.cleaned_data["signed_motion"]
        return whole_pdf(file) if file else None

    def clean_registry_number(self) -> str:
        """Raise ValidationError for a number that is taken."""
        number: str = self.cleaned_data["registry_number"]
        if number and Motion.objects.filter(registry_number=number).exists():
            raise ValidationError(
                _t("Diarienumret %(number)s är redan taget. Lämna fältet tomt så ges nästa nummer.")
                % {"number": number}
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Stop once for a probable duplicate, until the registrar says that it is another motion."""
        cleaned = super().clean()
        if self.duplicates and not cleaned.get("is_another"):
            self.add_error(
                "is_another", _t("Kryssa i rutan om det är en annan motion än den som redan finns.")
            )
        return cleaned

    @cached_property
    def duplicates(self) -> list[Duplicate]:
        """Registered motions that are probably the same one."""
        title = str(self["title"].value() or "")
        return probable_duplicates(title, day=self.day, movers=self.chosen)

    @property
    def lost_file(self) -> bool:
        """Whether a file had been chosen; a browser does not send it along with the form shown again."""
        return "signed_motion" in self.files


class CorrectForm(MotionForm):
    """What was registered, corrected; `seen` tells which corrections the person had before the eyes."""

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, motion: Motion, data: QueryDict | None = None, **options: Any) -> None:
        self.motion = motion
        options.setdefault(
            "initial",
            {
                "title": motion.title,
                "text": motion.text,
                "movers": [str(row.person_id) for row in motion.mover_rows.all()],
                "seen": corrections(motion),
            },
        )
        #: What stands from the remittal on, and is sent back as it is.
        self.registered_clauses = [clause.text for clause in motion.clauses.all()]
        options.setdefault("clauses", self.registered_clauses)
        super().__init__(data, **options)

    @property
    def seen_now(self) -> int:
        """What the page shows once a refusal has told of a newer correction: saving again is meant."""
        return corrections(self.motion)

    @property
    def day(self) -> date:
        """The day that the motion was handed in."""
        return self.motion.handed_in_on

    @property
    def clauses(self) -> list[str]:
        """As typed; from the remittal on those that were registered."""
        return self.registered_clauses if self.motion.clauses_locked else super().clauses

    def is_valid(self) -> bool:
        """Whether it is fit to be saved; the rows are not sent once the att-satser stand."""
        return forms.Form.is_valid(self) if self.motion.clauses_locked else super().is_valid()
