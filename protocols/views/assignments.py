"""The register of assignments, and following one up until it is reported back."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.forms import add_refusal, focus_first_error
from config.http import HtmxRequest, UserRequest, needs, public
from motions.errors import DomainError
from motions.permissions import Permission, has_permission
from protocols.actions.assignments import report_assignment
from protocols.forms.assignments import RegisterForm, ReportForm, WrongReportForm
from protocols.models import Assignment
from protocols.queries.assignments import PAGE, RegisterList, counts, entries, in_force, listed


@public
@require_safe
def register(request: HtmxRequest) -> HttpResponse:
    """Assignments of verified §§, by list and body."""
    form, today = RegisterForm(request.GET), timezone.localdate()
    form.is_valid()
    numbers = counts(today, form.body)
    page = Paginator(listed(form.standing, today, form.body), PAGE).get_page(request.GET.get("sida"))
    context = {
        "form": form,
        "standing": form.standing,
        "chips": [(one, numbers[one.value]) for one in RegisterList],
        "page": page,
        "rows": entries(page.object_list, today),
    }
    return render(request, "protocols/assignments.html", context)


@public
@require_safe
def assignment(request: HtmxRequest, pk: int) -> HttpResponse:
    """One assignment with its story, and for registrars and secretaries the form that goes on with it."""
    row = _visible(pk)
    may_report = has_permission(request.user, Permission.FOLLOW_UP)
    return _show(request, row, _form_of(row) if may_report else None)


@needs(Permission.FOLLOW_UP)
@require_POST
def report(request: UserRequest, pk: int) -> HttpResponse:
    """Note that it was reported back; or, as `act` says, that the latest report was wrong."""
    row = _visible(pk)
    is_reported = request.POST.get("act") != "wrong"
    form = (ReportForm if is_reported else WrongReportForm)(row, request.POST)
    if not form.is_valid():
        return _show(request, row, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        report_assignment(row, by=request.user, is_reported=is_reported, **form.cleaned_data)
    except DomainError as error:
        return _show(request, row, form, refusal=add_refusal(form, error), status=error.status)
    done = _("Uppdraget är återrapporterat.") if is_reported else _("Uppdraget är öppet igen.")
    messages.success(request, done)
    return redirect(row)


def _visible(pk: int) -> Assignment:
    found = in_force().select_related("body", "paragraph__body", "paragraph__meeting", "paragraph__motion")
    return get_object_or_404(found, pk=pk)


def _form_of(row: Assignment) -> ReportForm | WrongReportForm:
    return WrongReportForm(row) if getattr(row, "is_reported", False) else ReportForm(row)


def _show(
    request: HtmxRequest | UserRequest,
    row: Assignment,
    form: ReportForm | WrongReportForm | None,
    *,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    if form is not None:
        focus_first_error(form)
    [entry] = entries([row], timezone.localdate())
    context = {
        "entry": entry,
        "assignment": row,
        "reports": row.reports.select_related("paragraph__body", "paragraph__meeting", "by"),
        "shows_names": has_permission(request.user, Permission.READ_DRAFTS),
        "form": form,
        "is_undoing": isinstance(form, WrongReportForm),
        "refusal": refusal,
    }
    return render(request, "protocols/assignment.html", context, status=status)
