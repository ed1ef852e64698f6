"""The demo region holds together: everybody is somebody, every date follows, and the Swedish is clean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from motions.demo.checks import find_problems, written_texts
from motions.demo.data import FOLDER, REFERENCE_DAY, Region, load_region
from motions.demo.history import events_of
from motions.demo.shapes import Motion
from motions.demo.tables import DemoDataError, from_table
from motions.enums import BodyKind, EventKind, Outcome, Stage
from motions.identity_numbers import contains_identity_number
from protocols.enums import NonParticipationKind, ParagraphKind, ParagraphState, ProposalKind

SHARED = Path(__file__).resolve().parents[3] / "shared"
ALLOWED_TAGS = frozenset(
    ("p", "h3", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong")
)


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region()


def test_region_has_no_contradictions(region: Region) -> None:
    assert find_problems(region) == []


def test_region_has_its_seats_and_bodies(region: Region) -> None:
    assert [(body.key, len(body.all_members), len(body.all_substitutes)) for body in region.bodies] == [
        ("rf", 71, 30),
        ("rs", 15, 15),
        ("hsn", 11, 6),
        ("run", 11, 6),
    ]
    assert len(region.parties) == 7
    assert {code: len(names) for code, names in region.assembly.members.items()} == {
        "S": 24, "M": 13, "SD": 9, "C": 8, "V": 7, "ÄP": 6, "KD": 4,
    }  # fmt: skip


def test_region_has_motions_in_every_stage(region: Region) -> None:
    assert Counter(motion.stage for motion in region.motions) == {
        Stage.HANDED_IN: 2,
        Stage.REGISTERED: 4,
        Stage.REMITTED: 2,
        Stage.IN_PREPARATION: 11,
        Stage.AT_BOARD: 6,
        Stage.AT_ASSEMBLY: 3,
        Stage.DECIDED: 7,
        Stage.CLOSED: 4,
        Stage.WITHDRAWN: 1,
    }


def test_overdue_motions_are_two_reported_and_three_not(region: Region) -> None:
    overdue = [
        motion
        for motion in region.motions
        if motion.stage == Stage.IN_PREPARATION
        and motion.handed_in_on.replace(year=motion.handed_in_on.year + 1) < REFERENCE_DAY
    ]
    reported = [motion.key for motion in overdue if EventKind.OVERDUE_REPORTED in kinds_of(region, motion)]
    assert sorted(reported) == ["helikopterplats-grantrask", "trafikplan-grannlanet"]
    assert len(overdue) == 5


def test_two_motions_are_postponed_three_times(region: Region) -> None:
    counts = {
        motion.key: kinds_of(region, motion).count(EventKind.POSTPONED)
        for motion in region.motions
        if EventKind.POSTPONED in kinds_of(region, motion)
    }
    assert counts == {"avgiftsfri-parkering": 3, "manadskort-studerande": 3}


def test_one_motion_is_referred_back_by_a_minority(region: Region) -> None:
    found = [
        (item.motion, item.supporters, item.carried_formally)
        for meeting in region.meetings
        for item in meeting.items
        if item.supporters is not None
    ]
    assert found == [("ambulans-saivo", 25, "refer_back")]


def test_decided_motions_have_met_every_kind_of_verdict(region: Region) -> None:
    verdicts: Counter[str] = Counter()
    for motion in region.motions:
        if motion.stage in {Stage.DECIDED, Stage.CLOSED} and motion.preparation:
            outcomes = set(motion.preparation.draft)
            verdicts["partly" if len(outcomes) > 1 else next(iter(outcomes))] += 1
    assert verdicts == {
        Outcome.GRANTED: 3,
        Outcome.REJECTED: 3,
        Outcome.DEEMED_ANSWERED: 2,
        "partly": 3,
    }


def test_motions_ask_for_one_to_four_things_in_two_to_six_paragraphs(region: Region) -> None:
    assert {len(motion.clauses) for motion in region.motions} == {1, 2, 3, 4}
    assert {len(motion.paragraphs) for motion in region.motions} == {2, 3, 4, 5, 6}


def test_titles_can_stand_after_om_with_a_small_letter(region: Region) -> None:
    for motion in region.motions:
        assert motion.title[0].isupper()
        assert motion.title[1].islower()
        assert motion.title[-1] not in ".!?"


def test_more_than_fourteen_motions_are_prepared_to_the_end(region: Region) -> None:
    finished = [m for m in region.motions if m.preparation and m.preparation.finished_on]
    assert len(finished) == 21


def test_one_paragraph_has_every_part_of_a_full_one(region: Region) -> None:
    motion = region.motion("tvatteri-egen-regi")
    preparation = motion.preparation
    assert preparation is not None
    [(_meeting, item)] = [(m, i) for m, i in region.history_of(motion.key) if m.key == "rs-2026-05-27"]
    assert len(motion.movers) == len(motion.clauses) == 1
    assert [(one.kind, one.movers) for one in item.proposals] == [("grant", motion.movers)]
    assert item.findings == ("tabled",)
    assert [(one.persons, one.html) for one in item.reservations] == [(motion.movers, "")]
    assert not item.notes
    assert not item.non_participations
    assert re.findall(r"<(h3|a|em)\b", preparation.matter) == ["a", "h3", "em", "h3", "a"]
    assert [preparation.statement.count("<p>"), preparation.summary.count("<p>")] == [1, 1]
    assert preparation.matter.count("<p>") == 5
    assert len(re.sub(r"<[^>]*>", " ", preparation.matter).split()) > 480
    assert preparation.appendices == ()
    assert len(preparation.recipients) == 1
    assert preparation.impact.count("<p>") == 1


def test_two_meetings_have_whole_minutes(region: Region) -> None:
    whole = [meeting for meeting in region.meetings if meeting.has_whole_minutes]
    assert [region.body(meeting.body).kind for meeting in whole] == [
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.ASSEMBLY,
    ]
    for meeting in whole:
        assert meeting.verified_on is not None
        assert [i.title for i in meeting.items if i.kind == "matter" and not i.sections] == []


def test_one_meeting_goes_on_today_with_something_left_to_do(region: Region) -> None:
    [meeting] = [one for one in region.meetings if one.state == "open"]
    assert meeting.is_today
    states = Counter(item.state for item in meeting.items)
    assert states[ParagraphState.TAKEN_UP] == 1
    assert states[ParagraphState.DRAFT] >= 3
    assert "Sigrid Malmdin" in {p for i in meeting.items for one in i.proposals for p in one.movers}
    assert all("Sigrid Malmdin" not in one.persons for i in meeting.items for one in i.reservations)


def test_words_of_meetings_are_those_of_protocols(region: Region) -> None:
    items = [item for meeting in region.meetings for item in meeting.items]
    assert {item.kind for item in items} == set(ParagraphKind.values)
    assert {item.state for item in items} - {""} <= set(ParagraphState.values)
    assert {one.kind for item in items for one in item.proposals} <= set(ProposalKind.values)
    assert {n.kind for i in items for n in i.non_participations} <= set(NonParticipationKind.values)


def test_party_is_that_of_the_day(region: Region) -> None:
    [change] = region.party_changes
    assert region.party_of(change.person, change.on - timedelta(days=1)) == "C"
    assert region.party_of(change.person, change.on) == "KD"
    assert region.party_of("Sigrid Malmdin", change.on) == "V"
    with pytest.raises(KeyError):
        region.party_of("Helena Quist", change.on)


@pytest.mark.parametrize(
    "today", [date(2026, 11, 22), date(2026, 11, 28), date(2027, 5, 13), date(2026, 1, 1)]
)
def test_shifted_region_keeps_weekdays_and_meets_today(region: Region, today: date) -> None:
    moved = region.shifted_to(today)
    steps = {
        after.handed_in_on - before.handed_in_on
        for before, after in zip(region.motions, moved.motions, strict=True)
    }
    [step] = steps
    assert step.days % 7 == 0
    assert 0 <= (today - REFERENCE_DAY - step).days <= 6
    assert [meeting.held_on for meeting in moved.meetings if meeting.state == "open"] == [today]
    assert [meeting.key for meeting in moved.meetings] == [meeting.key for meeting in region.meetings]


def test_texts_use_allowed_tags_only(region: Region) -> None:
    wrong = {where: found for where, html in written_texts(region) if (found := html_problems(html))}
    assert wrong == {}


def test_html_problems_are_found() -> None:
    assert html_problems("<p>a</p><ul><li>b</li></ul>") == []
    assert html_problems('<p class="x">a</p>') == ["<p> has other attributes than []"]
    assert html_problems("<h2>a</h2>") == ["<h2> is not allowed"]
    assert html_problems("a<p>b") == ["text outside any element: a", "<p> is never closed"]


def test_texts_are_clean_swedish(region: Region) -> None:
    wrong = {text: found for text in all_texts(region) if (found := text_problems(text))}
    assert wrong == {}


def test_text_problems_are_found() -> None:
    assert text_problems("Regionen tar fram en app.") == []
    assert text_problems("Ge feedback till till mig — nu") == ["feedback", "till till", "dashes"]
    assert text_problems("Född 640823-3234") == ["identity number"]


def test_nobody_real_is_named(region: Region) -> None:
    named = re.findall(r"[A-ZÅÄÖ][\w-]+(?: [A-Za-zÅÄÖåäö][\w-]*)+(?= \([A-ZÅÄÖ]{1,4}\))", real_texts())
    ours = {*region.persons, *(official.name for official in region.officials)}
    assert len(set(named)) > 100
    assert ours & {" ".join(name.split()[start:]) for name in named for start in range(3)} == set()


def test_no_sentence_is_taken_from_real_minutes(region: Region) -> None:
    real = shingles(real_texts())
    common = {words for text in all_texts(region) for words in shingles(text) & real}
    assert common == set()


def test_files_are_named_after_what_they_hold(region: Region) -> None:
    assert {meeting.key for meeting in region.meetings} == {f"{m.body}-{m.held_on}" for m in region.meetings}
    assert {motion.key for motion in region.motions} == {path.stem for path in FOLDER.glob("motions/*.toml")}


def test_wrong_tables_are_refused_with_their_place() -> None:
    with pytest.raises(DemoDataError, match=r"x\.toml: missing title, movers"):
        from_table(Motion, {"key": "x"}, "x.toml")
    with pytest.raises(DemoDataError, match=r"x\.toml: unknown colour"):
        from_table(Motion, {"colour": "red"}, "x.toml")


def kinds_of(region: Region, motion: Motion) -> list[EventKind]:
    return [kind for _day, kind in events_of(region, motion)]


def all_texts(region: Region) -> Iterator[str]:
    """Everything written, without its tags."""
    yield from (re.sub(r"<[^>]*>", " ", html) for _where, html in written_texts(region))
    for motion in region.motions:
        yield from (motion.title, motion.text, *motion.clauses, motion.withdrawal_reason)
        if motion.preparation:
            yield from (*motion.preparation.recipients, *motion.preparation.appendices)
            yield from (consultation.opinion for consultation in motion.preparation.consultations)
    for meeting in region.meetings:
        for item in meeting.items:
            yield from (item.title, *item.tabled, *item.recipients, *item.appendices)
            yield from (proposal.text for proposal in item.proposals)


@cache
def real_texts() -> str:
    """The real minutes that the wording was learnt from, where they lie beside the checkout."""
    if not SHARED.exists():
        pytest.skip("the real minutes are not at hand")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(SHARED.rglob("*.txt")))


def shingles(text: str, length: int = 8) -> set[str]:
    """Every run of `length` words, in small letters."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}


def text_problems(text: str) -> list[str]:
    """What a careful editor would not let pass."""
    problems = ["identity number"] if contains_identity_number(text) else []
    problems += [word.lower() for word in _ENGLISH.findall(text)]
    problems += [match.group() for match in _DOUBLED.finditer(text)]
    if "—" in text or text.count(" – ") > 1:
        problems.append("dashes")
    return problems


def html_problems(html: str) -> list[str]:
    """What in the HTML is not allowed, or not nested as it should be."""
    reader = _HtmlReader()
    reader.feed(html)
    reader.close()
    return reader.problems + [f"<{tag}> is never closed" for tag in reader.open_tags]


class _HtmlReader(HTMLParser):
    """Collects what is not allowed, as `problems`."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.open_tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.problems.append(f"<{tag}> is not allowed")
        wanted = ["href"] if tag == "a" else []
        if [name for name, _value in attrs] != wanted:
            self.problems.append(f"<{tag}> has other attributes than {wanted}")
        self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open_tags or self.open_tags.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.open_tags:
            self.problems.append(f"text outside any element: {data.strip()[:40]}")


_ENGLISH = re.compile(
    r"\b(?:the|and|of|with|feedback|dashboard|meeting|e-mail|compliance|governance|update)\b", re.IGNORECASE
)
_DOUBLED = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
