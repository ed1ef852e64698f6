"""What each role may do. One table; views, actions and pages ask `has_permission`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motions.enums import Role
from motions.errors import Forbidden


class Permission(TextChoices):
    """One kind of act."""

    REGISTER_MOTION = "register_motion", gettext_lazy("registrera motioner")
    REMIT_MOTION = "remit_motion", gettext_lazy("remittera motioner")
    WITHDRAW_MOTION = "withdraw_motion", gettext_lazy("anteckna att en motion återtagits")
    CLOSE_MOTION = "close_motion", gettext_lazy("avsluta ärenden")
    ADD_DOCUMENT = "add_document", gettext_lazy("lägga till handlingar")
    PREPARE_MOTION = "prepare_motion", gettext_lazy("bereda motioner")
    MANAGE_MEETING = "manage_meeting", gettext_lazy("hålla i sammanträden och skriva protokoll")
    CERTIFY_EXTRACT = "certify_extract", gettext_lazy("bestyrka utdrag")
    FOLLOW_UP = "follow_up", gettext_lazy("följa upp uppdrag")
    READ_PROTOCOLS = "read_protocols", gettext_lazy("läsa in äldre protokoll")
    READ_DRAFTS = "read_drafts", gettext_lazy("läsa utkast")
    ATTEND_MEETING = "attend_meeting", gettext_lazy("delta i sammanträden")
    VERIFY_MINUTES = "verify_minutes", gettext_lazy("justera protokoll")
    ADMINISTER = "administer", gettext_lazy("administrera organisationen")


#: What a role may do. Whether a representative may act on a given paragraph is decided by the law's rules.
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.REGISTRAR: frozenset(
            {
                Permission.REGISTER_MOTION,
                Permission.REMIT_MOTION,
                Permission.WITHDRAW_MOTION,
                Permission.CLOSE_MOTION,
                Permission.ADD_DOCUMENT,
                Permission.CERTIFY_EXTRACT,
                Permission.FOLLOW_UP,
                Permission.READ_PROTOCOLS,
                Permission.READ_DRAFTS,
            }
        ),
        Role.CASE_OFFICER: frozenset(
            {Permission.PREPARE_MOTION, Permission.ADD_DOCUMENT, Permission.READ_DRAFTS}
        ),
        Role.SECRETARY: frozenset(
            {
                Permission.MANAGE_MEETING,
                Permission.REMIT_MOTION,
                Permission.ADD_DOCUMENT,
                Permission.CERTIFY_EXTRACT,
                Permission.FOLLOW_UP,
                Permission.READ_PROTOCOLS,
                Permission.READ_DRAFTS,
            }
        ),
        Role.VERIFIER: frozenset({Permission.VERIFY_MINUTES, Permission.ATTEND_MEETING}),
        # Whoever is chosen at the meeting verifies; that is looked up there, not given by a role.
        Role.REPRESENTATIVE: frozenset({Permission.ATTEND_MEETING, Permission.VERIFY_MINUTES}),
        Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
    }
)


class HasRoles(Protocol):
    """A login, or the anonymous public (which has no roles)."""

    @property
    def is_authenticated(self) -> bool: ...


def has_permission(user: HasRoles, permission: Permission) -> bool:
    """Whether one of the user's roles allows the act; the anonymous public may do none of them."""
    if not user.is_authenticated:
        return False
    roles = getattr(user, "roles", ())
    return any(permission in ROLE_PERMISSIONS[Role(role)] for role in roles)


def require(user: HasRoles, permission: Permission) -> None:
    """Raise Forbidden where the user may not do this kind of act."""
    if not has_permission(user, permission):
        raise Forbidden(
            _("Du har inte behörighet att %(act)s") % {"act": permission.label},
            instead=_("Be din administratör om behörigheten, eller logga in med en annan roll."),
        )
