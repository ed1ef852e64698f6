"""The mark across a draft: the word's outlines, not its letters, so that no reader takes it for text."""

from __future__ import annotations

from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from protocols.extracts.fonts import MARK_FACE

WORD = "UTKAST"
#: Light enough to read 11 point text over it, dark enough to survive a copier.
COLOUR = "#f4dede"
_SPREAD = 90  # font units between the letters, beside their own advance


@cache
def draft_mark() -> str:
    """The mark as SVG: the word in outlines, rising from lower left to upper right."""
    font = TTFont(MARK_FACE)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:g}")
    width = 0.0
    for letter in WORD:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(TransformPen(pen, (1, 0, 0, -1, width, 0)))
        width += glyph.width + _SPREAD
    width -= _SPREAD
    height = font["OS/2"].sCapHeight
    side = (width + height) / 2**0.5  # of the square around the word when it is turned by 45 degrees
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side:g} {side:g}">'
        f'<path fill="{COLOUR}" transform="translate({side / 2:g} {side / 2:g}) rotate(-45)'
        f' translate({-width / 2:g} {height / 2:g})" d="{pen.getCommands()}"/></svg>'
    )
