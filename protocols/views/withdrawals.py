"""Withdrawing an issued extract."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, needs
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.withdrawals import withdraw_extract
from protocols.forms.withdrawals import WithdrawalForm
from protocols.models import Paragraph
from protocols.queries.dispatch import paper_in_force


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_paper(request: UserRequest, pk: int) -> HttpResponse:
    """The form with the reason; withdrawn, the paragraph's page and the check page say so."""
    found = Paragraph.objects.visible_to(request.user).select_related("meeting", "body", "extract")
    paragraph = get_object_or_404(found, pk=pk)
    paper = paper_in_force(paragraph)
    form = WithdrawalForm(request.POST or None, initial={"code": paper.code if paper else ""})
    refusal = None
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                withdraw_extract(paragraph, by=request.user, **form.cleaned_data)
            except DomainError as error:
                refusal, status = add_refusal(form, error), HTTPStatus(error.status)
            else:
                messages.success(request, _("Utdraget är återkallat."))
                return redirect(paragraph)
        focus_first_error(form)
    context = {"paragraph": paragraph, "paper": paper, "form": form, "refusal": refusal}
    return render(request, "protocols/withdraw_paper.html", context, status=status)
