"""Reading protocols in, and accepting what was read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from protocols.reading.facts import Outcome
from protocols.reading.words import OUTCOMES


class _Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each by itself."""
        found = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in found or [None]]


class ReadInForm(forms.Form):
    """The files to read."""

    chosen = FilesField(
        label=_("Protokoll"),
        allow_empty_file=True,
        widget=_Files({"multiple": True, "accept": ".txt,.md,.html,.htm,.pdf,.docx,.zip"}),
        help_text=_("Hela protokoll eller utdrag. Flera filer på en gång går bra, också i en ZIP."),
        error_messages={"required": _("Välj minst en fil.")},
    )


class AcceptForm(forms.Form):
    """What is put right before a § is accepted."""

    title = forms.CharField(label=_("Rubrik"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    registry_number = forms.CharField(
        label=_("Diarienummer"), max_length=60, required=False, widget=forms.TextInput({"class": "is-medium"})
    )
    outcome = forms.ChoiceField(
        label=_("Utfall"),
        choices=[(one.value, OUTCOMES[one]) for one in Outcome],
        widget=forms.Select({"class": "is-medium"}),
    )

    def clean_outcome(self) -> Outcome:
        """As the action takes it."""
        return Outcome(self.cleaned_data["outcome"])
