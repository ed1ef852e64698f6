"""What the rules refuse, said so that the user knows what, why and what can be done instead."""

from __future__ import annotations


class DomainError(Exception):
    """A refused act. `message` and `instead` are Swedish sentences, `law` the source ("KL 4 kap. 27 §").

    `field` names the form field the sentence belongs beside; `status` is the HTTP status of the answer.
    """

    status = 422

    def __init__(
        self,
        message: str,
        *,
        law: str = "",
        instead: str = "",
        field: str | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.law = law
        self.instead = instead
        self.field = field
        if status is not None:
            self.status = status

    def __str__(self) -> str:
        law = f" ({self.law})" if self.law else ""
        body = f"{self.message.rstrip('.')}{law}."
        return f"{body} {self.instead}".strip()


class Forbidden(DomainError):  # noqa: N818 -- named after the answer it gives, like Http404
    """The act exists, but this user may not do it."""

    status = 403


class Conflict(DomainError):  # noqa: N818 -- as above
    """The act was possible, but the case has moved on since the page was shown."""

    status = 409
