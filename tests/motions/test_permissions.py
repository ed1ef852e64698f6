from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from motions.enums import Role
from motions.errors import Forbidden
from motions.models import User
from motions.permissions import ROLE_PERMISSIONS, Permission, has_permission, require


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_do_what_the_table_says(role: Role, permission: Permission) -> None:
    user = User(name="Någon", roles=[role])
    assert has_permission(user, permission) == (permission in ROLE_PERMISSIONS[role])


@pytest.mark.parametrize("permission", Permission)
def test_the_public_may_do_nothing_that_needs_a_permission(permission: Permission) -> None:
    assert not has_permission(AnonymousUser(), permission)


def test_two_roles_add_up() -> None:
    user = User(name="Någon", roles=[Role.REGISTRAR, Role.SECRETARY])
    assert has_permission(user, Permission.REGISTER_MOTION)
    assert has_permission(user, Permission.MANAGE_MEETING)


def test_require_names_the_act() -> None:
    with pytest.raises(Forbidden, match="registrera motioner") as refused:
        require(User(name="Någon", roles=[Role.SECRETARY]), Permission.REGISTER_MOTION)
    assert refused.value.status == 403


def test_an_administrator_opens_the_administration_and_nobody_else() -> None:
    assert [role for role in Role if User(name="Någon", roles=[role]).is_staff] == [Role.ADMINISTRATOR]
    assert not User(name="Någon", roles=[Role.ADMINISTRATOR], is_active=False).is_staff
