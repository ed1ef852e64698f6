"""Certified copies of one §: issuing one, those issued before, and their bytes."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.downloads import pdf_response
from config.forms import add_refusal, focus_first_error
from config.http import HtmxRequest, UserRequest, public, signed_in
from motions.errors import DomainError, Forbidden
from protocols.actions.certifying import certify_copy, may_certify
from protocols.actions.extracts import extract_name
from protocols.extracts.checking import check_address
from protocols.forms.certifying import CertifyForm
from protocols.models import CertifiedCopy, Paragraph
from protocols.views.papers import FOR_EVER


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: UserRequest, pk: int) -> HttpResponse:
    """The copies issued so far; a POST issues another."""
    if not may_certify(request.user):
        raise Forbidden(_("Bara sekreterare och registratorer bestyrker utdrag"))
    found = Paragraph.objects.visible_to(request.user).verified().select_related("meeting", "body")
    paragraph = get_object_or_404(found, pk=pk)
    form = CertifyForm(request.POST or None, initial={"title": _last_title(request)})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            copy = certify_copy(
                paragraph, by=request.user, title=form.cleaned_data["title"], check_address=check_address()
            )
        except DomainError as error:
            refusal = add_refusal(form, error)
        else:
            said = _("Ett bestyrkt utdrag med kontrollkoden %(code)s är utfärdat.")
            messages.success(request, said % {"code": copy.code})
            return redirect("protocols:certify", pk=pk)
    focus_first_error(form)
    context = {
        "paragraph": paragraph,
        "form": form,
        "refusal": refusal,
        "copies": paragraph.certified_copies.all(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "protocols/certify.html", context, status=status)


@public
@require_safe
def certified_copy(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """The bytes that were issued, the same for ever."""
    copy = get_object_or_404(CertifiedCopy.objects.select_related("paragraph__body"), pk=pk)
    name = extract_name(copy.paragraph).replace(
        ".pdf", f" {_('bestyrkt')} {copy.certified_on.isoformat()}.pdf"
    )
    return pdf_response(request, copy.file.open("rb"), name=name, sha256=copy.sha256, cache=FOR_EVER)


def _last_title(request: UserRequest) -> str:
    """What the user called the office the last time."""
    titles = CertifiedCopy.objects.filter(issued_by=request.user).exclude(title="")
    return titles.values_list("title", flat=True).first() or ""
