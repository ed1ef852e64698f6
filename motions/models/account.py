"""Logins: who acts in the system, and in which roles."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motions.enums import Role
from motions.models.people import Person
from motions.permissions import Permission, has_permission


class UserManager(BaseUserManager["User"]):
    """Logins are made by an administrator; there is no self-registration."""

    def create_user(
        self,
        email: str,
        name: str,
        *,
        roles: list[Role] | tuple[Role, ...] = (),
        person: Person | None = None,
        password: str | None = None,
    ) -> User:
        """Create a login; without a password it is set by the reset link sent by mail."""
        user = User(email=self.normalize_email(email), name=name, roles=list(roles), person=person)
        user.set_password(password)
        user.full_clean()
        user.save()
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None) -> User:
        """Create the first administrator (manage.py createsuperuser)."""
        return self.create_user(email, name, roles=[Role.ADMINISTRATOR], password=password)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a login by e-mail, whatever its letters' case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A login: an official, or an elected representative (then `person` is set)."""

    email = models.EmailField(_("e-postadress"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices),
        verbose_name=_("roller"),
        default=list,
        blank=True,
    )
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("förtroendevald")
    )
    is_active = models.BooleanField(_("aktiv"), default=True)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=list(Role.values)), name="user_roles_are_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as shown."""
        return self.name

    def get_short_name(self) -> str:
        """The given name, for a greeting."""
        return self.name.split(" ")[0]

    @property
    def role_labels(self) -> str:
        """The roles in words, for the page head."""
        return ", ".join(str(Role(role).label).lower() for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether the administration pages open (django.contrib.admin asks for it)."""
        return self.is_active and has_permission(self, Permission.ADMINISTER)

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Administrators may change all reference data that the administration offers."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`, for a whole app."""
        return self.is_staff
