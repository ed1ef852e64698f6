"""Mail where no mail server is set: each letter is told on the terminal, to be read and not to be decoded."""

from __future__ import annotations

from email.header import decode_header, make_header

from django.core.mail import EmailMessage
from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    """Whom it is for, what it says, and the names of the files that it carries."""

    def write_message(self, message: EmailMessage) -> None:
        """Called by Django for each letter."""
        files = [str(item.filename) for item in message.attachments if hasattr(item, "filename")]
        to = ", ".join(str(make_header(decode_header(address))) for address in message.to)
        lines = [f"To: {to}", f"Subject: {message.subject}", "", str(message.body)]
        lines += [f"[{name}]" for name in files]
        self.stream.write("\n".join([*lines, "-" * 79, ""]))
