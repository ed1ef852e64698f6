"""What the secretary notes while a § is dealt with: each adder of the live view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext_lazy as _

from motions.enums import Outcome
from protocols.enums import DecisionKind, NonParticipationKind
from protocols.facts import ClauseFact
from protocols.forms.assignments import AssignmentForm
from protocols.forms.motivations import BackingForm
from protocols.forms.numbers import NumbersField
from protocols.forms.people import MoversField, PersonField, offer
from protocols.forms.proposals import ProposalForm
from protocols.models import Attendance, Decision, Paragraph
from protocols.queries.attendance import free_substitutes, likely_chairs, present
from protocols.queries.clauses import clause_count
from protocols.queries.facts import clause_facts
from protocols.queries.service import voters_of_loaded
from protocols.wording import motion

Data = Mapping[str, Any] | None


def written(rows: int = 2) -> forms.Textarea:
    """A field for a few lines."""
    return forms.Textarea({"rows": rows})


def as_html(text: str) -> str:
    """Typed lines as paragraphs; the action sanitises them once more."""
    return linebreaks(escape(text.strip())) if text.strip() else ""


class FindingForm(BackingForm):
    """What the chair found: the winner's id, or nothing for no; `supporters` where a minority demanded it."""

    question = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    winner = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    supporters = forms.IntegerField(
        label=_("Begärt av"),
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.NumberInput({"class": "is-short"}),
    )

    def __init__(self, data: Data = None, *, motivations: Mapping[int, str] | None = None) -> None:
        super().__init__(data)
        self.ask_backing(motivations or {})


class UndoForm(forms.Form):
    """Which step is meant to be taken back."""

    step = forms.RegexField(r"^[a-z_]{1,20}-[0-9]{1,18}$", max_length=40, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """The decision's clauses: an outcome for each att-sats, words of its own, and a postponed item's day."""

    own_words = forms.CharField(
        label=_("Egna beslutssatser"),
        max_length=20_000,
        required=False,
        widget=written(),
        help_text=_("En per rad, utan ”att”."),
    )
    until = forms.DateField(
        label=_("Bordlagt till"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Lämna tomt för nästa sammanträde (KL 5 kap. 51 §)."),
    )

    def __init__(self, paragraph: Paragraph, data: Data = None) -> None:
        decision: Decision | None = getattr(paragraph, "decision", None)
        super().__init__(data, prefix="decision", initial=_as_typed(decision))
        self.texts = _att_satser(paragraph)
        if decision and decision.kind == DecisionKind.POSTPONES:
            del self.fields["own_words"]
            return
        del self.fields["until"]
        for number, text in self.texts.items():
            self.fields[f"outcome_{number}"] = forms.TypedChoiceField(
                label=_("Att-sats %(number)s") % {"number": number},
                choices=[("", "–"), *Outcome.choices],
                coerce=Outcome,
                empty_value=None,
                required=False,
                help_text=escape(text),
                widget=forms.Select({"class": "is-medium"}),
            )
        self.order_fields([f"outcome_{number}" for number in self.texts])

    @property
    def clauses(self) -> list[ClauseFact]:
        """The clauses: att-satser with the same outcome in one, then the lines of own words."""
        by_outcome: dict[Outcome, list[int]] = {}
        for number in self.texts:
            if outcome := self.cleaned_data.get(f"outcome_{number}"):
                by_outcome.setdefault(outcome, []).append(number)
        settled = [ClauseFact(outcome, tuple(numbers)) for outcome, numbers in by_outcome.items()]
        lines = map(str.strip, self.cleaned_data.get("own_words", "").splitlines())
        return [*settled, *(ClauseFact(text=line) for line in lines if line)]


class ChairForm(forms.Form):
    """Who leads the §, and whether from now on."""

    chair = PersonField(label=_("Vem leder"), widget=forms.Select({"data-combobox": True}))
    onwards = forms.TypedChoiceField(
        label=_("Hur länge"),
        choices=[("0", _("bara denna paragraf")), ("1", _("från och med denna paragraf"))],
        coerce=lambda value: value == "1",
    )

    def __init__(self, paragraph: Paragraph, rows: Sequence[Attendance], data: Data = None) -> None:
        super().__init__(data, prefix="chair")
        offer(self, "chair", rows, offered=likely_chairs(voters_of_loaded(paragraph, rows)))


class StayOutForm(forms.Form):
    """Somebody who does not take part in the decision, and why."""

    person = PersonField(label=_("Vem"), widget=forms.Select({"data-combobox": True}))
    kind = forms.TypedChoiceField(
        label=_("Orsak"), choices=NonParticipationKind.choices, coerce=NonParticipationKind
    )
    clauses = NumbersField(
        label=_("Bara beslutssats"), help_text=_("Till exempel 2 eller 1, 3. Tomt: hela paragrafen.")
    )
    substitute = PersonField(
        label=_("Ersättare"),
        required=False,
        widget=forms.Select({"data-combobox": True}),
        help_text=_("Bara vid jäv. Kan också väljas efteråt, i turordning."),
    )

    def __init__(self, paragraph: Paragraph, rows: Sequence[Attendance], data: Data = None) -> None:
        super().__init__(data, prefix="stay_out")
        taking_part = voters_of_loaded(paragraph, rows)
        offer(self, "person", rows, offered=taking_part)
        offer(self, "substitute", rows, offered=free_substitutes(rows, besides=taking_part))
        if clause_count(paragraph) < 2:
            del self.fields["clauses"]


class SubstituteForm(forms.Form):
    """The substitute who serves in the place of a recused person."""

    substitute = forms.IntegerField(min_value=1)


class SpokenReservationForm(forms.Form):
    """A reservation that somebody said aloud; its text may come later."""

    persons = MoversField(
        label=_("Vem reserverar sig"),
        widget=forms.SelectMultiple(
            {"data-combobox": True, "data-key": "r", "data-key-label": _("Ny reservation")}
        ),
    )
    text = forms.CharField(label=_("Text"), max_length=40_000, required=False, widget=written())

    def __init__(self, paragraph: Paragraph, rows: Sequence[Attendance], data: Data = None) -> None:
        super().__init__(data, prefix="reservation")
        offer(self, "persons", rows, offered=voters_of_loaded(paragraph, rows))


class SpokenNoteForm(forms.Form):
    """A note to the minutes by somebody in the room."""

    person = PersonField(label=_("Vem"), widget=forms.Select({"data-combobox": True}))
    text = forms.CharField(label=_("Anteckning"), max_length=40_000, widget=written())

    def __init__(self, rows: Sequence[Attendance], data: Data = None) -> None:
        super().__init__(data, prefix="note")
        offer(self, "person", rows, offered=present(rows))


@dataclass
class Adders:
    """The forms of the page: those just sent in, the others empty."""

    proposal: ProposalForm
    decision: DecisionForm
    assignment: AssignmentForm
    chair: ChairForm
    stay_out: StayOutForm
    reservation: SpokenReservationForm
    note: SpokenNoteForm


def adders(paragraph: Paragraph, rows: Sequence[Attendance], sent: forms.Form | None = None) -> Adders:
    """All the page's forms, with the one that was sent in in its place."""

    def fresh(kind: type[forms.Form], *args: Any) -> Any:
        return sent if type(sent) is kind else kind(*args)

    return Adders(
        proposal=fresh(ProposalForm, paragraph, rows),
        decision=fresh(DecisionForm, paragraph),
        assignment=fresh(AssignmentForm),
        chair=fresh(ChairForm, paragraph, rows),
        stay_out=fresh(StayOutForm, paragraph, rows),
        reservation=fresh(SpokenReservationForm, paragraph, rows),
        note=fresh(SpokenNoteForm, rows),
    )


def _att_satser(paragraph: Paragraph) -> dict[int, str]:
    """The motion's att-satser by number."""
    clauses = paragraph.motion.clauses.all() if paragraph.motion else ()
    return {clause.position: clause.text for clause in clauses}


def _as_typed(decision: Decision | None) -> dict[str, Any]:
    """The stored decision as the form's fields."""
    if decision is None:
        return {}
    facts = clause_facts(decision.clauses.all())
    has_motion = decision.paragraph.motion_id is not None
    outcomes = {f"outcome_{n}": fact.outcome for fact in facts if fact.outcome for n in fact.settles}
    own_words = [
        fact.text
        or motion.verdict_clause(motion.Verdict(fact.outcome, tuple(fact.settles)), has_motion=False)
        for fact in facts
        if fact.text or not has_motion
    ]
    return {**outcomes, "own_words": "\n".join(own_words), "until": decision.until}
