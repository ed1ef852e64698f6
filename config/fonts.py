"""The web fonts: cut from the font packages at install time to the letters that Swedish and Sami pages use.

The packages hold 230–290 kB a face; a phone gets 20–30 kB. Nothing of them is committed: collectstatic (and
the development server) ask the finder below, which cuts what is missing into the data folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from fontTools import subset

from config.locks import held

_SANS = Path(font_source_sans_pro.__file__).parent / "files"
_SERIF = Path(font_source_serif_pro.__file__).parent / "files"

#: Static path → the package's file that it is cut from. static/css/base.css names the same paths.
FACES = {
    "fonts/source-sans-400.woff2": _SANS / "SourceSansPro-Regular.ttf",
    "fonts/source-sans-600.woff2": _SANS / "SourceSansPro-Semibold.ttf",
    "fonts/source-sans-400-italic.woff2": _SANS / "SourceSansPro-It.ttf",
    "fonts/source-serif-400.woff2": _SERIF / "SourceSerifPro-Regular.ttf",
    "fonts/source-serif-600.woff2": _SERIF / "SourceSerifPro-Semibold.ttf",
    "fonts/source-serif-400-italic.woff2": _SERIF / "SourceSerifPro-It.ttf",
}

#: Latin with all its accents (Sami and Finnish too), quotation marks and dashes, arrows and a few signs.
_SIGNS = (0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2713)
_CODE_POINTS = (*range(0x20, 0x250), *range(0x2000, 0x2070), *_SIGNS)
_FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum"]


def cut_face(source: Path, target: Path) -> None:
    """Write the face `source` as WOFF2 with only the letters needed. Takes about half a second."""
    options = subset.Options(flavor="woff2", layout_features=_FEATURES)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    with subset.load_font(source, options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=_CODE_POINTS)
        subsetter.subset(font)
        subset.save_font(font, unfinished, options)
    unfinished.replace(target)


def cut_faces(folder: Path) -> None:
    """Make sure that every face lies in `folder`, newer than the package and the choice of letters above.

    Processes that miss it at once take turns: a face that is cut again would be a changed static file.
    """
    if _missing(folder):
        with held(folder / "cutting.lock"):
            for path in _missing(folder):
                cut_face(FACES[path], folder / path)


def _missing(folder: Path) -> list[str]:
    """The faces that are not there, or older than what they are made from."""
    return [path for path, source in FACES.items() if _is_outdated(folder / path, source)]


def _is_outdated(target: Path, source: Path) -> bool:
    newest = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
    return not target.exists() or target.stat().st_mtime < newest


class FontFinder(BaseFinder):
    """Finds the cut faces among the static files as `fonts/…`."""

    def __init__(self) -> None:
        self.folder = Path(settings.DATA_DIR) / "faces"
        self.files = FileSystemStorage(location=self.folder)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Nothing can be misconfigured."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """The file of one face (a list of it with `find_all`), or the empty list."""
        if path not in FACES:
            return []
        cut_faces(self.folder)
        file = str(self.folder / path)
        return [file] if find_all else file

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Every face; what else may lie in the folder is not served."""
        cut_faces(self.folder)
        for path in FACES:
            yield path, self.files
