"""Persons and parties that imported minutes name: who and what of the register they are."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, needs
from motions.errors import DomainError
from motions.models import User
from motions.permissions import Permission
from protocols.actions import read_names as naming
from protocols.actions import read_parties as lettering
from protocols.forms.read_names import NewPartyForm, NewPersonForm, SamePartyForm, SamePersonForm
from protocols.models import ReadName, ReadParty
from protocols.queries import read_names as queries

PAGE_LENGTH = 25
MOST_LETTERS = 80


@needs(Permission.READ_PROTOCOLS)
@require_safe
def read_names(request: UserRequest) -> HttpResponse:
    """Who waits for an answer, those of the most meetings first; or what was answered, to be undone."""
    shows_answered = request.GET.get("visa") == "avgjorda"
    rows = queries.answered() if shows_answered else queries.waiting()
    context = {
        "page": Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("sida")),
        "shows_answered": shows_answered,
        "parties": queries.answered_parties() if shows_answered else queries.waiting_parties(),
        "unlike": 0 if shows_answered else queries.unlike().count(),
    }
    return render(request, "protocols/read_names.html", context)


@needs(Permission.READ_PROTOCOLS)
@require_POST
def read_names_new(request: UserRequest) -> HttpResponse:
    """Take all into the register whose names are like nobody's."""
    count = naming.names_are_new(by=request.user)
    words = ngettext("%(n)d person är ny i registret.", "%(n)d personer är nya i registret.", count)
    messages.success(request, words % {"n": count})
    return redirect("protocols:read_names")


@needs(Permission.READ_PROTOCOLS)
@require_http_methods(["GET", "HEAD", "POST"])
def read_name(request: UserRequest, pk: int) -> HttpResponse:
    """One name: whom it may be, and where it stands. An answer leads to the next one."""
    name = get_object_or_404(ReadName.objects.select_related("person", "answered_by"), pk=pk)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    same = SamePersonForm(request.POST if act == "same" else None)
    given, family = queries.parted(name.name)
    new = NewPersonForm(
        request.POST if act == "new" else None, initial={"given_name": given, "family_name": family}
    )
    refusal, others = None, queries.after(name)
    if request.method == "POST":
        try:
            answer = _answer_name(name, act, same, new, by=request.user)
        except DomainError as error:
            refusal = _told(error, new)
        else:
            if answer:
                messages.success(request, answer)
                return redirect(queries.first_waiting(others) or "protocols:read_names")
    text = request.GET.get("q", "")[:MOST_LETTERS]
    context = {
        "name": name,
        "near": queries.near(name, text),
        "text": text,
        "places": queries.places(name),
        "alike": queries.alike(name),
        "same": same,
        "new": new,
        "refusal": refusal,
        "following": queries.first_waiting(others[:1]),
    }
    focus_first_error(new)
    return _render(request, "protocols/read_name.html", context, refusal)


def _answer_name(name: ReadName, act: str, same: SamePersonForm, new: NewPersonForm, *, by: User) -> str:
    """What was done, in words; "" where the form is wrong."""
    if act == "same" and same.is_valid():
        row = naming.name_is(name, by=by, person=same.cleaned_data["person"])
        return _("%(name)s är samma person som %(person)s.") % {"name": row, "person": row.person}
    if act == "new" and new.is_valid():
        row = naming.name_is_new(name, by=by, **new.cleaned_data)
        return _("%(person)s är ny i registret.") % {"person": row.person}
    if act == "leave":
        return _("%(name)s lämnas utanför registret.") % {"name": naming.name_is_left(name, by=by)}
    if act not in {"same", "new"}:
        raise DomainError(_("Säg vem det är, eller lämna namnet utanför registret"))
    return ""


@needs(Permission.READ_PROTOCOLS)
@require_POST
def read_name_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Have the name wait again."""
    row = naming.undo_name(get_object_or_404(ReadName, pk=pk), by=request.user)
    messages.success(request, _("Svaret om %(name)s är ångrat.") % {"name": row})
    return redirect(row)


@needs(Permission.READ_PROTOCOLS)
@require_http_methods(["GET", "HEAD", "POST"])
def read_party(request: UserRequest, pk: int) -> HttpResponse:
    """Letters that are no party of the register yet."""
    letters = get_object_or_404(ReadParty.objects.select_related("party", "answered_by"), pk=pk)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    same = SamePartyForm(request.POST if act == "same" else None)
    new = NewPartyForm(request.POST if act == "new" else None)
    refusal = None
    if request.method == "POST":
        try:
            answer = _answer_party(letters, act, same, new, by=request.user)
        except DomainError as error:
            refusal = _told(error, new)
        else:
            if answer:
                messages.success(request, answer)
                return redirect("protocols:read_names")
    focus_first_error(new if act == "new" else same)
    context = {"letters": letters, "same": same, "new": new, "refusal": refusal}
    return _render(request, "protocols/read_party.html", context, refusal)


def _answer_party(letters: ReadParty, act: str, same: SamePartyForm, new: NewPartyForm, *, by: User) -> str:
    if act == "same" and same.is_valid():
        row = lettering.letters_are(letters, by=by, party=same.cleaned_data["party"])
        return _("%(code)s är %(party)s.") % {"code": row, "party": row.party}
    if act == "new" and new.is_valid():
        row = lettering.letters_are_new(letters, by=by, name=new.cleaned_data["name"])
        return _("%(party)s är nytt i registret.") % {"party": row.party}
    if act == "leave":
        return _("%(code)s lämnas utanför registret.") % {"code": lettering.letters_are_left(letters, by=by)}
    if act not in {"same", "new"}:
        raise DomainError(_("Säg vilket parti det är, eller lämna beteckningen utanför registret"))
    return ""


@needs(Permission.READ_PROTOCOLS)
@require_POST
def read_party_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Have the letters wait again."""
    row = lettering.undo_letters(get_object_or_404(ReadParty, pk=pk), by=request.user)
    messages.success(request, _("Svaret om %(code)s är ångrat.") % {"code": row})
    return redirect(row)


def _told(error: DomainError, form: forms.Form) -> DomainError | None:
    """The refusal to show above the forms; one that belongs beside a field is put there, with its status."""
    if error.field in form.fields and form.is_bound:
        add_refusal(form, error)
    return error


def _render(
    request: UserRequest, template: str, context: dict[str, Any], refusal: DomainError | None
) -> HttpResponse:
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus(refusal.status) if refusal else HTTPStatus.UNPROCESSABLE_ENTITY
    shown = refusal if refusal and not refusal.field else None
    return render(request, template, context | {"refusal": shown}, status=status)
