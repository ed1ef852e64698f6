from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import MailSettings, mail_settings

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_console() -> None:
    assert mail_settings("console:").backend == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://anna:l%40s@post.example",
            MailSettings(SMTP, "post.example", 587, "anna", "l@s", True, False),
        ),
        ("smtps://post.example", MailSettings(SMTP, "post.example", 465, tls=True)),
        ("smtp+plain://localhost:2525", MailSettings(SMTP, "localhost", 2525)),
    ],
)
def test_smtp(url: str, expected: MailSettings) -> None:
    assert mail_settings(url) == expected


@pytest.mark.parametrize("url", ["", "post.example", "http://post.example", "smtp://", "smtp://post:port"])
def test_what_cannot_be_meant(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="KLUBBSLAG_EMAIL_URL must be"):
        mail_settings(url)
