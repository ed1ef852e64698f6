"""`manage.py read_bounce < message`: where the mail server pipes what comes back to the sender's address."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from protocols.actions.bounces import parse_bounce, record_bounce


class Command(BaseCommand):
    """Ends well whatever comes in, so that the mail server never answers a bounce with a bounce."""

    help = "Reads one mail from standard input; a bounce (RFC 3464) marks the letter that did not arrive."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tells what it made of the mail."""
        bounce = parse_bounce(sys.stdin.buffer.read())
        if bounce is None:
            self.stdout.write("Not a bounce: nothing done.")
        elif delivery := record_bounce(bounce):
            self.stdout.write(f"{delivery.address}: {bounce.reason}")
        else:
            self.stdout.write(f"No letter was sent from here with Message-ID {bounce.message_id}.")
