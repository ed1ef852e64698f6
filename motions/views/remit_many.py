"""Remitting many registered motions at once: those ticked in the list."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.http import UserRequest, needs
from motions.actions.remittal import remit_motions
from motions.enums import Stage
from motions.errors import DomainError
from motions.forms.acts import RemitManyForm
from motions.models import Body, Motion
from motions.permissions import Permission

#: The choices of one page; more are remitted in a second round.
MOST_OFFERED = 500


@needs(Permission.REMIT_MOTION)
@require_http_methods(["GET", "HEAD", "POST"])
def remit_many(request: UserRequest) -> HttpResponse:
    """The registered motions to choose from; a POST remits the chosen ones, all or none."""
    board = Body.objects.executive_board()
    form = RemitManyForm(_offered(request))
    status = HTTPStatus.OK
    if request.method == "POST":
        form = RemitManyForm(_offered(request), request.POST)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            chosen = form.cleaned_data["motions"]
            try:
                remit_motions(chosen, by=request.user, to=board, on=form.cleaned_data["on"])
            except DomainError as error:
                form.refuse(error)
                status = HTTPStatus(error.status)
            else:
                messages.success(request, _done(len(chosen), board))
                return redirect("motions:list")
    return render(request, "motions/remit_many.html", {"form": form, "body": board}, status=status)


def _offered(request: UserRequest) -> list[Motion]:
    registered = Motion.objects.visible_to(request.user).filter(stage=Stage.REGISTERED)
    return list(registered.only("number", "title", "stage").order_by("due_on", "pk")[:MOST_OFFERED])


def _done(count: int, board: Body) -> str:
    return ngettext(
        "%(n)s motion är remitterad till %(body)s.", "%(n)s motioner är remitterade till %(body)s.", count
    ) % {"n": count, "body": board.inline_name}
