"""The order of the chair's questions, changed by hand in the live view."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from config.http import UserRequest, needs
from motions.permissions import Permission
from protocols.actions.clause_by_clause import decide_as_one, part_by_clause
from protocols.actions.motivations import join_referrals, part_referrals
from protocols.enums import SectionKind
from protocols.forms.live import FindingForm
from protocols.views.live import act, visible
from protocols.views.live_acts import asked_question


@needs(Permission.MANAGE_MEETING)
@require_POST
def part(request: UserRequest, pk: int) -> HttpResponse:
    """Put each clause before the meeting by itself."""
    paragraph, form = visible(request, pk), FindingForm(request.POST)
    return act(
        request,
        paragraph,
        "procedure",
        lambda: part_by_clause(asked_question(paragraph, form.cleaned_data["question"]), by=request.user),
        form=form,
        fresh=SectionKind.PROCEDURE,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def as_one(request: UserRequest, pk: int) -> HttpResponse:
    """Put all clauses in one question again."""
    paragraph = visible(request, pk)
    return act(
        request,
        paragraph,
        "procedure",
        lambda: decide_as_one(paragraph, by=request.user),
        fresh=SectionKind.PROCEDURE,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def join(request: UserRequest, pk: int) -> HttpResponse:
    """Put the referrals back in one question with all their motivations, or (`isar`) each by itself again."""
    paragraph = visible(request, pk)
    change = part_referrals if request.POST.get("isar") == "1" else join_referrals
    return act(
        request,
        paragraph,
        "procedure",
        lambda: change(paragraph, by=request.user),
        fresh=SectionKind.PROCEDURE,
    )
