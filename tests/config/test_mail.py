from __future__ import annotations

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

from config.mail import MailSettings, goes_nowhere, mail_settings

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_console() -> None:
    assert mail_settings("console:").backend == "config.terminal_mail.EmailBackend"


def test_terminal_tells_a_letter_without_the_content_of_its_files() -> None:
    terminal = StringIO()
    connection = get_connection("config.terminal_mail.EmailBackend", stream=terminal)
    letter = EmailMessage(
        "Utdrag", "Hej, å!", to=["=?utf-8?q?N=C3=A4mnd?= <namnd@prov.example>"], connection=connection
    )
    letter.attach("RS § 1.pdf", b"%PDF", "application/pdf")
    assert letter.send() == 1
    assert terminal.getvalue().splitlines()[:5] == [
        "To: Nämnd <namnd@prov.example>",
        "Subject: Utdrag",
        "",
        "Hej, å!",
        "[RS § 1.pdf]",
    ]
    assert goes_nowhere(mail_settings("console:").backend)
    assert not goes_nowhere(mail_settings("smtps://post.example").backend)


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
