"""Whole made-up protocols in three layouts, read from text to facts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from protocols.reading import checks, protocol
from protocols.reading.facts import Choice, MarkKind, Outcome, Person, SectionKind
from tests.protocols.reading.minutes import CITY, COUNTY, FRONT, MATTER, UNKNOWN

CITY_READ = protocol.read(CITY, "kf-2031-06-03")
COUNTY_READ = protocol.read(COUNTY, "rs-maj")
UNKNOWN_READ = protocol.read(UNKNOWN, "ekbacka")
FIRST, SECOND = CITY_READ.paragraphs


def test_head_has_number_registry_number_and_title() -> None:
    assert (FIRST.number, FIRST.registry_number) == ("11", "SLK-2031-00101")
    assert FIRST.title.startswith(
        "Motion av Alva Norrgård (S), Bo von Sydvik (M) och Cia ben Ek Lund (V) om att"
    )
    assert FIRST.is_motion
    assert FIRST.movers == (
        Person("Alva Norrgård", "S"),
        Person("Bo von Sydvik", "M"),
        Person("Cia ben Ek Lund", "V"),
    )


def test_title_ends_where_a_sentence_begins_on_the_next_line() -> None:
    assert SECOND.title == "Anmälan av beslut att utse Ivar Sten (S) till ny ersättare"
    assert SECOND.outcome is Outcome.POSTPONED
    assert not SECOND.is_motion


def test_decision_has_clauses_without_numbers_and_lead_in() -> None:
    assert [clause.text for clause in FIRST.decision] == [
        "Den av Alva Norrgård, Bo von Sydvik och Cia ben Ek Lund väckta motionen bifalles.",
        "Parknämnden får i uppdrag att ta fram en färg. Färgen ska vara: a) grön b) tålig.",
    ]
    assert FIRST.decision_source == "kommunstyrelsens förslag"
    assert FIRST.outcome is Outcome.GRANTED
    assert FIRST.immediately_verified


def test_facts_lead_to_their_place_in_the_source() -> None:
    place = FIRST.decision[0].place
    assert re.sub(r"\s+", " ", CITY[place.start : place.end]) == FIRST.decision[0].text
    assert place.page == 1
    assert FIRST.votes[0].place.page == 2
    assert CITY[FIRST.earlier[1].place.start : FIRST.earlier[1].place.end] == "§ 9"


def test_earlier_documents_and_recipients_are_listed() -> None:
    assert [(one.day, one.number) for one in FIRST.earlier] == [
        (dt.date(2031, 3, 4), "7"),
        (dt.date(2031, 4, 8), "9"),
        (dt.date(2031, 5, 2), "10"),
    ]
    assert [one.text for one in FIRST.documents] == [
        "2031 nr 12.",
        "Yrkande från D den 1 mars 2031, reviderat den 2 mars 2031.",
    ]
    assert [one.text for one in FIRST.recipients] == ["Parknämnden", "Miljö- och bänknämnden – Återremiss"]


def test_proposals_are_by_the_subject_of_their_sentence() -> None:
    assert [one.by for one in FIRST.proposals] == [
        (Person("Alva Norrgård", "S"), Person("Dag Öst", "C")),
        (Person("Ebba Väst-Holm", "M"),),
        (Person("Alva Norrgård", "S"),),
    ]
    assert FIRST.proposals[2].text == "Vidare anmäler Alva Norrgård att yrkandet återtas."


def test_vote_has_wording_counts_and_the_ballots_of_its_list() -> None:
    (vote,) = FIRST.votes
    assert vote.question == "Ja för bifall till kommunstyrelsens förslag. Nej för avslag."
    assert (vote.yes, vote.no, vote.abstain, vote.absent, vote.appendix) == (2, 1, 1, None, "2")
    assert [(one.person.name, one.person.party, one.choice) for one in vote.listed] == [
        ("Alva Norrgård", "S", Choice.YES),
        ("Bo von Sydvik", "M", Choice.NO),
        ("Cia ben Ek Lund", "V", Choice.YES),
        ("Dag Öst", "C", Choice.ABSTAIN),
    ]
    assert checks.counted(vote) is checks.Counted.EQUAL


def test_recusal_is_no_note() -> None:
    assert FIRST.recusals == (Person("Finn Mark", "L"), Person("Hans Å", "KD"))
    assert [(note.by, note.parties) for note in FIRST.notes] == [
        ((), ("C", "D", "L")),
        ((Person("Gun Skog", "MP"),), ()),
    ]
    assert FIRST.notes[1].text.endswith("Jag röstade fel. Det var synd.")


def test_reservations_are_by_groups_or_people_with_their_text() -> None:
    assert [(one.by, one.parties, one.text) for one in FIRST.reservations] == [
        ((), ("D", "L"), "till förmån för det egna yrkandet."),
        ((Person("Ebba Väst-Holm", "M"),), (), "Bänkar är bruna. Så har det alltid varit."),
        ((Person("Finn Mark", "L"),), (), None),
    ]


def test_front_has_body_and_day_of_the_running_heads() -> None:
    assert (CITY_READ.front.body, CITY_READ.front.day) == ("Kommunfullmäktige", dt.date(2031, 6, 3))
    assert CITY_READ.profile == "Göteborg"
    assert CITY_READ.marks == ()


@pytest.mark.parametrize("text", [CITY, COUNTY, UNKNOWN], ids=["city", "county", "unknown"])
def test_every_word_is_in_a_section(text: str) -> None:
    read = protocol.read(text, "x")
    kept = Counter(
        word
        for paragraph in read.paragraphs
        for section in paragraph.sections
        for word in re.findall(r"\w+", f"{section.heading}\n{section.text}")
    )
    assert kept == Counter(re.findall(r"\w+", text))


def test_sections_keep_the_order_of_the_source() -> None:
    starts = [one.place.start for one in FIRST.sections]
    assert starts == sorted(starts)
    assert [one.kind for one in FIRST.sections][:3] == [
        SectionKind.HEAD,
        SectionKind.DECISION,
        SectionKind.EARLIER,
    ]


def test_county_layout_is_read_with_its_own_headings() -> None:
    (paragraph,) = COUNTY_READ.paragraphs
    assert COUNTY_READ.profile == "Norrbotten"
    assert (paragraph.number, paragraph.registry_number) == ("21", "77-2031")
    assert paragraph.title == "Motion 4-2031 om tysta korridorer"
    assert [clause.text for clause in paragraph.decision] == ["att motionen avslås."]
    assert paragraph.outcome is Outcome.RECOMMENDS_REJECTING
    assert [one.by for one in paragraph.proposals] == [(Person("Kaj Lind", "V"),)]
    assert [one.heading for one in paragraph.sections][2:] == [
        "Regionstyrelsens beslut",
        "Reservation",
        "Yttrande till beslutsförslaget",
        "Ärendets behandling under sammanträdet",
        "Beslutsgång",
        "Ärendet",
        "Nuvarande arbete med ljud",
        "Protokollsutdrag skickas till:",
    ]
    assert "[bullerkartan](#)" in paragraph.sections[7].text
    assert paragraph.marks == ()


def test_unknown_layout_is_read_and_says_what_it_did_not_understand() -> None:
    first, second = UNKNOWN_READ.paragraphs
    assert [mark.kind for mark in UNKNOWN_READ.marks] == [MarkKind.UNKNOWN_LAYOUT]
    assert (first.number, first.title, first.registry_number) == ("31", "Val av justerare", "KS/2031:8")
    assert (second.registry_number, second.outcome) == ("KS/2031:117", Outcome.RECOMMENDS_PARTLY)
    assert [(mark.kind, mark.detail) for mark in second.marks] == [
        (MarkKind.UNKNOWN_HEADING, "Kloka tankar från förvaltningen")
    ]
    assert [ballot.choice for ballot in second.votes[0].named] == [Choice.YES, Choice.NO]
    assert second.reservations[0].by == (Person("Jan Lund", "V"),)


def test_front_page_has_attendance_and_verifiers() -> None:
    front = UNKNOWN_READ.front
    assert front.venue.startswith("Sessionssalen")
    assert [(one.person.name, one.role, one.instead_of) for one in front.attendance] == [
        ("Anna Bergvall", "ordförande", ""),
        ("Jan Lund", "ledamot", "Siv Äng"),
    ]
    assert front.verifiers == (Person("Anna Bergvall", "S"),)


def test_count_that_differs_from_its_ballots_is_marked() -> None:
    read = protocol.read(CITY.replace("med 2 Ja", "med 3 Ja"), "x")
    assert [mark.kind for mark in read.paragraphs[0].marks] == [MarkKind.COUNT_DIFFERS]
    assert read.paragraphs[0].marks[0].detail == "2–1–1"


def test_text_without_paragraphs_has_none() -> None:
    assert protocol.read("Bara en anteckning om vädret.", "x").paragraphs == ()


def test_numbers_that_repeat_are_skipped_or_end_early_are_marked() -> None:
    text = (
        "§ 1 Öppnande\n\nBeslut\n\nMötet öppnas.\n\n§ 4 Val\n\nBeslut\n\nVal görs.\n\n§ 4 "
        "Avslut\n\nBeslut\n\nMötet avslutas och"
    )
    assert [mark.kind for mark in protocol.read(text, "x").marks][1:] == [
        MarkKind.NUMBER_SKIPPED,
        MarkKind.NUMBER_REPEATED,
        MarkKind.CUT_OFF,
    ]


@pytest.mark.parametrize(
    ("line", "officers"),
    [
        ("Rut Ek, förvaltningschef", [("Rut Ek", "förvaltningschef")]),
        ("Rut Ek (sekreterare)", [("Rut Ek", "sekreterare")]),
        ("Rut Ek, ekonom; Siv Al, jurist, §§ 3–5", [("Rut Ek", "ekonom"), ("Siv Al", "jurist")]),
        ("Rut Ek, kl. 9.00", []),
        ("Två åhörare", []),
    ],
)
def test_officers_have_an_office_and_no_party(line: str, officers: list[tuple[str, str]]) -> None:
    text = FRONT.replace("Rut Ek, förvaltningschef", line) + MATTER
    there = protocol.read(text, "gn").front.attendance
    assert [(one.person.name, one.role) for one in there if not one.person.party] == officers


def test_who_is_named_with_a_party_on_the_cover_is_known_in_every_paragraph() -> None:
    (reservation,) = protocol.read(FRONT + MATTER, "gn").paragraphs[0].reservations
    assert [(one.name, one.party) for one in reservation.by] == [("Stig Ny", "V")]
    (unknown,) = protocol.read(MATTER, "gn").paragraphs[0].reservations
    assert not unknown.by
