"""The headings of minutes and extracts, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from protocols.actions.headings import heading_problem
from protocols.enums import SectionKind
from protocols.forms.order import stepped, wanted_move
from protocols.wording.headings import DEFAULT_PROFILE, Heading, Profile, complete

_HELP = {
    SectionKind.NON_PARTICIPATION: gettext_lazy("Tre lydelser: bara jäv, bara ej deltagande, båda."),
}


@dataclass(frozen=True)
class HeadingRow:
    """A row of the form: the section, its heading, and whether that is hidden."""

    kind: SectionKind
    heading: forms.BoundField
    hidden: forms.BoundField


class HeadingsForm(forms.Form):
    """Every section's heading in an order that the rows' hidden `kind` tells."""

    use_required_attribute = False  # what is hidden may be left empty

    def __init__(self, data: QueryDict | None = None, *, profile: Profile = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.order = _order_in(data) if data is not None else [kind for kind, _pattern in complete(profile)]
        patterns = dict(complete(profile))
        usual = dict(DEFAULT_PROFILE)
        for kind in self.order:
            pattern = patterns.get(kind, "")
            self.fields[f"heading_{kind}"] = forms.CharField(
                label=kind.label,
                initial=pattern or usual[kind],
                help_text=_HELP.get(kind, ""),
                required=data is None or f"hidden_{kind}" not in data,
                error_messages={"required": _("Skriv en rubrik, eller dölj den.")},
            )
            self.fields[f"hidden_{kind}"] = forms.BooleanField(
                label=_("Dölj rubriken %(name)s") % {"name": kind.label}, initial=not pattern, required=False
            )

    def rows(self) -> Iterator[HeadingRow]:
        """The rows in their order."""
        for kind in self.order:
            yield HeadingRow(kind, self[f"heading_{kind}"], self[f"hidden_{kind}"])

    def clean(self) -> dict[str, Any]:
        """Each heading beside its own field."""
        data = super().clean() or self.cleaned_data
        for kind in self.order:
            name = f"heading_{kind}"
            if not data.get(f"hidden_{kind}") and (problem := heading_problem(data.get(name, ""))):
                self.add_error(name, problem)
        return data

    @property
    def profile(self) -> Profile:
        """The headings as they are typed, where they can be used; the usual one where not."""
        usual, told = dict(DEFAULT_PROFILE), self.cleaned_data
        return tuple(
            Heading(kind, "" if told.get(f"hidden_{kind}") else told.get(f"heading_{kind}") or usual[kind])
            for kind in self.order
        )

    def moved(self, wanted: str) -> Self:
        """The same, with a row moved: `wanted` is "<kind>:up" or "<kind>:down"."""
        move = wanted_move(wanted)
        if move and move[0] in SectionKind.values:
            self.order = stepped(self.order, SectionKind(move[0]), move[1])
        return self


def _order_in(data: QueryDict) -> list[SectionKind]:
    """The kinds in the order sent; what is unknown or doubled is left out, what is missing comes last."""
    sent = dict.fromkeys(SectionKind(kind) for kind in data.getlist("kind") if kind in SectionKind.values)
    return list(sent | dict.fromkeys(kind for kind, _pattern in DEFAULT_PROFILE))
