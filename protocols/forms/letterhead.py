"""The organisation's logo and colour."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from protocols.extracts.logo import MOST_BYTES
from protocols.models.paper_look import COLOUR


class LetterheadForm(forms.Form):
    """What papers look like from now on."""

    colour = forms.CharField(
        label=_("Färg"),
        max_length=7,
        validators=[COLOUR],
        widget=forms.TextInput({"class": "is-short", "autocomplete": "off"}),
        help_text=_("Strecket vid beslutet och länkarna. Sex tecken efter #, t.ex. #8f4318."),
    )
    logo = forms.FileField(
        label=_("Logotyp (SVG eller PNG)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/svg+xml,image/png,.svg,.png"}),
        help_text=_("Står till vänster i sidhuvudet, tio millimeter hög. En SVG blir skarpast."),
    )
    removes_logo = forms.BooleanField(label=_("Ta bort logotypen"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["removes_logo"]

    def clean_logo(self) -> bytes | None:
        """The file's bytes; None where none was chosen. Raises ValidationError for one that is too large."""
        file: UploadedFile[bytes] | None = self.cleaned_data["logo"]
        if not file:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _t("Filen är större än %(size)d kB. Spara logotypen enklare."),
                params={"size": MOST_BYTES // 1024},
            )
        content: bytes = file.read()
        return content
