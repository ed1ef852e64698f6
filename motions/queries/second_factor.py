"""Whose verification asks for a one-time code, and what an authenticator app is told."""

from __future__ import annotations

import pyotp

from motions.models import Organisation, SecondFactor, User


def second_factor_of(user: User) -> SecondFactor | None:
    """The login's second factor; None where it is turned off."""
    return SecondFactor.objects.filter(user=user).first()


def asks_for_code(user: User) -> bool:
    """Whether the login verifies with a code: a rule of the organisation, or the login's own choice."""
    required = Organisation.objects.filter(requires_second_factor=True).exists()
    return required or second_factor_of(user) is not None


def key_address(secret: str, user: User) -> str:
    """The otpauth:// address that the QR code holds, named after the organisation and the login."""
    issuer = Organisation.objects.values_list("short_name", flat=True).first() or "Klubbslag"
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer)
