"""The addresses: the matter at the root, logins under /konto/, reference data under /administration/."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import RedirectView

from config import gallery, logins, views
from config.http import public, signed_in

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"

reset_done, reset_complete = auth.PasswordResetDoneView, auth.PasswordResetCompleteView

account_urls = [
    path("logga-in/", public(logins.LoginView.as_view()), name="login"),
    path("logga-ut/", public(auth.LogoutView.as_view()), name="logout"),
    path("losenord/", signed_in(auth.PasswordChangeView.as_view()), name="password_change"),
    path("losenord/bytt/", signed_in(auth.PasswordChangeDoneView.as_view()), name="password_change_done"),
    path("losenord/glomt/", public(logins.PasswordResetView.as_view()), name="password_reset"),
    path("losenord/glomt/skickat/", public(reset_done.as_view()), name="password_reset_done"),
    path(
        "losenord/nytt/<uidb64>/<token>/",
        public(auth.PasswordResetConfirmView.as_view()),
        name="password_reset_confirm",
    ),
    path("losenord/nytt/klart/", public(reset_complete.as_view()), name="password_reset_complete"),
]

urlpatterns = [
    path("", include("motions.urls")),
    path("", include("protocols.urls")),
    path("konto/", include(account_urls)),
    # One login page: the throttle's message and the look are the same whoever logs in.
    path("administration/login/", public(RedirectView.as_view(pattern_name="login", query_string=True))),
    path("administration/", admin.site.urls),
    path("halsa", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]

if settings.GALLERY:
    urlpatterns += [
        path("komponenter/", gallery.gallery, name="gallery"),
        path("komponenter/personer/", gallery.people),
        path("komponenter/sammantrade/", gallery.workspace),
    ]
