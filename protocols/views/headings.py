"""The page where an administrator orders, renames and hides the headings, beside a § that shows them."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, needs
from motions.errors import Conflict, DomainError
from motions.models import Organisation
from motions.permissions import Permission
from protocols.actions.headings import headings_version, set_headings
from protocols.document import ParagraphDocument
from protocols.forms.headings import HeadingsForm
from protocols.queries.documents import profile_of
from protocols.wording.headings import READY_MADE, Profile, complete
from protocols.wording.sample import sample_sections

_SAMPLE_DAY = date(2026, 5, 20)


@needs(Permission.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def headings(request: UserRequest) -> HttpResponse:
    """The headings as they are; a POST moves a row, takes a ready-made order as a start, or saves."""
    organisation = Organisation.objects.get()
    if request.method != "POST":
        form = HeadingsForm(profile=profile_of(organisation))
        return _page(request, organisation, form, profile_of(organisation))
    if request.POST.get("start") in READY_MADE:
        profile = READY_MADE[request.POST["start"]]
        messages.info(request, _("Ordningen är ifylld men inte sparad."))
        return _page(request, organisation, HeadingsForm(profile=profile), profile)
    form = HeadingsForm(request.POST)
    if wanted := request.POST.get("move"):
        form = form.moved(wanted)
        form.is_valid()
        return _page(request, organisation, form, form.profile)
    if not form.is_valid():
        return _refused(request, organisation, form)
    try:
        set_headings(by=request.user, profile=form.profile, seen=request.POST.get("seen", ""))
    except DomainError as error:
        return _refused(request, organisation, form, add_refusal(form, error), error=error)
    messages.success(request, _("Rubrikerna är sparade. Justerade paragrafer behåller sina."))
    return redirect("protocols:headings")


@needs(Permission.ADMINISTER)
@require_POST
def headings_sample(request: UserRequest) -> HttpResponse:
    """The sample § as the form stands now; a heading that cannot be used is shown as the usual one."""
    form = HeadingsForm(request.POST)
    form.is_valid()
    organisation = Organisation.objects.get()
    context = {"document": sample_document(organisation, form.profile)}
    return render(request, "protocols/headings.html#sample", context)


def _refused(
    request: UserRequest,
    organisation: Organisation,
    form: HeadingsForm,
    refusal: DomainError | None = None,
    *,
    error: DomainError | None = None,
) -> HttpResponse:
    focus_first_error(form)
    status = error.status if error else HTTPStatus.UNPROCESSABLE_ENTITY
    theirs = profile_of(organisation) if isinstance(error, Conflict) else ()
    return _page(request, organisation, form, form.profile, refusal=refusal, status=status, theirs=theirs)


def _page(
    request: UserRequest,
    organisation: Organisation,
    form: HeadingsForm,
    profile: Profile,
    *,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
    theirs: Profile = (),
) -> HttpResponse:
    """The form beside its sample; with `theirs`, what somebody else has saved meanwhile, to compare with.

    What was seen when the page was opened stays so through moves and errors: only who has been shown the
    others' headings may replace them.
    """
    version = headings_version(organisation)
    context = {
        "form": form,
        "refusal": refusal,
        "ready_made": list(READY_MADE),
        "seen": version if theirs or request.method != "POST" else request.POST.get("seen", ""),
        "theirs": [(kind.label, pattern) for kind, pattern in complete(theirs)] if theirs else [],
        "document": sample_document(organisation, profile),
    }
    return render(request, "protocols/headings.html", context, status=status)


def sample_document(organisation: Organisation, profile: Profile) -> ParagraphDocument:
    """A made-up § with every section, under the headings of the profile."""
    return ParagraphDocument(
        organisation=organisation.name,
        body="Regionstyrelsen",
        held_on=_SAMPLE_DAY,
        number=84,
        title=_("Motion om fler bussturer"),
        registry_number="",
        sections=sample_sections(profile),
    )
