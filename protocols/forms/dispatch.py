"""The addresses of a meeting's recipients."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressesForm(forms.Form):
    """A field for each recipient by name; those of the others and of later meetings are not touched."""

    def __init__(self, names: Mapping[str, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._names = {_field_name(name): name for name in names}
        for name, address in names.items():
            self.fields[_field_name(name)] = forms.EmailField(
                label=name,
                required=False,
                initial=address,
                max_length=254,
                error_messages={"invalid": _("Skriv en hel e-postadress, t.ex. diariet@namnden.example.")},
                widget=forms.EmailInput({"autocomplete": "off"}),
            )

    def changes(self) -> dict[str, str]:
        """What was typed anew, by recipients' names."""
        return {self._names[field]: self.cleaned_data[field] for field in self.changed_data}


def _field_name(name: str) -> str:
    """The same for the same recipient, whatever else has changed since the page was shown."""
    return f"adress-{hashlib.sha256(name.lower().encode()).hexdigest()[:12]}"
