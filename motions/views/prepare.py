"""Preparing a motion: the case officer writes the sections and proposes what becomes of each att-sats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.http import UserRequest, narrow, needs
from motions.actions.preparation import (
    finish_preparation,
    is_before_a_meeting,
    resume_preparation,
    start_preparation,
)
from motions.enums import Stage, WrittenSection
from motions.errors import Conflict, DomainError
from motions.forms.prepare import OutcomesForm, save_section, section_form, section_forms
from motions.forms.writing import SectionForm, answer_status, editor_media, worst_status
from motions.models import Motion, User
from motions.permissions import Permission
from motions.views.writing import section_answer

PAGE = "motions/prepare.html"
#: Where the page has something to show; before and after, the motion's own page tells where it stands.
STAGES = (Stage.REMITTED, Stage.IN_PREPARATION, Stage.AT_BOARD)


@dataclass
class PreparationPage:
    """What the page shows: the forms, and what was refused."""

    motion: Motion
    sections: list[SectionForm]
    outcomes: OutcomesForm
    refusal: DomainError | None = None

    @property
    def is_writing(self) -> bool:
        """Whether the editors are shown: also for what was typed when the draft had just been handed over."""
        return self.motion.stage == Stage.IN_PREPARATION or any(form.is_bound for form in self.sections)

    @property
    def can_start(self) -> bool:
        return self.motion.stage == Stage.REMITTED

    @cached_property
    def can_resume(self) -> bool:
        return self.motion.stage == Stage.AT_BOARD and not is_before_a_meeting(self.motion)

    @property
    def status(self) -> HTTPStatus:
        return worst_status(
            [
                *(form.status for form in self.sections),
                self.outcomes.status,
                answer_status(self.refusal, has_errors=False),
            ]
        )

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where something was not stored, and the address of that place on the page."""
        found = [(form.label, f"#{form.prefix}") for form in self.sections if form.status != HTTPStatus.OK]
        if self.outcomes.status != HTTPStatus.OK:
            found.insert(0, (_("Förslag till beslut"), "#outcomes"))
        return found

    def save(self, *, by: User) -> None:
        """Store everything that was typed, section by section; what cannot be stored stays in its form."""
        self.sections = [save_section(form, self.motion, by=by) for form in self.sections]
        self.outcomes = self.outcomes.save(by=by)


@needs(Permission.PREPARE_MOTION)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: UserRequest, pk: int) -> HttpResponse:
    """The page; a POST stores all of it (without JavaScript, and before it is handed over)."""
    motion = _motion(request, pk)
    if request.method != "POST":
        return _show(request, PreparationPage(motion, section_forms(motion), OutcomesForm(motion)))
    page = PreparationPage(
        motion, section_forms(motion, request.POST), OutcomesForm(motion, request.POST or None)
    )
    page.save(by=request.user)
    is_kept = page.status == HTTPStatus.OK and not any(form.is_unsaved for form in page.sections)
    if is_kept and request.POST.get("act") == "finish":
        return _finish(request, page)
    if is_kept:
        messages.success(request, _("Utkastet är sparat."))
        return redirect("motions:prepare", pk=motion.pk)
    return _show(request, page)


@needs(Permission.PREPARE_MOTION)
@require_POST
def prepare_section(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Autosave of one section."""
    if kind not in WrittenSection.values:
        raise Http404
    motion = _motion(request, pk)
    form = save_section(section_form(motion, WrittenSection(kind), request.POST), motion, by=request.user)
    return section_answer(request, form)


@needs(Permission.PREPARE_MOTION)
@require_POST
def prepare_outcomes(request: UserRequest, pk: int) -> HttpResponse:
    """Autosave of the proposals for the att-satser."""
    motion = _motion(request, pk)
    page = PreparationPage(motion, [], OutcomesForm(motion, request.POST))
    page.outcomes = page.outcomes.save(by=request.user)
    return narrow(request, PAGE, "outcomes", {"page": page, "is_answer": True}, status=page.status)


@needs(Permission.PREPARE_MOTION)
@require_POST
def prepare_start(request: UserRequest, pk: int) -> HttpResponse:
    """Take the motion on."""
    motion = _motion(request, pk)
    start_preparation(motion, by=request.user, on=timezone.localdate())
    messages.success(request, _("Du är nu handläggare för %(motion)s.") % {"motion": motion.reference})
    return redirect("motions:prepare", pk=motion.pk)


@needs(Permission.PREPARE_MOTION)
@require_POST
def prepare_resume(request: UserRequest, pk: int) -> HttpResponse:
    """Take the finished draft back."""
    motion = _motion(request, pk)
    resume_preparation(motion, by=request.user, on=timezone.localdate())
    messages.success(request, _("Ärendet är åter under beredning."))
    return redirect("motions:prepare", pk=motion.pk)


def _motion(request: UserRequest, pk: int) -> Motion:
    motions = Motion.objects.visible_to(request.user).select_related("case_officer", "preparing_body")
    motion = get_object_or_404(motions, pk=pk)
    if motion.stage not in STAGES:
        raise Conflict(
            _("%(motion)s kan inte beredas i steget ”%(stage)s”")
            % {"motion": motion.reference, "stage": motion.get_stage_display()},
            instead=_("En motion bereds från att den har remitterats till att styrelsen tar upp den."),
        )
    return motion


def _finish(request: UserRequest, page: PreparationPage) -> HttpResponse:
    page.outcomes = page.outcomes.fresh(is_complete=True)
    if page.outcomes.errors:
        page.refusal = DomainError(
            _("Förslag till beslut saknas för någon att-sats"),
            law="KL 5 kap. 28 §",
            instead=_("Välj bifall, avslag eller besvarad för varje att-sats. Texterna är sparade."),
        )
        return _show(request, page)
    finish_preparation(page.motion, by=request.user, on=timezone.localdate())
    messages.success(request, _("Ärendet är klart för styrelsen."))
    return redirect(page.motion)


def _show(request: UserRequest, page: PreparationPage) -> HttpResponse:
    context = {"page": page, "motion": page.motion, "media": editor_media()}
    return render(request, PAGE, context, status=page.status)
