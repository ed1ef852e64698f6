"""The parts of the grammar, sentence by sentence, in fiction."""

from __future__ import annotations

import datetime as dt

import pytest

from protocols.reading import (
    decisions,
    headings,
    names,
    profiles,
    proposals,
    references,
    reservations,
    sentences,
    titles,
    votes,
)
from protocols.reading.clauses import items, listed
from protocols.reading.facts import Choice, Outcome, Person, SectionKind
from protocols.reading.lines import Passage, split
from protocols.reading.names import Known

GENERAL = profiles.load(profiles.GENERAL)


# What a heading is


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Beslut", SectionKind.DECISION),
        ("Beslutet skickas till:", SectionKind.RECIPIENTS),
        ("Socialnämndens beslut", SectionKind.DECISION),
        ("Kommunstyrelsens arbetsutskotts förslag till beslut", SectionKind.DRAFT),
        ("Omröstning - huvudvotering", SectionKind.VOTE),
        ("Omröstning om motförslag", SectionKind.VOTE),
        ("Yrkanden 2", SectionKind.PROPOSALS),
        ("YRKANDEN", SectionKind.PROPOSALS),
        ("Enligt kommunstyrelsens förslag:", None),
        ("Yrkande från C den 1 mars", None),
        ("Beslut.", None),
        ("Parknämnden", None),
    ],
)
def test_heading_is_a_line_that_the_profile_knows(line: str, kind: SectionKind | None) -> None:
    assert headings.known(line, GENERAL) is kind


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("§ 12 Val av justerare", ("12", "Val av justerare")),
        ("§12", ("12", "")),
        ("§ 12. Val av justerare", ("12", "Val av justerare")),
        ("§ 12 – Val av justerare", ("12", "Val av justerare")),
        ("Paragraf 12 Val av justerare", ("12", "Val av justerare")),
        ("Paragraf 12, val av justerare", None),
        ("KS § 70/31 Dnr KS 2031/5", ("70/31", "Dnr KS 2031/5")),
        ("§ 5 0123/31", ("5", "0123/31")),
        ("§ 32, den 29 februari 2031,", None),
        ("§ 12 i arbetsordningen gäller.", None),
        ("§ 3.", None),
        ("§ 32, Dnr KS 2031/7", ("32", "Dnr KS 2031/7")),
        ("§ 32, Kommunstyrelsen den 3 maj", None),
    ],
)
def test_sign_of_a_paragraph_is_not_a_mention_of_one(line: str, sign: tuple[str, str] | None) -> None:
    assert titles.sign(line, GENERAL) == sign


@pytest.mark.parametrize(
    ("lines", "registry", "title"),
    [
        ("§ 1\nVal av\njusterare", None, "Val av justerare"),
        ("§ 1 Val av justerare\nDnr KS 2031/12", "KS 2031/12", "Val av justerare"),
        ("§ 1 Dnr KS/2031:12\nVal av justerare", "KS/2031:12", "Val av justerare"),
        ("§ 1 Val av justerare (RS 2031-0012)", "RS 2031-0012", "Val av justerare"),
        ("§ 1 Diarienummer: RS 2031/1288\nVal av justerare", "RS 2031/1288", "Val av justerare"),
        ("§ 1 Mötet avslutas\nOrdföranden tackar för idag.", None, "Mötet avslutas"),
        ("§ 1, Dnr FN/2031:44\nVal av justerare", "FN/2031:44", "Val av justerare"),
        ("§ 1/31 Val av justerare (Fn2031/44)", "Fn2031/44", "Val av justerare"),
        ("§ 1\nDiarienummer: FN.2031.44\nVal av justerare", "FN.2031.44", "Val av justerare"),
        ("§ 1 Plan 2031-2034 för parker", None, "Plan 2031-2034 för parker"),
        ("§ 1 Dnr 2031/9-101\nVal av justerare", "2031/9-101", "Val av justerare"),
        ("§ 1 2031-2033 års plan", None, "2031-2033 års plan"),
        ("§ 1\nFrågestund\nFråga 1", None, "Frågestund"),
        (
            "§ 1\nFrågor vid nämndens stora frågestund i maj\nFråga 1",
            None,
            "Frågor vid nämndens stora frågestund i maj",
        ),
        ("§ 1 Plan för barn- och\nungdomsidrott i byn", None, "Plan för barn- och ungdomsidrott i byn"),
    ],
)
def test_head_reads_number_and_title_in_any_order(lines: str, registry: str | None, title: str) -> None:
    head = titles.head(split(lines), GENERAL)
    assert (head.registry_number, head.title) == (registry, title)


# What a name is


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ordföranden Dag Öst (C) yrkar", [("Dag Öst", "C")]),
        (
            "Tjänstgörande ersättaren Ebba Väst-Holm (M) och Bo von Sydvik (S)",
            [("Ebba Väst-Holm", "M"), ("Bo von Sydvik", "S")],
        ),
        ("Vidare yrkar Cia ben Ek Lund\u00a0(V) avslag", [("Cia ben Ek Lund", "V")]),
        ("Motion av Alva Norrgård m.fl. (SD) om", [("Alva Norrgård", "SD")]),
        ("Vänsterpartiet (V) reserverar sig", []),
        ("utredningen Ett starkt Norden (SOU 2031:3)", []),
    ],
)
def test_name_stands_before_a_party_in_brackets(text: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.party) for one in names.people(text)] == people


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Ledamöterna från S, V och MP reserverar sig", ("S", "V", "MP")),
        ("Ledamöterna i V:s och MP:s grupper", ("V", "MP")),
        ("Moderaterna och Framtidspartiet (FP)", ("M", "FP")),
        ("Ledamöterna lämnar salen", ()),
    ],
)
def test_group_is_named_by_its_parties(text: str, parties: tuple[str, ...]) -> None:
    assert names.groups(text) == parties


def test_two_spellings_of_a_name_are_one() -> None:
    assert names.key("Öst-Berg, Dag") == names.key("Dag Öst Berg")
    assert names.key("Dag Öst") != names.key("Dag Väst")


# Where a sentence ends


def test_sentence_does_not_end_at_an_abbreviation() -> None:
    text = (
        "Hon yrkar enligt 5 kap. 3 § t.ex. Bänklagen. Nej för bifall till Alva Ek m.fl. Ja för avslag. Slut"
    )
    assert [text[start:end] for start, end in sentences.spans(text)] == [
        "Hon yrkar enligt 5 kap. 3 § t.ex. Bänklagen.",
        "Nej för bifall till Alva Ek m.fl.",
        "Ja för avslag.",
        "Slut",
    ]


def test_passage_undoes_hyphens_at_line_ends_and_knows_its_place() -> None:
    source = "Bänkarnas hand-\nläggning av miljö-\noch IT-\nfrågor"
    passage = Passage(split(source))
    assert passage.text == "Bänkarnas handläggning av miljö- och IT-frågor"
    place = passage.place(passage.text.index("läggning"), passage.text.index("läggning") + 8)
    assert source[place.start : place.end] == "läggning"


# What a decision says


def decided(text: str, *, heading: str = "Beslut", is_motion: bool = True) -> tuple[list[str], Outcome]:
    read = decisions.read(split(text), heading, GENERAL)
    return [clause.text for clause in read.clauses], decisions.outcome(
        read, is_motion=is_motion, profile=GENERAL
    )


@pytest.mark.parametrize(
    ("text", "clauses", "outcome"),
    [
        ("Motionen avslås.", ["Motionen avslås."], Outcome.REJECTED),
        ("Motionen anses besvarad.", ["Motionen anses besvarad."], Outcome.DEEMED_ANSWERED),
        ("Kommunfullmäktige beslutar\n\natt bifalla motionen.", ["att bifalla motionen."], Outcome.GRANTED),
        (
            "Nämnden föreslår att kommunfullmäktige beslutar:\nMotionen avslås.",
            ["Motionen avslås."],
            Outcome.RECOMMENDS_REJECTING,
        ),
        (
            "1. Motionens första sats bifalles.\n2. Motionen avslås i övrigt.",
            ["Motionens första sats bifalles.", "Motionen avslås i övrigt."],
            Outcome.PARTLY_GRANTED,
        ),
        (
            "Enligt återremissyrkande från S:\nNämnden ska räkna om.",
            ["Nämnden ska räkna om."],
            Outcome.REFERRED_BACK,
        ),
        ("På förslag av Dag Öst (C):\nÄrendet bordläggs.", ["Ärendet bordläggs."], Outcome.POSTPONED),
        ("Informationen antecknas.", ["Informationen antecknas."], Outcome.NOTED),
        ("Reglementet fastställs.", ["Reglementet fastställs."], Outcome.OTHER),
        ("", [], Outcome.OTHER),
    ],
)
def test_decision_has_clauses_and_an_outcome(text: str, clauses: list[str], outcome: Outcome) -> None:
    assert decided(text) == (clauses, outcome)


def test_board_recommends_by_its_heading_too() -> None:
    heading = "Regionstyrelsens förslag till beslut i regionfullmäktige"
    assert decided("Motionen bifalls.", heading=heading)[1] is Outcome.RECOMMENDS_GRANTING


def test_commission_about_rejections_rejects_nothing() -> None:
    text = "Parknämnden får i uppdrag att utreda varför ansökningar om bänkar avslås."
    assert decided(text, is_motion=False)[1] is Outcome.OTHER


def test_items_keep_lettered_points_and_lose_detached_bullets() -> None:
    text = "•\n•\n\nEn grön bänk.\n\nEn röd bänk med\na) rygg\nb) ben."
    assert [Passage(item).text for item in items(split(text))] == [
        "En grön bänk.",
        "En röd bänk med a) rygg b) ben.",
    ]


def test_list_goes_on_where_its_line_was_broken() -> None:
    text = "Motion den 3 mars 2031\nTjänsteskrivelse den\n4 mars 2031\nYrkande från C och\nD"
    assert [Passage(item).text for item in listed(split(text))] == [
        "Motion den 3 mars 2031",
        "Tjänsteskrivelse den 4 mars 2031",
        "Yrkande från C och D",
    ]


# What was moved, voted and reserved


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("Alva Ek (S) och Bo Å (M) yrkar bifall till förslaget från Cia Sol (V).", ["Alva Ek", "Bo Å"]),
        ("Vidare yrkar Alva Ek (S) avslag på yrkandet från Bo Å (M).", ["Alva Ek"]),
        ("Alva Ek (S) yrkar att Bo Å (M) ska utses.", ["Alva Ek"]),
        ("Därefter återtar Dag Öst yrkandet.", ["Dag Öst"]),
        ("Alva Ek (S) och Bo Å (M): Bifall till motionen.", ["Alva Ek", "Bo Å"]),
    ],
)
def test_mover_is_the_subject(sentence: str, by: list[str]) -> None:
    known = Known({"Dag Öst": "C"})
    assert [one.name for one in proposals.movers(sentence, known)] == by


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            (
                "Omröstningen utfaller med 40 Ja mot 29 Nej. 12 ledamöter avstår från att rösta. 1 "
                "ledamot är frånvarande."
            ),
            (40, 29, 12, 1),
        ),
        ("Med 7 ja-röster och 4 nej-röster beslutar nämnden att avslå.", (7, 4, None, None)),
        ("Votering utfaller med 41 ja-röster, 22 nej-röster och 8 som avstår.", (41, 22, 8, None)),
        ("Antal Ja: 5 Antal Nej: 6", (5, 6, None, None)),
        ("Nio ja mot tre nej. Två ledamöter avstår.", (9, 3, 2, None)),
    ],
)
def test_vote_has_its_counts(text: str, counts: tuple[int | None, ...]) -> None:
    (vote,) = votes.read(split(text), Known())
    assert (vote.yes, vote.no, vote.abstain, vote.absent) == counts


def test_vote_names_its_voters_before_or_after_the_verb() -> None:
    before = (
        "Alva Ek (S) och ordföranden Bo Å (M) röstar Ja (2).\nCia Sol (V) röstar Nej "
        "(1).\nDag Öst (C) avstår från att rösta (1)."
    )
    after = "Följande röstar ja: Alva Ek (S) och Bo Å (M).\nFöljande röstar nej: Cia Sol (V)."
    (named,) = votes.read(split(before), Known())
    assert [one.choice for one in named.named] == [Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN]
    assert (named.yes, named.no, named.abstain) == (2, 1, 1)
    (named,) = votes.read(split(after), Known())
    assert [(one.person.name, one.choice.value) for one in named.named] == [
        ("Alva Ek", "yes"),
        ("Bo Å", "yes"),
        ("Cia Sol", "no"),
    ]


def test_each_wording_begins_a_vote() -> None:
    text = (
        'Godkänd voteringsproposition: "Ja för A och Nej för B." Omröstningen utfaller med 2 Ja mot 1 Nej. '
        "Godkänd voteringsproposition: ”Ja för C. Nej för D m.fl. Omröstningen utfaller med 1 Ja mot 2 Nej."
    )
    assert [(vote.question, vote.yes) for vote in votes.read(split(text), Known())] == [
        ("Ja för A och Nej för B.", 2),
        ("Ja för C. Nej för D m.fl.", 1),
    ]


def test_no_vote_is_read_where_none_was_held() -> None:
    assert votes.read(split("Ordföranden finner att motionen avslås."), Known()) == []


@pytest.mark.parametrize(
    ("text", "by", "parties", "told"),
    [
        ("Mot beslutet reserverar sig Alva Ek (S) och Bo Å (M).", ["Alva Ek", "Bo Å"], (), None),
        (
            "Alva Ek (S) reserverar sig till förmån för eget yrkande.",
            ["Alva Ek"],
            (),
            "till förmån för eget yrkande.",
        ),
        ("Vänsterpartiet (V) reserverar sig mot beslutet.", [], ("V",), None),
        ("Till förmån för oss reserverar sig Alva Ek (S).", ["Alva Ek"], (), "Till förmån för oss"),
        (
            "Alva Ek (S) reserverar sig enligt följande: Vi reserverar oss. Så är det.",
            ["Alva Ek"],
            (),
            "Vi reserverar oss. Så är det.",
        ),
    ],
)
def test_reservation_is_by_somebody(
    text: str, by: list[str], parties: tuple[str, ...], told: str | None
) -> None:
    (one,) = reservations.reservations(split(text), Known())
    assert ([person.name for person in one.by], one.parties, one.text) == (by, parties, told)


def test_note_goes_on_to_the_next_one() -> None:
    text = (
        "Alva Ek (S) antecknar följande: Det regnar. Det blåser.\nBo Å (M) deltar inte i "
        "beslutet.\nDet antecknas att kaffet är slut."
    )
    noted = reservations.notes(split(text), Known())
    assert [(note.by, note.text[-16:]) for note in noted.notes] == [
        ((Person("Alva Ek", "S"),), "nar. Det blåser."),
        ((Person("Bo Å", "M"),), "inte i beslutet."),
        ((), "t kaffet är slut"[1:] + "."),
    ]


def test_earlier_has_numbers_with_the_date_before_or_after() -> None:
    before = references.earlier(split("Bordlagt den 8 maj 2031, § 4 och 5, samt 2031-06-01 § 9."))
    after = references.earlier(split("§ 7, 2031-06-02"))
    assert [(one.day.isoformat(), one.number) for one in (*before, *after)] == [
        ("2031-05-08", "4"),
        ("2031-05-08", "5"),
        ("2031-06-01", "9"),
        ("2031-06-02", "7"),
    ]
    assert references.first_date("den 31 februari 2031") is None
    assert references.first_date("tisdagen den 3 juni 2031 kl. 9") == dt.date(2031, 6, 3)
