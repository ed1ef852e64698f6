"""What the templates of meetings ask of their forms."""

from __future__ import annotations

from django import template

from motions.models import Motion
from protocols.forms.agenda import MotionsForm

register = template.Library()


@register.filter
def ticks(form: MotionsForm, motion: Motion) -> bool:
    """Whether the motion's box is ticked in the form."""
    return form.is_ticked(motion)
