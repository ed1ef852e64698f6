"""Rich text in templates: through the same allow-list on its way out as on its way in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from motions.texts import clean
from protocols.wording.text import enumerate_with

register = template.Library()

_PARAGRAPH_SIGN = re.compile(r"§ (?=\d)")
_NAME_AND_PARTY = re.compile(r" (?=\([A-ZÅÄÖ]{1,6}\))")


@register.filter
def rich(html: str) -> SafeString:
    """Sanitised HTML, ready for the page."""
    return mark_safe(clean(html))  # noqa: S308 -- cleaned by the allow-list in this very call


@register.filter
def bound(text: str) -> str:
    """The text with § bound to its number and a party to its name."""
    return _NAME_AND_PARTY.sub("\u00a0", _PARAGRAPH_SIGN.sub("§\u00a0", text))


@register.filter
def unbroken(text: str) -> str:
    """The text with its hyphens unbreakable: a code to be read from paper stays on its line."""
    return text.replace("-", "\N{NON-BREAKING HYPHEN}")


@register.filter
def enumerated(names: Sequence[str]) -> str:
    """The names as in a sentence: "A, B och C"."""
    return enumerate_with(list(names))
