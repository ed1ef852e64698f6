"""`manage.py send_mail`: what waits in the outbox, now and from here. The running site does it by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from protocols.actions.sending import send_due


class Command(BaseCommand):
    """For a machine that only sends, or to see what the mail server says. Does not wait for later tries."""

    help = "Sends the letters that are due. The running site does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Beside other senders no letter is sent twice."""
        self.stdout.write(f"Letters tried: {send_due()}")
