"""The secretary's live view of one §: the page, its parts, and taking the next item up."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, is_htmx, needs
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.taking_up import take_up as act_take_up
from protocols.enums import SectionKind
from protocols.forms.live import FindingForm, UndoForm, adders
from protocols.models import Paragraph
from protocols.queries.live import read_live, seen_now

TEMPLATE = "protocols/live.html"


@needs(Permission.MANAGE_MEETING)
@require_safe
def live(request: UserRequest, pk: int) -> HttpResponse:
    """One § of a meeting, to work with; a verified one is only read."""
    paragraph = visible(request, pk)
    if paragraph.is_verified:
        return redirect(paragraph)
    return workspace(request, paragraph)


@needs(Permission.MANAGE_MEETING)
@require_safe
def live_reservations(request: UserRequest, pk: int) -> HttpResponse:
    """Reservations and notes, asked for again and again; 204 while nothing came in since `sedd`."""
    paragraph = visible(request, pk)
    if not paragraph.is_verified and request.GET.get("sedd") == seen_now(paragraph):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {"view": read_live(paragraph), "is_answer": True, "fresh": SectionKind.RESERVATION}
    return render(request, f"{TEMPLATE}#news", context)


@needs(Permission.MANAGE_MEETING)
@require_POST
def take_up(request: UserRequest, pk: int) -> HttpResponse:
    """Take the item up: it gets its number, and its live view opens."""
    paragraph = visible(request, pk)
    try:
        act_take_up(paragraph, by=request.user)
    except DomainError as error:
        return workspace(request, paragraph, part="take_up", refusal=error, status=error.status)
    return redirect("protocols:live", pk=paragraph.pk)


def visible(request: UserRequest, pk: int) -> Paragraph:
    """The paragraph, or 404 where the user may not see it."""
    found = Paragraph.objects.visible_to(request.user).select_related("meeting", "body", "motion")
    return get_object_or_404(found, pk=pk)


def act(
    request: UserRequest,
    paragraph: Paragraph,
    part: str,
    run: Callable[[], object],
    *,
    form: forms.Form | None = None,
    fresh: SectionKind | None = None,
) -> HttpResponse:
    """Do what one form or button of the page asks for, and show the paragraph as it then is.

    `part` is the section of the page that was acted in, `fresh` the section of the paper that it changes.
    What is refused, or not in order, is shown there with all that was typed.
    """
    if form is not None and not form.is_valid():
        focus_first_error(form)
        left = _unreadable(form)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return workspace(request, paragraph, part=part, form=form, refusal=left, status=status)
    try:
        run()
    except DomainError as error:
        left = add_refusal(form, error) if form is not None else error
        if form is not None:
            focus_first_error(form)
        return workspace(request, paragraph, part=part, form=form, refusal=left, status=error.status)
    if not is_htmx(request):
        return redirect(f"{reverse('protocols:live', args=[paragraph.pk])}#{part}")
    return workspace(request, paragraph, part=part, fresh=fresh, is_saved=True)


def _unreadable(form: forms.Form) -> DomainError | None:
    """What to say of the page's own hidden values, which no field shows."""
    hidden = [name for name in form.errors if name in form.fields and form.fields[name].widget.is_hidden]
    if not hidden or not isinstance(form, FindingForm | UndoForm):
        return None
    return DomainError(
        _("Sidan har ändrats sedan den visades"), instead=_("Läs frågan igen och svara sedan.")
    )


def workspace(
    request: UserRequest,
    paragraph: Paragraph,
    *,
    part: str = "",
    form: forms.Form | None = None,
    refusal: DomainError | None = None,
    fresh: SectionKind | None = None,
    is_saved: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page, or for htmx its parts, as the paragraph is now."""
    view = read_live(paragraph)
    context = {
        "view": view,
        "adders": adders(view.paragraph, view.attendance, sent=form),
        "part": part,
        "refusal": refusal,
        "fresh": fresh,
        "saved_at": timezone.now() if is_saved else view.saved_at,
        "is_answer": is_htmx(request),
        "focus": part if is_saved else "",
        "finding": form if isinstance(form, FindingForm) else FindingForm(motivations=view.motivations),
    }
    name = f"{TEMPLATE}#answer" if is_htmx(request) else TEMPLATE
    return render(request, name, context, status=status)
