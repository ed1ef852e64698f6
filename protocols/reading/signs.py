"""Signs that one part of the reader puts into a text for the others."""

from __future__ import annotations

#: A hyphen at a line's end that is known to belong to its word ("att-" "sats"), not to divide it.
KEPT_HYPHEN = "\N{NON-BREAKING HYPHEN}"
