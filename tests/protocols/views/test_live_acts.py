"""What the secretary notes in the live view: done, refused in place, and never losing what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from motions.enums import Outcome
from motions.models import Motion
from protocols.actions.agenda import add_matter
from protocols.actions.attendance import set_present
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.enums import DecisionKind, NonParticipationKind, ProposalKind
from protocols.models import Decision, Meeting, Paragraph, Proposal
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_person,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)
from tests.protocols.views.desk import is_the_secretarys, part, read, signed_in

MEGABYTE = "x" * 1_000_000


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A motion with two att-satser that the board is dealing with."""
    motion = make_prepared_motion(region, clauses=("att bygga", "att berätta"))
    return open_with(region, make_meeting(region, region.board), motion)


def address(paragraph: Paragraph, name: str, *more: int) -> str:
    return reverse(f"protocols:{name}", args=[paragraph.pk, *more])


def post(
    region: Region,
    paragraph: Paragraph,
    name: str,
    *more: int,
    given: Mapping[str, Any] | None = None,
    is_htmx: bool = True,
) -> HttpResponse:
    """Press a button of the live view, as the secretary."""
    return signed_in(region.secretary).post(address(paragraph, name, *more), given, is_htmx=is_htmx)


def ids(region: Region, *names: str) -> list[int]:
    return [region.people[name].pk for name in names]


def move(region: Region, paragraph: Paragraph, kind: ProposalKind, name: str, text: str = "") -> Proposal:
    movers = [region.people[name]]
    return add_proposal(paragraph, by=region.secretary, kind=kind, movers=movers, text=text)


def proposal(region: Region, *names: str, kind: str = "grant", text: str = "") -> dict[str, Any]:
    return {"proposal-movers": ids(region, *names), "proposal-kind": kind, "proposal-text": text}


# --- Yrkanden ----------------------------------------------------------------------------------------------


def test_proposal_is_noted_and_worded_at_once(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "live_propose", given=proposal(region, "Elsa", "Asta"))
    assert answer.status_code == 200
    assert "<!doctype" not in answer.content.decode()
    assert "Elsa Öhman (C) och Asta Björk (V) bifall till motionen" in part(answer, "proposals")
    assert "Elsa Öhman (C) och Asta Björk (V) föreslår bifall till motionen." in read(answer)
    assert "Motförslaget: Elsa Öhmans och Asta Björks förslag" in part(answer, "procedure")
    for name in ("agenda", "paper", "strip"):
        assert f'id="{name}"' in answer.content.decode()
    assert answer.content.decode().count("data-focus") == 1


def test_proposal_without_script_leads_back(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "live_propose", is_htmx=False, given=proposal(region, "Asta"))
    assert (answer.status_code, answer["Location"]) == (302, f"{address(paragraph, 'live')}#proposals")


@pytest.mark.parametrize("is_htmx", [True, False])
def test_proposal_by_one_who_does_not_serve_keeps_what_was_typed(
    region: Region, paragraph: Paragraph, *, is_htmx: bool
) -> None:
    given = proposal(region, "Hugo", kind="add", text="att följa upp <script>🙂")
    answer = post(region, paragraph, "live_propose", is_htmx=is_htmx, given=given)
    assert answer.status_code == 422
    text = part(answer, "proposals")
    assert "Hugo Alm tjänstgör inte och kan inte yrka (KL 5 kap. 17 §). Rätta närvaron" in text
    markup = answer.content.decode()
    assert f'<option value="{region.people["Hugo"].pk}" selected>Hugo Alm (V)</option>' in markup
    assert '<option value="add" selected>' in markup
    assert "att följa upp &lt;script&gt;🙂" in markup
    assert "autofocus" in markup
    assert ("<!doctype" in markup) is not is_htmx
    assert not paragraph.proposals.exclude(kind=ProposalKind.TABLED).exists()


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"proposal-movers": []}, "Detta fält måste fyllas i."),
        ({"proposal-movers": ["999999"]}, "Välj någon ur närvarolistan."),
        ({"proposal-kind": "rösta"}, "Välj ett giltigt alternativ."),
        ({"proposal-kind": "amend"}, "Skriv yrkandets lydelse (KL 5 kap. 67 §)."),
        ({"proposal-kind": "refer_back"}, "Skriv motiveringen (KL 5 kap. 50 §)."),
        ({"proposal-text": MEGABYTE}, "som mest 5000 tecken"),
        ({"proposal-kind": "add", "proposal-text": "att 850709-9805 hörs"}, "personnummer"),
    ],
)
def test_proposal_that_is_not_in_order_is_said_beside_the_field(
    region: Region, paragraph: Paragraph, given: dict[str, Any], error: str
) -> None:
    answer = post(region, paragraph, "live_propose", given=proposal(region, "Asta") | given)
    assert answer.status_code == 422
    assert error in part(answer, "proposals")
    assert not paragraph.proposals.exclude(kind=ProposalKind.TABLED).exists()


def test_proposal_by_a_person_of_elsewhere_is_no_choice(region: Region, paragraph: Paragraph) -> None:
    region.people["Ulf"] = make_person("Ulf", "Rönn")
    answer = post(region, paragraph, "live_propose", given=proposal(region, "Ulf"))
    assert answer.status_code == 422
    assert "Välj någon ur närvarolistan." in read(answer)


def test_support_of_the_tabled_proposal_is_shown_and_removed(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "live_propose", given=proposal(region, "Cilla", kind="tabled"))
    assert "Cilla Dahl (M) bifall till det liggande förslaget" in part(answer, "proposals")
    assert "återta" not in part(answer, "proposals")
    tabled = paragraph.proposals.get()
    answer = post(region, paragraph, "live_remove", tabled.pk)
    assert "bifall till det liggande" not in part(answer, "proposals")


def test_same_alternative_gets_one_button(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.REJECT, "Cilla")
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    answer = post(region, paragraph, "live_propose", given=proposal(region, "Elsa"))
    text = part(answer, "procedure")
    assert "Det liggande förslaget mot Asta Björks och Elsa Öhmans förslag" in text
    assert text.count("Acklamation") == text.count("Motförslaget") == 1
    post(
        region,
        paragraph,
        "live_find",
        given={"question": question(paragraph), "winner": tabled_of(paragraph)},
    )
    assert clauses(paragraph) == [(Outcome.REJECTED, [1, 2], "")]


def test_proposal_is_taken_back_and_removed(region: Region, paragraph: Paragraph) -> None:
    grant = move(region, paragraph, ProposalKind.GRANT, "Asta")
    answer = post(region, paragraph, "live_withdraw", grant.pk)
    assert "Återtaget" in part(answer, "proposals")
    assert "Motförslaget" not in part(answer, "procedure")
    answer = post(region, paragraph, "live_withdraw", grant.pk)
    assert answer.status_code == 409
    assert "Förslaget kan inte återtas" in part(answer, "proposals")
    assert post(region, paragraph, "live_remove", grant.pk).status_code == 200
    assert post(region, paragraph, "live_remove", grant.pk).status_code == 404


def test_forms_not_acted_in_are_left_as_they_are(region: Region, paragraph: Paragraph) -> None:
    markup = post(region, paragraph, "live_propose", given=proposal(region, "Asta")).content.decode()
    assert 'id="adder-note" hx-preserve="true"' in markup
    assert 'id="adder-stay-out" hx-preserve="true"' in markup
    assert 'id="adder-chair" hx-preserve="true"' in markup
    assert markup.count("hx-preserve") == 3


# --- Ordförande --------------------------------------------------------------------------------------------


def test_the_chair_is_handed_over_from_the_live_view(region: Region, paragraph: Paragraph) -> None:
    is_the_secretarys(region, address(paragraph, "live_chair"), wrong="get")
    didrik, hugo = region.people["Didrik"], region.people["Hugo"]
    given = {"chair-chair": hugo.pk, "chair-onwards": "1"}
    refused = post(region, paragraph, "live_chair", given=given)
    assert refused.status_code == 422
    assert "Hugo Alm tjänstgör inte i § 1 och kan inte leda den" in read(refused).replace("\xa0", " ")
    assert f'<option value="{hugo.pk}" selected>' in refused.content.decode()
    given["chair-chair"] = didrik.pk
    assert "leder i ordförandens ställe" in read(post(region, paragraph, "live_chair", given=given))
    paragraph.meeting.refresh_from_db()
    assert paragraph.meeting.deputy == didrik
    answer = post(region, paragraph, "live_chair", given=given, is_htmx=False)
    assert (answer.status_code, answer["Location"].endswith("/live/#chair")) == (302, True)


def test_a_recused_chair_is_told_of_in_the_live_view(region: Region, paragraph: Paragraph) -> None:
    bo = {"stay_out-person": region.people["Bo"].pk, "stay_out-kind": NonParticipationKind.RECUSAL}
    told = read(post(region, paragraph, "live_stay_out", given=bo))
    assert "Bo Cederlund tjänstgör inte i paragrafen. Anteckna vem som leder den (KL 6 kap. 30 §)." in told


# --- Beslutsgång -------------------------------------------------------------------------------------------


def question(paragraph: Paragraph) -> int:
    return paragraph.questions.filter(found_at__isnull=True)[0].pk


def tabled_of(paragraph: Paragraph) -> int:
    return paragraph.proposals.get(kind=ProposalKind.TABLED).pk


def clauses(paragraph: Paragraph) -> list[tuple[str, list[int], str]]:
    found = Decision.objects.get(paragraph=paragraph).clauses.all()
    return [(clause.outcome, clause.settles, clause.text) for clause in found]


def test_finding_decides_and_words_the_procedure(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    answer = post(
        region,
        paragraph,
        "live_find",
        given={"question": question(paragraph), "winner": tabled_of(paragraph)},
    )
    assert "Det liggande förslaget bifalls" in part(answer, "procedure")
    assert "Föreslår avslag" in part(answer, "decision")
    assert "finner att regionstyrelsen bifaller det liggande förslaget." in read(answer)
    assert "Anteckna reservation" in part(answer, "reservations")


def test_finding_of_no_leads_to_the_next_question(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.POSTPONE, "Elsa")
    answer = post(region, paragraph, "live_find", given={"question": question(paragraph), "winner": ""})
    text = part(answer, "procedure")
    assert "Ska ärendet avgöras i dag eller bordläggas? avgörs i dag" in text
    assert "Acklamation: liggande förslag" in text
    assert "yrkandena ligger fast" in part(answer, "proposals")


def test_finding_of_a_question_laid_out_anew_is_a_conflict(region: Region, paragraph: Paragraph) -> None:
    old, tabled = question(paragraph), tabled_of(paragraph)
    move(region, paragraph, ProposalKind.GRANT, "Asta")
    answer = post(region, paragraph, "live_find", given={"question": old, "winner": tabled})
    assert answer.status_code == 409
    text = part(answer, "procedure")
    assert "Beslutsgången har ändrats sedan sidan visades Läs frågan igen och svara sedan." in text
    assert "Motförslaget: Asta Björks förslag" in text


def test_finding_that_is_refused_is_said_in_place(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "live_find", given={"question": question(paragraph), "winner": ""})
    assert answer.status_code == 422
    assert "Välj vilket förslag som bifalls" in part(answer, "procedure")


@pytest.mark.parametrize("given", [{}, {"question": "x"}, {"question": "1", "winner": "x"}])
def test_finding_of_nonsense_changes_nothing(
    region: Region, paragraph: Paragraph, given: dict[str, str]
) -> None:
    answer = post(region, paragraph, "live_find", given=given)
    assert answer.status_code == 422
    assert "Sidan har ändrats" in part(answer, "procedure")
    assert (
        post(
            region, paragraph, "live_find", given={"question": question(paragraph), "winner": 10**9}
        ).status_code
        == 404
    )


def test_minoritys_demand_is_counted(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    item = open_with(region, assembly, Motion.objects.get())
    refer_back = move(region, item, ProposalKind.REFER_BACK, "Elsa", "kostnaden belyses")
    given = {"question": question(item), "winner": refer_back.pk}
    answer = post(region, item, "live_find", given=given | {"supporters": 2})
    assert answer.status_code == 422
    text = part(answer, "procedure")
    assert "Det krävs minst 3 av 7 närvarande, och 2 begärde det (KL 5 kap. 50 §)." in text
    assert 'name="supporters" min="1" max="7" value="2"' in answer.content.decode()
    answer = post(region, item, "live_find", given=given | {"supporters": 3})
    assert "återremitteras, begärt av 3 av 7" in part(answer, "procedure")
    decision = Decision.objects.get(paragraph=item)
    assert (decision.kind, decision.by_minority) == (DecisionKind.REFERS_BACK, True)


def test_undo_takes_back_one_step_however_often_it_is_pressed(region: Region, paragraph: Paragraph) -> None:
    move(region, paragraph, ProposalKind.POSTPONE, "Elsa")
    post(region, paragraph, "live_find", given={"question": question(paragraph), "winner": ""})
    latest = question(paragraph)
    post(region, paragraph, "live_find", given={"question": latest, "winner": tabled_of(paragraph)})
    answer = post(region, paragraph, "live_undo", given={"step": f"found-{latest}"})
    assert "Acklamation: liggande förslag" in part(answer, "procedure")
    answer = post(region, paragraph, "live_undo", given={"step": f"found-{latest}"})
    assert answer.status_code == 409
    assert "Det steget är redan ångrat" in part(answer, "procedure")
    assert paragraph.questions.filter(found_at__isnull=False).count() == 1


def test_undo_after_a_reservation_is_refused_with_the_law(region: Region, paragraph: Paragraph) -> None:
    latest = question(paragraph)
    decide(region, paragraph)
    announce_reservation(
        paragraph, by=region.politician, persons=[region.people["Asta"]], at=clock(paragraph.meeting, 10)
    )
    answer = post(region, paragraph, "live_undo", given={"step": f"found-{latest}"})
    assert answer.status_code == 409
    assert "Någon har redan reserverat sig mot beslutet" in part(answer, "procedure")
    assert "KL 4 kap. 27 §" in part(answer, "procedure")


# --- Beslut ------------------------------------------------------------------------------------------------


def test_decision_is_refined_by_att_sats_with_own_words(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    given = {
        "decision-outcome_1": "granted",
        "decision-outcome_2": "deemed_answered",
        "decision-own_words": "utreda läget\n\natt återkomma i höst",
    }
    answer = post(region, paragraph, "live_refine", given=given)
    assert answer.status_code == 200
    assert clauses(paragraph) == [
        (Outcome.GRANTED, [1], ""),
        (Outcome.DEEMED_ANSWERED, [2], ""),
        ("", [], "utreda läget"),
        ("", [], "att återkomma i höst"),
    ]
    assert "att motionens andra att-sats anses besvarad" in part(answer, "decision")


def test_decision_form_starts_with_what_is_decided(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    markup = signed_in(region.secretary).get(address(paragraph, "live")).content.decode()
    assert markup.count('<option value="rejected" selected>') == 2


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "Ett beslut behöver minst en beslutssats"),
        ({"decision-own_words": MEGABYTE}, "som mest 20000 tecken"),
        ({"decision-outcome_1": "kanske"}, "Välj ett giltigt alternativ."),
        ({"decision-own_words": "höra 850709-9805"}, "personnummer"),
    ],
)
def test_decision_that_is_not_in_order_is_said_in_place(
    region: Region, paragraph: Paragraph, given: dict[str, str], error: str
) -> None:
    decide(region, paragraph)
    answer = post(region, paragraph, "live_refine", given=given)
    assert answer.status_code == 422
    assert error in part(answer, "decision")
    assert "<details open>" in answer.content.decode()
    assert clauses(paragraph) == [(Outcome.REJECTED, [1, 2], "")]


def test_postponed_item_gets_its_day(region: Region, paragraph: Paragraph) -> None:
    postpone = move(region, paragraph, ProposalKind.POSTPONE, "Elsa")
    answer = post(
        region, paragraph, "live_find", given={"question": question(paragraph), "winner": postpone.pk}
    )
    assert "Ange dag" in part(answer, "decision")
    answer = post(region, paragraph, "live_refine", given={"decision-until": "2026-05-01"})
    assert answer.status_code == 422
    assert "Ärendet bordläggs till en senare dag (KL 5 kap. 51 §)." in part(answer, "decision")
    answer = post(region, paragraph, "live_refine", given={"decision-until": "2026-06-17"})
    assert "bordlägger ärendet till sammanträdet den 17 juni 2026" in part(answer, "decision")


def test_rejected_matter_keeps_its_words_when_nothing_is_changed(
    region: Region, paragraph: Paragraph
) -> None:
    decide(region, paragraph)
    matter = add_matter(paragraph.meeting, by=region.secretary, title="Budget", proposal="att anta")
    post(region, matter, "take_up", is_htmx=False)
    reject = move(region, matter, ProposalKind.REJECT, "Elsa")
    answer = post(region, matter, "live_find", given={"question": question(matter), "winner": reject.pk})
    assert ">förslaget avslås</textarea>" in answer.content.decode().replace("\n", "")
    post(region, matter, "live_refine", given={"decision-own_words": "förslaget avslås"})
    assert Decision.objects.get(paragraph=matter).kind == DecisionKind.DECIDES


def test_verdict_that_leaves_an_att_sats_open_asks_for_it(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    assembly = make_meeting(region, region.assembly, held_on=date(2026, 6, 10))
    item = decide(region, open_with(region, assembly, Motion.objects.get()))
    answer = post(region, item, "live_refine", given={"decision-outcome_1": "granted"})
    assert "beslut: Ange utfallet för att-sats 2." in read(answer)
    assert '<details open>\n        <summary data-key="b">' in answer.content.decode()


# --- Deltar inte, reservationer, anteckningar --------------------------------------------------------------


@pytest.mark.parametrize("kind", NonParticipationKind)
def test_non_participation_is_noted_and_removed(
    region: Region, paragraph: Paragraph, kind: NonParticipationKind
) -> None:
    given = {"stay_out-person": ids(region, "Asta")[0], "stay_out-kind": kind.value}
    answer = post(region, paragraph, "live_stay_out", given=given)
    assert f"Asta Björk (V) {str(kind.label).lower()}" in part(answer, "participation")
    noted = paragraph.non_participations.get()
    answer = post(region, paragraph, "live_take_part", noted.pk)
    assert "Asta Björk (V) " + str(kind.label).lower() not in part(answer, "participation")
    assert post(region, paragraph, "live_take_part", noted.pk).status_code == 404


def test_non_participation_of_one_who_does_not_serve_is_refused(region: Region, paragraph: Paragraph) -> None:
    given = {"stay_out-person": ids(region, "Hugo")[0], "stay_out-kind": "recusal"}
    answer = post(region, paragraph, "live_stay_out", given=given)
    assert answer.status_code == 422
    assert "Hugo Alm tjänstgör inte och deltar redan inte i beslutet" in part(answer, "participation")
    assert post(region, paragraph, "live_stay_out").status_code == 422


def test_substitute_of_the_recused_is_proposed_in_order_and_serves_in_the_paragraph(
    region: Region, paragraph: Paragraph
) -> None:
    given = {"stay_out-person": ids(region, "Asta")[0], "stay_out-kind": "recusal"}
    answer = post(region, paragraph, "live_stay_out", given=given)
    assert "6 av 7 tjänstgör" in part(answer, "strip")
    row = answer.content.decode().split("Ersättare för Asta Björk i paragrafen")[1].split("</select>")[0]
    assert re.findall(r">([^<>]+)</option>", row) == ["Hugo Alm (V)", "Iris Brand (S)"]
    noted = paragraph.non_participations.get()
    chosen = {"substitute": ids(region, "Hugo")[0]}
    answer = post(region, paragraph, "live_substitute", noted.pk, given=chosen)
    assert "jäv, Hugo Alm (V) tjänstgör i paragrafen" in part(answer, "participation")
    assert "7 av 7 tjänstgör" in part(answer, "strip")
    assert "I stället tjänstgör Hugo Alm (V)." in part(answer, "paper")
    for wrong in ({}, {"substitute": "x"}, {"substitute": 10**9}):
        assert post(region, paragraph, "live_substitute", noted.pk, given=wrong).status_code == 404


def test_substitute_of_one_who_abstains_is_refused_beside_the_field(
    region: Region, paragraph: Paragraph
) -> None:
    asta, hugo = ids(region, "Asta", "Hugo")
    given = {"stay_out-person": asta, "stay_out-kind": "not_participating", "stay_out-substitute": hugo}
    answer = post(region, paragraph, "live_stay_out", given=given)
    assert answer.status_code == 422
    assert "KL 5 kap. 17 §" in part(answer, "participation")
    assert f'<option value="{hugo}" selected>' in answer.content.decode()
    assert not paragraph.non_participations.exists()


def test_reservation_said_aloud_is_noted(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    given = {
        "reservation-persons": ids(region, "Elsa", "Asta"),
        "reservation-text": "För dyrt <b>nu</b>.\n\nOch sent.",
    }
    answer = post(region, paragraph, "live_reserve", given=given)
    assert "Elsa Öhman (C) och Asta Björk (V) anmäld" in part(answer, "reservations")
    assert "Elsa Öhman (C) och Asta Björk (V) reserverar sig mot beslutet enligt följande:" in read(answer)
    assert paragraph.reservations.get().html == "<p>För dyrt &lt;b&gt;nu&lt;/b&gt;.</p><p>Och sent.</p>"


def test_reservation_before_the_gavel_is_refused(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "live_reserve", given={"reservation-persons": ids(region, "Asta")})
    assert answer.status_code == 409
    assert "Beslutet är inte fattat ännu" in part(answer, "reservations")


def test_reservation_of_one_who_was_absent_speaks_of_that_person(
    region: Region, paragraph: Paragraph
) -> None:
    set_present(paragraph.meeting, by=region.secretary, person=region.people["Asta"], is_present=False)
    decide(region, paragraph)
    given = {"reservation-persons": ids(region, "Asta"), "reservation-text": "Min text"}
    answer = post(region, paragraph, "live_reserve", given=given)
    assert answer.status_code == 403
    text = part(answer, "reservations")
    assert "Asta Björk är antecknad som frånvarande och deltog inte i beslutet" in text
    assert "KL 4 kap. 27 §" in text
    assert "Min text" in text
    assert not paragraph.reservations.exists()


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"reservation-persons": []}, "Detta fält måste fyllas i."),
        ({"reservation-text": MEGABYTE}, "som mest 40000 tecken"),
    ],
)
def test_reservation_that_is_not_in_order_is_said_in_place(
    region: Region, paragraph: Paragraph, given: dict[str, Any], error: str
) -> None:
    decide(region, paragraph)
    answer = post(
        region, paragraph, "live_reserve", given={"reservation-persons": ids(region, "Asta")} | given
    )
    assert answer.status_code == 422
    assert error in part(answer, "reservations")


def test_reservation_is_taken_back_for_those_who_made_it(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    post(region, paragraph, "live_reserve", given={"reservation-persons": ids(region, "Asta")})
    row = paragraph.reservations.get().pk
    answer = post(region, paragraph, "live_remove_reservation", row)
    assert "Inga reservationer." in part(answer, "reservations")
    assert post(region, paragraph, "live_remove_reservation", row).status_code == 404


def test_note_said_aloud_is_noted_once_and_removed(region: Region, paragraph: Paragraph) -> None:
    given = {"note-person": ids(region, "Bo")[0], "note-text": "Vi återkommer."}
    answer = post(region, paragraph, "live_note", given=given)
    assert "Bo Cederlund (S) protokollsanteckning" in read(answer)
    assert "Vi återkommer." in read(answer)
    answer = post(region, paragraph, "live_note", given=given)
    assert answer.status_code == 409
    assert "Vi återkommer." in part(answer, "notes")
    answer = post(region, paragraph, "live_remove_note", paragraph.notes.get().pk)
    assert "protokollsanteckning 0" not in read(answer)
    assert not paragraph.notes.exists()


def test_note_of_one_who_is_not_here_is_refused(region: Region, paragraph: Paragraph) -> None:
    given = {"note-person": ids(region, "Hugo")[0], "note-text": "Hej"}
    answer = post(region, paragraph, "live_note", given=given)
    assert answer.status_code == 403
    assert "Bara den som är med vid sammanträdet kan lämna en anteckning" in part(answer, "notes")
    assert post(region, paragraph, "live_note").status_code == 422


# --- Who, and of what --------------------------------------------------------------------------------------


def test_acts_are_the_secretarys(region: Region, paragraph: Paragraph) -> None:
    for name in ("propose", "find", "undo", "refine", "stay_out", "reserve", "note"):
        is_the_secretarys(region, address(paragraph, f"live_{name}"), wrong="get")
        missing = reverse(f"protocols:live_{name}", args=[10**9])
        assert signed_in(region.secretary).post(missing).status_code == 404
    for name in ("withdraw", "remove", "take_part", "substitute", "remove_reservation", "remove_note"):
        is_the_secretarys(region, address(paragraph, f"live_{name}", 1), wrong="get")
        assert post(region, paragraph, f"live_{name}", 10**9).status_code == 404


def test_acts_on_verified_minutes_are_refused(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    given = {"decision-outcome_1": "granted", "decision-outcome_2": "granted"}
    answer = post(region, paragraph, "live_refine", given=given)
    assert answer.status_code == 409
    assert "är justerad och kan inte ändras" in read(answer)
    assert clauses(paragraph) == [(Outcome.REJECTED, [1, 2], "")]


def test_rows_of_another_paragraph_are_not_found(region: Region, paragraph: Paragraph) -> None:
    grant = move(region, paragraph, ProposalKind.GRANT, "Asta")
    other: Meeting = make_meeting(region, region.board, held_on=date(2026, 6, 17))
    item = add_matter(other, by=region.secretary, title="Budget")
    assert post(region, item, "live_remove", grant.pk).status_code == 404
    assert paragraph.proposals.filter(pk=grant.pk).exists()
