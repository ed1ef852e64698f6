"""Finding personal identity numbers, which are never stored (dataskyddslagen 3 kap. 10 §)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from motions.errors import DomainError

_CANDIDATE = re.compile(r"(?<![\d-])(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?![\d-])")
_LAST_DAY, _COORDINATION_NUMBER = 31, 60


def contains_identity_number(text: str) -> bool:
    """Whether the text holds something with the form and check digit of a Swedish identity number."""
    return any(_is_valid(*match.groups()) for match in _CANDIDATE.finditer(text))


def refuse_identity_numbers(text: str, field: str | None = None) -> None:
    """Raise DomainError for the field where the text holds an identity number."""
    if contains_identity_number(text):
        raise DomainError(
            _("Texten ser ut att innehålla ett personnummer"),
            law="dataskyddslagen 3 kap. 10 §",
            instead=_("Ta bort numret; namn och parti räcker i ett ärende som blir offentligt."),
            field=field,
        )


def _is_valid(year: str, month: str, day: str, last: str) -> bool:
    born = int(day) - _COORDINATION_NUMBER if int(day) > _COORDINATION_NUMBER else int(day)
    if not (1 <= int(month) <= 12 and 1 <= born <= _LAST_DAY):
        return False
    digits = [int(digit) for digit in year + month + day + last]
    doubled = (digit * (2 - index % 2) for index, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
