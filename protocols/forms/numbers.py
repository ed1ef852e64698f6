"""Numbers typed in one field: "2", "1, 3", "2–4"."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_MOST = 9999
_PART = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


class NumbersField(forms.CharField):
    """Numbers from 1, parted by comma or space, with runs; each once, in order."""

    default_error_messages = {"numbers": _("Ange nummer, till exempel 2 eller 1, 3.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "is-short", "autocomplete": "off"})
        super().__init__(max_length=100, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[int]:
        """The numbers; none where nothing was typed."""
        found: set[int] = set()
        for part in re.split(
            r"[,;]\s*|\s+(?![-–])(?<![-–]\s)", super().clean(value).lstrip("§ \N{NO-BREAK SPACE}")
        ):
            if not part:
                continue
            match = _PART.fullmatch(part.strip())
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
            if not 1 <= first <= last <= _MOST:
                raise forms.ValidationError(self.error_messages["numbers"], code="numbers")
            found.update(range(first, last + 1))
        return sorted(found)
