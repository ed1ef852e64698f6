"""Small words of a motion's page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from motions.texts import clean

register = template.Library()


@register.filter
def att(text: str) -> str:
    """An att-sats with its "att", whether that was written or not."""
    return text if text.lower().startswith("att ") else f"att {text}"


@register.filter
def cleaned(html: str) -> SafeString:
    """Rich text for the page: through the same allow-list on its way out as on its way in."""
    return mark_safe(clean(html))  # noqa: S308 -- cleaned by the allow-list in this very call
