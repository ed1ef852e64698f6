"""Rich text in templates: through the same allow-list on its way out as on its way in."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from motions.texts import clean
from protocols.wording.text import enumerate_with

register = template.Library()


@register.filter
def rich(html: str) -> SafeString:
    """Sanitised HTML, ready for the page."""
    return mark_safe(clean(html))  # noqa: S308 -- cleaned by the allow-list in this very call


@register.filter
def enumerated(names: Sequence[str]) -> str:
    """The names as in a sentence: "A, B och C"."""
    return enumerate_with(list(names))
