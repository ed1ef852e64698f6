"""A summons made in the background: once, whoever looks and whoever is killed; a failure ends with a word."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from threading import BoundedSemaphore

import psycopg
import pytest
from django.db import connection

from motions.enums import Role
from motions.errors import Conflict, DomainError, Forbidden
from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.summons import ask_summons, issue_summons
from protocols.actions.summons_making import _LOCKS, MOST_ATTEMPTS, make_due, make_next
from protocols.extracts import pool
from protocols.models import AskedSummons, Meeting, Summons
from tests.factories import Region, make_meeting, make_region


@pytest.fixture
def region(transactional_db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    meeting = make_meeting(region, region.board)
    add_matter(meeting, by=region.secretary, title="Delårsrapport", proposal="att rapporten godkänns")
    return meeting


@contextmanager
def another_maker(asked: AskedSummons) -> Generator[psycopg.Connection]:
    """Another process at work on it: its connection, with its lock."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [_LOCKS, asked.pk])
        yield other


def test_what_is_asked_for_twice_is_made_once(region: Region, meeting: Meeting) -> None:
    asked = ask_summons(meeting, by=region.secretary)
    assert not Summons.objects.exists()
    assert ask_summons(meeting, by=region.secretary).asked_at == asked.asked_at
    make_due()
    summons = Summons.objects.get()
    assert (summons.number, summons.issued_by) == (1, region.secretary)
    assert not AskedSummons.objects.exists()
    assert not make_next()
    with pytest.raises(Conflict, match="Kallelse nr 1 gäller fortfarande"):
        ask_summons(meeting, by=region.secretary)


def test_it_is_made_by_one_and_after_a_kill_by_the_next(region: Region, meeting: Meeting) -> None:
    asked = ask_summons(meeting, by=region.secretary)
    AskedSummons.objects.update(attempts=1)
    with another_maker(asked) as other:
        assert not make_next()
        other.execute("SELECT 1")
    assert make_next()
    assert Summons.objects.get().number == 1


def test_what_stops_each_maker_is_given_up(region: Region, meeting: Meeting) -> None:
    ask_summons(meeting, by=region.secretary)
    AskedSummons.objects.update(attempts=MOST_ATTEMPTS)
    make_due()
    assert AskedSummons.objects.get().failure.startswith("Servern stannade varje gång.")
    assert not Summons.objects.exists()
    asked = ask_summons(meeting, by=region.secretary)
    assert (asked.failure, asked.attempts) == ("", 0)
    make_due()
    assert Summons.objects.get().number == 1


def test_what_fails_is_told_and_can_be_tried_again(
    region: Region, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_summons(meeting, by=region.secretary)
    with monkeypatch.context() as patch:
        patch.setattr(pool._Door, "places", BoundedSemaphore(1))
        with pool._Door.places:  # every press is taken
            make_due()
    assert AskedSummons.objects.get().failure == (
        "Det tog för lång tid, eller så väntar många på sina papper."
    )
    ask_summons(meeting, by=region.secretary)
    make_due()
    assert list(Summons.objects.values_list("number", flat=True)) == [1]


def test_what_was_asked_for_is_what_is_issued(region: Region, meeting: Meeting) -> None:
    ask_summons(meeting, by=region.secretary)
    add_matter(meeting, by=region.secretary, title="Val av ombud")
    make_due()
    assert not Summons.objects.exists()
    assert AskedSummons.objects.get().failure.startswith("Dagordningen ändrades medan kallelsen gjordes.")
    ask_summons(meeting, by=region.secretary)
    add_matter(meeting, by=region.secretary, title="Ännu ett ärende")
    asked = ask_summons(meeting, by=region.secretary)  # asked for anew while the first still waits
    assert AskedSummons.objects.get().agenda_sha256 == asked.agenda_sha256
    make_due()
    assert Summons.objects.get().number == 1


def test_an_order_is_done_when_the_summons_is_issued_otherwise(region: Region, meeting: Meeting) -> None:
    ask_summons(meeting, by=region.secretary)
    issue_summons(meeting, by=region.secretary)
    assert not AskedSummons.objects.exists()


def test_what_has_become_wrong_meanwhile_is_told(region: Region, meeting: Meeting) -> None:
    ask_summons(meeting, by=region.secretary)
    region.secretary.roles = [Role.REGISTRAR]
    region.secretary.save()
    make_due()
    assert AskedSummons.objects.get().failure.startswith("Du har inte behörighet att hålla i sammanträden")
    region.secretary.roles = [Role.SECRETARY]
    region.secretary.save()
    ask_summons(meeting, by=region.secretary)
    open_meeting(meeting, by=region.secretary)
    make_due()
    assert "har redan öppnats" in AskedSummons.objects.get().failure
    assert not Summons.objects.exists()


def test_what_cannot_be_issued_is_refused_at_once(region: Region, meeting: Meeting) -> None:
    with pytest.raises(DomainError, match="Dagordningen är tom"):
        ask_summons(make_meeting(region, region.board, held_on=date(2026, 6, 3)), by=region.secretary)
    with pytest.raises(Forbidden):
        ask_summons(meeting, by=region.registrar)
    assert not AskedSummons.objects.exists()
