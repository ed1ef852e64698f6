"""All parts of the look with invented content, for whoever builds pages and for the browser tests.

Served at /komponenter/ only where settings.GALLERY is on (development and tests).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from config.http import public
from motions.enums import Outcome
from motions.queries.clock import YearClock
from protocols.document import DocumentSection, ParagraphDocument
from protocols.enums import SectionKind

PEOPLE = (
    ("1", "Signe Hallberg (LB)"),
    ("2", "Tage Norrfors (GF)"),
    ("3", "Ánne Vuolab (FD)"),
    ("4", "Bengt-Åke von Öhrnstierna-Lillhammar (Samling för hela regionen)"),
    ("5", "Östen Brask (LB)"),
)

STEPS = (
    {"label": "Inlämnad", "state": "done", "note": "12 jan"},
    {"label": "Remitterad", "state": "done", "note": "9 feb, RF § 14", "url": "#"},
    {"label": "Under beredning", "state": "done", "note": "4 maj"},
    {"label": "Styrelsens förslag", "state": "current", "note": "20 maj, RS § 88", "url": "#"},
    {"label": "Fullmäktige avgör", "state": "todo", "note": "22 juni"},
    {"label": "Expedierad", "state": "todo"},
)

TIMELINE = (
    {
        "title": "Fullmäktige avgör",
        "when": "22 juni 2026",
        "tone": "expected",
        "text": "Står på dagordningen.",
    },
    {
        "title": "Styrelsen föreslår delvis bifall",
        "reference": "RS § 88",
        "url": "#",
        "when": "20 maj 2026, justerat 27 maj",
        "tone": "decided",
        "text": "Ánne Vuolab (FD) föreslår bifall till hela motionen.",
        "note": "Reservation av Ánne Vuolab (FD)",
    },
    {"title": "Beredd", "when": "4 maj 2026, Regionstöd", "text": "Två yttranden har kommit in."},
    {"title": "Inlämnad och registrerad", "when": "12 januari 2026, Siv Rask"},
)

CLAUSES = (
    ("att bussarna till vårdcentralerna ska gå varje timme även på lördagar", Outcome.GRANTED, False),
    ("att turlistorna ska finnas på nordsamiska", Outcome.DEEMED_ANSWERED, False),
    ("att avgiften avskaffas", Outcome.REJECTED, True),
    ("att frågan om nattrafik utreds", Outcome.WRITTEN_OFF, False),
)

STARTS_ON, DUE_ON = date(2026, 1, 12), date(2027, 1, 12)
CLOCKS = {
    "early": YearClock(STARTS_ON, DUE_ON, today=date(2026, 8, 10)),
    "near": YearClock(STARTS_ON, DUE_ON, today=date(2026, 11, 30)),
    "late": YearClock(STARTS_ON, DUE_ON, today=date(2027, 2, 4)),
    "done": YearClock(STARTS_ON, DUE_ON, today=date(2026, 8, 10), decided_on=date(2026, 6, 9)),
}

DOCUMENT = ParagraphDocument(
    organisation="Region Exempel",
    body="Regionstyrelsen",
    held_on=date(2026, 5, 20),
    number=88,
    title="Motion 4-2026 om bussar till vårdcentralerna",
    registry_number="212-2026",
    sections=(
        DocumentSection(
            SectionKind.DECISION,
            "Regionstyrelsens beslut",
            "<p>Regionstyrelsen föreslår regionfullmäktige besluta att motionens första sats bifalls.</p>",
        ),
        DocumentSection(
            SectionKind.RESERVATION, "Reservation", "<p>Ánne Vuolab (FD) reserverar sig mot beslutet.</p>"
        ),
        DocumentSection(
            SectionKind.MATTER,
            "Ärendet",
            '<p>Av <a href="#">trafikplanen</a> framgår att <em>ingen</em> linje når alla orter:</p>'
            "<ul><li>kusten har trafik varje timme,</li><li>inlandet tre turer om dagen.</li></ul>",
            is_reworded=True,
        ),
    ),
)


class GalleryForm(forms.Form):
    """One field of every kind; `data-combobox` makes the choices searchable."""

    title = forms.CharField(label="Rubrik", help_text="Så som den står på motionen.", max_length=200)
    movers = forms.MultipleChoiceField(
        label="Motionärer",
        choices=PEOPLE,
        widget=forms.SelectMultiple({"data-combobox": True, "data-url": "/komponenter/personer/"}),
    )
    body = forms.ChoiceField(
        label="Sänds till",
        choices=[
            ("", "Välj organ"),
            ("rs", "Regionstyrelsen"),
            ("tn", "Trafiknämnden"),
            ("pn", "Patientnämnden"),
        ],
        widget=forms.Select({"data-combobox": True}),
    )
    handed_in_on = forms.DateField(label="Inlämnad den", widget=forms.DateInput({"type": "date"}))
    number = forms.CharField(label="Dnr", required=False, widget=forms.TextInput({"class": "is-short"}))
    text = forms.CharField(label="Motionens text", widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Yrkande", choices=[("grant", "Bifall"), ("reject", "Avslag")], widget=forms.RadioSelect
    )
    signed = forms.FileField(label="Undertecknad motion (PDF)", required=False)
    is_urgent = forms.BooleanField(label="Ta upp på nästa sammanträde", required=False)


class ClauseForm(forms.Form):
    """One att-sats; `ORDER` and `DELETE` come from the formset."""

    text = forms.CharField(label="Att-sats", widget=forms.Textarea({"rows": 2}))


ClauseFormSet = forms.formset_factory(ClauseForm, extra=0, can_order=True, can_delete=True)


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part, in its states. `?fel` shows the form as it comes back with errors."""
    data = {"title": "", "movers": ["3"], "handed_in_on": "31 februari"} if "fel" in request.GET else None
    clauses = ClauseFormSet(prefix="clauses", initial=[{"text": text} for text, _, _ in CLAUSES[:3]])
    for level, text in (
        (messages.SUCCESS, "Motion 4-2026 är registrerad."),
        (messages.WARNING, "Kallelsen är sen."),
    ):
        messages.add_message(request, level, text)
    context: dict[str, Any] = {
        "form": GalleryForm(data) if data else GalleryForm(initial={"movers": ["3", "4"]}),
        "clause_forms": clauses,
        "steps": STEPS,
        "entries": TIMELINE,
        "clauses": CLAUSES,
        "clocks": CLOCKS,
        "document": DOCUMENT,
        "page": Paginator(range(430), 50).page(3),
    }
    return render(request, "components/gallery.html", context)


@public
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """The three columns of a running meeting."""
    return render(request, "components/gallery_workspace.html", {"document": DOCUMENT})


@public
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The suggestions that the combobox loads: bare options."""
    letters = request.GET.get("q", "").casefold()
    found = [(value, label) for value, label in PEOPLE if letters in label.casefold()]
    option = '<li role="option" data-value="{}" data-label="{}">{}</li>'
    rows = format_html_join("\n", option, ((value, label, label) for value, label in found))
    return HttpResponse(format_html("{}", rows))
