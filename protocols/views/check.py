"""Is this paper genuine? Anybody holds its code, or the file itself, up to the register."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.http import HtmxRequest, public
from protocols.forms.verification import CodeForm, FileForm
from protocols.models import IssuedPaper
from protocols.queries.corrections import superseding
from protocols.queries.extracts import normal_code, paper_by_code, paper_by_content

PAGE = "protocols/check.html"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HtmxRequest) -> HttpResponse:
    """The two ways in; a code leads to its own address, a file is answered here."""
    if request.method == "POST":
        return _check_file(request)
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
    return _show(request, found=found)


def _check_file(request: HtmxRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, file_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = paper_by_content(form.cleaned_data["file"].chunks())
    if found is None:
        return _show(request, unknown="file", status=HTTPStatus.NOT_FOUND)
    return _show(request, found=found, is_file=True)


def _show(
    request: HtmxRequest,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    found: IssuedPaper | None = None,
    is_file: bool = False,
    unknown: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """`unknown` is "code" or "file": what was held up and is not in the register."""
    context = {
        "superseded_by": superseding(found) if found else None,
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
        "found": found,
        "is_file": is_file,
        "unknown": unknown,
    }
    return render(request, PAGE, context, status=status)
