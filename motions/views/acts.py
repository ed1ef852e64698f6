"""The acts of a motion that need little more than a day: each a small page that works without a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.http import UserRequest, needs
from motions.actions.documents import add_document
from motions.actions.ending import close_motion, withdraw_motion
from motions.actions.events import check
from motions.actions.numbering import proposed_numbers
from motions.actions.registration import register_motion
from motions.actions.remittal import remit_motion
from motions.enums import DocumentKind, EventKind
from motions.errors import DomainError
from motions.forms.acts import ActForm, ClosingForm, DayForm, DocumentForm, NumberForm, SureForm
from motions.models import Body, Motion, Organisation
from motions.permissions import Permission

form_page = require_http_methods(["GET", "HEAD", "POST"])

Cleaned = dict[str, Any]


@dataclass(frozen=True)
class ActPage:
    """An act's form and words; `done` becomes a message, with the motion's reference put in."""

    kind: EventKind
    form: type[ActForm]
    title: str
    button: str
    done: str
    lead: str = ""
    law: str = ""
    is_danger: bool = False


@needs(Permission.REGISTER_MOTION)
@form_page
def number(request: UserRequest, pk: int) -> HttpResponse:
    """Give a received motion its numbers."""
    today = timezone.localdate()
    motion_number, registry_number = proposed_numbers(Organisation.objects.get(), today.year)
    page = ActPage(
        kind=EventKind.REGISTERED,
        form=NumberForm,
        title=_("Registrera motionen"),
        lead=_("Får nummer %(number)s och dnr %(registry_number)s när du sparar.")
        % {"number": motion_number, "registry_number": registry_number},
        button=_("Registrera"),
        done=_("%(motion)s är registrerad."),
    )

    def act(motion: Motion, cleaned: Cleaned) -> Motion:
        return register_motion(motion, by=request.user, on=today, registry_number=cleaned["registry_number"])

    return _act(request, pk, page, act)


@needs(Permission.REMIT_MOTION)
@form_page
def remit(request: UserRequest, pk: int) -> HttpResponse:
    """Send a motion to the board."""
    board = get_object_or_404(Body.objects.filter(kind="executive_board"))
    page = ActPage(
        kind=EventKind.REMITTED,
        form=DayForm,
        title=_("Remittera till %(body)s") % {"body": board.inline_name},
        lead=_("Motionen sänds för beredning. Flera motioner kan remitteras på en gång från listan."),
        law=_("KL 5 kap. 26 §: ett ärende ska ha beretts innan fullmäktige avgör det."),
        button=_("Remittera"),
        done=_("%(motion)s är remitterad."),
    )

    def act(motion: Motion, cleaned: Cleaned) -> Motion:
        return remit_motion(motion, by=request.user, to=board, on=cleaned["on"])

    return _act(request, pk, page, act)


@needs(Permission.WITHDRAW_MOTION)
@form_page
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the movers have taken their motion back."""
    page = ActPage(
        kind=EventKind.WITHDRAWN,
        form=SureForm,
        title=_("Anteckna att motionen återtas"),
        lead=_("Ärendet avslutas utan beslut. Det kan inte ångras, men motionen kan lämnas in på nytt."),
        button=_("Anteckna återtagandet"),
        done=_("%(motion)s är återtagen."),
        is_danger=True,
    )

    def act(motion: Motion, cleaned: Cleaned) -> Motion:
        return withdraw_motion(motion, by=request.user, on=cleaned["on"])

    return _act(request, pk, page, act)


@needs(Permission.CLOSE_MOTION)
@form_page
def close(request: UserRequest, pk: int) -> HttpResponse:
    """Close a decided case."""
    page = ActPage(
        kind=EventKind.CLOSED,
        form=ClosingForm,
        title=_("Avsluta ärendet för hand"),
        lead=_(
            "Ärendet avslutas av sig självt när protokollsutdraget har gått ut till alla mottagare och "
            "uppdragen är återrapporterade. Avsluta det för hand bara om det inte ska ske här. "
            "Det kan inte ångras."
        ),
        button=_("Avsluta ärendet"),
        done=_("%(motion)s är avslutad."),
    )

    def act(motion: Motion, cleaned: Cleaned) -> Motion:
        return close_motion(motion, by=request.user, on=cleaned["on"], reason=cleaned["reason"])

    return _act(request, pk, page, act)


@needs(Permission.ADD_DOCUMENT, Permission.REGISTER_MOTION)
@form_page
def document_new(request: UserRequest, pk: int) -> HttpResponse:
    """Add a document to the case."""
    page = ActPage(
        kind=EventKind.DOCUMENT_ADDED,
        form=DocumentForm,
        title=_("Lägg till handling"),
        lead=_("Handlingen blir offentlig genast, om den inte är märkt med sekretess."),
        button=_("Lägg till"),
        done=_("Handlingen är tillagd i %(motion)s."),
    )

    def act(motion: Motion, cleaned: Cleaned) -> Motion:
        add_document(
            motion,
            by=request.user,
            kind=DocumentKind(cleaned["kind"]),
            title=cleaned["title"],
            file=cleaned["file"],
            received_on=cleaned["received_on"],
            is_secret=cleaned["is_secret"],
        )
        return motion

    return _act(request, pk, page, act)


def _act(
    request: UserRequest, pk: int, page: ActPage, act: Callable[[Motion, Cleaned], Motion]
) -> HttpResponse:
    """Show the form, or do the act and go to the motion. Raises Conflict where the stage forbids it."""
    motion = get_object_or_404(Motion.objects.visible_to(request.user), pk=pk)
    check(motion, page.kind)
    form = page.form(motion)
    status = HTTPStatus.OK
    if request.method == "POST":
        form = page.form(motion, request.POST, request.FILES)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                motion = act(motion, form.cleaned_data)
            except DomainError as error:
                form.refuse(error)
                status = HTTPStatus(error.status)
            else:
                messages.success(request, page.done % {"motion": motion.reference})
                return redirect(motion)
    return render(request, "motions/act.html", {"motion": motion, "form": form, "page": page}, status=status)
