"""Verifying the minutes: the chair and those chosen read and approve; the secretary sees who remains."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.http import UserRequest, needs
from motions.errors import Conflict, DomainError, Forbidden
from motions.models import User
from motions.permissions import Permission, has_permission
from protocols.actions.verification import verify_paragraphs
from protocols.forms.verification import VerifyForm
from protocols.models import Meeting
from protocols.queries.verification import UnverifiedParagraph, Verifying, required_verifiers, verifying
from protocols.wording.text import enumerate_with

PAGE = "protocols/verify.html"


@needs(Permission.VERIFY_MINUTES, Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: UserRequest, pk: int) -> HttpResponse:
    """Read and tick, then confirm; each § goes with the hash of the text that was read."""
    meetings = Meeting.objects.visible_to(request.user).select_related("body", "chair", "secretary")
    meeting = get_object_or_404(meetings, pk=pk)
    may_verify = _may_verify(request.user, meeting)
    if not may_verify and (request.method == "POST" or not _may_look(request.user)):
        raise _not_chosen()
    page = verifying(meeting, today=timezone.localdate())
    return _verify(request, page) if request.method == "POST" else _show(request, page)


def _verify(request: UserRequest, page: Verifying) -> HttpResponse:
    form = VerifyForm(page.meeting.paragraphs.values_list("pk", flat=True), request.POST)
    if not form.is_valid():
        return _show(request, page, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if changed := form.changed(page.waiting):
        return _show(request, page, form=form, changed=changed, refusal=_changed(page, changed))
    ticked = [item for item in page.waiting if item.paragraph.pk in form.seen]
    if not ticked:
        messages.info(request, _("Paragraferna är redan justerade."))
        return redirect("protocols:verify", pk=page.meeting.pk)
    if not request.POST.get("confirmed"):
        context = {"page": page, "meeting": page.meeting, "ticked": ticked}
        return render(request, "protocols/verify_confirm.html", context)
    return _approve(request, page, form, ticked)


def _approve(
    request: UserRequest, page: Verifying, form: VerifyForm, ticked: list[UnverifiedParagraph]
) -> HttpResponse:
    seen = {item.paragraph.pk: form.seen[item.paragraph.pk] for item in ticked}
    try:
        verify_paragraphs(page.meeting, by=request.user, seen=seen)
    except DomainError as error:
        fresh = verifying(page.meeting, today=page.today)
        return _show(request, fresh, form=form, changed=form.changed(fresh.waiting), refusal=error)
    fresh = verifying(page.meeting, today=page.today)
    messages.success(request, _done(len(ticked), fresh))
    return redirect("protocols:verify", pk=page.meeting.pk)


def _show(
    request: UserRequest,
    page: Verifying,
    *,
    form: VerifyForm | None = None,
    changed: set[int] | None = None,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    person = request.user.person_id if _may_verify(request.user, page.meeting) else None
    to_read = page.to_read(person)
    unticked = set(changed or ())
    if form is not None and refusal is None:
        unticked |= {item.paragraph.pk for item in to_read}
    context = {
        "page": page,
        "meeting": page.meeting,
        "form": form,
        "to_read": to_read,
        "others": [item for item in page.waiting if item not in to_read and not item.missing],
        "may_manage": has_permission(request.user, Permission.MANAGE_MEETING),
        "is_verifier": person is not None,
        "changed": changed or set(),
        "unticked": unticked,
        "refusal": refusal,
    }
    return render(request, PAGE, context, status=refusal.status if refusal else status)


def _may_verify(user: User, meeting: Meeting) -> bool:
    return has_permission(user, Permission.VERIFY_MINUTES) and any(
        person.pk == user.person_id for person in required_verifiers(meeting)
    )


def _may_look(user: User) -> bool:
    return has_permission(user, Permission.MANAGE_MEETING)


def _not_chosen() -> Forbidden:
    return Forbidden(
        _("Du är inte utsedd att justera detta protokoll"),
        law="KL 5 kap. 69 §",
        instead=_("Ordföranden och de justerare som valdes vid sammanträdet justerar det."),
    )


def _changed(page: Verifying, changed: set[int]) -> Conflict:
    labels = [item.paragraph.label for item in page.waiting if item.paragraph.pk in changed]
    return Conflict(
        _("Texten i %(labels)s har ändrats sedan du läste den") % {"labels": enumerate_with(labels)},
        instead=_("Den nya lydelsen står nedan. Läs den, kryssa för den och justera sedan."),
    )


def _done(count: int, page: Verifying) -> str:
    done = ngettext("Du har justerat %(count)s paragraf.", "Du har justerat %(count)s paragrafer.", count) % {
        "count": count
    }
    if not page.waiting:
        return _("%(done)s Protokollet är justerat, och utdragen kan hämtas.") % {"done": done}
    names = enumerate_with([person.name for person in page.remaining])
    return _("%(done)s %(names)s återstår.") % {"done": done, "names": names}
