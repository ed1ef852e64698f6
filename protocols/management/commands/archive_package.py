"""`manage.py archive_package --to FOLDER`: ended cases as packages for an e-archive (docs/archive.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from config.navigation import VERSION
from motions.errors import DomainError
from motions.models import Motion, Organisation
from protocols.actions.bundles import issue_missing
from protocols.actions.extracts import issue_minutes
from protocols.archive.package import PackageError, write_package
from protocols.extracts.checking import check_address
from protocols.extracts.pool import PressError
from protocols.models import Meeting
from protocols.queries.archive import case_of, ended_cases, paragraphs_of

SCHEMAS = Path(settings.BASE_DIR) / "docs" / "schema"


class Command(BaseCommand):
    """A package that is there with the same content is left; one with another content is never replaced."""

    help = (
        "Writes a package (E-ARK SIP 2.1, described as CITS ERMS 2.1 and PREMIS 3) for each case that has "
        "ended into FOLDER. Extracts and minutes that nobody has asked for before are issued now. Every file "
        "is held against its stored checksum, and the package read back. Exits with 1 where one was not made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", required=True, type=Path, metavar="FOLDER", help="made where it is missing"
        )
        parser.add_argument(
            "--motion",
            action="append",
            default=[],
            metavar="NUMBER",
            help="only this motion, e.g. 13-2026; may be given several times",
        )
        parser.add_argument("--handed-in", type=int, metavar="YEAR", help="only motions of this year")

    def handle(self, *args: Any, to: Path, motion: list[str], handed_in: int | None, **options: Any) -> None:
        """Raises CommandError with a sentence for whatever is in the way."""
        cases = self._wanted(motion, handed_in)
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"The folder {to} cannot be made or written to: {error.strerror}") from error
        organisation, total, written, problems = Organisation.objects.get(), cases.count(), 0, 0
        for done, case in enumerate(cases.iterator(chunk_size=50), start=1):
            try:
                written += self._write(case, organisation, to)
            except (PackageError, PressError, DomainError, OSError) as error:
                self.stderr.write(f"{case.reference}: {error}")
                problems += 1
            self._tell(done, total)
        self.stdout.write(
            f"{written} written, {total - written - problems} there already, {problems} not written"
        )
        if problems:
            raise CommandError(f"{problems} of {total} packages could not be written; see above")

    def _wanted(self, numbers: list[str], year: int | None) -> QuerySet[Motion]:
        cases = ended_cases()
        for number in numbers:
            if not Motion.objects.filter(number=number).exists():
                raise CommandError(f"There is no motion {number}")
            if not cases.filter(number=number).exists():
                raise CommandError(f"Motion {number} has not ended; only ended cases go to the archive")
        if numbers:
            cases = cases.filter(number__in=numbers)
        if year is not None:
            cases = cases.filter(handed_in_on__year=year)
        if not cases.exists():
            raise CommandError("No case has ended; there is nothing to archive yet")
        return cases

    def _write(self, motion: Motion, organisation: Organisation, to: Path) -> bool:
        paragraphs = list(paragraphs_of(motion))
        issue_missing(paragraphs, by=None, check_address=check_address(), told=lambda _done: None)
        for meeting in Meeting.objects.verified().filter(pk__in={each.meeting_id for each in paragraphs}):
            issue_minutes(meeting, by=None, check_address=check_address())
        case = case_of(motion, organisation)
        return write_package(
            case,
            to,
            name=f"{slugify(organisation.name)}-{slugify(case.reference)}",
            schemas=sorted(SCHEMAS.glob("*.schema.json")),
            version=VERSION,
            made_at=timezone.now(),
        )

    def _tell(self, done: int, total: int) -> None:
        """On a terminal a line that counts, else now and then a line."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} cases", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done == total or done % 100 == 0:
            self.stdout.write(f"{done} of {total} cases")
