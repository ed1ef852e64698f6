from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from motions.actions.numbering import proposed_numbers, take_number
from motions.actions.registration import register_motion
from motions.models import Motion, NumberSeries
from tests.factories import Region, make_motion, make_region

THREADS = 40


@pytest.mark.django_db(transaction=True)
def test_forty_threads_take_numbers_at_once_without_gap_or_double() -> None:
    def take(_index: int) -> int:
        try:
            with transaction.atomic():
                return take_number("prov", 2026)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        taken = list(pool.map(take, range(THREADS)))
    assert sorted(taken) == list(range(1, THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_forty_clerks_register_at_once_without_gap_or_double() -> None:
    region = make_region()
    motions = [
        make_motion(region, title=f"Om cykelväg {index}", is_registered=False) for index in range(THREADS)
    ]

    def register(motion: Motion) -> None:
        try:
            register_motion(motion, by=region.registrar, on=date(2026, 2, 3))
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(register, motions))
    numbers = Motion.objects.values_list("number", "registry_number")
    expected = sorted(f"{index}-2026" for index in range(1, THREADS + 1))
    assert sorted(str(number) for number, _dnr in numbers) == expected
    assert sorted(str(dnr) for _number, dnr in numbers) == expected


@pytest.mark.django_db
def test_a_number_taken_in_a_failed_change_is_given_back() -> None:
    class BrokenOffError(Exception):
        pass

    def break_off() -> None:
        take_number("prov", 2026)
        raise BrokenOffError

    with pytest.raises(BrokenOffError), transaction.atomic():
        break_off()
    assert take_number("prov", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_taken_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        take_number("prov", 2026)


@pytest.mark.django_db
def test_years_and_series_have_their_own_numbers() -> None:
    assert [take_number(key, year) for key, year in [("a", 2026), ("a", 2027), ("b", 2026), ("a", 2026)]] == [
        1,
        1,
        1,
        2,
    ]


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def test_a_typed_registry_number_is_kept_and_stepped_over(region: Region) -> None:
    typed = make_motion(region, is_registered=False)
    register_motion(typed, by=region.registrar, on=date(2026, 2, 3), registry_number="1-2026")
    following = make_motion(region, title="Om bussar")
    assert Motion.objects.get(pk=typed.pk).registry_number == "1-2026"
    assert following.registry_number == "2-2026"


def test_proposed_numbers_are_those_that_are_then_given(region: Region) -> None:
    make_motion(region, is_registered=False)
    number, registry_number = proposed_numbers(region.organisation, 2026)
    motion = make_motion(region, title="Om bussar")
    assert (motion.number, motion.registry_number) == (number, registry_number)


def test_formats_are_the_organisations(region: Region) -> None:
    region.organisation.motion_number_format = "nr {n}/{year}"
    region.organisation.registry_number_format = "RP {year}-{n}"
    region.organisation.save()
    NumberSeries.objects.create(key="registry", year=2026, last=411)
    motion = make_motion(region)
    assert re.fullmatch(r"nr 1/2026", motion.number or "")
    assert motion.registry_number == "RP 2026-412"
