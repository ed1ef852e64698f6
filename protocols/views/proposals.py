"""Correcting a yrkande: a mover added or taken off, the words mended."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from config.forms import add_refusal
from config.http import UserRequest, needs
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.proposals import change_proposal
from protocols.forms.proposals import CorrectProposalForm
from protocols.models import Paragraph, Proposal
from protocols.queries.attendance import attendance_list
from protocols.queries.facts import with_facts
from protocols.views.live import visible

PAGE = "protocols/proposal.html"


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: UserRequest, pk: int, proposal: int) -> HttpResponse:
    """Correct who proposes and in which words, until the chair begins to ask."""
    paragraph = with_facts(Paragraph.objects.filter(pk=visible(request, pk).pk)).get()
    row = get_object_or_404(paragraph.proposals, pk=proposal)
    data = request.POST if request.method == "POST" else None
    form = CorrectProposalForm(row, paragraph, attendance_list(paragraph.meeting), data)
    if data is None:
        return _show(request, paragraph, row, form)
    if not form.is_valid():
        return _show(request, paragraph, row, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        change_proposal(row, by=request.user, movers=form.cleaned_data["movers"], wish=form.corrected)
    except DomainError as error:
        left = add_refusal(form, error)
        return _show(request, paragraph, row, form, refusal=left, status=error.status)
    return redirect(f"{reverse('protocols:live', args=[paragraph.pk])}#proposals")


def _show(
    request: UserRequest,
    paragraph: Paragraph,
    proposal: Proposal,
    form: CorrectProposalForm,
    *,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    rows = proposal.mover_rows.select_related("person", "party", "noted_by")
    context = {
        "paragraph": paragraph,
        "proposal": proposal,
        "rows": rows,
        "form": form,
        "refusal": refusal,
    }
    return render(request, PAGE, context, status=status)
