"""The texts of one paragraph: the secretary writes, rewords and orders, with the sheet beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from config.http import UserRequest, is_htmx, narrow, needs
from motions.enums import WrittenSection
from motions.forms.writing import SectionForm, editor_media, worst_status
from motions.models import Motion, Organisation, User
from motions.permissions import Permission
from motions.views.writing import section_answer
from protocols.actions.locking import refuse_verified
from protocols.actions.texts import restore_wording, reword
from protocols.enums import SectionKind
from protocols.facts import ParagraphFacts
from protocols.forms.rows import Rows
from protocols.forms.texts import (
    StoredWording,
    TitleForm,
    save_wording,
    save_written,
    wording_form,
    written_form,
)
from protocols.models import Comment, Paragraph
from protocols.queries.comments import comments_on
from protocols.queries.documents import document_of, profile_of
from protocols.queries.facts import facts_of, with_facts
from protocols.templatetags.drafts import draft_context
from protocols.wording import headings
from protocols.wording.sections import made

PAGE = "protocols/texts.html"
SAVED = "klubbslag:saved"  # the event on which the sheet fetches itself again
_ROWS = {SectionKind.APPENDICES: "appendices", SectionKind.RECIPIENTS: "recipients"}


@dataclass
class Part:
    """One section on the page: written, made from facts (with its form while it is reworded), or rows."""

    kind: SectionKind
    heading: str
    form: SectionForm | None = None
    wording: StoredWording | None = None
    rows: Rows | None = None
    url: str = ""
    comments: list[Comment] = field(default_factory=list)


@dataclass
class TextsPage:
    """What the page shows, in the order of the organisation's headings."""

    paragraph: Paragraph
    organisation: Organisation
    title: TitleForm
    parts: list[Part] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    @property
    def status(self) -> HTTPStatus:
        forms = [form for part in self.parts for form in (part.form, part.rows) if form]
        return worst_status([self.title.status, *(form.status for form in forms)])

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where something was not stored, and the address of that place on the page."""
        found = [(_("Rubrik och diarienummer"), "#heading")] if self.title.status != HTTPStatus.OK else []
        for part in self.parts:
            form = part.form or part.rows
            if form and form.status != HTTPStatus.OK:
                found.append((part.heading, f"#{form.name if isinstance(form, Rows) else form.prefix}"))
        return found

    def save(self, *, by: User) -> None:
        """Store everything that was typed; what cannot be stored stays in its form."""
        self.title = self.title.save(by=by)
        for part in self.parts:
            if part.rows:
                part.rows = part.rows.save(by=by)
            elif part.form and part.wording:
                part.form = save_wording(part.form, self.paragraph, part.wording, by=by)
            elif part.form:
                part.form = save_written(part.form, self.paragraph, by=by)


# --- The page ----------------------------------------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: UserRequest, pk: int) -> HttpResponse:
    """The page; a POST stores all of it, then does the act of the button that was pressed."""
    paragraph = _paragraph(request, pk)
    if request.method != "POST":
        return _show(request, _page(paragraph, opened=request.GET.get("omformulera", "")))
    page = _page(paragraph, data=request.POST)
    page.save(by=request.user)
    if page.status != HTTPStatus.OK or any(part.form and part.form.is_unsaved for part in page.parts):
        return _show(request, page)
    act, _colon, kind = request.POST.get("act", "").partition(":")
    address = reverse("protocols:texts", args=[pk])
    if kind in SectionKind.values:
        if act == "open":
            return redirect(f"{address}?omformulera={kind}#{kind}")
        _wording_act(_paragraph(request, pk), SectionKind(kind), act, by=request.user)
    messages.success(request, _("Texterna är sparade."))
    return redirect(f"{address}#{kind}" if kind in SectionKind.values else address)


# --- Parts that save themselves ----------------------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_POST
def texts_section(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Autosave of a written section."""
    if kind not in WrittenSection.values:
        raise Http404
    paragraph = _paragraph(request, pk)
    form = written_form(
        paragraph, WrittenSection(kind), label=_heading(paragraph, SectionKind(kind)), data=request.POST
    )
    return section_answer(request, save_written(form, paragraph, by=request.user))


@needs(Permission.MANAGE_MEETING)
@require_POST
def texts_title(request: UserRequest, pk: int) -> HttpResponse:
    """Autosave of heading and registry number."""
    form = TitleForm(_paragraph(request, pk), request.POST).save(by=request.user)
    return narrow(request, PAGE, "title_state", {"form": form, "is_answer": True}, status=form.status)


@needs(Permission.MANAGE_MEETING)
@require_POST
def texts_rows(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Autosave of appendices or recipients."""
    if name not in _ROWS.values():
        raise Http404
    rows = Rows(_paragraph(request, pk), name, label="", data=request.POST).save(by=request.user)
    return narrow(request, PAGE, "rows_state", {"rows": rows, "is_answer": True}, status=rows.status)


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def texts_wording(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """A made section: GET opens it for rewording (`?oppna`) or closes it; POST saves, restores, keeps."""
    if kind not in SectionKind.values or kind in {*SectionKind.written, *SectionKind.tables, *_ROWS}:
        raise Http404
    paragraph, section = _paragraph(request, pk), SectionKind(kind)
    if request.method != "POST":
        return _show_part(request, paragraph, section, is_open="oppna" in request.GET)
    act, _colon, _kind = request.POST.get("act", "").partition(":")
    if act in {"restore", "keep"}:
        _wording_act(paragraph, section, act, by=request.user)
        answer = _show_part(request, _paragraph(request, pk), section, is_open=False)
        return trigger_client_event(answer, SAVED, after="swap")
    part = _wording_part(paragraph, section, facts_of(paragraph), data=request.POST, is_open=True)
    if part is None or part.form is None or part.wording is None:
        raise Http404
    return section_answer(request, save_wording(part.form, paragraph, part.wording, by=request.user))


# --- The sheet ---------------------------------------------------------------------------------------------


@needs(Permission.MANAGE_MEETING)
@require_GET
def texts_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """The paragraph as it reads now."""
    document = document_of(_paragraph(request, pk), Organisation.objects.get())
    return render(request, "components/sheet.html", {"document": document})


@needs(Permission.PREPARE_MOTION, Permission.MANAGE_MEETING)
@require_GET
def draft_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """A motion's draft as the board's § would read."""
    motion = get_object_or_404(Motion.objects.visible_to(request.user), pk=pk)
    return render(request, "protocols/draft_sheet.html", draft_context(motion))


# --- Helpers -----------------------------------------------------------------------------------------------


def _paragraph(request: UserRequest, pk: int) -> Paragraph:
    """The paragraph with all its facts, still open to change."""
    paragraph = get_object_or_404(with_facts(Paragraph.objects.visible_to(request.user)), pk=pk)
    refuse_verified(paragraph)
    return paragraph


def _page(paragraph: Paragraph, *, data: QueryDict | None = None, opened: str = "") -> TextsPage:
    organisation = Organisation.objects.get()
    page = TextsPage(paragraph, organisation, TitleForm(paragraph, data))
    facts, profile = facts_of(paragraph), profile_of(organisation)
    for entry in headings.complete(profile):
        part = _part(
            paragraph,
            entry.kind,
            headings.name_of(entry.kind, profile, facts),
            facts,
            data=data,
            is_open=entry.kind == opened,
        )
        if part is not None:
            page.parts.append(part)
    _place_comments(page)
    return page


def _place_comments(page: TextsPage) -> None:
    """The verifiers' open comments, beside their sections or at the top."""
    parts = {part.kind.value: part.comments for part in page.parts}
    for row in comments_on(page.paragraph):
        if row.is_open:
            parts.get(row.section, page.comments).append(row)


def _part(
    paragraph: Paragraph,
    kind: SectionKind,
    heading: str,
    facts: ParagraphFacts,
    *,
    data: QueryDict | None,
    is_open: bool,
) -> Part | None:
    if kind in SectionKind.written:
        return Part(kind, heading, written_form(paragraph, WrittenSection(kind), label=heading, data=data))
    if kind in _ROWS:
        return Part(kind, heading, rows=Rows(paragraph, _ROWS[kind], label=heading, data=data))
    if kind in SectionKind.tables:
        return None
    return _wording_part(paragraph, kind, facts, data=data, is_open=is_open, heading=heading)


def _wording_part(
    paragraph: Paragraph,
    kind: SectionKind,
    facts: ParagraphFacts,
    *,
    data: QueryDict | None,
    is_open: bool,
    heading: str = "",
) -> Part | None:
    """A section made from facts; None while the facts give it nothing to say."""
    rows = {row.kind: row for row in paragraph.rewordings.all()}
    stored = StoredWording(kind, made(kind, facts), rows.get(kind))
    if not stored.made and not stored.rewording:
        return None
    heading = heading or _heading(paragraph, kind)
    part = Part(kind, heading, wording=stored)
    part.url = reverse("protocols:texts_wording", args=[paragraph.pk, kind.value])
    if is_open or (data is not None and f"{kind}-version" in data):
        part.form = wording_form(paragraph, stored, label=heading, data=data)
    return part


def _heading(paragraph: Paragraph, kind: SectionKind) -> str:
    return headings.name_of(kind, profile_of(Organisation.objects.get()), facts_of(paragraph))


def _wording_act(paragraph: Paragraph, kind: SectionKind, act: str, *, by: User) -> None:
    """Take a rewording back, or keep it though the facts have changed since."""
    if act == "restore":
        restore_wording(paragraph, by=by, kind=kind)
    elif act == "keep":
        kept = paragraph.rewordings.filter(kind=kind).first()
        if kept is not None:
            reword(paragraph, by=by, kind=kind, html=kept.html, made_html=made(kind, facts_of(paragraph)))


def _show_part(
    request: UserRequest, paragraph: Paragraph, kind: SectionKind, *, is_open: bool
) -> HttpResponse:
    if not is_htmx(request):
        address = reverse("protocols:texts", args=[paragraph.pk])
        return redirect(f"{address}?omformulera={kind}#{kind}" if is_open else f"{address}#{kind}")
    part = _wording_part(paragraph, kind, facts_of(paragraph), data=None, is_open=is_open)
    if part is None:
        raise Http404
    return narrow(request, PAGE, "wording", {"part": part, "is_answer": True})


def _show(request: HttpRequest, page: TextsPage) -> HttpResponse:
    context = {
        "page": page,
        "paragraph": page.paragraph,
        "document": document_of(page.paragraph, page.organisation),
        "media": editor_media(),
    }
    return render(request, PAGE, context, status=page.status)
