"""What was read of older minutes in the register: kept whole, reviewed, and unchangeable once accepted."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Motion
from protocols.actions.importing import Fate, Stored, accept, accept_unmarked, store
from protocols.models import ImportedParagraph, SourceFile
from protocols.queries.imported import FIELDS, case_of, differences, of_motion, pieces
from protocols.reading import named, protocol
from protocols.reading.facts import Outcome
from protocols.reading.sources import Source
from tests.factories import Region, make_motion, make_region
from tests.protocols.reading.minutes import CITY, COUNTY


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def kept(text: str, region: Region, name: str = "kf-2031-06-03") -> Stored:
    source = Source(name, f"{name}.txt", ".txt", text.encode())
    return store(source, source.text(), protocol.read(source.text(), name), by=region.registrar)


def taken(paragraph: ImportedParagraph, region: Region, **changes: object) -> ImportedParagraph:
    given = {
        "title": paragraph.title,
        "registry_number": paragraph.registry_number,
        "outcome": Outcome.GRANTED,
    }
    return accept(paragraph, by=region.registrar, **given | changes)  # type: ignore[arg-type]  # as they are


def test_every_place_is_an_offset_of_the_kept_text(region: Region) -> None:
    stored = kept(CITY, region)
    meeting = stored.meeting
    assert (stored.fate, meeting.version, str(meeting.held_on)) == (Fate.NEW, 1, "2031-06-03")
    first = meeting.paragraphs.get(number="11")
    start, end, page = first.facts["places"]["recipients"][0]
    assert (meeting.source.text[start:end], page) == ("Parknämnden", 2)
    with meeting.source.file.open("rb") as file:
        assert file.read().decode() == CITY
    shown = pieces(first)
    assert "".join(piece.text for piece in shown) in meeting.source.text
    assert {"decision", "recipients"} <= {piece.kind for piece in shown}


def test_the_same_file_again_changes_nothing(region: Region) -> None:
    first = kept(CITY, region)
    again = kept(CITY, region, "ett-annat-namn")
    assert (again.fate, again.meeting) == (Fate.UNCHANGED, first.meeting)
    assert SourceFile.objects.count() == 1


def test_a_newer_version_stands_beside_and_shows_its_differences(region: Region) -> None:
    first = kept(CITY, region).meeting
    newer = kept(CITY.replace("Parknämnden får i uppdrag", "Trafiknämnden får i uppdrag"), region)
    assert (newer.fate, newer.meeting.version, newer.meeting.supersedes) == (Fate.NEWER, 2, first)
    assert [(one.number, one.fields) for one in differences(newer.meeting)] == [("11", ["decision"])]
    assert differences(newer.meeting)[0].names == ["beslut"]
    facts = newer.meeting.paragraphs.get(number="11").facts
    assert set(FIELDS) == set(facts) - {"meeting", "places", "sections", "marks"}
    assert differences(first) == []


def test_nothing_is_stored_of_a_file_that_fails(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("protocols.actions.importing._store_paragraphs", fail)
    with pytest.raises(RuntimeError):
        kept(CITY, region)
    assert not SourceFile.objects.exists()


def test_a_motion_of_the_register_is_found_by_its_registry_number(region: Region) -> None:
    motion = make_motion(region, title="Gröna bänkar")
    Motion.objects.filter(pk=motion.pk).update(registry_number="SLK-2031-00101")
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    assert paragraph.motion == motion
    assert of_motion(motion, AnonymousUser()) == []
    assert of_motion(motion, region.registrar) == [paragraph]
    taken(paragraph, region)
    assert of_motion(motion, AnonymousUser()) == [paragraph]


def test_the_way_of_a_matter_goes_through_both_bodies(region: Region) -> None:
    city = kept(CITY, region).meeting.paragraphs.get(number="11")
    board = kept(CITY.replace("2031-06-03", "2031-05-02").replace("§ 11 ", "§ 8 "), region, "ks")
    earlier = board.meeting.paragraphs.get(number="8")
    assert case_of(city, region.registrar) == [earlier, city]
    assert case_of(city, AnonymousUser()) == []


def test_two_spellings_are_one_person(region: Region) -> None:
    facts = kept(CITY, region).meeting.paragraphs.get(number="11").facts
    twice = facts | {"movers": [{"name": "Ebba Väst Holm", "party": "M"}]}
    spellings = [one.spelling for one in named.in_paragraph(twice)]
    assert (spellings.count("Ebba Väst-Holm"), spellings.count("Ebba Väst Holm")) == (0, 1)


def test_accepted_is_accepted(region: Region) -> None:
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    row = taken(paragraph, region, title="  Gröna   bänkar ", outcome=Outcome.PARTLY_GRANTED)
    assert (row.title, row.outcome, row.accepted_by) == ("Gröna bänkar", "partly_granted", region.registrar)
    with pytest.raises(Conflict, match="redan godkänd"):
        taken(paragraph, region)
    for sql in (
        "UPDATE protocols_importedparagraph SET title = 'x'",
        "UPDATE protocols_importedparagraph SET facts = '{}'",
        "DELETE FROM protocols_importedparagraph",
        "UPDATE protocols_sourcefile SET text = 'x'",
        "DELETE FROM protocols_sourcefile",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_only_what_the_reader_was_sure_of_is_accepted_at_once(region: Region) -> None:
    meeting = kept(COUNTY, region, "rs-2031-05-06").meeting
    unsure = [one for one in meeting.paragraphs.all() if one.facts["marks"]]
    assert accept_unmarked(meeting, by=region.secretary) == meeting.paragraphs.count() - len(unsure)
    assert accept_unmarked(meeting, by=region.secretary) == 0


def test_a_title_is_needed_and_others_accept_nothing(region: Region) -> None:
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    with pytest.raises(DomainError) as refused:
        taken(paragraph, region, title=" ")
    assert refused.value.field == "title"
    with pytest.raises(Forbidden):
        accept(paragraph, by=region.officer, title="x", registry_number="", outcome=Outcome.OTHER)
    with pytest.raises(Forbidden):
        accept_unmarked(paragraph.meeting, by=region.politician)
