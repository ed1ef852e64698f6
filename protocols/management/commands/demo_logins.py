"""`manage.py demo_logins`: one login a role, as long as the demo region is what is in the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from motions.demo.data import load_region
from motions.enums import Role
from motions.models import User
from protocols.demo.people import PASSWORD


class Command(BaseCommand):
    """Prints nothing where these logins are not found."""

    help = "Prints one login of the demo region for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        """The plainest login with each role, and the password of them all."""
        addresses = [login.email for login in load_region().logins]
        users = list(User.objects.filter(email__in=addresses, is_active=True).order_by("pk"))
        lines = [
            f"  {Role(role).label:<26} {user.email:<38} {user.name}"
            for role in Role.values
            if (
                user := min(
                    (user for user in users if role in user.roles), key=_number_of_roles, default=None
                )
            )
        ]
        if lines:
            self.stdout.write("\n".join([f"Logins of the demo, password {PASSWORD}:", *lines]))


def _number_of_roles(user: User) -> int:
    return len(user.roles)
