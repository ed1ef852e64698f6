"""`manage.py sign_minutes`: sign what waits, now and from here. The running site does it by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from protocols.actions.signing import sign_due
from protocols.enums import SigningState
from protocols.models import SignedOriginal


class Command(BaseCommand):
    """To see what the certificate or the signing service says; what failed is asked for again on its page."""

    help = "Signs the verified minutes that wait for it. The running site does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Beside other signers nothing is signed twice."""
        self.stdout.write(f"Minutes signed: {sign_due()}")
        for original in SignedOriginal.objects.filter(state=SigningState.FAILED).select_related(
            "meeting__body"
        ):
            self.stdout.write(f"Failed: {original}: {original.reason}")
