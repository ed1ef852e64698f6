"""What the secretary notes in the live view: each act posts to an address of its own."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.http import UserRequest, needs
from motions.errors import Conflict
from motions.permissions import Permission
from protocols.actions.assignments import give_assignment, remove_assignment
from protocols.actions.chair import hand_over_chair
from protocols.actions.decisions import refine_decision
from protocols.actions.immediate import declare_immediate
from protocols.actions.participation import (
    appoint_substitute,
    note_non_participation,
    remove_non_participation,
)
from protocols.actions.procedure import record_finding
from protocols.actions.proposals import add_proposals, remove_proposal, withdraw_proposal
from protocols.actions.reservations import (
    announce_reservation,
    leave_note,
    remove_note,
    withdraw_reservation,
)
from protocols.actions.undoing import undo as undo_step
from protocols.enums import SectionKind
from protocols.forms.assignments import AssignmentForm
from protocols.forms.live import (
    ChairForm,
    DecisionForm,
    FindingForm,
    SpokenNoteForm,
    SpokenReservationForm,
    StayOutForm,
    SubstituteForm,
    UndoForm,
    as_html,
)
from protocols.forms.proposals import ProposalForm
from protocols.models import Paragraph, Proposal, Question
from protocols.queries.attendance import attendance_list
from protocols.queries.motivations import motivations_of
from protocols.views.live import act, visible

# --- Yrkanden ----------------------------------------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_POST
def propose(request: UserRequest, pk: int) -> HttpResponse:
    """Note a yrkande."""
    paragraph = visible(request, pk)
    form = ProposalForm(paragraph, attendance_list(paragraph.meeting), request.POST)
    return act(
        request,
        paragraph,
        "proposals",
        lambda: add_proposals(
            paragraph, by=request.user, movers=form.cleaned_data["movers"], wishes=form.wishes
        ),
        form=form,
        fresh=SectionKind.DELIBERATION,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def withdraw(request: UserRequest, pk: int, proposal: int) -> HttpResponse:
    """Note that a yrkande was taken back."""
    paragraph = visible(request, pk)
    row = get_object_or_404(paragraph.proposals, pk=proposal)
    return act(request, paragraph, "proposals", lambda: withdraw_proposal(row, by=request.user))


@needs(Permission.MANAGE_MEETING)
@require_POST
def remove(request: UserRequest, pk: int, proposal: int) -> HttpResponse:
    """Remove a yrkande noted by mistake."""
    paragraph = visible(request, pk)
    row = get_object_or_404(paragraph.proposals, pk=proposal)
    return act(request, paragraph, "proposals", lambda: remove_proposal(row, by=request.user))


# --- Beslutsgång and Beslut --------------------------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_POST
def find(request: UserRequest, pk: int) -> HttpResponse:
    """Note what the chair found; with the last finding the gavel falls."""
    paragraph = visible(request, pk)
    form = FindingForm(request.POST, motivations=motivations_of(paragraph))

    def run() -> None:
        question = asked_question(paragraph, form.cleaned_data["question"])
        winner = _winner(paragraph, form.cleaned_data["winner"])
        supporters = form.cleaned_data["supporters"]
        record_finding(question, by=request.user, winner=winner, supporters=supporters, backing=form.backing)

    return act(request, paragraph, "procedure", run, form=form, fresh=SectionKind.PROCEDURE)


@needs(Permission.MANAGE_MEETING)
@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take the last step back: a finding and with it the decision, or what was noted."""
    paragraph, form = visible(request, pk), UndoForm(request.POST)
    return act(
        request,
        paragraph,
        "procedure",
        lambda: undo_step(paragraph, by=request.user, step=form.cleaned_data["step"]),
        form=form,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def refine(request: UserRequest, pk: int) -> HttpResponse:
    """Set the decision's clauses, or the day that a postponed item returns."""
    paragraph = visible(request, pk)
    form = DecisionForm(paragraph, request.POST)
    return act(
        request,
        paragraph,
        "decision",
        lambda: refine_decision(
            paragraph, by=request.user, clauses=form.clauses, until=form.cleaned_data.get("until")
        ),
        form=form,
        fresh=SectionKind.DECISION,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the decision gives somebody an assignment."""
    paragraph, form = visible(request, pk), AssignmentForm(request.POST)
    return act(
        request,
        paragraph,
        "assignments",
        lambda: give_assignment(paragraph, by=request.user, **form.given),
        form=form,
        fresh=SectionKind.DECISION,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def unassign(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Remove an assignment noted by mistake."""
    paragraph = visible(request, pk)
    noted = get_object_or_404(paragraph.assignments, pk=row)
    return act(request, paragraph, "assignments", lambda: remove_assignment(noted, by=request.user))


@needs(Permission.MANAGE_MEETING)
@require_POST
def immediate(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the meeting declares the § verified at once, or that it does not after all."""
    paragraph = visible(request, pk)
    wanted = request.POST.get("omedelbart") == "1"
    return act(
        request,
        paragraph,
        "immediate",
        lambda: declare_immediate(paragraph, by=request.user, is_immediate=wanted),
        fresh=SectionKind.VERIFICATION,
    )


# --- Ordförande --------------------------------------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_POST
def chair(request: UserRequest, pk: int) -> HttpResponse:
    """Note who leads the §, alone or from it on."""
    paragraph = visible(request, pk)
    form = ChairForm(paragraph, attendance_list(paragraph.meeting), request.POST)
    return act(
        request,
        paragraph,
        "chair",
        lambda: hand_over_chair(paragraph, by=request.user, **form.cleaned_data),
        form=form,
        fresh=SectionKind.PROCEDURE,
    )


# --- Deltar inte, reservationer, anteckningar --------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_POST
def stay_out(request: UserRequest, pk: int) -> HttpResponse:
    """Note that somebody does not take part."""
    paragraph = visible(request, pk)
    form = StayOutForm(paragraph, attendance_list(paragraph.meeting), request.POST)
    return act(
        request,
        paragraph,
        "participation",
        lambda: note_non_participation(paragraph, by=request.user, **form.cleaned_data),
        form=form,
        fresh=SectionKind.NON_PARTICIPATION,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def take_part(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Remove such a note made by mistake."""
    paragraph = visible(request, pk)
    noted = get_object_or_404(paragraph.non_participations, pk=row)
    return act(request, paragraph, "participation", lambda: remove_non_participation(noted, by=request.user))


@needs(Permission.MANAGE_MEETING)
@require_POST
def substitute(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Let a substitute serve in a recused person's place in this paragraph."""
    paragraph = visible(request, pk)
    noted = get_object_or_404(paragraph.non_participations, pk=row)
    form = SubstituteForm(request.POST)
    if not form.is_valid():
        raise Http404
    stepping_in = get_object_or_404(
        paragraph.meeting.attendance.select_related("person"), person=form.cleaned_data["substitute"]
    )
    return act(
        request,
        paragraph,
        "participation",
        lambda: appoint_substitute(noted, by=request.user, substitute=stepping_in.person),
        fresh=SectionKind.NON_PARTICIPATION,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def reserve_aloud(request: UserRequest, pk: int) -> HttpResponse:
    """Note a reservation that somebody said aloud."""
    paragraph = visible(request, pk)
    form = SpokenReservationForm(paragraph, attendance_list(paragraph.meeting), request.POST)
    return act(
        request,
        paragraph,
        "reservations",
        lambda: announce_reservation(
            paragraph,
            by=request.user,
            persons=form.cleaned_data["persons"],
            html=as_html(form.cleaned_data["text"]),
        ),
        form=form,
        fresh=SectionKind.RESERVATION,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def remove_reservation(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Take a reservation back for those who made it."""
    paragraph = visible(request, pk)
    reservation = get_object_or_404(paragraph.reservations, pk=row)
    return act(request, paragraph, "reservations", lambda: withdraw_reservation(reservation, by=request.user))


@needs(Permission.MANAGE_MEETING)
@require_POST
def note_aloud(request: UserRequest, pk: int) -> HttpResponse:
    """Note a protokollsanteckning that somebody made aloud or handed over."""
    paragraph = visible(request, pk)
    form = SpokenNoteForm(attendance_list(paragraph.meeting), request.POST)
    return act(
        request,
        paragraph,
        "notes",
        lambda: leave_note(
            paragraph,
            by=request.user,
            person=form.cleaned_data["person"],
            html=as_html(form.cleaned_data["text"]),
            version=0,
        ),
        form=form,
        fresh=SectionKind.NOTES,
    )


@needs(Permission.MANAGE_MEETING)
@require_POST
def remove_spoken_note(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Take a note back for the one who made it."""
    paragraph = visible(request, pk)
    note = get_object_or_404(paragraph.notes, pk=row)
    return act(request, paragraph, "notes", lambda: remove_note(note, by=request.user))


def asked_question(paragraph: Paragraph, pk: int) -> Question:
    """The question; one laid out anew since the page was shown is another question."""
    found = paragraph.questions.filter(pk=pk).first()
    if found is None:
        raise Conflict(
            _("Beslutsgången har ändrats sedan sidan visades"), instead=_("Läs frågan igen och svara sedan.")
        )
    return found


def _winner(paragraph: Paragraph, pk: int | None) -> Proposal | None:
    return get_object_or_404(paragraph.proposals, pk=pk) if pk else None
