"""Logging in: the throttle that makes guessing passwords pointless, and the login form that explains it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.forms import PasswordResetForm as DjangoPasswordResetForm
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.contrib.auth.views import PasswordResetView as DjangoPasswordResetView
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.models import FailedLogin

if TYPE_CHECKING:
    from motions.models import User


def client_address(request: HttpRequest) -> str:
    """The network address of who asks; behind the HTTPS proxy the one that the proxy saw (its last entry)."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or "127.0.0.1"


class ThrottledBackend(ModelBackend):
    """Passwords checked by Django, but not looked at while too many tries have failed.

    Counted per e-mail address and network address: nobody can lock out somebody else from elsewhere.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The user, or None; None without a look at the password during a pause."""
        if request is None:
            return super().authenticate(request, username=username, password=password, **kwargs)
        email, address = (
            (username or kwargs.get("email") or "").strip().lower()[:254],
            client_address(request),
        )
        if pause_minutes_left(email, address):
            return None
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is None:
            FailedLogin.objects.create(email=email, address=address)
        else:
            FailedLogin.objects.filter(email=email, address=address).delete()
        return user


def pause_minutes_left(email: str, address: str) -> int:
    """Minutes until this address may try this e-mail again; 0 when it may. Forgets what is too old."""
    now = timezone.now()
    pause = timedelta(minutes=settings.LOGIN_PAUSE_MINUTES)
    FailedLogin.objects.filter(at__lte=now - pause).delete()
    tries = FailedLogin.objects.filter(email=email.strip().lower()[:254], address=address).order_by("-at")
    times = list(tries.values_list("at", flat=True)[: settings.LOGIN_TRIES])
    if len(times) < settings.LOGIN_TRIES:
        return 0
    return max(1, -int(-(times[-1] + pause - now).total_seconds() // 60))


class LoginForm(AuthenticationForm):
    """E-mail address and password; says so when there must be a pause."""

    error_messages = {
        "invalid_login": _(
            "E-postadressen eller lösenordet stämmer inte. Kontrollera båda; stora och små bokstäver i "
            "lösenordet räknas olika."
        ),
        "inactive": _("Kontot är avstängt. Kontakta din administratör."),
    }

    def get_invalid_login_error(self) -> forms.ValidationError:
        """The usual message, or the pause."""
        minutes = 0
        if self.request is not None:
            minutes = pause_minutes_left(self.cleaned_data["username"], client_address(self.request))
        if not minutes:
            return super().get_invalid_login_error()
        message = ngettext(
            "För många misslyckade försök. Vänta %(minutes)d minut och försök igen.",
            "För många misslyckade försök. Vänta %(minutes)d minuter och försök igen.",
            minutes,
        )
        return forms.ValidationError(message % {"minutes": minutes}, code="throttled")


class LoginView(DjangoLoginView):
    """The login page; who is logged in already goes on to where they were going."""

    authentication_form = LoginForm
    redirect_authenticated_user = True


class PasswordResetForm(DjangoPasswordResetForm):
    """Sends the link also to a login that has no password yet: that is how a new login gets its first."""

    def get_users(self, email: str) -> Iterable[User]:
        """The active login with this address."""
        return get_user_model().objects.filter(email__iexact=email, is_active=True)


class PasswordResetView(DjangoPasswordResetView):
    """Asks for the e-mail address and answers the same whether it is known or not."""

    form_class = PasswordResetForm
