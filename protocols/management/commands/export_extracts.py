"""`manage.py export_extracts --to FOLDER`: the issued extracts as files, for an archive or another system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from protocols.actions.bundles import issue_missing
from protocols.actions.extracts import paper_name
from protocols.extracts.checking import check_address
from protocols.extracts.pool import PressError
from protocols.models import Correction, Extract, Meeting, Paragraph
from protocols.queries.bundles import scope_of_meeting


@dataclass(frozen=True)
class _Wanted:
    """A paper and where it goes."""

    paper: Extract | Correction
    path: Path


class Command(BaseCommand):
    """A file that is there with the same content is left; one with another content is never replaced."""

    help = (
        "Writes extracts into FOLDER, a subfolder for each body and year. Without --meeting every extract "
        "that was issued; with it those of the meeting's verified §§, issued now where nobody has asked "
        "before. Run again it writes only what is new. Exits with 1 where something could not be written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", required=True, type=Path, metavar="FOLDER", help="made where it is missing"
        )
        parser.add_argument("--meeting", type=int, metavar="N", help="the number in /sammantraden/N/")

    def handle(self, *args: Any, to: Path, meeting: int | None, **options: Any) -> None:
        """Raises CommandError with a sentence for whatever is in the way."""
        if meeting is not None:
            self._issue(meeting)
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"The folder {to} cannot be made or written to: {error.strerror}") from error
        extracts, corrections = Extract.objects.all(), Correction.objects.all()
        if meeting is not None:
            extracts = extracts.filter(paragraph__meeting=meeting)
            corrections = corrections.filter(paragraph__meeting=meeting)
        total, written, problems = extracts.count() + corrections.count(), 0, 0
        for done, wanted in enumerate(_wanted(extracts, corrections, to), start=1):
            problem, is_new = _write(wanted)
            if problem:
                self.stderr.write(f"{wanted.path}: {problem}")
            written, problems = written + is_new, problems + bool(problem)
            self._tell(done, total, "extracts")
        self.stdout.write(
            f"{written} written, {total - written - problems} there already, {problems} not written"
        )
        if problems:
            raise CommandError(f"{problems} of {total} extracts could not be written; see above")

    def _issue(self, pk: int) -> None:
        meeting = Meeting.objects.select_related("body").filter(pk=pk).first()
        if meeting is None:
            raise CommandError(
                f"There is no meeting {pk}; the number stands in its address, /sammantraden/N/"
            )
        paragraphs = list(scope_of_meeting(meeting).paragraphs)
        if not paragraphs:
            raise CommandError(f"No paragraph of {meeting} is verified; there is nothing to export yet")
        total = len(paragraphs)
        try:
            issue_missing(
                paragraphs,
                by=None,
                check_address=check_address(),
                told=lambda done: self._tell(done, total, "issued"),
            )
        except PressError as error:
            raise CommandError(f"An extract could not be made: {error}. Run it again to go on.") from error

    def _tell(self, done: int, total: int, what: str) -> None:
        """On a terminal a line that counts, else now and then a line."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} {what}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done == total or done % 100 == 0:
            self.stdout.write(f"{done} of {total} {what}")


def _wanted(extracts: QuerySet[Extract], corrections: QuerySet[Correction], to: Path) -> Iterator[_Wanted]:
    known = ("paragraph__body",)
    names: dict[Path, int] = {}
    for rows in (extracts, corrections):
        paper: Extract | Correction
        for paper in rows.select_related(*known).order_by("paragraph_id", "pk").iterator(chunk_size=500):
            path = to / _folder(paper.paragraph) / paper_name(paper)
            names[path] = names.get(path, 0) + 1
            if names[path] > 1:  # corrected twice on a day
                path = path.with_stem(f"{path.stem} ({names[path]})")
            yield _Wanted(paper, path)


def _folder(paragraph: Paragraph) -> str:
    return f"{paragraph.body.abbreviation} {paragraph.year}"


def _write(wanted: _Wanted) -> tuple[str, bool]:
    """What is wrong, or ''; and whether the file is new. It appears whole or not at all."""
    try:
        if wanted.path.exists():
            with wanted.path.open("rb") as there:
                is_same = hashlib.file_digest(there, "sha256").hexdigest() == wanted.paper.sha256
            return ("" if is_same else "another file with this name is there; it was left as it is"), False
        with wanted.paper.file.open("rb") as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != wanted.paper.sha256:
            return "the stored extract is damaged: its content is not what was issued", False
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = wanted.path.with_suffix(".unfinished")
        unfinished.write_bytes(content)
        unfinished.replace(wanted.path)
    except OSError as error:
        return error.strerror or str(error), False
    return "", True
