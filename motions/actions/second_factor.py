"""Turning the second factor on and off, and checking a code: each code once, guesses slowed down."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.codes import readable_code
from motions.errors import Conflict, DomainError
from motions.models import RecoveryCode, SecondFactor, User

#: Wrong codes in a row before there must be a pause.
TRIES = 5
PAUSE = timedelta(minutes=15)
RECOVERY_CODES = 8
GROUPS = 4  # of a recovery code: eighty bits
STEP = 30  # seconds that a code is shown
_TOO_MANY = 429


def new_secret() -> str:
    """A key for an authenticator app: 160 bits in base 32."""
    return pyotp.random_base32()


@transaction.atomic
def turn_on(*, by: User, secret: str, code: str) -> list[str]:
    """Turn the second factor on, the first code having shown that the app has the key.

    Returns the recovery codes, which are never readable again. Raises Conflict where it is on already.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if SecondFactor.objects.filter(user=by).exists():
        raise Conflict(
            _("Tvåstegsverifieringen är redan påslagen"),
            instead=_("Stäng av den först för att byta telefon."),
        )
    step = _step_of(secret, _compact(code))
    if step is None:
        raise _wrong()
    factor = SecondFactor.objects.create(user=by, secret=secret, last_step=step)
    codes = [readable_code(GROUPS) for _index in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(factor=factor, sha256=_digest(_compact(code))) for code in codes]
    )
    return codes


def turn_off(*, by: User, code: str) -> None:
    """Turn it off for one who has a code. Raises what `check_code` raises."""
    check_code(by=by, code=code)
    SecondFactor.objects.filter(user=by).delete()


def check_code(*, by: User, code: str) -> None:
    """Use up a one-time code or a recovery code of the login.

    Not to be called inside another transaction: a wrong code is counted though the act is refused. Raises
    DomainError beside the field `code`: none turned on, wrong, used before, or (status 429) too many tries.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=by).first()
        if factor is None:
            raise DomainError(
                _("Du har inte slagit på tvåstegsverifiering"),
                instead=_("Slå på den på sidan Tvåstegsverifiering och kom sedan tillbaka."),
                field="code",
            )
        _refuse_in_pause(factor)
        if _use(factor, _compact(code)):
            return
        factor.failed_tries, factor.failed_at = factor.failed_tries + 1, timezone.now()
        factor.save(update_fields=["failed_tries", "failed_at"])
    raise _wrong()


def _refuse_in_pause(factor: SecondFactor) -> None:
    if factor.failed_tries < TRIES or factor.failed_at is None:
        return
    left = factor.failed_at + PAUSE - timezone.now()
    if left <= timedelta(0):
        factor.failed_tries = 0
        return
    minutes = max(1, -int(-left.total_seconds() // 60))
    message = ngettext(
        "För många felaktiga koder. Vänta %(minutes)d minut och försök igen",
        "För många felaktiga koder. Vänta %(minutes)d minuter och försök igen",
        minutes,
    )
    raise DomainError(message % {"minutes": minutes}, field="code", status=_TOO_MANY)


def _use(factor: SecondFactor, code: str) -> bool:
    """Whether the code is right, which it never is again. Raises DomainError for one used before."""
    step = _step_of(factor.secret, code)
    if step is None and not factor.recovery_codes.filter(sha256=_digest(code)).delete()[0]:
        return False
    if step is not None and step <= factor.last_step:
        raise DomainError(
            _("Koden är redan använd"), instead=_("Vänta tills appen visar nästa kod."), field="code"
        )
    factor.last_step, factor.failed_tries, factor.failed_at = step or factor.last_step, 0, None
    factor.save(update_fields=["last_step", "failed_tries", "failed_at"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The half minute that the code belongs to: this one, or one beside it where a clock is not exact."""
    now, totp = int(timezone.now().timestamp()) // STEP, pyotp.TOTP(secret)
    found = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def _compact(code: str) -> str:
    """The code as it was made, however it was typed ("123 456", "7kq4-m2xd-…")."""
    return "".join(code.split()).replace("-", "").upper()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _wrong() -> DomainError:
    return DomainError(
        _("Koden stämmer inte"),
        instead=_("Skriv de sex siffror som appen visar nu. Kontrollera att telefonens klocka går rätt."),
        field="code",
    )
