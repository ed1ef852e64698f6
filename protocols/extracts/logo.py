"""An uploaded logo, checked: an SVG of shapes alone, or a PNG. What is kept is written anew.

No letters (a paper looks the same on every machine), nothing that runs, nothing that is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from PIL import Image

#: As uploaded; a logo is a few kilobytes, and every paper carries it.
MOST_BYTES = 300 * 1024
#: The longest side of a PNG, in pixels.
MOST_PIXELS = 4000
#: A logo is at most this many times as wide as high, or the reverse.
MOST_OBLONG = 12

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset(
    {"svg", "g", "defs", "symbol", "use", "title", "desc", "style", "clipPath", "mask", "pattern"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"linearGradient", "radialGradient", "stop"}
)
_PLAIN_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*$")


class LogoError(ValueError):
    """Why a file cannot be the logo: a sentence for the one who uploaded it."""


@dataclass(frozen=True)
class Logo:
    """A checked logo; `ratio` is its width by its height."""

    content: bytes
    media_type: str
    ratio: float


def read_logo(content: bytes) -> Logo:
    """The logo in an uploaded file. Raises LogoError for anything else."""
    if not content:
        raise LogoError(_("Filen är tom. Välj en annan fil."))
    if len(content) > MOST_BYTES:
        raise LogoError(
            _("Filen är större än %(size)d kB. Spara logotypen enklare.") % {"size": MOST_BYTES // 1024}
        )
    logo = _read_png(content) if content.startswith(b"\x89PNG\r\n\x1a\n") else _read_svg(content)
    if not 1 / MOST_OBLONG <= logo.ratio <= MOST_OBLONG:
        raise LogoError(
            _("Logotypen är för avlång för ett sidhuvud: högst %(most)d gånger så bred som hög.")
            % {"most": MOST_OBLONG}
        )
    return logo


def _read_png(content: bytes) -> Logo:
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            _refuse_huge(image.size)
            has_holes = "A" in image.getbands() or "transparency" in image.info
            plain = image.convert("RGBA" if has_holes else "RGB")
    except LogoError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoError(_("PNG-filen går inte att läsa. Den kan vara skadad; spara den på nytt.")) from error
    written = BytesIO()
    plain.save(written, "PNG", optimize=True)
    return Logo(written.getvalue(), "image/png", plain.width / plain.height)


def _refuse_huge(size: tuple[int, int]) -> None:
    if max(size) > MOST_PIXELS:
        raise LogoError(
            _("Bilden är större än %(side)d × %(side)d bildpunkter. Spara den mindre.")
            % {"side": MOST_PIXELS}
        )


def _read_svg(content: bytes) -> Logo:
    try:
        text = _PLAIN_DOCTYPE.sub("", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LogoError(_("Filen är varken en SVG eller en PNG. Spara logotypen som en av dem.")) from error
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise LogoError(_("SVG-filen har egna definitioner (DOCTYPE). Spara den som vanlig SVG."))
    try:
        root = ET.fromstring(text)  # noqa: S314 -- without a DOCTYPE there are no entities to expand
    except ET.ParseError as error:
        raise LogoError(_("Filen är varken en SVG eller en PNG. Spara logotypen som en av dem.")) from error
    if root.tag != f"{_SVG}svg":
        raise LogoError(_("Filen är varken en SVG eller en PNG. Spara logotypen som en av dem."))
    ratio = _ratio(root)
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", _XLINK_HREF[1:].split("}", maxsplit=1)[0])
    return Logo(ET.tostring(_cleaned(root), encoding="utf-8", xml_declaration=True), "image/svg+xml", ratio)


def _cleaned(element: ET.Element) -> ET.Element:
    """The element with what draws; drawing programs' own notes go. Raises LogoError for what may not stay."""
    kept = ET.Element(element.tag, _attributes(element))
    kept.text, kept.tail = element.text, element.tail
    if _OUTSIDE.search(element.text or ""):
        raise LogoError(_("Logotypen hämtar något utifrån. Bädda in allt som kurvor."))
    for child in element:
        name = child.tag
        if not name.startswith(_SVG) or name == f"{_SVG}metadata":
            continue
        _refuse_unless_shape(name.removeprefix(_SVG))
        kept.append(_cleaned(child))
    return kept


def _refuse_unless_shape(name: str) -> None:
    if name in {"text", "tspan", "textPath"}:
        raise LogoError(_("Logotypen har text. Gör om den till kurvor, så att den ser likadan ut överallt."))
    if name == "image":
        raise LogoError(_("Logotypen har en bild inuti. Ladda upp bilden som PNG i stället."))
    if name not in _SHAPES:
        raise LogoError(
            _("Logotypen innehåller ”%(name)s”, som inte får finnas i den. Spara den som PNG.")
            % {"name": name[:40]}
        )


def _attributes(element: ET.Element) -> dict[str, str]:
    kept = {}
    for name, value in element.attrib.items():
        if name.lower().startswith("on") or (name.startswith("{") and name != _XLINK_HREF):
            continue
        is_link = name in {"href", _XLINK_HREF}
        if (is_link and not value.startswith("#")) or _OUTSIDE.search(value):
            raise LogoError(_("Logotypen hämtar något utifrån. Bädda in allt som kurvor."))
        kept[name] = value
    return kept


def _ratio(root: ET.Element) -> float:
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [float(match[1]) for side in sides if (match := _NUMBER.match(side))]
    if len(found) != 2 or not all(found):
        raise LogoError(_("SVG-filen saknar mått (viewBox). Spara den på nytt med mått, eller som PNG."))
    return found[0] / found[1]
