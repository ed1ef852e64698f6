"""Parts of the look that stand in every row of long lists, where an included template would cost too much."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

NEAR = 60  # days before the year is over from which the clock asks for attention


@register.simple_tag
def year_clock(
    used: int, left: int, total: int = 365, *, is_done: bool = False, note: str = ""
) -> SafeString:
    """The clock of KL 5 kap. 35 §: `used` of `total` days, `left` more (negative: past the year).

    `is_done`: the motion is decided and the clock stands still. `note`: a line below.
    """
    if is_done:
        state, words = "is-done", ngettext("avgjord på %(days)s dag", "avgjord på %(days)s dagar", used)
    elif left < 0:
        state, words = "is-late", ngettext("%(days)s dag över året", "%(days)s dagar över året", -left)
    else:
        state = "is-near" if left <= NEAR else "is-running"
        words = ngettext("%(days)s dag kvar", "%(days)s dagar kvar", left)
    return format_html(
        '<div class="clock {}"><p class="clock-left">{}</p>'
        '<meter min="0" max="{}" value="{}" aria-label="{}"></meter>{}</div>',
        state,
        words % {"days": used if is_done else abs(left)},
        total,
        used,
        _("%(used)s av %(total)s dagar") % {"used": used, "total": total},
        format_html('<p class="clock-note">{}</p>', note) if note else "",
    )
