"""The decision's form: stored clauses as fields, and fields as clauses."""

from __future__ import annotations

from datetime import date

import pytest

from motions.enums import Outcome
from protocols.actions.decisions import refine_decision
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposal
from protocols.enums import ProposalKind
from protocols.facts import ClauseFact
from protocols.forms.live import DecisionForm, adders, as_html
from protocols.forms.proposals import KINDS_FOR_MATTER, KINDS_FOR_MOTION, ProposalForm
from protocols.models import Paragraph
from protocols.queries.attendance import attendance_list
from tests.factories import Region, decide, make_meeting, make_prepared_motion, make_region, open_with


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    motion = make_prepared_motion(region, clauses=("att bygga", "att <berätta>", "att följa upp"))
    return open_with(region, make_meeting(region, region.board), motion)


def test_decision_form_puts_same_outcomes_into_one_clause(region: Region, paragraph: Paragraph) -> None:
    paragraph = decide(region, paragraph)
    form = DecisionForm(
        paragraph,
        {
            "decision-outcome_1": "rejected",
            "decision-outcome_2": "granted",
            "decision-outcome_3": "rejected",
            "decision-own_words": " utreda läget \n\n",
        },
    )
    assert form.is_valid()
    assert form.clauses == [
        ClauseFact(Outcome.REJECTED, (1, 3)),
        ClauseFact(Outcome.GRANTED, (2,)),
        ClauseFact(text="utreda läget"),
    ]


def test_decision_form_shows_what_is_stored(region: Region, paragraph: Paragraph) -> None:
    paragraph = decide(region, paragraph)
    wanted = [ClauseFact(Outcome.GRANTED, (2,)), ClauseFact(text="utreda"), ClauseFact(text="återkomma")]
    refine_decision(paragraph, by=region.secretary, clauses=wanted)
    form = DecisionForm(Paragraph.objects.get(pk=paragraph.pk))
    assert form.initial == {"outcome_2": Outcome.GRANTED, "own_words": "utreda\nåterkomma", "until": None}
    assert list(form.fields) == ["outcome_1", "outcome_2", "outcome_3", "own_words"]
    assert "att &lt;berätta&gt;" in str(form["outcome_2"].as_field_group())


def test_decision_form_of_a_postponed_item_asks_for_a_day_only(region: Region, paragraph: Paragraph) -> None:
    movers = [region.people["Elsa"]]
    postpone = add_proposal(paragraph, by=region.secretary, kind=ProposalKind.POSTPONE, movers=movers)
    record_finding(paragraph.questions.all()[0], by=region.secretary, winner=postpone)
    form = DecisionForm(Paragraph.objects.get(pk=paragraph.pk), {"decision-until": "2026-06-17"})
    assert list(form.fields) == ["until"]
    assert form.is_valid()
    assert (form.clauses, form.cleaned_data["until"]) == ([], date(2026, 6, 17))


def test_kinds_without_a_motion_say_nothing_of_motions() -> None:
    assert ProposalKind.DEEM_ANSWERED in dict(KINDS_FOR_MOTION)
    assert {ProposalKind.GRANT, ProposalKind.DEEM_ANSWERED}.isdisjoint(dict(KINDS_FOR_MATTER))
    assert not any("motion" in str(label) for _kind, label in KINDS_FOR_MATTER)


def test_adders_keep_the_form_that_was_sent(paragraph: Paragraph) -> None:
    rows = attendance_list(paragraph.meeting)
    sent = ProposalForm(paragraph, rows, {"proposal-text": "att bygga"})
    found = adders(paragraph, rows, sent)
    assert found.proposal is sent
    assert not found.note.is_bound
    assert not adders(paragraph, rows).proposal.is_bound


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("Nej.", "<p>Nej.</p>"),
        ("Nej.\n\nAldrig <b>.", "<p>Nej.</p>\n\n<p>Aldrig &lt;b&gt;.</p>"),
    ],
)
def test_typed_lines_become_paragraphs(typed: str, html: str) -> None:
    assert as_html(typed) == html
