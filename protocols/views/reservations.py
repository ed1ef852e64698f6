"""Reserving in one tap, the text of a reservation, and notes to the minutes."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from config.http import UserRequest, is_htmx, needs
from motions.errors import Conflict
from motions.models import Person, User
from motions.permissions import Permission, has_permission
from protocols.actions.reservations import (
    announce_reservation,
    leave_note,
    remove_note,
    withdraw_reservation,
    write_reservation,
)
from protocols.forms.reservations import NoteForm, OwnTextForm, ReservationForm
from protocols.models import MinutesNote, Paragraph, Reservation
from protocols.queries.reservations import note_refusal
from protocols.views.my_meeting import answer, my_address


@needs(Permission.ATTEND_MEETING)
@require_POST
def reserve(request: UserRequest, pk: int) -> HttpResponse:
    """Announce my reservation; a second tap finds it done."""
    paragraph = _paragraph(request, pk)
    person = request.user.person
    try:
        announce_reservation(paragraph, by=request.user, persons=[person] if person else [])
    except Conflict:
        if not _reservations_of(paragraph, person).exists():
            raise
        messages.info(request, _("Du har redan reserverat dig mot %(label)s.") % {"label": paragraph.label})
    else:
        day = date_format(paragraph.meeting.verify_by, "j F")
        said = _("Du har reserverat dig mot %(label)s. Texten kan skrivas till justeringen, senast %(day)s.")
        messages.success(request, said % {"label": paragraph.label, "day": day})
    return _back(request, paragraph)


@needs(Permission.ATTEND_MEETING)
@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take my reservation back; a second tap finds it gone."""
    paragraph = _paragraph(request, pk)
    reservation = _reservations_of(paragraph, request.user.person).first()
    if reservation is None:
        messages.info(request, _("Du har ingen reservation mot %(label)s.") % {"label": paragraph.label})
    else:
        withdraw_reservation(reservation, by=request.user)
        messages.success(
            request, _("Din reservation mot %(label)s är tillbakatagen.") % {"label": paragraph.label}
        )
    return _back(request, paragraph)


@needs(Permission.ATTEND_MEETING, Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def reservation(request: UserRequest, pk: int) -> HttpResponse:
    """The text of one reservation: mine, or for the secretary anybody's."""
    row = get_object_or_404(_reservations(request.user), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = ReservationForm(posted, html=row.html, version=row.version)
    if posted is not None and form.save(
        lambda html, version: write_reservation(row, by=request.user, html=html, version=version)
    ):
        messages.success(request, _saved(row.paragraph, form.cleaned_data["html"]))
        return _filed(request, _home(request.user, row.paragraph))
    return _text_page(request, "protocols/reservation.html", row.paragraph, form, reservation=row)


@needs(Permission.ATTEND_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: UserRequest, pk: int) -> HttpResponse:
    """My note to the minutes of one §; refused at once where it could not be left."""
    paragraph = _paragraph(request, pk)
    person = _person(request.user)
    row = MinutesNote.objects.filter(paragraph=paragraph, person=person).first()
    posted = request.POST if request.method == "POST" else None
    if posted is None and not row and (refusal := note_refusal(paragraph, person)):
        raise refusal
    form = NoteForm(posted, html=row.html if row else "", version=row.version if row else 0)
    if posted is not None and form.save(
        lambda html, version: leave_note(
            paragraph, by=request.user, person=person, html=html, version=version
        )
    ):
        messages.success(request, _("Din anteckning till %(label)s är lämnad.") % {"label": paragraph.label})
        return _filed(request, my_address(paragraph.meeting))
    return _text_page(request, "protocols/note.html", paragraph, form, note=row)


@needs(Permission.ATTEND_MEETING)
@require_POST
def take_note_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take my note back; a second tap finds it gone."""
    paragraph = _paragraph(request, pk)
    row = MinutesNote.objects.filter(paragraph=paragraph, person=_person(request.user)).first()
    if row is None:
        messages.info(request, _("Du har ingen anteckning till %(label)s.") % {"label": paragraph.label})
    else:
        remove_note(row, by=request.user)
        messages.success(
            request, _("Din anteckning till %(label)s är tillbakatagen.") % {"label": paragraph.label}
        )
    return _back(request, paragraph)


def _paragraph(request: UserRequest, pk: int) -> Paragraph:
    paragraphs = Paragraph.objects.visible_to(request.user).select_related("meeting__body", "body")
    return get_object_or_404(paragraphs, pk=pk)


def _person(user: User) -> Person:
    """Who speaks. Raises Conflict for a login without a person behind it."""
    if user.person is None:
        raise Conflict(
            _("Din inloggning är inte knuten till någon förtroendevald"),
            instead=_("Be administratören koppla ihop dem."),
        )
    return user.person


def _reservations(user: User) -> QuerySet[Reservation]:
    """Those whose text the user may read here and write."""
    rows = Reservation.objects.select_related("paragraph__meeting__body", "paragraph__body")
    rows = rows.prefetch_related("person_rows__person", "person_rows__party")
    return rows if has_permission(user, Permission.MANAGE_MEETING) else rows.filter(persons=user.person_id)


def _reservations_of(paragraph: Paragraph, person: Person | None) -> QuerySet[Reservation]:
    return paragraph.reservations.filter(persons=person) if person else Reservation.objects.none()


def _saved(paragraph: Paragraph, html: str) -> str:
    if not html:
        return _("Din reservation mot %(label)s står kvar utan text.") % {"label": paragraph.label}
    return _("Texten till reservationen mot %(label)s är sparad.") % {"label": paragraph.label}


def _home(user: User, paragraph: Paragraph) -> str:
    """Where the user came from: the own meeting, or the § for one who keeps the minutes."""
    on_list = user.person_id and paragraph.meeting.attendance.filter(person=user.person_id).exists()
    return my_address(paragraph.meeting) if on_list else paragraph.get_absolute_url()


def _back(request: UserRequest, paragraph: Paragraph) -> HttpResponse:
    person = _person(request.user)
    if is_htmx(request):
        return answer(request, paragraph.meeting, person, focus=paragraph.pk)
    return redirect(_home(request.user, paragraph))


def _filed(request: UserRequest, home: str) -> HttpResponse:
    """On from a text that is stored; the browser need not keep it any longer (static/js/drafts.js)."""
    if not is_htmx(request):
        return redirect(home)
    return trigger_client_event(HttpResponseClientRedirect(home), "klubbslag:filed")


def _text_page(
    request: UserRequest, template: str, paragraph: Paragraph, form: OwnTextForm, **context: object
) -> HttpResponse:
    context |= {
        "paragraph": paragraph,
        "meeting": paragraph.meeting,
        "form": form,
        "home": _home(request.user, paragraph),
    }
    name = "protocols/own_text.html#writing" if is_htmx(request) else template
    return render(request, name, context, status=form.status)
