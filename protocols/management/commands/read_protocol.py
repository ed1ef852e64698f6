"""Reads protocols that others wrote (files, folders, ZIP) into facts and says how it went."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from protocols.actions.importing import Fate, store
from protocols.reading import cases, checks, profiles, protocol, rows, sources
from protocols.reading.facts import MarkKind, ReadProtocol
from protocols.reading.refusals import Reason, UnreadableError
from protocols.reading.sources import Source
from protocols.reading.words import MARKS, REASONS

BAR = 24


@dataclass(slots=True)
class Tally:
    """What is kept of each file.

    Figures and the steps of cases, so that memory does not grow with the texts.
    """

    files: int = 0
    paragraphs: int = 0
    reviewed: int = 0
    counted: Counter[checks.Counted] = field(default_factory=Counter)
    marks: Counter[MarkKind] = field(default_factory=Counter)
    layouts: Counter[str] = field(default_factory=Counter)
    steps: list[cases.Step] = field(default_factory=list)
    fates: Counter[Fate] = field(default_factory=Counter)

    def add(self, read: ReadProtocol) -> None:
        self.files += 1
        self.paragraphs += len(read.paragraphs)
        self.layouts[read.profile] += 1
        self.marks.update(mark.kind for mark in read.marks)
        for paragraph in read.paragraphs:
            self.marks.update(mark.kind for mark in paragraph.marks)
            self.reviewed += bool(paragraph.marks)
            self.counted.update(checks.counted(vote) for vote in paragraph.votes)
        self.steps += cases.steps(read)


class Command(BaseCommand):
    """`manage.py read_protocol`; what is said is Swedish, as are the protocols."""

    help = (
        "Läser protokoll (.pdf, .docx, .txt, .md, .html; filer, mappar, ZIP) till fakta, lagrar dem för "
        "granskning och skriver en sammanfattning."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FIL", help="fil, mapp eller ZIP")
        parser.add_argument(
            "--json", type=Path, metavar="UT.jsonl", help="skriv ett JSON-objekt per § till filen"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="läs och sammanfatta; lagra och skriv inget"
        )
        parser.add_argument(
            "--layout", choices=profiles.names(), help="uppställning, när den inte ska kännas igen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        tally, refused = Tally(), list[tuple[str, Reason]]()
        profile = profiles.load(options["layout"]) if options["layout"] else None
        with ExitStack() as stack:
            target = options["json"] if not options["dry_run"] else None
            out = stack.enter_context(_written(target)) if target else None
            for origin, found in self._read(options["paths"], profile):
                if isinstance(found, UnreadableError):
                    refused.append((origin, found.reason))
                    continue
                source, text, read = found
                tally.add(read)
                if not options["dry_run"]:
                    tally.fates[store(source, text, read, by=None).fate] += 1
                if out is not None:
                    out.writelines(
                        json.dumps(row, ensure_ascii=False) + "\n" for row in rows.of_protocol(read)
                    )
        if tally.files:
            self._tell(tally, time.monotonic() - started)
        elif not refused:
            raise CommandError(_("Inga protokoll hittades (.pdf, .docx, .txt, .md, .html)."))
        if refused:
            told = [f"{origin}: {REASONS[reason]}" for origin, reason in refused]
            raise CommandError(_("Inte lästa:") + "\n" + "\n".join(told))

    def _read(
        self, paths: list[Path], profile: profiles.Profile | None
    ) -> Iterator[tuple[str, tuple[Source, str, ReadProtocol] | UnreadableError]]:
        """Each file read, or why not, one at a time."""
        total, done = sum(sources.count(path) for path in paths), 0
        for path in paths:
            for source in sources.open_all(path):
                done += 1
                if isinstance(source, tuple):
                    yield source
                    continue
                self._progress(done, max(total, done), source.name)
                yield source.origin, _one(source, profile)
        if total and self.stderr.isatty():
            self.stderr.write("\n", str, ending="")

    def _progress(self, done: int, total: int, name: str) -> None:
        """A line that is written over on a terminal, and nothing where a log would fill with it."""
        if self.stderr.isatty():
            full = BAR * done // total
            bar = "█" * full + "░" * (BAR - full)
            self.stderr.write(f"\r{bar} {done}/{total}  {name[:40]:<40}", str, ending="")
            self.stderr.flush()

    def _tell(self, tally: Tally, seconds: float) -> None:
        write = self.stdout.write
        files = ngettext("%(n)d fil", "%(n)d filer", tally.files) % {"n": tally.files}
        layouts = ", ".join(f"{name} {count}" for name, count in tally.layouts.most_common())
        pace = tally.paragraphs / seconds if seconds else 0
        write(f"{files} ({layouts}), {tally.paragraphs} §, {seconds:.1f} s, {pace:.0f} §/s")
        if tally.fates:
            self._tell_stored(tally.fates)
        counted = tally.counted
        write(
            _(
                "Omröstningar: %(equal)d med lika många röster som röstetalet, %(differs)d med "
                "andra, %(none)d utan lista"
            )
            % {
                "equal": counted[checks.Counted.EQUAL],
                "differs": counted[checks.Counted.DIFFERS],
                "none": counted[checks.Counted.NO_LIST],
            }
        )
        write(_("Att granska: %(n)d §") % {"n": tally.reviewed})
        for kind, number in tally.marks.most_common():
            write(f"  {number:5d}  {MARKS[kind]}")
        self._tell_cases(tally)

    def _tell_stored(self, fates: Counter[Fate]) -> None:
        figures = {"new": fates[Fate.NEW], "newer": fates[Fate.NEWER], "same": fates[Fate.UNCHANGED]}
        self.stdout.write(
            _("Lagrade: %(new)d nya, %(newer)d nyare versioner; %(same)d fanns redan") % figures
        )

    def _tell_cases(self, tally: Tally) -> None:
        found = cases.share(cases.gather(tally.steps))
        if found.cases:
            figures = {
                "agree": found.agree,
                "cases": found.cases,
                "told": found.telling_agree,
                "telling": found.telling,
            }
            self.stdout.write(
                _(
                    "Ärenden genom två organ: %(agree)d av %(cases)d har samma §§ som Tidigare behandling "
                    "(%(told)d av %(telling)d som har någon)"
                )
                % figures
            )


def _one(
    source: Source, profile: profiles.Profile | None
) -> tuple[Source, str, ReadProtocol] | UnreadableError:
    try:
        text = source.text()
        read = protocol.read(text, source.name, profile)
    except UnreadableError as refusal:
        return refusal
    return (source, text, read) if read.paragraphs else UnreadableError(Reason.NO_PARAGRAPHS)


def _written(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise CommandError(_("%(path)s kan inte skrivas.") % {"path": path}) from error
