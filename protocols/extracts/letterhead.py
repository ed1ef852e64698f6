"""The organisation's own look on a paper: its logo in the head of each page, its colour at the decision."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from protocols.extracts.logo import Logo

#: Copper, as on the screens.
USUAL_COLOUR = "#8f4318"
#: Millimetres that the head has for the logo.
_HIGH, _WIDE = 10.0, 45.0
#: Between the logo and the names beside it.
_GAP = 4.0
_TOP = 10.7


@dataclass(frozen=True)
class Letterhead:
    """What papers look like: `colour` as "#rrggbb", dark enough to read on white."""

    colour: str = USUAL_COLOUR
    logo: Logo | None = None

    @property
    def style(self) -> SafeString:
        """Rules for the paper's own head; nothing where it looks as all do. Made of checked values alone."""
        rules = []
        if self.colour != USUAL_COLOUR:
            rules.append(
                f"section.decision {{ border-left-color: {self.colour}; }} a {{ color: {self.colour}; }}"
            )
        if self.logo:
            rules.append(_in_the_head(self.logo))
        return mark_safe("\n".join(rules))  # noqa: S308 -- a checked colour, and base64


PLAIN = Letterhead()


def size_of(logo: Logo) -> tuple[float, float]:
    """Width and height on paper, in millimetres."""
    width = min(_WIDE, _HIGH * logo.ratio)
    return width, width / logo.ratio


def contrast_on_white(colour: str) -> float:
    """How well "#rrggbb" is read on white paper, from 1 to 21 (WCAG 2.1, relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _in_the_head(logo: Logo) -> str:
    width, height = size_of(logo)
    data = f"data:{logo.media_type};base64,{b64encode(logo.content).decode()}"
    top = _TOP + (_HIGH - height) / 2
    rules = [
        "box-sizing: border-box",
        f"padding-left: {width + _GAP:.2f}mm",
        f'background: url("{data}") no-repeat 0 {top:.2f}mm / {width:.2f}mm {height:.2f}mm',
        "image-rendering: crisp-edges",  # else the image says that it may be interpolated: not in an archive
    ]
    return f"@page {{ @top-left {{ {'; '.join(rules)} }} }}"
