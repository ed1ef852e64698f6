"""Where mail goes, from one address such as `smtp://user:password@host:587`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HINT = (
    "KLUBBSLAG_EMAIL_URL must be console: (to the terminal), smtp://user:password@host:587 (STARTTLS), "
    "smtps://user:password@host:465 (TLS) or smtp+plain://host:25 (open, for a server on this machine)."
)
CONSOLE = "config.terminal_mail.EmailBackend"
SCHEMES = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True)
class MailSettings:
    """Django's EMAIL_* settings."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_settings(url: str) -> MailSettings:
    """The settings for `url`. Raises ImproperlyConfigured with the possible forms."""
    if url == "console:":
        return MailSettings(CONSOLE)
    parts = urlsplit(url)
    try:
        port = parts.port or SCHEMES[parts.scheme]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(HINT) from error
    if not parts.hostname:
        raise ImproperlyConfigured(HINT)
    return MailSettings(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )


def goes_nowhere(backend: str) -> bool:
    """Whether letters are only printed to the terminal of the server, as without KLUBBSLAG_EMAIL_URL."""
    return backend == CONSOLE
