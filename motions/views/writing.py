"""The answer to a section that saved itself, the same for drafts and for paragraphs."""

from __future__ import annotations

from django.http import HttpResponse

from config.http import HtmxRequest, narrow
from motions.forms.writing import SectionForm


def section_answer(request: HtmxRequest, form: SectionForm) -> HttpResponse:
    """What stands under the editor after a save; the whole section where a choice changes its text."""
    is_chosen = bool(request.POST.get(f"{form.prefix}-choice"))
    return narrow(
        request,
        "components/writing.html",
        "section" if is_chosen else "state",
        {"form": form, "is_answer": True},
        status=form.status,
    )
