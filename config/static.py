"""Static files named by their content, and compressed where a reader of the site has something from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

LEFT_AS_THEY_ARE = ("admin/",)  # a few administrators on the organisation's own network
MAPS = ".map"  # for a developer's tools only


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # it comes without types
    """WhiteNoise's storage; compressing everything would take three times as long at the first start."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Called with every collected file; gives (file, compressed file)."""
        wanted = [path for path in paths if not path.startswith(LEFT_AS_THEY_ARE) and not path.endswith(MAPS)]
        yield from super().compress_files(wanted)
