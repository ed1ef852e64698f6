"""Is this paper genuine? Anybody holds its code, or the file itself, up to the register."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.http import HtmxRequest, public
from protocols.forms.verification import CodeForm, FileForm, HashForm
from protocols.queries.corrections import superseding
from protocols.queries.extracts import (
    CheckedFile,
    check_content,
    check_digest,
    normal_code,
    paper_by_code,
    withdrawal_of,
)

PAGE = "protocols/check.html"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HtmxRequest) -> HttpResponse:
    """The ways in; a code leads to its own address, a file or its hash is answered here."""
    if request.method == "POST":
        return _check_file(request)
    if "sha256" in request.GET:
        return _check_hash(request)
    if "kod" not in request.GET:
        return _show(request)
    form = CodeForm(request.GET)
    if form.is_valid():
        code = normal_code(form.cleaned_data["kod"])
        if code:
            return redirect("protocols:check_code", code=code)
        form.add_error("kod", _("En kontrollkod har åtta tecken, till exempel 7KQ4-M2XD."))
    return _show(request, code_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@public
@require_safe
def check_code(request: HtmxRequest, code: str) -> HttpResponse:
    """Genuine, or unknown with what to do then."""
    found = paper_by_code(code)
    if found is None:
        form = CodeForm(initial={"kod": code[:40]})
        return _show(request, code_form=form, unknown="code", status=HTTPStatus.NOT_FOUND)
    return _show(request, CheckedFile(found))


def _check_file(request: HtmxRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, file_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _answer(request, check_content(form.cleaned_data["file"].read()))


def _check_hash(request: HtmxRequest) -> HttpResponse:
    """By what the browser found in the file, which stays where it is."""
    form = HashForm(request.GET)
    if not form.is_valid():
        file_form = FileForm({}, MultiValueDict())
        file_form.errors.clear()
        file_form.add_error("file", _("Filen kunde inte läsas i webbläsaren. Skicka den hit i stället."))
        return _show(request, file_form=file_form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    checked = check_digest(form.cleaned_data["sha256"], form.cleaned_data["kod"])
    return _answer(request, checked, is_here=False)


def _answer(request: HtmxRequest, checked: CheckedFile, *, is_here: bool = True) -> HttpResponse:
    """Of a file: genuine, changed, or unknown. `is_here`: the file itself was sent, not only its hash."""
    if checked.paper is None:
        return _show(request, unknown="file", is_here=is_here, status=HTTPStatus.NOT_FOUND)
    status = HTTPStatus.CONFLICT if checked.is_changed else HTTPStatus.OK
    return _show(request, checked, is_file=True, is_here=is_here, status=status)


def _show(
    request: HtmxRequest,
    checked: CheckedFile | None = None,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    is_file: bool = False,
    is_here: bool = True,
    unknown: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """`unknown` is "code" or "file": what was held up and is not in the register."""
    found = checked.paper if checked else None
    context = {
        "withdrawal": withdrawal_of(found) if found else None,
        "superseded_by": superseding(found) if found else None,
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
        "checked": checked,
        "found": found,
        "is_file": is_file,
        "is_here": is_here,
        "unknown": unknown,
        "most": settings.UPLOAD_MAX_BYTES,
    }
    return render(request, PAGE, context, status=status)
