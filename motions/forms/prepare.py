"""The forms of preparation: the four written sections and the proposal for each att-sats."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.actions.preparation import propose_outcomes, save_draft_section
from motions.enums import Outcome, WrittenSection
from motions.errors import Conflict, DomainError
from motions.forms.writing import SectionForm, answer_status
from motions.models import Clause, DraftSection, Motion, User

#: What an officer can propose; writing off (KL 5 kap. 35 §) is fullmäktige's own act.
PROPOSABLE = (Outcome.GRANTED, Outcome.REJECTED, Outcome.DEEMED_ANSWERED)


class OutcomesForm(forms.Form):
    """What should become of each att-sats: fields outcome_1, outcome_2 …, and what they showed when read."""

    def __init__(
        self, motion: Motion, data: Mapping[str, Any] | None = None, *, is_complete: bool = False
    ) -> None:
        """With `is_complete` an att-sats without a proposal is an error beside it."""
        super().__init__(data)
        self.motion = motion
        self.clauses: list[Clause] = list(motion.clauses.all())
        self.refusal: DomainError | None = None
        for clause in self.clauses:
            self.fields[f"outcome_{clause.position}"] = forms.ChoiceField(
                label=_t("Förslag till att-sats %(n)s") % {"n": clause.position},
                choices=[(outcome.value, outcome.label) for outcome in PROPOSABLE],
                widget=forms.RadioSelect,
                initial=clause.proposed_outcome,
                required=is_complete,
                error_messages={"required": _("Välj bifall, avslag eller besvarad.")},
            )
            self.fields[f"read_{clause.position}"] = forms.CharField(
                max_length=20, required=False, widget=forms.HiddenInput, initial=clause.proposed_outcome
            )

    @property
    def rows(self) -> list[tuple[Clause, forms.BoundField]]:
        """Each att-sats with its choice."""
        return [(clause, self[f"outcome_{clause.position}"]) for clause in self.clauses]

    @property
    def reads(self) -> list[forms.BoundField]:
        """The hidden fields that tell what was shown."""
        return [self[f"read_{clause.position}"] for clause in self.clauses]

    @property
    def status(self) -> HTTPStatus:
        return answer_status(self.refusal, has_errors=bool(self.errors))

    def save(self, *, by: User) -> OutcomesForm:
        """Store the choices that were changed; returns the form to show, `refusal` tells why they are not."""
        if not self.is_valid():
            return self
        chosen = {clause.position: self.cleaned_data[f"outcome_{clause.position}"] for clause in self.clauses}
        seen = {clause.position: self.cleaned_data[f"read_{clause.position}"] for clause in self.clauses}
        changed = {
            position: Outcome(value) if value else None
            for position, value in chosen.items()
            if value != seen[position]
        }
        try:
            if changed:
                propose_outcomes(self.motion, by=by, outcomes=changed, seen=seen)
        except Conflict as error:
            form = self._as_typed()
            form.refusal = error
            return form
        return self.fresh()

    def _as_typed(self) -> OutcomesForm:
        """What was chosen, beside what stands there now: chosen once more it is stored."""
        motion = Motion.objects.get(pk=self.motion.pk)
        now = {f"read_{clause.position}": clause.proposed_outcome for clause in motion.clauses.all()}
        chosen = {
            f"outcome_{clause.position}": self.cleaned_data[f"outcome_{clause.position}"]
            for clause in self.clauses
        }
        return OutcomesForm(motion, chosen | now)

    def fresh(self, *, is_complete: bool = False) -> OutcomesForm:
        """The form as it stands in the database now."""
        motion = Motion.objects.get(pk=self.motion.pk)
        form = OutcomesForm(motion)
        if not is_complete:
            return form
        data = {field.html_name: field.initial for field in form}
        return OutcomesForm(motion, data, is_complete=True)


def section_form(motion: Motion, kind: WrittenSection, data: Mapping[str, Any] | None = None) -> SectionForm:
    """The form of one section of a motion's draft."""
    stored = motion.draft_sections.select_related("updated_by").filter(kind=kind).first()
    return _section_form(motion, kind, stored, data)


def section_forms(motion: Motion, data: Mapping[str, Any] | None = None) -> list[SectionForm]:
    """The forms of all four sections; of posted data only those sections that were posted are bound."""
    stored = {WrittenSection(row.kind): row for row in motion.draft_sections.select_related("updated_by")}
    return [
        _section_form(motion, kind, stored.get(kind), data if data and f"{kind}-version" in data else None)
        for kind in WrittenSection
    ]


def save_section(form: SectionForm, motion: Motion, *, by: User) -> SectionForm:
    """Store one section; see SectionForm.save."""
    if not form.is_bound:
        return form
    kind = WrittenSection(form.kind)
    return form.save(
        lambda html, version: save_draft_section(motion, by=by, kind=kind, html=html, version=version)
    )


def _section_form(
    motion: Motion, kind: WrittenSection, stored: DraftSection | None, data: Mapping[str, Any] | None
) -> SectionForm:
    url = reverse("motions:prepare_section", args=[motion.pk, kind.value])
    return SectionForm(
        kind, stored or DraftSection(motion=motion, kind=kind), data, url=url, label=str(kind.label)
    )
