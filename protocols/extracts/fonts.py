"""The faces of the paper, taken from installed packages, so that it looks the same on every machine.

Source Serif carries the text, Source Sans headings, tables and page furniture, Noto Serif the few letters
that Source Serif lacks (ŋ and ŧ of North Sami, ǥ ǩ ǯ of Skolt Sami). Other scripts come from the system's
DejaVu, emoji from its Symbola; what none of them has is printed by its name (`coverage`).
"""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import font_source_sans_pro
import font_source_serif_pro
import fontpkg_noto_serif
from fontTools import subset
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

_SANS = Path(font_source_sans_pro.__file__).parent / "files"
_SERIF = Path(font_source_serif_pro.__file__).parent / "files"
_NOTO = Path(fontpkg_noto_serif.__file__).parent / "files"

_HYPHEN, _BREAKING_HYPHEN = 0x2D, 0x2010


@dataclass(frozen=True)
class Face:
    """One font file under the name, weight and style that the style sheet asks for.

    `weight` is None for a variable font that has them all.
    """

    family: str
    weight: int | None
    style: str
    file: Path

    def rule(self) -> str:
        """The @font-face rule, with the file's address on this machine."""
        return self._rule(self.family, self.file.as_uri())

    def hyphen_rule(self) -> str:
        """The @font-face rule of "Breaking Hyphen": this face's hyphen alone, as U+2010.

        Source Serif draws the hyphen that breaks a word and the one a name is written with by one glyph, and
        a PDF gives each glyph of a font one meaning: all hyphens would be read back as whichever came first.
        From a font of its own the breaking hyphen stays U+2010, and "Per-Olof" keeps its U+002D.
        """
        font = TTFont(self.file, recalcTimestamp=False)
        for table in {"GDEF", "GPOS", "GSUB"} & set(font.keys()):
            del font[table]  # kerning and alternates of the letters that go, slow to read
        cutter = subset.Subsetter(subset.Options(hinting=False))
        cutter.populate(unicodes=[_HYPHEN])
        cutter.subset(font)
        for characters in font["cmap"].tables:
            characters.cmap = dict.fromkeys([_BREAKING_HYPHEN], *characters.cmap.values())
        file = BytesIO()
        font.save(file)
        data = b64encode(file.getvalue()).decode()
        return self._rule("Breaking Hyphen", f"data:font/ttf;base64,{data}")

    def _rule(self, family: str, address: str) -> str:
        weight = f" font-weight: {self.weight};" if self.weight else ""
        name = f'font-family: "{family}";{weight} font-style: {self.style};'
        return f'@font-face {{ {name} src: url("{address}"); }}'


_TEXT_FACES = (
    Face("Source Serif Pro", 400, "normal", _SERIF / "SourceSerifPro-Regular.ttf"),
    Face("Source Serif Pro", 600, "normal", _SERIF / "SourceSerifPro-Semibold.ttf"),
    Face("Source Serif Pro", 400, "italic", _SERIF / "SourceSerifPro-It.ttf"),
    Face("Source Serif Pro", 600, "italic", _SERIF / "SourceSerifPro-SemiboldIt.ttf"),
)
FACES = (
    *_TEXT_FACES,
    Face("Source Sans Pro", 400, "normal", _SANS / "SourceSansPro-Regular.ttf"),
    Face("Source Sans Pro", 600, "normal", _SANS / "SourceSansPro-Semibold.ttf"),
    Face("Source Sans Pro", 400, "italic", _SANS / "SourceSansPro-It.ttf"),
    Face("Source Sans Pro", 600, "italic", _SANS / "SourceSansPro-SemiboldIt.ttf"),
    Face("Noto Serif", None, "normal", _NOTO / "NotoSerif[wdth,wght].ttf"),
    Face("Noto Serif", None, "italic", _NOTO / "NotoSerif-Italic[wdth,wght].ttf"),
)


@cache
def system_faces() -> tuple[Face, ...]:
    """The faces of the system for other scripts and for emoji, where it has them, under names of our own.

    Upright ones alone: beside an italic face of fewer letters the two would be taken for one font, and the
    glyphs of the one be drawn by the numbers of the other. They are slanted where italics are asked for.
    """
    wanted = (
        ("Other Letters", 400, "DejaVu Sans:style=Book"),
        ("Other Letters", 600, "DejaVu Sans:style=Bold"),
        ("Other Signs", 400, "Symbola"),
    )
    found = []
    for family, weight, pattern in wanted:
        command = ["fc-list", "--format", "%{file}\n", pattern]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
        found += [Face(family, weight, "normal", Path(line)) for line in sorted(filter(None, listed))[:1]]
    return tuple(found)


#: The face that the draft's mark is drawn with.
MARK_FACE = _SANS / "SourceSansPro-Semibold.ttf"


def font_rules() -> str:
    """All @font-face rules of the press."""
    faces = (*FACES, *system_faces())
    return "\n".join([*(face.hyphen_rule() for face in _TEXT_FACES), *(face.rule() for face in faces)])


class SharedFonts(FontConfiguration):  # type: ignore[misc] # WeasyPrint comes without types
    """A font configuration that lives as long as its process and may be inherited by forked workers.

    WeasyPrint keeps copies of the fonts in a folder that the object removes when it dies. A worker that ends
    must not take away the folder of the process it was forked from, nor its siblings'.
    """

    def __init__(self) -> None:
        self._made_by = os.getpid()
        super().__init__()

    def __del__(self) -> None:
        if os.getpid() == self._made_by:
            super().__del__()


class FaceFetcher(URLFetcher):  # type: ignore[misc] # the same
    """Reads what stands in the style sheet itself and the files of our faces, nothing else (ValueError)."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """One font."""
        address = urlsplit(url)
        if address.scheme == "data":
            return super().fetch(url, headers)
        path = Path(unquote(address.path))
        if address.scheme != "file" or path not in {face.file for face in (*FACES, *system_faces())}:
            raise ValueError(f"not a face of the press: {url}")
        return URLFetcherResponse(url, path.read_bytes())


class NothingFetcher(URLFetcher):  # type: ignore[misc] # the same
    """Reads what stands in the page itself (`data:`), no file and no address: users wrote what is on it."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
