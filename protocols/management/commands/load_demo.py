"""`manage.py load_demo`: the made-up region into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from motions.models import Body, Organisation, Person
from protocols.demo.play import load


class Command(BaseCommand):
    """Loads everything in one transaction, and does nothing to a database in which something stands."""

    help = "Loads the made-up demo region, with logins that everybody knows, into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One way past the refusal, said out loud."""
        parser.add_argument("--force", action="store_true", help="also where KLUBBSLAG_DEMO is off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where no demo is wanted."""
        if not (settings.DEMO or options["force"]):
            raise CommandError(
                "Everybody knows the logins of the demo, and KLUBBSLAG_DEMO is off here (as it is with"
                " KLUBBSLAG_HTTPS=1). Set KLUBBSLAG_DEMO=1, or give --force."
            )
        if any(model.objects.exists() for model in (Organisation, Body, Person)):
            self.stdout.write("There is an organisation in the database; nothing was loaded.")
            return
        told = options["verbosity"] > 0
        load(timezone.localdate(), tell=self.stdout.write if told else lambda _text: None)
