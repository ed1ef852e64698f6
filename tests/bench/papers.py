"""Papers beside other makers of PDFs, sixty at a time, stored, and bound. Prints figures as JSON."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import django
import pikepdf
import psutil
import typst
from playwright.sync_api import sync_playwright

from tests.bench.measure import alone, ask, own_site, quiet, served
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

TIMES = 15
REQUESTS = 300
BOOKS = (100, 300, 1_000)
LOOK_EVERY = 0.02  # seconds


def main() -> None:
    """Measure and print."""
    with own_site() as folder:
        django.setup()
        figures = _figures(folder)
    print(json.dumps(figures))


def _figures(folder: Path) -> dict[str, Any]:
    from config import prepare  # noqa: PLC0415 -- needs django.setup()
    from protocols.actions.bundles import issue_missing  # noqa: PLC0415 -- the same
    from protocols.actions.extracts import issue_extract  # noqa: PLC0415 -- the same
    from protocols.extracts.render import extract_pdf  # noqa: PLC0415 -- the same
    from protocols.models import Extract  # noqa: PLC0415 -- the same
    from tests.bench import data  # noqa: PLC0415 -- the same
    from tests.factories import close, make_meeting, make_region, verify  # noqa: PLC0415 -- the same
    from tests.protocols.extracts.samples import DOCUMENT  # noqa: PLC0415 -- the same

    with quiet():
        prepare.prepare(static=True)
        region, meetings = make_region(), []
        for day in (20, 27):
            meeting = make_meeting(region, region.board, held_on=date(2026, 5, day))
            close(region, data.sixty_paragraphs(region, meeting))
            verify(region, meeting)
            meetings.append(list(meeting.paragraphs.order_by("number")))
    seconds = _papers(folder)
    extract_pdf(DOCUMENT)
    check = "motioner.prov.example/verifiera/"
    first, second = meetings
    single = _time(lambda: [issue_extract(each, by=None, check_address=check) for each in first])
    double = _time(lambda: issue_missing(second, by=None, check_address=check, told=lambda _done: None))
    issued = Extract.objects.order_by("pk").first()
    assert issued
    (folder / "static" / "extract.pdf").write_bytes(Path(issued.file.path).read_bytes())
    with served() as (port, _server):
        seconds["static file"] = ask(port, "/static/extract.pdf", times=REQUESTS)
        address = f"/paragrafer/{issued.paragraph_id}/protokollsutdrag.pdf"
        seconds["stored extract"] = ask(port, address, times=REQUESTS)
    files = [Path(extract.file.path) for extract in Extract.objects.all()]
    books = [_book(files, papers, folder / "book.pdf") for papers in BOOKS]
    return {"seconds": seconds, "one by one": single, "two at a time": double, "books": books}


def _time(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _papers(folder: Path) -> dict[str, list[float]]:
    """Seconds of the same two pages with each maker, warm."""
    from protocols.extracts import pool, press  # noqa: PLC0415 -- needs django.setup()
    from protocols.extracts.render import carried_files, extract_html  # noqa: PLC0415 -- the same
    from tests.protocols.extracts.samples import DOCUMENT  # noqa: PLC0415 -- the same

    html, files = extract_html(DOCUMENT), carried_files(DOCUMENT)
    page = folder / "extract.html"
    page.write_text(html, encoding="utf-8")
    styled = folder / "styled.html"
    sheet = f"<style>{press.style_sheet()}</style></head>"
    styled.write_text(html.replace("</head>", sheet), encoding="utf-8")
    source = folder / "extract.typ"
    return {
        "extract, two pages, warm": _repeated(lambda: pool.html_to_pdf(html, files)),
        "WeasyPrint alone": alone(page, TIMES),
        "headless Chromium, started before": _chromium(styled),
        "Typst, the same text": _typeset(source),
    }


def _repeated(act: Callable[[], Any]) -> list[float]:
    act()
    return [_time(act) for _each in range(TIMES)]


def _chromium(page: Path) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)

        def printed() -> None:
            sheet = browser.new_page()
            sheet.goto(page.as_uri())
            sheet.pdf(prefer_css_page_size=True, tagged=True)
            sheet.close()

        taken = _repeated(printed)
        browser.close()
    return taken


def _typeset(source: Path) -> list[float]:
    import font_source_sans_pro  # noqa: PLC0415 -- as the press finds them, which needs the settings
    import font_source_serif_pro  # noqa: PLC0415 -- the same

    fonts = [
        Path(str(each.__file__)).parent / "files" for each in (font_source_sans_pro, font_source_serif_pro)
    ]
    compiler = typst.Compiler(root=source.parent, font_paths=fonts, ignore_system_fonts=True)
    sizes = count()

    def typeset() -> None:
        # A letter a hair larger each time: Typst keeps what it has set, and would only look it up.
        source.write_text(_typst(10.5 + next(sizes) / 10_000), encoding="utf-8")
        compiler.compile(input=source, pdf_standards=["a-3a"])

    return _repeated(typeset)


def _typst(size: float) -> str:
    """The extract's words as Typst's markup, with head, foot and headings."""
    from motions.texts import plain  # noqa: PLC0415 -- needs django.setup()
    from tests.protocols.extracts.samples import DOCUMENT  # noqa: PLC0415 -- the same

    lines = [
        f'#set document(title: "{DOCUMENT.title}", date: datetime(year: 2026, month: 5, day: 27))',
        f'#set text(lang: "sv", size: {size}pt, font: "Source Serif Pro", hyphenate: true)',
        f'#set page(paper: "a4", margin: 25mm, header: [{DOCUMENT.organisation}], numbering: "1 av 1")',
        f"= {DOCUMENT.label} {DOCUMENT.title}",
    ]
    for section in DOCUMENT.sections:
        lines += [
            f"== {section.heading}",
            *(f"#{json.dumps(line)}" for line in plain(section.html).split("\n")),
        ]
    lines += ["== Underskrifter", DOCUMENT.secretary, *DOCUMENT.verifiers]
    return "\n\n".join(lines)


def _book(files: list[Path], papers: int, to: Path) -> dict[str, float]:
    """Seconds, pages and MB of the process that binds."""
    from protocols.extracts.binding import Leaf, write_book  # noqa: PLC0415 -- needs django.setup()

    leaves = [
        Leaf("", f"§ {number + 1}", f"Rapport {number + 1}", files[number % len(files)], datetime.now(UTC))
        for number in range(papers)
    ]
    done, peaks = threading.Event(), [0]

    def watch() -> None:
        while not done.wait(LOOK_EVERY):
            peaks.extend(_peak(child) for child in psutil.Process().children())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        taken = _time(lambda: write_book(leaves, to, organisation="Region", body="Styrelsen", when="2026"))
    finally:
        done.set()
        watcher.join()
    with pikepdf.open(to) as book:
        pages = len(book.pages)
    return {"papers": papers, "seconds": taken, "pages": pages, "memory": max(peaks) / 1024}


def _peak(process: psutil.Process) -> int:
    """kB that a process which binds has needed at most; 0 for others."""
    try:
        if "protocols.extracts.bookbinding" not in process.cmdline():
            return 0
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    except (psutil.Error, OSError, StopIteration):
        return 0


if __name__ == "__main__":
    main()
