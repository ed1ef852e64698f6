"""Files read in the background: once each, with progress, whatever a reader breaks on."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pikepdf
import psycopg
import pytest
from django.db import connection

from config.news import exchange
from motions.errors import Forbidden
from protocols.actions import reading_in
from protocols.actions.reading_in import MOST_ATTEMPTS, ask_readings, clear_readings, read_due, read_next
from protocols.enums import ReadingState
from protocols.models import ImportedMeeting, Reading
from protocols.models.reading import TOPIC
from protocols.reading import apart
from protocols.reading.refusals import Reason, UnreadableError
from protocols.reading.sources import Source
from tests.factories import Region, make_region
from tests.hearing import hear_all_so_far
from tests.protocols.reading import papers
from tests.protocols.reading.minutes import CITY


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def text(name: str, content: str = CITY) -> Source:
    return Source(name, f"{name}.txt", ".txt", content.encode())


def test_a_file_is_read_once_and_let_go(region: Region) -> None:
    ask_readings([text("kf")], by=region.registrar)
    waiting = Reading.objects.get()
    place = Path(waiting.file.path)
    assert place.exists()
    assert read_next()
    assert not read_next()
    read = Reading.objects.get()
    assert (read.state, read.meeting) == (ReadingState.READ, ImportedMeeting.objects.get())
    assert not place.exists()


def test_the_same_file_twice_at_once_is_read_and_then_known(region: Region) -> None:
    ask_readings([text("kf"), text("samma")], by=region.registrar)
    read_due()
    assert list(Reading.objects.values_list("state", flat=True)) == [ReadingState.READ, ReadingState.KNOWN]
    assert ImportedMeeting.objects.count() == 1


def test_a_bad_file_is_refused_and_the_others_go_on(region: Region) -> None:
    bad = Source("trasig", "trasig.pdf", ".pdf", b"%PDF-1.7 halva filen")
    ask_readings([bad, text("kf")], by=region.registrar)
    read_due()
    refused, read = Reading.objects.all()
    assert (refused.state, refused.reason) == (
        ReadingState.REFUSED,
        "Filen är skadad eller ofullständig. Hämta den på nytt.",
    )
    assert read.state == ReadingState.READ


def test_pages_are_told_as_they_are_read() -> None:
    out = io.BytesIO()
    with pikepdf.new() as long, pikepdf.open(io.BytesIO(papers.city())) as city:
        for _time in range(3):
            long.pages.extend(city.pages)
        long.save(out)
        count = len(long.pages)
    told: list[tuple[int, int]] = []
    found = apart.read(
        Source("kf", "kf.pdf", ".pdf", out.getvalue()), told=lambda done, pages: told.append((done, pages))
    )
    assert told[-1] == (count, count)
    assert found.text.count("\f") >= count - 1
    assert found.protocol.paragraphs


def test_a_reader_that_is_killed_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "__name__", "os")  # as good as any that ends without an answer
    with pytest.raises(UnreadableError) as refusal:
        apart.read(text("kf"), told=lambda _done, _pages: None)
    assert refusal.value.reason is Reason.BROKEN


@pytest.mark.parametrize(("limit", "most"), [("MOST_SECONDS", 1), ("MOST_MEMORY", 200 * 1024**2)])
def test_a_file_that_takes_too_long_or_too_much_memory_is_too_large(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(apart, limit, most)
    with pytest.raises(UnreadableError) as refusal:
        apart.read(text("kf", CITY.replace("\f", "") * 20_000), told=lambda _done, _pages: None)
    assert refusal.value.reason is Reason.TOO_LARGE


def test_a_file_on_which_every_server_stopped_is_given_up(region: Region) -> None:
    ask_readings([text("kf")], by=region.registrar)
    Reading.objects.update(attempts=MOST_ATTEMPTS)
    read_due()
    assert Reading.objects.get().reason.startswith("Servern stannade varje gång filen lästes.")


def test_what_the_store_has_lost_is_told(region: Region, caplog: pytest.LogCaptureFixture) -> None:
    ask_readings([text("kf")], by=region.registrar)
    Path(Reading.objects.get().file.path).unlink()
    read_due()
    assert "kunde inte läsas eller skrivas" in Reading.objects.get().reason
    assert "could not be read in" in caplog.text


def test_what_another_reads_is_left_to_it(region: Region) -> None:
    ask_readings([text("kf")], by=region.registrar)
    pk = Reading.objects.get().pk
    with closing(psycopg.connect(**connection.get_connection_params())) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [reading_in._LOCKS, pk])
        assert not read_next()
    assert read_next()


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_is_woken(transactional_db: None) -> None:
    region = make_region()
    exchange.wait([TOPIC], exchange.now([TOPIC]), 0.1)
    hear_all_so_far()
    seen = exchange.now([TOPIC])
    ask_readings([text("kf")], by=region.registrar)
    assert exchange.wait([TOPIC], seen, 10) != seen


def test_others_read_nothing_in(region: Region) -> None:
    with pytest.raises(Forbidden):
        ask_readings([text("kf")], by=region.officer)
    with pytest.raises(Forbidden):
        clear_readings(by=region.officer)


def test_what_waits_is_not_cleared(region: Region) -> None:
    ask_readings([text("kf")], by=region.registrar)
    clear_readings(by=region.registrar)
    assert Reading.objects.count() == 1
