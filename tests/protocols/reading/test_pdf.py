"""PDFs read as text and as facts: Klubbslag's own, and papers of other layouts made for this."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest

from protocols.extracts.minutes import minutes_pdf
from protocols.reading import pdf, protocol
from protocols.reading.facts import Choice, Outcome, Person, ReadProtocol
from protocols.reading.refusals import Reason, UnreadableError
from protocols.reading.sources import Source
from tests.protocols.extracts.minutes_samples import make_minutes
from tests.protocols.reading import papers
from tests.protocols.reading.papers import MEMBERS

PEOPLE = tuple(Person(*member) for member in MEMBERS)
MAKERS = {"city": papers.city, "county": papers.county, "village": papers.village}


@cache
def paper(name: str) -> bytes:
    return MAKERS[name]()


@cache
def text_of(name: str) -> str:
    return Source(name, name, ".pdf", paper(name)).text()


@cache
def read(name: str) -> ReadProtocol:
    return protocol.read(text_of(name), name)


def refused(content: bytes) -> Reason:
    with pytest.raises(UnreadableError) as refusal:
        Source("x", "x", ".pdf", content).text()
    return refusal.value.reason


def locked(user: str) -> bytes:
    """The village's minutes with an owner's password, and perhaps one to open them."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("village"))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="hemligt", user=user))
    return out.getvalue()


def pages(count: int) -> bytes:
    """So many empty pages."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(count):
            document.add_blank_page(page_size=(200, 200))
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", MAKERS)
def test_attendance_in_columns_is_read_in_its_order(name: str) -> None:
    assert tuple(one.person for one in read(name).front.attendance) == PEOPLE


@pytest.mark.parametrize(("name", "verifier"), [("city", 3), ("county", 7), ("village", 1)])
def test_front_page_is_read(name: str, verifier: int) -> None:
    front = read(name).front
    told = {
        "city": ("Kommunstyrelsen", "2031-04-16", "Kommunhuset, sal Aspen"),
        "county": ("Regionfullmäktige", "2032-11-18", "Landshuset i Fjällmark, klockan 10.00–15.30"),
        "village": ("Byggnadsnämnden", "2033-02-08", "Sockenstugan"),
    }
    assert (front.body, str(front.day), front.venue) == told[name]
    assert front.verifiers == (PEOPLE[verifier],)


def test_paragraphs_have_number_registry_number_and_title() -> None:
    heads = [(one.number, one.registry_number, one.title) for name in MAKERS for one in read(name).paragraphs]
    assert heads == [
        ("112", "KS-2030-00418", "Motion av Evald Skönberga (SD) om ny belysning längs Kvarnstigen"),
        ("113", "KS-2031-00020", "Årsredovisning för Aspviks hamn"),
        ("61", "2207-2031", "Motion 14-2031 om laddplatser vid hälsocentralerna"),
        ("62", "2310-2032", "Entledigande från uppdrag"),
        ("7", "BN-2032-77", "Tillbyggnad av bystugan på Lerum 3:12"),
        ("8", "BN-2033-5", "Ansökan om skylt vid torget"),
    ]
    assert all(one.marks == () for name in MAKERS for one in read(name).paragraphs)


def test_decisions_are_cut_into_clauses() -> None:
    decided = [
        (one.outcome, [clause.text for clause in one.decision])
        for name in MAKERS
        for one in read(name).paragraphs
    ]
    assert decided == [
        (Outcome.REJECTED, ["Motionen avslås."]),
        (Outcome.NOTED, ["Kommunstyrelsen antecknar informationen."]),
        (Outcome.PARTLY_GRANTED, ["Motionens första att-sats bifalls.", "Motionens andra att-sats avslås."]),
        (Outcome.OTHER, ["Frideborg Ulvsund entledigas från sitt uppdrag."]),
        (Outcome.REFERRED_BACK, ["att återremittera ärendet för ny kostnadsberäkning."]),
        (Outcome.REJECTED, ["Byggnadsnämnden avslår ansökan."]),
    ]


def test_proposals_have_their_movers() -> None:
    moved = {name: [one.by for one in read(name).paragraphs[0].proposals] for name in MAKERS}
    assert moved == {
        "city": [(PEOPLE[4],), (PEOPLE[0],)],
        "county": [(PEOPLE[2], PEOPLE[8]), (PEOPLE[1],)],
        "village": [(PEOPLE[6],), (PEOPLE[9],)],
    }


def test_votes_have_counts_and_voters() -> None:
    (named,) = read("city").paragraphs[0].votes
    assert named.question == "Ja för avslag på motionen och Nej för bifall till motionen."
    assert (named.yes, named.no) == (7, 5)
    assert [one.person for one in named.named if one.choice is Choice.YES] == list(PEOPLE[:7])
    assert [one.person for one in named.named if one.choice is Choice.NO] == list(PEOPLE[7:])
    (counted,) = read("county").paragraphs[0].votes
    assert (counted.yes, counted.no, counted.abstain) == (29, 18, 2)


def test_reservations_recusals_references_and_recipients_are_read() -> None:
    city, county, village = (read(name).paragraphs[0] for name in MAKERS)
    assert [(one.by, one.text) for one in city.reservations] == [
        (
            (PEOPLE[4],),
            "Belysningen hade gjort Kvarnstigen trygg för skolbarnen under den mörka årstiden.",
        )
    ]
    assert [one.parties for one in county.reservations] == [("M", "KD")]
    assert read("village").paragraphs[1].reservations[0].by == (PEOPLE[6],)
    assert village.recusals == (PEOPLE[10],)
    told = [(str(one.day), one.number) for each in (city, county) for one in each.earlier]
    assert told == [("2031-03-19", "98"), ("2032-10-07", "188")]
    sent = [[one.text for one in each.recipients] for each in (city, county, village)]
    assert sent == [
        ["Samhällsbyggnadsnämnden"],
        ["Regiondirektören", "Fastighetschefen"],
        ["Bygglovsenheten"],
    ]


def test_hyphens_at_line_ends_are_joined_and_running_heads_stand_apart() -> None:
    matter = next(one for one in read("city").paragraphs[0].sections if one.heading == "Ärendet")
    assert "-\n" in text_of("city")
    folded = " ".join(matter.text.split())
    assert "Protokoll nr 6" not in folded
    assert "Aspviks kommun" not in folded


@pytest.mark.parametrize("name", MAKERS)
def test_places_are_in_the_text_and_on_the_page(name: str) -> None:
    by_page = text_of(name).split("\f")
    for paragraph in read(name).paragraphs:
        for told in (*paragraph.decision, *paragraph.recipients):
            place = told.place
            assert text_of(name)[place.start : place.end].split() == told.text.split()
            assert place.page is not None
            assert "".join(told.text.split()) in "".join(by_page[place.page - 1].split())


def test_minutes_made_here_come_back() -> None:
    minutes = make_minutes(paragraphs=4, members=12)
    made = protocol.read(Source("x", "x", ".pdf", minutes_pdf(minutes)).text(), "x")
    heads = [(int(one.number), one.registry_number, one.title) for one in made.paragraphs]
    assert heads == [(one.number, one.registry_number, one.title) for one in minutes.paragraphs]
    for one in made.paragraphs:
        assert [clause.text for clause in one.decision] == ["Motionen avslås."]
        assert [each.by for each in one.reservations] == [(Person("Asta Björk", "V"),)]
        assert [line.text for line in one.recipients] == ["Regionjuristen"]
        assert one.outcome is Outcome.REJECTED
    listed = [(one.person.name, one.person.party) for one in made.attendance]
    assert listed == [(one.name, one.party) for one in minutes.attendees]


def test_body_of_several_words_decides() -> None:
    body = (
        "<p>Hälso- och sjukvårdsnämnden</p><h1>§ 3 Avgifter</h1><h2>Hälso- och sjukvårdsnämndens beslut</h2>"
    )
    clause = "<p>Hälso- och sjukvårdsnämnden beslutar att avgifterna är oförändrade.</p>"
    made = protocol.read(pdf.text(papers.press("", body + clause)), "x")
    assert made.front.body == "Hälso- och sjukvårdsnämnden"
    assert [one.text for one in made.paragraphs[0].decision] == ["att avgifterna är oförändrade."]


def test_owners_password_alone_keeps_nobody_from_reading() -> None:
    assert Source("x", "x", ".pdf", locked("")).text() == text_of("village")


def test_pdf_that_cannot_be_read_is_refused_with_its_reason() -> None:
    whole = paper("village")
    assert refused(locked("också hemligt")) is Reason.ENCRYPTED
    assert refused(whole[: len(whole) // 2]) is Reason.BROKEN
    assert refused(b"%PDF-1.7\nnothing\n%%EOF") is Reason.BROKEN
    assert refused(pages(1)) is Reason.NO_TEXT
    assert refused(pages(pdf.MOST_PAGES + 1)) is Reason.TOO_MANY_PAGES
    english = papers.press("", "<p>The council decided to adopt the minutes of the last meeting.</p>" * 20)
    assert refused(english) is Reason.NOT_SWEDISH
