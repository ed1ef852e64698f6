"""The text of a reservation or of a note to the minutes: one editor, guarded by the version that was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import add_refusal
from motions.actions.writing import StaleText
from motions.errors import DomainError
from motions.forms.richtext import rich_text_field
from motions.forms.writing import TextConflict


class OwnTextForm(forms.Form):
    """One text. `version` is the one that was read (0: nothing had been written).

    After `save` has returned False, `conflict` holds a newer text that somebody else saved, `refusal` what
    the rules refused, or the fields their errors; what was typed is still in the form.
    """

    version = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, html: str, version: int, auto_id: str = "id_%s"
    ) -> None:
        super().__init__(data, initial={"html": html, "version": version}, auto_id=auto_id)
        self.conflict: TextConflict | None = None
        self.refusal: DomainError | None = None

    @property
    def status(self) -> int:
        """What the page is answered with."""
        if self.conflict:
            return HTTPStatus.CONFLICT
        if self.refusal:
            return self.refusal.status
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK

    def save(self, write: Callable[[str, int], object]) -> bool:
        """Store the text through `write(html, version)`; False where the form must be shown again."""
        if not self.is_valid():
            return False
        html = self.cleaned_data["html"]
        try:
            write(html, self.cleaned_data["version"])
        except StaleText as error:
            if html == error.current_html:
                return True
            self._keep_both(html, error)
        except DomainError as error:
            self.refusal = add_refusal(self, error)
        else:
            return True
        return False

    def _keep_both(self, html: str, error: StaleText) -> None:
        """The newer text beside mine; saved once more, mine takes its place knowingly."""
        self.conflict = TextConflict(html, error.current_html, error.current_version, error.saved_by)
        self.data = {"html": html, "version": error.current_version}


class ReservationForm(OwnTextForm):
    """The text of a reservation; it may be left out altogether."""

    html = rich_text_field(
        label=_("Text till reservationen"),
        help_text=_("Skriv varför du reserverar dig. Texten tas in i protokollet som den står."),
    )


class NoteForm(OwnTextForm):
    """A note to the minutes."""

    html = rich_text_field(
        label=_("Anteckning till protokollet"),
        required=True,
        help_text=_("Texten tas in i protokollet som den står, om ordföranden medger det."),
    )
