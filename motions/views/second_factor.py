"""Tvåstegsverifiering: the page on which a login's second factor is turned on and off."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, signed_in
from motions.actions.second_factor import new_secret, turn_off, turn_on
from motions.errors import DomainError
from motions.forms.second_factor import FirstCodeForm, OneTimeCodeForm
from motions.queries.second_factor import asks_for_code, key_address, second_factor_of

TEMPLATE = "registration/second_factor.html"
#: Where a new key waits for its first code; it is written to the table when the code has come.
PENDING = "second_factor_secret"


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: UserRequest) -> HttpResponse:
    """Turn it on: key, first code, recovery codes. `next` leads back to what asked for it."""
    if second_factor_of(request.user):
        return _show_on(request, OneTimeCodeForm())
    if request.method != "POST":
        return _show_off(request, FirstCodeForm())
    form = FirstCodeForm(request.POST)
    secret = request.session.get(PENDING, "")
    if not form.is_valid():
        return _show_off(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not secret:
        form.add_error("code", _("Nyckeln gäller inte längre. Läs in den nya nyckeln och skriv dess kod."))
        return _show_off(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        codes = turn_on(by=request.user, secret=secret, code=form.cleaned_data["code"])
    except DomainError as error:
        add_refusal(form, error)
        return _show_off(request, form, status=error.status)
    del request.session[PENDING]
    return _show(request, {"recovery_codes": codes, "is_on": True})


@signed_in
@never_cache
@require_POST
def second_factor_off(request: UserRequest) -> HttpResponse:
    """Turn it off, with a code."""
    form = OneTimeCodeForm(request.POST)
    if not form.is_valid():
        return _show_on(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        turn_off(by=request.user, code=form.cleaned_data["code"])
    except DomainError as error:
        add_refusal(form, error)
        return _show_on(request, form, status=error.status)
    messages.success(request, _("Tvåstegsverifieringen är avstängd."))
    return redirect("motions:second_factor")


def _show_off(request: UserRequest, form: forms.Form, *, status: int = HTTPStatus.OK) -> HttpResponse:
    secret = request.session.setdefault(PENDING, new_secret())
    focus_first_error(form)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"form": form, "key": groups, "qr": _qr(key_address(secret, request.user))}
    return _show(request, context, status=status)


def _show_on(request: UserRequest, form: forms.Form, *, status: int = HTTPStatus.OK) -> HttpResponse:
    factor = second_factor_of(request.user)
    focus_first_error(form)
    context = {
        "form": form,
        "is_on": factor is not None,
        "factor": factor,
        "codes_left": factor.recovery_codes.count() if factor else 0,
    }
    return _show(request, context, status=status)


def _show(request: UserRequest, context: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    context |= {"next_url": _next(request), "is_asked": asks_for_code(request.user)}
    return render(request, TEMPLATE, context, status=status)


def _next(request: HttpRequest) -> str:
    """The page of this site that sent the user here, or ''."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if is_ours and wanted != reverse("motions:second_factor") else ""


def _qr(address: str) -> SafeString:
    """The address as inline SVG, black on white in the dark scheme too: apps read nothing else."""
    code = segno.make(address, error="m")
    svg = code.svg_inline(
        omitsize=True, light="#fff", svgclass="qr", lineclass=None, title=_("QR-kod med nyckeln")
    )
    return mark_safe(svg)  # noqa: S308 -- made here; the address is drawn, not written
