"""Yrkanden: who, what, for what, and what in the second hand; noted in the live view, corrected on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from protocols.actions.proposals import Wish, can_be_target
from protocols.enums import ParagraphKind, ProposalKind
from protocols.forms.numbers import NumbersField
from protocols.forms.people import MoversField, group_value, offer
from protocols.models import Attendance, Paragraph, Proposal, ProposalMover
from protocols.queries.clauses import parts_of
from protocols.queries.service import voters_of_loaded

Data = Mapping[str, Any] | None

_SUPPORT = (ProposalKind.TABLED, _("Bifall till liggande förslag"))
_REST = [
    (ProposalKind.AMEND, _("Ändring: att …")),
    (ProposalKind.ADD, _("Tillägg: att …")),
    (ProposalKind.REFER_BACK, _("Återremiss")),
    (ProposalKind.POSTPONE, _("Bordläggning")),
]
KINDS_FOR_MOTION = [
    (ProposalKind.GRANT, _("Bifall till motionen")),
    (ProposalKind.REJECT, _("Avslag på motionen")),
    _SUPPORT,
    (ProposalKind.DEEM_ANSWERED, _("Motionen anses besvarad")),
    *_REST,
]
KINDS_FOR_MATTER = [_SUPPORT, (ProposalKind.REJECT, _("Avslag på förslaget")), *_REST]


def _words() -> forms.CharField:
    return forms.CharField(
        label=_("Lydelse"), max_length=5_000, required=False, widget=forms.Textarea({"rows": 2})
    )


class _AboutForm(forms.Form):
    """What a yrkande is about: which att-satser, and to which other yrkande a change is made."""

    concerns = NumbersField(label=_("Bara att-sats"), help_text=_("Till exempel 2 eller 1, 3."))
    target = forms.TypedChoiceField(
        label=_("Till yrkandet"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Ändring eller tillägg till någon annans yrkande."),
    )

    def ask_about(self, paragraph: Paragraph, *, besides: Proposal | None = None) -> None:
        """Offer what there is to choose between, and ask nothing where there is no choice."""
        if len(parts_of(paragraph)) < 2:
            del self.fields["concerns"]
        elif paragraph.motion is None:
            self.fields["concerns"].label = _("Bara beslutssats")
        self.targets = {p.pk: p for p in paragraph.proposals.all() if can_be_target(p) and p != besides}
        field = self.fields["target"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("Liggande förslag")),
            *((pk, _named(target)) for pk, target in self.targets.items()),
        ]
        if not self.targets:
            del self.fields["target"]

    def wish(self, kind: ProposalKind, text: str) -> Wish:
        """What is proposed."""
        target = self.targets.get(self.cleaned_data.get("target") or 0)
        return Wish(kind, text, tuple(self.cleaned_data.get("concerns", ())), target)


class ProposalForm(_AboutForm):
    """A yrkande: who, what, the words where it needs some, and perhaps another in the second hand."""

    movers = MoversField(
        label=_("Vem yrkar"),
        widget=forms.SelectMultiple(
            {"data-combobox": True, "data-key": "y", "data-key-label": _("Nytt yrkande")}
        ),
    )
    kind = forms.TypedChoiceField(label=_("Yrkar"), coerce=ProposalKind)
    text = _words()
    second_kind = forms.TypedChoiceField(
        label=_("I andra hand"), coerce=ProposalKind, required=False, empty_value=None
    )
    second_text = _words()

    field_order = ("movers", "kind", "text", "second_kind", "second_text", "concerns", "target")
    #: Those that most yrkanden leave empty.
    rare = ("second_kind", "second_text", "concerns", "target")

    def __init__(self, paragraph: Paragraph, rows: Sequence[Attendance], data: Data = None) -> None:
        super().__init__(data, prefix="proposal")
        offer(self, "movers", rows, offered=voters_of_loaded(paragraph, rows))
        is_motion = paragraph.kind == ParagraphKind.MOTION
        kinds = KINDS_FOR_MOTION if is_motion else KINDS_FOR_MATTER
        first, second = self.fields["kind"], self.fields["second_kind"]
        assert isinstance(first, forms.TypedChoiceField)
        assert isinstance(second, forms.TypedChoiceField)
        first.choices, second.choices = kinds, [("", "–"), *kinds]
        self.fields["second_text"].label = _("Lydelse i andra hand")
        self.ask_about(paragraph)

    @property
    def rare_fields(self) -> list[forms.BoundField]:
        """The fields of what is rare, as far as they are asked for."""
        return [self[name] for name in self.rare if name in self.fields]

    @property
    def says_rare(self) -> bool:
        """Whether something rare was typed, or is wrong."""
        return any(field.errors or field.value() for field in self.rare_fields)

    def clean(self) -> dict[str, Any]:
        """Words in the second hand need their kind."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("second_text") and "second_kind" in said and not said["second_kind"]:
            self.add_error("second_kind", _("Välj vad som föreslås i andra hand."))
        return said

    @property
    def wishes(self) -> list[Wish]:
        """What is proposed, in the first hand and in the second."""
        said = self.cleaned_data
        first = self.wish(said["kind"], said["text"])
        return [first, Wish(said["second_kind"], said["second_text"])] if said["second_kind"] else [first]


class CorrectProposalForm(_AboutForm):
    """A yrkande as it was noted, to correct: who, and the words. What kind it is stays."""

    movers = MoversField(label=_("Vem yrkar"), widget=forms.SelectMultiple({"data-combobox": True}))
    text = _words()

    field_order = ("movers", "text", "concerns", "target")

    def __init__(
        self, proposal: Proposal, paragraph: Paragraph, rows: Sequence[Attendance], data: Data = None
    ) -> None:
        super().__init__(
            data,
            initial={
                "movers": [_value(row) for row in proposal.mover_rows.all()],
                "text": proposal.text,
                "concerns": ", ".join(map(str, proposal.concerns)),
                "target": proposal.target_id,
            },
        )
        self.proposal = proposal
        offer(self, "movers", rows, offered=voters_of_loaded(paragraph, rows))
        self.ask_about(paragraph, besides=proposal)
        for name in _not_asked(ProposalKind(proposal.kind)):
            self.fields.pop(name, None)

    @property
    def corrected(self) -> Wish | None:
        """What is proposed; None where only who supports the proposal before the meeting is asked."""
        if "text" not in self.fields:
            return None
        return self.wish(ProposalKind(self.proposal.kind), self.cleaned_data["text"])


def _not_asked(kind: ProposalKind) -> tuple[str, ...]:
    """What a yrkande of the kind cannot have."""
    if kind == ProposalKind.TABLED:
        return ("text", "concerns", "target")
    if kind in ProposalKind.formal:
        return ("concerns", "target")
    return {ProposalKind.AMEND: (), ProposalKind.ADD: ("concerns",)}.get(kind, ("target",))


def _value(row: ProposalMover) -> str:
    return group_value(row.party) if row.person is None and row.party else str(row.person_id)


def _named(proposal: Proposal) -> str:
    return f"{', '.join(map(str, proposal.mover_rows.all()))}: {proposal.get_kind_display().lower()}"
