"""A motion's page: where it stands, what became of it, and what can be done now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.http import HtmxRequest, public
from motions.models import Motion
from motions.queries.page import motion_page


@public
@require_safe
def detail(request: HtmxRequest, pk: int) -> HttpResponse:
    """The page; the public sees it without names of officials and without drafts."""
    motions = Motion.objects.visible_to(request.user).defer("search")
    motion = get_object_or_404(motions.select_related("case_officer", "preparing_body"), pk=pk)
    page = motion_page(motion, user=request.user, today=timezone.localdate())
    return render(request, "motions/detail.html", {"motion": motion, "page": page})
