"""Registering a motion, and correcting one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from config.http import UserRequest, is_htmx, narrow, needs
from motions.actions.events import check
from motions.actions.numbering import proposed_numbers
from motions.actions.registration import correct_motion, receive_and_register, receive_motion
from motions.enums import EventKind
from motions.errors import DomainError
from motions.forms.motion import CorrectForm, MotionForm, RegisterForm
from motions.models import Motion, Organisation
from motions.permissions import Permission
from motions.wording.days import long_day

REGISTER, CORRECT = "motions/register.html", "motions/correct.html"


@needs(Permission.REGISTER_MOTION)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: UserRequest) -> HttpResponse:
    """The form; a POST registers the motion, or only notes that it has come in."""
    if request.method != "POST":
        return _show_register(request, RegisterForm(initial={"handed_in_on": timezone.localdate()}))
    if typed := RegisterForm.typed(request.POST):
        return _show_register(request, typed)
    form = RegisterForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            motion = _receive(request, form)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _saved(motion))
            return _go_to(request, motion)
    return _show_register(request, form, status=_status(form))


@needs(Permission.REGISTER_MOTION)
@require_safe
def similar(request: UserRequest) -> HttpResponse:
    """The part of the form that points at probable duplicates, while the title is typed."""
    typed = {"title": request.GET.get("title", ""), "handed_in_on": request.GET.get("handed_in_on", "")}
    form = RegisterForm(initial=typed | {"movers": request.GET.getlist("movers")})
    return render(request, f"{REGISTER}#similar", {"form": form})


@needs(Permission.REGISTER_MOTION)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: UserRequest, pk: int) -> HttpResponse:
    """The form with what was registered; a POST corrects it."""
    motion = get_object_or_404(Motion.objects.visible_to(request.user), pk=pk)
    check(motion, EventKind.CORRECTED)
    if request.method != "POST":
        return _show_correct(request, motion, CorrectForm(motion))
    if typed := CorrectForm.typed(request.POST, motion=motion):
        return _show_correct(request, motion, typed)
    form = CorrectForm(motion, request.POST)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            correct_motion(motion, by=request.user, on=timezone.localdate(), seen=seen, **_contents(form))
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Uppgifterna är rättade."))
            return _go_to(request, motion)
    return _show_correct(request, motion, form, status=_status(form))


def _receive(request: UserRequest, form: RegisterForm) -> Motion:
    contents = _contents(form) | {
        "handed_in_on": form.cleaned_data["handed_in_on"],
        "signed_motion": form.cleaned_data["signed_motion"],
    }
    if request.POST.get("act") == "receive":
        return receive_motion(by=request.user, **contents)
    number = form.cleaned_data["registry_number"]
    return receive_and_register(by=request.user, on=timezone.localdate(), registry_number=number, **contents)


def _contents(form: MotionForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {
        "title": cleaned["title"],
        "text": cleaned["text"],
        "movers": cleaned["movers"],
        "clauses": form.clauses,
    }


def _saved(motion: Motion) -> str:
    words = {
        "number": motion.number,
        "registry_number": motion.registry_number,
        "due_on": long_day(motion.due_on),
    }
    if motion.number:
        return (
            _("Motion %(number)s är registrerad med dnr %(registry_number)s. Årsklockan går ut %(due_on)s.")
            % words
        )
    return _("Motionen är inlämnad och väntar på registrering. Årsklockan går ut %(due_on)s.") % words


def _go_to(request: UserRequest, motion: Motion) -> HttpResponse:
    if is_htmx(request):
        return HttpResponseClientRedirect(motion.get_absolute_url())
    return redirect(motion)


def _status(form: MotionForm) -> int:
    return form.refusal.status if form.refusal else HTTPStatus.UNPROCESSABLE_ENTITY


def _show_register(request: UserRequest, form: MotionForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    number, registry_number = proposed_numbers(Organisation.objects.get(), timezone.localdate().year)
    context = {"form": form, "number": number, "registry_number": registry_number}
    return narrow(request, REGISTER, "form", context, status=status)


def _show_correct(
    request: UserRequest, motion: Motion, form: MotionForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    return narrow(request, CORRECT, "form", {"form": form, "motion": motion}, status=status)
