"""A verifier's comment and the secretary's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from protocols.queries.comments import Passage


class CommentForm(forms.Form):
    """On which passage, and what is to be said; `passage` is the one that was picked."""

    about = forms.ChoiceField(
        label=_("Gäller"),
        required=False,
        error_messages={"invalid_choice": _("Stycket har ändrats. Läs det igen och välj på nytt.")},
    )
    text = forms.CharField(
        label=_("Kommentar"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Skriv kommentaren.")},
    )

    def __init__(self, passages: Sequence[Passage], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._passages = {passage.key: passage for passage in passages}
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        groups = groupby(self._passages.values(), key=lambda passage: passage.heading)
        field.choices = [
            ("", _("Hela paragrafen")),
            *((heading, [(p.key, Truncator(p.text).chars(90)) for p in found]) for heading, found in groups),
        ]

    @property
    def passage(self) -> Passage | None:
        """None: the whole §."""
        return self._passages.get(self.cleaned_data["about"])


class AnswerForm(forms.Form):
    """What was done about a comment, where that needs words."""

    answer = forms.CharField(
        label=_("Svar"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
