from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.urls import URLFetcher

from protocols.extracts.fonts import FACES, FaceFetcher, NothingFetcher, system_faces
from protocols.extracts.marks import draft_mark
from protocols.extracts.press import html_to_pdf, style_sheet
from protocols.extracts.render import extract_pdf
from tests.protocols.extracts.samples import DOCUMENT, DRAFT, read, with_matter


def test_fonts_are_cut_by_harfbuzz() -> None:
    assert harfbuzz_subset is not None  # three times faster than the fallback


def test_fonts_are_embedded_and_subset() -> None:
    pdf = extract_pdf(with_matter("<p>Text <em>och</em> <strong>Áŋŋel</strong></p>"))
    assert len(pdf) < 60_000
    fonts: Any = read(pdf).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        name = str(font.get_object()["/BaseFont"])
        assert re.fullmatch(r"/[A-Z]{6}\+(Source-S(ans|erif)-Pro|Breaking-Hyphen|Noto-Serif).*", name)
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inner)


def test_the_letters_of_sami_come_from_a_serif_of_a_package() -> None:
    fonts: Any = read(extract_pdf(with_matter("<p>Áŋŋel muoŧŧá</p>"))).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts.values()}
    assert "Noto-Serif" in names
    assert not [name for name in names if "DejaVu" in name]


def test_the_same_document_gives_the_same_bytes_in_two_processes() -> None:
    code = (
        "import django; django.setup()\n"
        "from hashlib import sha256\n"
        "from tests.protocols.extracts.samples import DOCUMENT, DRAFT\n"
        "from protocols.extracts.press import html_to_pdf\n"
        "from protocols.extracts.render import carried_files, extract_html\n"
        "papers = [html_to_pdf(extract_html(each), carried_files(each)) for each in (DOCUMENT, DRAFT)]\n"
        "print(sha256(b''.join(papers)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_bytes_do_not_depend_on_what_was_set_before() -> None:
    before = extract_pdf(DOCUMENT)
    extract_pdf(with_matter("<p>😀 שלום مرحبا Ŋŧ ✓</p><table><tr><td>x</td></tr></table>"))
    extract_pdf(replace(DRAFT, number=1))
    assert extract_pdf(DOCUMENT) == before


def test_threads_do_not_disturb_each_other() -> None:
    expected = [extract_pdf(DOCUMENT), extract_pdf(DRAFT)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(extract_pdf, [DOCUMENT, DRAFT, DOCUMENT, DRAFT])) == expected * 2


def test_a_forked_worker_sets_and_leaves_its_parents_fonts_when_it_ends() -> None:
    code = (
        "import django; django.setup()\n"
        "import os, sys\n"
        "from protocols.extracts import fonts, press\n"
        "page = '<html lang=sv><title>x</title><body><h1>{}</h1>'\n"
        "press.html_to_pdf(page.format('Först'))\n"
        "press._Turn.lock.acquire()\n"  # as if another thread of the parent were setting
        "for number in (1, 2):\n"
        "    if (child := os.fork()) == 0:\n"
        "        press.html_to_pdf(page.format('Ordet'))\n"
        "        sys.exit(0)\n"
        "    assert os.waitpid(child, 0)[1] == 0\n"
        "press._Turn.lock.release()\n"
        "folder = press._press().fonts._folder\n"
        "assert len(list(folder.iterdir())) == 14 + len(fonts.system_faces()), list(folder.iterdir())\n"
        "print(len(press.html_to_pdf(page.format('Annat'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    assert int(done.stdout) > 1000


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/", "https://exempel.example/", "ftp://a.example/x"]
)
@pytest.mark.parametrize("fetcher", [FaceFetcher(), NothingFetcher()])
def test_the_press_fetches_no_file_and_no_address(fetcher: URLFetcher, address: str) -> None:
    with pytest.raises(ValueError, match=r"not a face of the press|disallowed protocol"):
        fetcher.fetch(address)


def test_the_press_reads_the_files_of_its_faces() -> None:
    for face in FACES:
        assert FaceFetcher().fetch(face.file.as_uri()).read() == face.file.read_bytes()


def test_a_file_named_on_a_page_is_not_on_the_paper(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(draft_mark(), encoding="utf-8")
    style = tmp_path / "style.css"
    style.write_text("body { display: none }", encoding="utf-8")
    page = (
        f'<html lang="sv"><head><title>x</title><link rel="stylesheet" href="{style.as_uri()}">'
        f'<link rel="attachment" href="{secret.as_uri()}"></head>'
        f'<body><p>Syns</p><img alt="x" src="{secret.as_uri()}"></body></html>'
    )
    reader = read(html_to_pdf(page))
    assert "Syns" in reader.pages[0].extract_text()
    assert not reader.attachments
    assert not reader.pages[0]["/Resources"].get("/XObject")
    assert "disallowed protocol" in caplog.text


def test_the_style_sheet_holds_no_relative_address() -> None:
    addresses = re.findall(r'url\("?([^")]+)', style_sheet())
    assert len(addresses) == 15 + len(system_faces())
    assert {address.partition(":")[0] for address in addresses} == {"file", "data"}


def test_the_drafts_mark_is_drawn_not_written() -> None:
    mark = draft_mark()
    assert "<text" not in mark
    assert "UTKAST" not in mark
    assert mark.count("Z") >= 7  # the outlines of six letters, and the inside of the A
