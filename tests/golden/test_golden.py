"""What is set now looks as it did when somebody last looked at it."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.golden.papers import PICTURES, made, picture

NAMES = ["plain", "draft", "certified", "letterhead", "clauses", "votes", "nested", "sami"]
#: Of 255 shades: what sixteen greys and another version of a rasteriser may differ by.
SHADE = 72
#: Of all pixels: so few may differ more than that. A line that moves is more than ten times as many.
MOST = 0.0005


def different(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ, where a shift of less than a pixel counts as none."""
    soft = ImageFilter.BoxBlur(1)
    difference = ImageChops.difference(one.filter(soft), other.filter(soft))
    return sum(difference.histogram()[SHADE:]) / (one.width * one.height)


@pytest.fixture(scope="module")
def papers() -> dict[str, Image.Image]:
    return {name: picture(pdf) for name, pdf in made().items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_looks_as_it_did(papers: dict[str, Image.Image], name: str) -> None:
    with Image.open(PICTURES / f"{name}.png") as kept:
        before = kept.convert("L")
    assert papers[name].size == before.size
    assert different(papers[name], before) <= MOST


def test_a_line_that_moves_is_seen(papers: dict[str, Image.Image]) -> None:
    whole = papers["plain"]
    moved = ImageChops.offset(whole, 0, 2)
    assert different(whole, moved) > 10 * MOST
    assert set(papers) == set(NAMES)
