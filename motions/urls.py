"""The addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from config.http import public
from motions.views import acts, board, detail, documents, people, prepare, register, remit_many
from motions.views.second_factor import second_factor, second_factor_off

app_name = "motions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public(RedirectView.as_view(pattern_name="motions:list")), name="start"),
    # Motioner
    path("motioner/", board.board, name="list"),
    path("motioner/remittera/", remit_many.remit_many, name="remit_many"),
    # Registrera
    path("motioner/ny/", register.register, name="register"),
    path("motioner/ny/liknande/", register.similar, name="similar"),
    path("motioner/<int:pk>/ratta/", register.correct, name="correct"),
    path("personer/sok/", people.people_search, name="people_search"),
    # En motion
    path("motioner/<int:pk>/", detail.detail, name="detail"),
    path("motioner/<int:pk>/registrera/", acts.number, name="number"),
    path("motioner/<int:pk>/remittera/", acts.remit, name="remit"),
    path("motioner/<int:pk>/aterta/", acts.withdraw, name="withdraw"),
    path("motioner/<int:pk>/avsluta/", acts.close, name="close"),
    path("motioner/<int:pk>/handlingar/ny/", acts.document_new, name="add_document"),
    path("handlingar/<int:pk>/", documents.document, name="document"),
    # Bereda
    path("motioner/<int:pk>/bered/", prepare.prepare, name="prepare"),
    path("motioner/<int:pk>/bered/avsnitt/<str:kind>/", prepare.prepare_section, name="prepare_section"),
    path("motioner/<int:pk>/bered/forslag/", prepare.prepare_outcomes, name="prepare_outcomes"),
    path("motioner/<int:pk>/bered/borja/", prepare.prepare_start, name="prepare_start"),
    path("motioner/<int:pk>/bered/ta-tillbaka/", prepare.prepare_resume, name="prepare_resume"),
    # Konto
    path("konto/tvasteg/", second_factor, name="second_factor"),
    path("konto/tvasteg/av/", second_factor_off, name="second_factor_off"),
]
