"""Codes to read from paper and type: by chance, in groups of four."""

from __future__ import annotations

import secrets

#: Letters and digits that are not mistaken for one another; each is worth nearly five bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUP = 4


def readable_code(groups: int) -> str:
    """A code of that many groups: "7KQ4-M2XD"."""
    made = ("".join(secrets.choice(ALPHABET) for _letter in range(_GROUP)) for _group in range(groups))
    return "-".join(made)
