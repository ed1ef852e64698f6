"""Postponement and referral back in words, and the minority's right to them (KL 5 kap. 50 §)."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.enums import ProposalKind
from protocols.wording.text import NBSP

#: The minority's right to a referral back or a postponement, in fullmäktige only.
MINORITY_LAW = f"5{NBSP}kap. 50{NBSP}§ kommunallagen"


@dataclass(frozen=True)
class Formal:
    """The forms of a formal proposal: noun, passive infinitive, active infinitive, passive present."""

    noun: str
    to_be: str
    to_do: str
    is_done: str


FORMAL = {
    ProposalKind.REFER_BACK: Formal("återremiss", "återremitteras", "återremittera", "återremitteras"),
    ProposalKind.POSTPONE: Formal("bordläggning", "bordläggas", "bordlägga", "bordläggs"),
}


def minority_needed(present: int) -> int:
    """How many of the members present must ask: a third, rounded up (KL 5 kap. 50 §)."""
    return -(-present // 3)


def a_third_of(present: int) -> str:
    """How many the law wants, in words: "minst en tredjedel av de närvarande, här 24 ledamöter"."""
    needed = minority_needed(present)
    return f"minst en tredjedel av de närvarande, här {needed} {'ledamot' if needed == 1 else 'ledamöter'}"


def supporters_of(supporters: int, present: int) -> str:
    """How many asked: "24 av de 71 närvarande ledamöterna"."""
    return f"{supporters} av de {present} närvarande ledamöterna"
