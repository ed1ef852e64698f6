"""The seam: who signs what, and the one thing a signing service does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Act:
    """What one person did that the signature stands for: `reason` in words, `when` in local time."""

    who: str
    reason: str
    place: str
    when: datetime

    @property
    def sentence(self) -> str:
        """The reason with its moment, as it stands in the signature."""
        return f"{self.reason} {self.when:%Y-%m-%d} kl. {self.when:%H.%M}"


class Signer(Protocol):
    """An e-signature service, or a certificate of one's own."""

    def sign(self, pdf: bytes, act: Act) -> bytes:
        """The paper with one more signature: its bytes as they were, and an addition behind them (PAdES).

        Raises SigningError with a sentence for whoever presses "Försök igen".
        """


class SigningError(Exception):
    """Why a paper could not be signed, in Swedish: nothing secret, and no number of a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
