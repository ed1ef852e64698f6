"""Correcting a verified §, and the extract issued with a correction."""

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
from protocols.actions.corrections import correct_paragraph
from protocols.actions.extracts import paper_name
from protocols.extracts.checking import check_address
from protocols.forms.corrections import CorrectionForm
from protocols.models import Correction, Paragraph
from protocols.views.papers import extract_failed, issued_response


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: UserRequest, pk: int) -> HttpResponse:
    """The form; saved, the correction stands on the paragraph's page for everybody."""
    found = Paragraph.objects.visible_to(request.user).select_related("meeting", "body")
    paragraph = get_object_or_404(found, pk=pk)
    if request.method != "POST":
        form = CorrectionForm(initial={"seen": paragraph.corrections.count()})
        return _show(request, paragraph, form)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show(request, paragraph, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        correct_paragraph(paragraph, by=request.user, check_address=check_address(), **form.cleaned_data)
    except DomainError as error:
        refusal = add_refusal(form, error)
        return _show(request, paragraph, form, refusal=refusal, status=error.status)
    messages.success(request, _("Rättelsen är införd. Ett nytt utdrag är utfärdat."))
    return redirect(paragraph)


@public
@require_safe
def corrected_extract(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """The bytes that were issued with the correction, the same for ever."""
    row = get_object_or_404(Correction.objects.select_related("paragraph__body"), pk=pk)
    return issued_response(
        request, lambda: row, name=paper_name(row), failed=lambda: extract_failed(request, row.paragraph)
    )


def _show(
    request: UserRequest,
    paragraph: Paragraph,
    form: CorrectionForm,
    *,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    focus_first_error(form)
    context = {"paragraph": paragraph, "form": form, "refusal": refusal}
    return render(request, "protocols/correct.html", context, status=status)
