"""Certified copies of one §: issuing one, those issued before, and their bytes."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.forms import add_refusal, focus_first_error
from config.http import HtmxRequest, UserRequest, needs, public
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.certifying import certify_copy
from protocols.actions.extracts import paper_name
from protocols.extracts.checking import check_address
from protocols.forms.certifying import CertifyForm
from protocols.models import CertifiedCopy, Paragraph
from protocols.views.papers import extract_failed, issued_response


@needs(Permission.CERTIFY_EXTRACT)
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: UserRequest, pk: int) -> HttpResponse:
    """The copies issued so far; a POST issues another."""
    found = Paragraph.objects.visible_to(request.user).verified().select_related("meeting", "body")
    paragraph = get_object_or_404(found, pk=pk)
    form = CertifyForm(request.POST or None, initial={"title": _last_title(request)})
    refusal, status = None, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            copy = certify_copy(
                paragraph, by=request.user, title=form.cleaned_data["title"], check_address=check_address()
            )
        except DomainError as error:
            refusal, status = add_refusal(form, error), HTTPStatus(error.status)
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
    return render(request, "protocols/certify.html", context, status=status)


@public
@require_safe
def certified_copy(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """The bytes that were issued, the same for ever."""
    copy = get_object_or_404(CertifiedCopy.objects.select_related("paragraph__body"), pk=pk)
    return issued_response(
        request, lambda: copy, name=paper_name(copy), failed=lambda: extract_failed(request, copy.paragraph)
    )


def _last_title(request: UserRequest) -> str:
    """What the user called the office the last time."""
    titles = CertifiedCopy.objects.filter(issued_by=request.user).exclude(title="")
    return titles.values_list("title", flat=True).first() or ""
