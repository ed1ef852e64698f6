"""Verifying the minutes: the chair and those chosen read and approve; the secretary sees who remains."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, needs
from motions.errors import Conflict, DomainError, Forbidden
from motions.forms.second_factor import OneTimeCodeForm
from motions.models import User
from motions.permissions import Permission, has_permission
from motions.queries.second_factor import asks_for_code, second_factor_of
from protocols.actions.verification import too_early, verify_paragraphs
from protocols.forms.verification import VerifyForm
from protocols.models import Meeting
from protocols.queries.verification import UnverifiedParagraph, Verifying, required_verifiers, verifying
from protocols.wording.text import enumerate_with

PAGE = "protocols/verify.html"
TICK = "kryss"


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
        return _nothing_left(request, page, form)
    if asks_for_code(request.user) and not second_factor_of(request.user):
        return _to_second_factor(page.meeting, ticked)
    if not request.POST.get("confirmed"):
        return _confirm(request, page, ticked)
    return _approve(request, page, form, ticked)


def _nothing_left(request: UserRequest, page: Verifying, form: VerifyForm) -> HttpResponse:
    """None of the ticked ones waits: they are verified, or the meeting has not ended."""
    if not page.meeting.is_closed and form.unverified:
        return _show(request, page, form=form, refusal=too_early())
    messages.info(request, _("Paragraferna är redan justerade."))
    return redirect("protocols:verify", pk=page.meeting.pk)


def _approve(
    request: UserRequest, page: Verifying, form: VerifyForm, ticked: list[UnverifiedParagraph]
) -> HttpResponse:
    seen = {item.paragraph.pk: form.seen[item.paragraph.pk] for item in ticked}
    code_form = OneTimeCodeForm(request.POST) if asks_for_code(request.user) else None
    if code_form and not code_form.is_valid():
        return _confirm(request, page, ticked, code_form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    code = code_form.cleaned_data["code"] if code_form else ""
    try:
        verify_paragraphs(page.meeting, by=request.user, seen=seen, code=code)
    except DomainError as error:
        if code_form and not add_refusal(code_form, error):
            return _confirm(request, page, ticked, code_form, status=error.status)
        fresh = verifying(page.meeting, today=page.today)
        return _show(request, fresh, form=form, changed=form.changed(fresh.waiting), refusal=error)
    fresh = verifying(page.meeting, today=page.today)
    messages.success(request, _done(len(ticked), fresh))
    return redirect("protocols:verify", pk=page.meeting.pk)


def _confirm(
    request: UserRequest,
    page: Verifying,
    ticked: list[UnverifiedParagraph],
    code_form: OneTimeCodeForm | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The second step: what is verified, and the code where one is asked for."""
    if code_form is None and asks_for_code(request.user):
        code_form = OneTimeCodeForm()
    elif code_form:
        focus_first_error(code_form)
    context = {"page": page, "meeting": page.meeting, "ticked": ticked, "code_form": code_form}
    return render(request, "protocols/verify_confirm.html", context, status=status)


def _to_second_factor(meeting: Meeting, ticked: list[UnverifiedParagraph]) -> HttpResponse:
    """To where the second factor is turned on, and from there back to the same ticks."""
    ticks = urlencode({TICK: [item.paragraph.pk for item in ticked]}, doseq=True)
    back = f"{reverse('protocols:verify', args=[meeting.pk])}?{ticks}"
    return redirect(f"{reverse('motions:second_factor')}?{urlencode({'next': back})}")


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
    unticked = set(changed or ()) | _left_out(request, to_read)
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


def _left_out(request: UserRequest, to_read: list[UnverifiedParagraph]) -> set[int]:
    """Those that were not ticked before the reader went away to turn the second factor on."""
    ticks = request.GET.getlist(TICK)
    return {item.paragraph.pk for item in to_read if str(item.paragraph.pk) not in ticks} if ticks else set()


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
    if not page.waiting and page.meeting.is_open:
        return _("%(done)s Texten ligger fast, och utdraget kan hämtas.") % {"done": done}
    if not page.waiting:
        return _("%(done)s Protokollet är justerat, och utdragen kan hämtas.") % {"done": done}
    names = enumerate_with([person.name for person in page.remaining])
    return _("%(done)s %(names)s återstår.") % {"done": done, "names": names}
