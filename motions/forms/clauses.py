"""The att-satser as rows: added, moved and removed with or without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.forms.fields import no_identity_number

PREFIX = "clauses"
#: More att-satser than a motion ever had.
MOST_CLAUSES = 100
MOST_LETTERS = 2_000


class ClauseForm(forms.Form):
    """One att-sats. An empty row is no error: it is left out."""

    text = forms.CharField(
        label=_("Att-sats"),
        max_length=MOST_LETTERS,
        required=False,
        validators=[no_identity_number],
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": _("Högst %(limit_value)d tecken; du har skrivit %(show_value)d.")},
    )
    text.widget.attrs.pop("maxlength", None)


class BaseClauseFormSet(BaseFormSet[ClauseForm]):
    """The rows of one motion, in the order that people gave them."""

    def clean(self) -> None:
        """Raise ValidationError where nothing is asked for."""
        if not any(self.errors) and not self.texts:
            raise forms.ValidationError(
                _t("Skriv minst en att-sats; fullmäktige beslutar om varje för sig (KL 5 kap. 23 §).")
            )

    @property
    def in_order(self) -> list[ClauseForm]:
        """The rows as they are to be shown again: as people ordered them, without those removed."""
        if not self.is_bound:
            return list(self.forms)
        by_prefix = {form.prefix: form for form in self.forms}
        return [by_prefix[key] for key in _row_keys(self.data) if key in by_prefix]

    @property
    def texts(self) -> list[str]:
        """What was written, in order, without empty and removed rows."""
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        kept = [row for row in rows if row.get("text") and not row.get("DELETE")]
        kept.sort(key=lambda row: row.get("ORDER") or len(rows) + 1)
        return [row["text"] for row in kept]


_FormSet: type[BaseClauseFormSet] = formset_factory(  # type: ignore[assignment]  # the stubs forget `formset`
    ClauseForm,
    formset=BaseClauseFormSet,
    extra=0,
    can_order=True,
    can_delete=True,
    max_num=MOST_CLAUSES,
    validate_max=True,
)


def clause_rows(data: Mapping[str, Any] | None = None, *, texts: Sequence[str] = ()) -> BaseClauseFormSet:
    """The rows as sent, or unsent rows with these texts: always one to write in."""
    initial = [{"text": text} for text in texts] or [{"text": ""}]
    return _FormSet(data, prefix=PREFIX, initial=None if data is not None else initial)


def is_row_button(data: Mapping[str, Any]) -> bool:
    """Whether a row was to be added, moved or removed (without JavaScript), and nothing saved."""
    return any(name in data for name in ("add", "move", "remove"))


def typed_rows(data: Mapping[str, Any]) -> list[str]:
    """The texts as typed, in order, after what a row button asks for."""
    keys = _row_keys(data)
    _change(keys, data)
    texts = [str(data.get(f"{key}-text", "")) for key in keys]
    return [*texts, ""][:MOST_CLAUSES] if "add" in data else texts


def _change(keys: list[str], data: Mapping[str, Any]) -> None:
    """Take the named row out, or put it one place up or down."""
    row, _sep, direction = str(data.get("move", data.get("remove", ""))).partition(":")
    if row not in keys:
        return
    place = keys.index(row)
    keys.remove(row)
    if "move" in data:
        keys.insert(max(0, place + (-1 if direction == "up" else 1)), row)


def _row_keys(data: Mapping[str, Any]) -> list[str]:
    """The prefixes of the rows that were sent and not removed, in their order."""
    rows = [f"{PREFIX}-{index}" for index in range(_number(data.get(f"{PREFIX}-TOTAL_FORMS"), 0))]
    kept = [row for row in rows if not data.get(f"{row}-DELETE")]
    return sorted(kept, key=lambda row: _number(data.get(f"{row}-ORDER"), MOST_CLAUSES))


def _number(typed: object, otherwise: int) -> int:
    """A whole number up to MOST_CLAUSES, whatever was sent."""
    text = str(typed)
    return (
        min(int(text), MOST_CLAUSES) if text.isascii() and text.isdecimal() and len(text) < 9 else otherwise
    )
