"""Reading protocols in: files come in, what was read is reviewed § by §, and stands in the register."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.downloads import file_response
from config.forms import add_refusal, focus_first_error
from config.http import HtmxRequest, UserRequest, narrow, needs, public
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.importing import accept, accept_unmarked
from protocols.actions.reading_in import ask_readings, clear_readings
from protocols.forms.imported import AcceptForm, ReadInForm
from protocols.models import ImportedMeeting, ImportedParagraph, Reading
from protocols.queries import imported as queries
from protocols.queries.read_names import count_waiting, named_in, named_there
from protocols.reading import sources
from protocols.reading.words import REASONS

PAGE_LENGTH = 25
MOST_QUERY = 200  # characters
_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@needs(Permission.READ_PROTOCOLS)
@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: UserRequest) -> HttpResponse:
    """The meetings read in so far, and how the files are getting on; a POST has files read, each by itself.

    The page asks every second while files are being read.
    """
    form = ReadInForm(request.POST, request.FILES) if request.method == "POST" else ReadInForm()
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        refused = _ask(request, form.cleaned_data["chosen"])
        if not refused:
            return redirect("protocols:read_in")
    focus_first_error(form)
    page = Paginator(queries.meetings(), PAGE_LENGTH).get_page(request.GET.get("sida"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    readings = list(Reading.objects.select_related("meeting"))
    context = {
        "form": form,
        "refused": refused,
        "page": page,
        "readings": readings,
        "names": count_waiting(),
        "is_going": any(reading.is_waiting for reading in readings),
    }
    return narrow(request, "protocols/read_in.html", "files", context, status=status)


@needs(Permission.READ_PROTOCOLS)
@require_POST
def readings_clear(request: UserRequest) -> HttpResponse:
    """Take what is over off the list."""
    clear_readings(by=request.user)
    return redirect("protocols:read_in")


def _ask(request: UserRequest, files: list[UploadedFile[bytes]]) -> list[tuple[str, str]]:
    """Have the files read; what cannot even be opened comes back, each with why."""
    refused = []
    with TemporaryDirectory(prefix="klubbslag-read-") as folder:
        for file in files:
            path = Path(folder) / Path(str(file.name)).name
            with path.open("wb") as written:
                written.writelines(file.chunks())
            opened = list(sources.open_all(path))
            ask_readings((each for each in opened if isinstance(each, sources.Source)), by=request.user)
            refused += [
                (Path(each[0]).name, str(REASONS[each[1].reason]))
                for each in opened
                if not isinstance(each, sources.Source)
            ]
            path.unlink()
    return refused


@needs(Permission.READ_PROTOCOLS)
@require_safe
def imported_meeting(request: UserRequest, pk: int) -> HttpResponse:
    """One meeting: its §§, those that the reader was unsure of first, and what a newer version changed."""
    meeting = get_object_or_404(queries.meetings().select_related("supersedes"), pk=pk)
    attendees = queries.attended(meeting, named_there(meeting))
    context = {
        "meeting": meeting,
        "paragraphs": [
            (one, queries.outcome_in_words(one.outcome), queries.marks_in_words(one.facts))
            for one in queries.in_turn(meeting)
        ],
        "sure": sum(not one.facts["marks"] and not one.is_accepted for one in meeting.paragraphs.all()),
        "differences": queries.differences(meeting),
        "cover_differences": queries.cover_differences(meeting),
        "attendees": attendees,
        "is_torn": not all(one.sure for one in attendees),
        "newer": ImportedMeeting.objects.filter(supersedes=meeting).first(),
    }
    return render(request, "protocols/imported_meeting.html", context)


@needs(Permission.READ_PROTOCOLS)
@require_POST
def imported_accept_all(request: UserRequest, pk: int) -> HttpResponse:
    """Accept every § of which the reader was sure."""
    meeting = get_object_or_404(ImportedMeeting, pk=pk)
    count = accept_unmarked(meeting, by=request.user)
    words = ngettext("%(n)d paragraf är godkänd.", "%(n)d paragrafer är godkända.", count)
    messages.success(request, words % {"n": count})
    return redirect(meeting)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def imported_paragraph(request: HtmxRequest, pk: int) -> HttpResponse:
    """A § as read beside its source: to read for all once accepted, before that to review."""
    paragraph = get_object_or_404(queries.visible(request.user), pk=pk)
    initial = {
        "title": paragraph.title,
        "registry_number": paragraph.registry_number,
        "outcome": paragraph.outcome,
    }
    form = AcceptForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if request.method == "POST":
        if not queries.may_read_in(request.user) or not request.user.is_authenticated:
            raise Http404
        if form.is_valid():
            try:
                accept(paragraph, by=request.user, **form.cleaned_data)
            except DomainError as error:
                refusal = error
                add_refusal(form, error)
            else:
                messages.success(request, _("%(label)s är godkänd.") % {"label": paragraph.label})
                return redirect(queries.next_waiting(paragraph) or paragraph.meeting)
    return _show(request, paragraph, form, refusal)


def _show(
    request: HtmxRequest, paragraph: ImportedParagraph, form: AcceptForm, refusal: DomainError | None
) -> HttpResponse:
    focus_first_error(form)
    reads_in = queries.may_read_in(request.user)
    context = {
        "paragraph": paragraph,
        "meeting": paragraph.meeting,
        "form": form if reads_in and (refusal or not paragraph.is_accepted) else None,
        "refusal": refusal if refusal and not refusal.field else None,
        "reads_in": reads_in,
        "pieces": queries.pieces(paragraph),
        "marks": queries.marks_in_words(paragraph.facts) if reads_in else [],
        "people": named_in(paragraph),
        "outcome": queries.outcome_in_words(paragraph.outcome),
        "case": queries.case_of(paragraph, request.user),
        "following": queries.next_waiting(paragraph) if reads_in else None,
        "has_original": _may_have_original(request, paragraph.meeting),
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus(refusal.status) if refusal else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "protocols/imported_paragraph.html", context, status=status)


@public
@require_safe
def older_minutes(request: HtmxRequest) -> HttpResponse:
    """Search in the older minutes: what is accepted for everybody, what waits for whoever reads it in."""
    query = request.GET.get("q", "")[:MOST_QUERY]
    page = Paginator(queries.found(query, request.user), PAGE_LENGTH).get_page(request.GET.get("sida"))
    rows = [(paragraph, queries.outcome_in_words(paragraph.outcome)) for paragraph in page]
    return render(request, "protocols/older_minutes.html", {"query": query, "page": page, "rows": rows})


@public
@require_safe
def imported_original(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """The file as it came in: for all once every § of it is accepted, before that for who reads it in."""
    meeting = get_object_or_404(ImportedMeeting.objects.select_related("source").defer("source__text"), pk=pk)
    if not _may_have_original(request, meeting):
        raise Http404
    source = meeting.source
    ending = Path(str(source.file.name)).suffix
    return file_response(
        request,
        source.file.open("rb"),
        name=f"{source.name}{ending}",
        sha256=source.sha256,
        content_type=_TYPES.get(ending, "application/octet-stream"),
        is_shown=ending == ".pdf",
    )


def _may_have_original(request: HtmxRequest, meeting: ImportedMeeting) -> bool:
    waits = meeting.paragraphs.filter(accepted_at__isnull=True)
    return queries.may_read_in(request.user) or not waits.exists()
