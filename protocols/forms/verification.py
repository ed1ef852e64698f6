"""Which paragraphs are verified, with the hashes of the texts that were read; and holding an extract up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from protocols.models import Paragraph
from protocols.queries.verification import UnverifiedParagraph


class VerifyForm(forms.Form):
    """The ticked paragraphs; `seen` maps them to the hashes that came with them from the page."""

    paragraphs = forms.ModelMultipleChoiceField(
        queryset=Paragraph.objects.none(),
        error_messages={
            "required": _("Kryssa för minst en paragraf."),
            "invalid_choice": _("En av paragraferna hör inte till det här sammanträdet."),
            "invalid_pk_value": _("En av paragraferna hör inte till det här sammanträdet."),
        },
    )

    def __init__(self, paragraphs: Iterable[int], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        field = self.fields["paragraphs"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Paragraph.objects.filter(pk__in=list(paragraphs))

    @property
    def seen(self) -> dict[int, str]:
        """What the action verifies."""
        ticked = self.cleaned_data["paragraphs"]
        return {row.pk: str(self.data.get(f"sha256-{row.pk}", "")) for row in ticked}

    @property
    def unverified(self) -> bool:
        """Whether one of the ticked ones can still change."""
        return any(not row.is_verified for row in self.cleaned_data["paragraphs"])

    def changed(self, waiting: Iterable[UnverifiedParagraph]) -> set[int]:
        """The ticked ones whose text is another than the one that was read."""
        seen = self.seen
        return {
            item.paragraph.pk
            for item in waiting
            if item.paragraph.pk in seen and seen[item.paragraph.pk] != item.sha256
        }


class CodeForm(forms.Form):
    """The short code of an extract, as people type it."""

    kod = forms.CharField(
        label=_("Kontrollkod"),
        max_length=40,
        help_text=_("Står längst ned på utdraget, till exempel 7KQ4-M2XD."),
        widget=forms.TextInput(
            attrs={
                "class": "is-short",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Skriv koden.")},
    )


class FileForm(forms.Form):
    """An extract as a file."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Välj filen eller dra den hit. Den sparas inte."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Välj en fil."),
            "empty": _("Filen är tom."),
            "invalid": _("Välj en fil."),
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        """A PDF that is not larger than any extract could be."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(
                _t("Filen är större än %(most)s.") % {"most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            )
        start = file.read(1024)
        file.seek(0)
        if b"%PDF-" not in start:
            raise ValidationError(_t("Filen är inte en PDF. Ett protokollsutdrag är alltid en PDF."))
        return file


class HashForm(forms.Form):
    """What a browser found in a file that did not leave it: its hash, and the code inside."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", error_messages={"invalid": _("Kontrollsumman är inte hel.")})
    kod = forms.CharField(required=False, max_length=40)
