"""The second factor: right codes once, wrong ones counted, recovery codes unreadable in the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine

from motions.actions.second_factor import RECOVERY_CODES, TRIES, check_code, new_secret, turn_off, turn_on
from motions.errors import Conflict, DomainError
from motions.models import RecoveryCode, SecondFactor, User
from motions.queries.second_factor import asks_for_code
from tests.factories import make_region

NOON = datetime(2026, 5, 27, 12, tzinfo=UTC)


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user(db: None, traveller: time_machine.Traveller) -> User:
    return make_region().chair


def code_of(secret: str, *, seconds: int = 0) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=seconds))


def on(user: User) -> tuple[str, list[str]]:
    """Turned on, with a new half minute begun since."""
    secret = new_secret()
    return secret, turn_on(by=user, secret=secret, code=code_of(secret))


def wrong_code(secret: str) -> str:
    near = {code_of(secret, seconds=seconds) for seconds in (-30, 0, 30)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


def test_turned_on_by_the_first_code(user: User) -> None:
    assert not asks_for_code(user)
    _secret, codes = on(user)
    assert asks_for_code(user)
    assert len(set(codes)) == RECOVERY_CODES


def test_a_wrong_first_code_turns_nothing_on(user: User) -> None:
    secret = new_secret()
    with pytest.raises(DomainError, match="Koden stämmer inte") as refused:
        turn_on(by=user, secret=secret, code=wrong_code(secret))
    assert refused.value.field == "code"
    assert not SecondFactor.objects.exists()


def test_not_turned_on_twice(user: User) -> None:
    on(user)
    with pytest.raises(Conflict, match="redan påslagen"):
        on(user)


def test_the_next_code_is_right_however_it_is_typed(user: User, traveller: time_machine.Traveller) -> None:
    secret, _codes = on(user)
    traveller.shift(30)
    code = code_of(secret)
    check_code(by=user, code=f" {code[:3]} {code[3:]}")


def test_no_code_is_right_twice(user: User, traveller: time_machine.Traveller) -> None:
    secret, _codes = on(user)
    with pytest.raises(DomainError, match="redan använd"):
        check_code(by=user, code=code_of(secret))
    traveller.shift(30)
    check_code(by=user, code=code_of(secret))
    with pytest.raises(DomainError, match="redan använd"):
        check_code(by=user, code=code_of(secret))


@pytest.mark.parametrize(("seconds", "is_right"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(
    user: User, traveller: time_machine.Traveller, seconds: int, is_right: bool
) -> None:
    secret, _codes = on(user)
    traveller.shift(300)
    if is_right:
        check_code(by=user, code=code_of(secret, seconds=seconds))
    else:
        with pytest.raises(DomainError, match="stämmer inte"):
            check_code(by=user, code=code_of(secret, seconds=seconds))


def test_a_recovery_code_is_right_once(user: User) -> None:
    _secret, codes = on(user)
    check_code(by=user, code=codes[0].lower())
    with pytest.raises(DomainError, match="stämmer inte"):
        check_code(by=user, code=codes[0])
    check_code(by=user, code=codes[1].replace("-", " "))
    assert RecoveryCode.objects.count() == RECOVERY_CODES - 2


def test_recovery_codes_are_not_kept_readable(user: User) -> None:
    _secret, codes = on(user)
    kept = set(RecoveryCode.objects.values_list("sha256", flat=True))
    assert kept.isdisjoint(codes)
    assert kept.isdisjoint(code.replace("-", "") for code in codes)
    assert all(len(digest) == 64 for digest in kept)


def test_guesses_are_slowed_down(user: User, traveller: time_machine.Traveller) -> None:
    secret, _codes = on(user)
    traveller.shift(30)
    for _try in range(TRIES):
        with pytest.raises(DomainError, match="stämmer inte"):
            check_code(by=user, code=wrong_code(secret))
    with pytest.raises(DomainError, match="Vänta 15 minuter") as refused:
        check_code(by=user, code=code_of(secret))
    assert refused.value.status == 429
    traveller.shift(15 * 60)
    check_code(by=user, code=code_of(secret))
    with pytest.raises(DomainError, match="stämmer inte"):
        check_code(by=user, code=wrong_code(secret))


@pytest.mark.parametrize("code", ["", "abc", "å" * 40, "123456\u0000", "１２３４５６"])
def test_codes_that_are_none(user: User, code: str) -> None:
    on(user)
    with pytest.raises(DomainError, match="stämmer inte"):
        check_code(by=user, code=code)


def test_without_one_there_is_nothing_to_check(user: User) -> None:
    with pytest.raises(DomainError, match="inte slagit på") as refused:
        check_code(by=user, code="123456")
    assert refused.value.field == "code"


def test_turned_off_with_a_code_only(user: User, traveller: time_machine.Traveller) -> None:
    secret, _codes = on(user)
    traveller.shift(30)
    with pytest.raises(DomainError, match="stämmer inte"):
        turn_off(by=user, code=wrong_code(secret))
    assert SecondFactor.objects.exists()
    turn_off(by=user, code=code_of(secret))
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
