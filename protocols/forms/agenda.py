"""What is put on an agenda: ready motions, another matter, or a block of motions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motions.models import Motion
from protocols.forms.order import stepped, wanted_move
from protocols.models import Paragraph


class MotionsForm(forms.Form):
    """Some of the motions that are shown with it, as check boxes in their order."""

    motions = forms.TypedMultipleChoiceField(
        label=_("Motioner"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj minst en motion."),
            "invalid_choice": _("En av motionerna är inte längre klar, eller står redan på en dagordning."),
        },
    )

    def __init__(self, *args: Any, motions: Sequence[Motion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {motion.pk: motion for motion in motions}
        field = self.fields["motions"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(pk, motion.full_title) for pk, motion in self.offered.items()]

    @property
    def chosen(self) -> list[Motion]:
        """The motions ticked, in the order shown."""
        ticked = set(self.cleaned_data["motions"])
        return [motion for pk, motion in self.offered.items() if pk in ticked]

    def is_ticked(self, motion: Motion) -> bool:
        """Whether the motion's box is ticked now, for the page's own list."""
        value = self["motions"].value() or []
        return str(motion.pk) in {str(pk) for pk in value}


class BlockForm(MotionsForm):
    """A block: many motions under one heading."""

    title = forms.CharField(label=_("Rubrik"), max_length=300)

    field_order = ("title", "motions")


class MatterForm(forms.Form):
    """An item that is no motion."""

    title = forms.CharField(label=_("Rubrik"), max_length=300)
    registry_number = forms.CharField(
        label=_("Diarienummer"), max_length=40, required=False, widget=forms.TextInput({"class": "is-medium"})
    )
    proposal = forms.CharField(
        label=_("Förslag till beslut"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("En att-sats per rad. Utan förslag läggs ärendet till handlingarna."),
    )


class HeadingsForm(forms.Form):
    """What each item that is not taken up stands under on the agenda."""

    def __init__(self, *args: Any, items: Sequence[Paragraph], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[f"item-{item.pk}"] = forms.CharField(
                label=item.title,
                max_length=80,
                required=False,
                initial=item.agenda_heading,
                widget=forms.TextInput({"list": "headings", "class": "is-medium", "autocomplete": "off"}),
            )

    @property
    def headings(self) -> dict[int, str]:
        """The headings by the items' ids."""
        return {int(name.removeprefix("item-")): text for name, text in self.cleaned_data.items()}


def wanted_order(data: QueryDict, items: Sequence[int]) -> list[int]:
    """The agenda's ids in the order posted: all of them (`order`), or one moved a step (`move` "17:up")."""
    move = wanted_move(data.get("move", ""))
    if move and move[0].isdecimal():
        return stepped(items, int(move[0]), move[1])
    return [int(pk) for pk in data.getlist("order") if pk.isdecimal()]
