"""The attendance list: who is here, who steps in for whom, who leads and who verifies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, is_htmx, needs
from motions.errors import DomainError
from motions.models import Person
from motions.permissions import Permission
from protocols.actions.attendance import fill_seats, note_move, serve_for, set_present, take_back_move
from protocols.actions.meetings import choose_offices
from protocols.actions.others import note_other, remove_other
from protocols.forms.attendance import MoveForm, OfficesForm, OtherForm, PresenceForm, ServeForm
from protocols.models import Attendance, Meeting
from protocols.queries import attendance as queries
from protocols.queries.attendance_log import has_free_seats, read_log
from protocols.queries.meetings import presence_of
from protocols.queries.substitutes import order_of
from protocols.wording.service import paragraphs


@needs(Permission.MANAGE_MEETING)
@require_safe
def attendance(request: UserRequest, pk: int) -> HttpResponse:
    """Everybody on the list, by party or by seat."""
    return _page(request, _meeting(request, pk))


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_present(request: UserRequest, pk: int) -> HttpResponse:
    """Note one person as present or absent."""
    meeting, form = _meeting(request, pk), PresenceForm(request.POST)
    rows = queries.attendance_list(meeting)
    if not form.is_valid():
        raise Http404
    person = _person(rows, form.cleaned_data["person"])
    is_present: bool = form.cleaned_data["is_present"]
    return _act(
        request,
        meeting,
        rows,
        person,
        lambda: set_present(meeting, by=request.user, person=person, is_present=is_present),
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_serve(request: UserRequest, pk: int) -> HttpResponse:
    """Let a substitute step in for an absent member."""
    meeting, form = _meeting(request, pk), ServeForm(request.POST)
    rows = queries.attendance_list(meeting)
    if not form.is_valid():
        raise Http404
    member = _person(rows, form.cleaned_data["member"])
    substitute = _person(rows, form.cleaned_data["substitute"])
    return _act(
        request,
        meeting,
        rows,
        member,
        lambda: serve_for(meeting, by=request.user, substitute=substitute, member=member),
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_fill(request: UserRequest, pk: int) -> HttpResponse:
    """Let the substitutes who are here step in for the absent, in their order."""
    meeting = _meeting(request, pk)
    try:
        filled = fill_seats(meeting, by=request.user)
    except DomainError as error:
        return _page(request, meeting, refusal=error, status=error.status)
    messages.success(
        request,
        ngettext("%(count)s ersättare har trätt in.", "%(count)s ersättare har trätt in.", len(filled))
        % {"count": len(filled)},
    )
    return redirect("protocols:attendance", pk=meeting.pk)


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_move(request: UserRequest, pk: int) -> HttpResponse:
    """Note that somebody came or left at a time, and who stepped in."""
    meeting = _meeting(request, pk)
    form = MoveForm(meeting, queries.attendance_list(meeting), request.POST)
    return _note(request, meeting, form, note_move, part="moves")


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_take_back(request: UserRequest, pk: int, move: int) -> HttpResponse:
    """Take the latest coming or going back."""
    meeting = _meeting(request, pk)
    found = get_object_or_404(meeting.moves, pk=move)
    return _take_back(request, meeting, lambda: take_back_move(found, by=request.user), part="moves")


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_offices(request: UserRequest, pk: int) -> HttpResponse:
    """Decide who leads the meeting and who verifies its minutes."""
    meeting = _meeting(request, pk)
    form = OfficesForm(meeting, queries.attendance_list(meeting), request.POST)
    refusal = None
    if form.is_valid():
        try:
            choose_offices(meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            messages.success(request, _("Ordförande och justerare är valda."))
            return redirect("protocols:attendance", pk=meeting.pk)
    return _page(request, meeting, sent=form, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_other(request: UserRequest, pk: int) -> HttpResponse:
    """Note somebody who is there without a seat."""
    return _note(request, _meeting(request, pk), OtherForm(request.POST), note_other, part="others")


@needs(Permission.MANAGE_MEETING)
@require_POST
def attendance_other_remove(request: UserRequest, pk: int, other: int) -> HttpResponse:
    """Remove such a note made by mistake."""
    meeting = _meeting(request, pk)
    found = get_object_or_404(meeting.others, pk=other)
    return _take_back(request, meeting, lambda: remove_other(found, by=request.user), part="others")


def _note(
    request: UserRequest,
    meeting: Meeting,
    form: MoveForm | OtherForm,
    act: Callable[..., object],
    *,
    part: str,
) -> HttpResponse:
    """Do what the form says and go on to the part of the page; or show the page with what was wrong."""
    refusal = None
    if form.is_valid():
        try:
            act(meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            return _to(meeting, part)
    focus_first_error(form)
    return _page(request, meeting, sent=form, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _take_back(
    request: UserRequest, meeting: Meeting, act: Callable[[], object], *, part: str
) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        return _page(request, meeting, refusal=error, status=error.status)
    return _to(meeting, part)


def _to(meeting: Meeting, part: str) -> HttpResponse:
    return redirect(f"{reverse('protocols:attendance', args=[meeting.pk])}#{part}")


def _meeting(request: UserRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("body", "chair")
    return get_object_or_404(meetings, pk=pk)


def _person(rows: Sequence[Attendance], pk: int) -> Person:
    row = next((row for row in rows if row.person_id == pk), None)
    if row is None:
        raise Http404
    return row.person


def _act(
    request: UserRequest,
    meeting: Meeting,
    before: Sequence[Attendance],
    person: Person,
    act: Callable[[], object],
) -> HttpResponse:
    """Do it, and answer with the rows that it changed, or with the page."""
    try:
        act()
    except DomainError as error:
        if is_htmx(request):
            raise  # shown where refusals are; the rows stand as they did
        return _page(request, meeting, refusal=error, status=error.status)
    if not is_htmx(request):
        return redirect(f"{reverse('protocols:attendance', args=[meeting.pk])}#row-{person.pk}")
    after = queries.attendance_list(meeting)
    context = {
        "meeting": meeting,
        "presence": presence_of(meeting, after),
        "changed": queries.changed(before, after, order_of(meeting), focused=person),
        "focused": person.pk,
        "log": read_log(meeting),
        "has_free": has_free_seats(after),
    }
    return render(request, "protocols/attendance.html#changed", context)


def _page(
    request: UserRequest,
    meeting: Meeting,
    *,
    sent: OfficesForm | MoveForm | OtherForm | None = None,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    rows = queries.attendance_list(meeting)
    by_seat = request.GET.get("ordning") == "plats"
    order = order_of(meeting)
    context = {
        "meeting": meeting,
        "presence": presence_of(meeting, rows),
        "benches": [queries.whole(rows, order)] if by_seat else queries.benches(rows, order),
        "log": read_log(meeting),
        "has_free": has_free_seats(rows),
        "move": sent if isinstance(sent, MoveForm) else MoveForm(meeting, rows),
        "by_seat": by_seat,
        "others": [(row, paragraphs(row.numbers)) for row in meeting.others.all()],
        "other_form": sent if isinstance(sent, OtherForm) else OtherForm(),
        "form": sent if isinstance(sent, OfficesForm) else OfficesForm(meeting, rows),
        "refusal": refusal,
        "is_settled": meeting.is_settled,
    }
    return render(request, "protocols/attendance.html", context, status=status)
