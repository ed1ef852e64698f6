"""The agenda page of a meeting: what is on it, in which order, and what can be put on it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.forms import add_refusal
from config.http import HtmxRequest, UserRequest, is_htmx, needs, public
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.agenda import (
    add_block,
    add_matter,
    group_agenda,
    place_motions,
    remove_item,
    reorder_agenda,
    return_tabled,
    take_over_stranded,
)
from protocols.forms.agenda import BlockForm, HeadingsForm, MatterForm, MotionsForm, wanted_order
from protocols.models import Meeting, Paragraph
from protocols.queries import agenda as queries
from protocols.queries.agenda import BLOCK_KINDS
from protocols.queries.agenda_page import AgendaPage, read_agenda_page
from protocols.queries.cancelled import cancellation_letters


@public
@require_safe
def meeting(request: HtmxRequest, pk: int) -> HttpResponse:
    """The agenda: to work with for the secretary, to read for those concerned, the verified §§ for all."""
    found = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    return agenda_page(request, found)


def agenda_page(
    request: HtmxRequest,
    meeting: Meeting,
    *,
    refusal: DomainError | None = None,
    motions_form: MotionsForm | None = None,
    matter_form: MatterForm | None = None,
) -> HttpResponse:
    """The page, with a form that was not in order or what was refused."""
    page = read_agenda_page(meeting, request.user, today=timezone.localdate())
    if page.meeting.is_cancelled:
        return cancelled_page(request, page, refusal=refusal)
    offered = [offer.motion for offer in page.offers.motions]
    context = {
        "page": page,
        "meeting": page.meeting,
        "refusal": refusal,
        "motions_form": motions_form or MotionsForm(motions=offered),
        "matter_form": matter_form or MatterForm(),
    }
    status = refusal.status if refusal else HTTPStatus.OK
    if any(form and form.errors for form in (motions_form, matter_form)):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "protocols/meeting.html", context, status=status)


def cancelled_page(
    request: HtmxRequest, page: AgendaPage, *, refusal: DomainError | None = None
) -> HttpResponse:
    """A meeting that is not held: why, what stood on its agenda, and who has been told."""
    context = {
        "page": page,
        "meeting": page.meeting,
        "refusal": refusal,
        "letters": cancellation_letters(page.meeting) if page.can_manage else (),
    }
    status = refusal.status if refusal else HTTPStatus.OK
    return render(request, "protocols/cancelled.html", context, status=status)


def _editable(request: UserRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)


@needs(Permission.MANAGE_MEETING)
@require_POST
def agenda_motions(request: UserRequest, pk: int) -> HttpResponse:
    """Put the ticked motions last on the agenda: all of them, or none."""
    found = _editable(request, pk)
    form = MotionsForm(request.POST, motions=queries.offered_motions(found.body))
    if not form.is_valid():
        return agenda_page(request, found, motions_form=form)
    try:
        place_motions(found, by=request.user, motions=form.chosen)
    except DomainError as error:
        return agenda_page(request, found, motions_form=form, refusal=error)
    count = len(form.chosen)
    messages.success(
        request,
        ngettext("En motion är tillagd.", "%(count)s motioner är tillagda.", count) % {"count": count},
    )
    return redirect(found)


@needs(Permission.MANAGE_MEETING)
@require_POST
def agenda_matter(request: UserRequest, pk: int) -> HttpResponse:
    """Put an item that is no motion last on the agenda."""
    found = _editable(request, pk)
    form = MatterForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            item = add_matter(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            messages.success(request, _("”%(title)s” är tillagt.") % {"title": item.title})
            return redirect(found)
    return agenda_page(request, found, matter_form=form, refusal=refusal)


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_block(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Choose the motions of a block: those newly come in, or those still unanswered (KL 5 kap. 35 §)."""
    found = _editable(request, pk)
    kind = BLOCK_KINDS.get(name)
    if kind is None or not found.body.is_assembly:
        raise Http404
    offered = queries.offered_for_block(kind)
    ticked = [motion.pk for motion in queries.ticked_for_block(kind, offered, found)]
    form = BlockForm(request.POST or None, motions=offered, initial={"motions": ticked, "title": kind.label})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            add_block(
                found, by=request.user, kind=kind, motions=form.chosen, title=form.cleaned_data["title"]
            )
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            messages.success(request, _("”%(title)s” är tillagt.") % {"title": form.cleaned_data["title"]})
            return redirect(found)
    context = {"meeting": found, "form": form, "kind": kind, "name": name, "refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "protocols/agenda_block.html", context, status=status)


@needs(Permission.MANAGE_MEETING)
@require_POST
def agenda_tabled(request: UserRequest, pk: int) -> HttpResponse:
    """Put all that was postponed to this meeting on its agenda."""
    found = _editable(request, pk)
    try:
        count = len(return_tabled(found, by=request.user))
    except DomainError as error:
        return agenda_page(request, found, refusal=error)
    if count:
        messages.success(request, returned_message(count))
    return redirect(found)


@needs(Permission.MANAGE_MEETING)
@require_POST
def agenda_stranded(request: UserRequest, pk: int) -> HttpResponse:
    """Put what stands on the agendas of the body's cancelled meetings on this one."""
    found = _editable(request, pk)
    try:
        count = len(take_over_stranded(found, by=request.user))
    except DomainError as error:
        return agenda_page(request, found, refusal=error)
    if count:
        messages.success(request, moved_message(count))
    return redirect(found)


def moved_message(count: int) -> str:
    """What is said when items of a cancelled meeting are on another agenda."""
    return ngettext(
        "Ett ärende från ett inställt sammanträde är flyttat hit.",
        "%(count)s ärenden från ett inställt sammanträde är flyttade hit.",
        count,
    ) % {"count": count}


def returned_message(count: int) -> str:
    """What is said when postponed items are on the agenda again."""
    return ngettext(
        "Ett bordlagt ärende är åter på dagordningen.",
        "%(count)s bordlagda ärenden är åter på dagordningen.",
        count,
    ) % {"count": count}


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_headings(request: UserRequest, pk: int) -> HttpResponse:
    """Group the items that are not taken up under headings."""
    found = _editable(request, pk)
    items = list(found.paragraphs.drafts().order_by("position", "pk"))
    form = HeadingsForm(request.POST or None, items=items)
    refusal, status = None, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            group_agenda(found, by=request.user, headings=form.headings)
        except DomainError as error:
            refusal, status = error, HTTPStatus(error.status)
        else:
            messages.success(request, _("Dagordningens rubriker är sparade."))
            return redirect(found)
    context = {
        "meeting": found,
        "form": form,
        "refusal": refusal,
        "known": queries.known_headings(found.body),
    }
    return render(request, "protocols/agenda_headings.html", context, status=status)


@needs(Permission.MANAGE_MEETING)
@require_POST
def agenda_order(request: UserRequest, pk: int) -> HttpResponse:
    """Put the items that are not taken up in another order, dragged there or moved a step."""
    found = _editable(request, pk)
    settled = list(found.paragraphs.numbered().values_list("pk", flat=True))
    drafts = list(found.paragraphs.drafts().values_list("pk", flat=True))
    order = [*settled, *wanted_order(request.POST, drafts)]
    try:
        reorder_agenda(found, by=request.user, order=order)
    except DomainError as error:
        if is_htmx(request):
            raise  # the list is in another order on the page than here: shown where refusals are
        return agenda_page(request, found, refusal=error)
    return HttpResponse(status=HTTPStatus.NO_CONTENT) if is_htmx(request) else redirect(found)


@needs(Permission.MANAGE_MEETING)
@require_POST
def agenda_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = get_object_or_404(Paragraph.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    try:
        remove_item(item, by=request.user)
    except DomainError as error:
        return agenda_page(request, item.meeting, refusal=error)
    messages.success(request, _("”%(title)s” är borttaget från dagordningen.") % {"title": item.title})
    return redirect(item.meeting)
