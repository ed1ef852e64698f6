"""Where an administrator gives papers the organisation's logo and colour, and a paper to see them on."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, needs
from motions.errors import DomainError
from motions.models import Organisation
from motions.permissions import Permission
from protocols.actions.letterhead import set_paper_look
from protocols.extracts.letterhead import size_of
from protocols.extracts.render import extract_pdf
from protocols.forms.letterhead import LetterheadForm
from protocols.queries.documents import profile_of
from protocols.queries.letterhead import letterhead as current
from protocols.views.headings import sample_document
from protocols.views.papers import draft_response


@needs(Permission.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: UserRequest) -> HttpResponse:
    """The look as it is; a POST changes it for papers issued from now on."""
    now = current()
    form = LetterheadForm(
        request.POST or None,
        request.FILES or None,
        has_logo=now.logo is not None,
        initial={"colour": now.colour},
    )
    refusal, status = None, HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                set_paper_look(by=request.user, **form.cleaned_data)
            except DomainError as error:
                refusal = add_refusal(form, error)
            else:
                messages.success(request, _("Utseendet är sparat. Utfärdade papper behåller sitt."))
                return redirect("protocols:letterhead")
        focus_first_error(form)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "form": form,
        "refusal": refusal,
        "look": now,
        "size": size_of(now.logo) if now.logo else None,
        "is_file_lost": "logo" in request.FILES,
    }
    return render(request, "protocols/letterhead.html", context, status=status)


@needs(Permission.ADMINISTER)
@require_safe
def letterhead_sample(request: UserRequest) -> FileResponse:
    """A made-up § as a draft, set with the look as it is saved."""
    organisation = Organisation.objects.get()
    document = sample_document(organisation, profile_of(organisation))
    return draft_response(extract_pdf(document, letterhead=current()), "exempel.pdf")


@needs(Permission.ADMINISTER)
@require_safe
def letterhead_logo(request: UserRequest) -> HttpResponse:
    """The logo as it was kept, for the page that shows it: nothing in it can run or fetch."""
    logo = current().logo
    if logo is None:
        raise Http404
    response = HttpResponse(logo.content, content_type=logo.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response
