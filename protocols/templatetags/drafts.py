"""For pages of motions: what the minutes will make of a draft."""

from __future__ import annotations

from typing import Any

from django import template

from motions.models import Motion, Organisation
from protocols.queries.drafts import draft_sections

register = template.Library()


@register.inclusion_tag("protocols/draft_sheet.html")
def draft_sheet(motion: Motion) -> dict[str, Any]:
    """`{% draft_sheet motion %}`: the draft as the board's § would read."""
    return draft_context(motion)


def draft_context(motion: Motion) -> dict[str, Any]:
    """What protocols/draft_sheet.html shows."""
    organisation = Organisation.objects.get()
    return {
        "motion": motion,
        "organisation_name": organisation.name,
        "sections": draft_sections(motion, organisation),
    }
