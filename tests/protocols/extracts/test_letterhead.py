"""The organisation's logo and colour on a paper, which keeps every standard with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import outloud
import pdfua
import pytest

from protocols.extracts.letterhead import PLAIN, USUAL_COLOUR, Letterhead, contrast_on_white, size_of
from protocols.extracts.logo import read_logo
from protocols.extracts.minutes import minutes_html
from protocols.extracts.render import extract_html, extract_pdf
from protocols.extracts.summons import summons_html
from tests.archival import broken_rules
from tests.protocols.extracts.minutes_samples import make_minutes
from tests.protocols.extracts.samples import DOCUMENT, read, words
from tests.protocols.extracts.summons_samples import make_summons
from tests.protocols.extracts.test_logo import SHAPE, png, svg

LOGOS = {"svg": svg(SHAPE), "png": png()}


@pytest.mark.parametrize("kind", LOGOS)
def test_a_paper_with_a_logo_keeps_every_standard(kind: str, tmp_path: Any) -> None:
    look = Letterhead("#123456", read_logo(LOGOS[kind]))
    pdf = extract_pdf(DOCUMENT, check_address="prov.example/ABCD-EFGH", letterhead=look)
    (tmp_path / "a.pdf").write_bytes(pdf)
    assert broken_rules(pdf) == []
    assert pdfua.validate(str(tmp_path / "a.pdf")).findings == ()
    assert outloud.check(str(tmp_path / "a.pdf")).error is None
    assert words(pdf) == words(extract_pdf(DOCUMENT, check_address="prov.example/ABCD-EFGH"))


def test_the_logo_stands_on_every_page_of_the_paper() -> None:
    look = Letterhead(logo=read_logo(LOGOS["png"]))
    pages, plain = read(extract_pdf(DOCUMENT, letterhead=look)).pages, read(extract_pdf(DOCUMENT)).pages
    assert len(pages) == len(plain)
    for page, without in zip(pages, plain, strict=True):
        drawn: Any = page["/Resources"]
        assert len(drawn["/XObject"]) > len(without["/Resources"]["/XObject"])


def test_every_kind_of_paper_has_it_and_none_without() -> None:
    look = Letterhead("#123456", read_logo(LOGOS["svg"]))
    pages = [
        extract_html(DOCUMENT, letterhead=look),
        minutes_html(make_minutes(), letterhead=look),
        summons_html(replace(make_summons(), items=()), (), letterhead=look),
    ]
    assert all("border-left-color: #123456" in page and "@top-left" in page for page in pages)
    assert extract_html(DOCUMENT, letterhead=PLAIN) == extract_html(DOCUMENT)
    assert "<style>" not in extract_html(DOCUMENT)


@pytest.mark.parametrize(("ratio", "size"), [(2, (20, 10)), (9, (45, 5)), (0.5, (5, 10))])
def test_it_fits_the_head(ratio: float, size: tuple[float, float]) -> None:
    logo = replace(read_logo(LOGOS["svg"]), ratio=ratio)
    assert size_of(logo) == pytest.approx(size)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast_on_white(USUAL_COLOUR) > 7
