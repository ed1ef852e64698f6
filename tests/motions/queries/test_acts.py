from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from motions.enums import Role, Stage
from motions.models import Motion, User
from motions.permissions import HasRoles
from motions.queries.acts import ACTS, acts_open_to, carries_motions, next_steps

NOBODY = AnonymousUser()


def user(*roles: Role) -> User:
    return User(name="Någon", roles=list(roles))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("who", [NOBODY, user(Role.REPRESENTATIVE), user(Role.ADMINISTRATOR)])
def test_those_without_a_part_in_the_work_may_do_nothing(who: HasRoles, stage: Stage) -> None:
    assert acts_open_to(who, Motion(pk=7, stage=stage)) == []
    assert not carries_motions(who)


@pytest.mark.parametrize(
    ("role", "stage", "names"),
    [
        (Role.REGISTRAR, Stage.HANDED_IN, ["number", "add_document", "correct", "withdraw"]),
        (Role.REGISTRAR, Stage.REGISTERED, ["remit", "add_document", "correct", "withdraw"]),
        (Role.REGISTRAR, Stage.AT_BOARD, ["add_document", "correct", "withdraw"]),
        (Role.REGISTRAR, Stage.DECIDED, ["close", "add_document", "correct"]),
        (Role.REGISTRAR, Stage.CLOSED, []),
        (Role.REGISTRAR, Stage.WITHDRAWN, []),
        (Role.SECRETARY, Stage.REGISTERED, ["remit", "add_document"]),
        (Role.CASE_OFFICER, Stage.REGISTERED, ["add_document"]),
        (Role.CASE_OFFICER, Stage.REMITTED, ["prepare", "add_document"]),
        (Role.CASE_OFFICER, Stage.IN_PREPARATION, ["prepare", "add_document"]),
        (Role.CASE_OFFICER, Stage.AT_BOARD, ["prepare", "add_document"]),
        (Role.CASE_OFFICER, Stage.AT_ASSEMBLY, ["add_document"]),
    ],
)
def test_acts_of_a_role_at_a_stage(role: Role, stage: Stage, names: list[str]) -> None:
    found = acts_open_to(user(role), Motion(pk=7, stage=stage))
    assert [act.url_name.removeprefix("motions:") for act in found] == names


@pytest.mark.parametrize("stage", Stage)
def test_at_most_one_next_act_whatever_the_roles(stage: Stage) -> None:
    everybody = user(*Role)
    assert len([act for act in ACTS if act.is_next and act.is_open_to(everybody, stage)]) <= 1


def test_next_step_is_a_link_for_who_may_do_it_and_else_what_is_waited_for() -> None:
    motion = Motion(pk=70, stage=Stage.REGISTERED)
    step = next_steps(user(Role.REGISTRAR))(motion)
    assert (step.label, step.url) == ("Remittera till styrelsen", "/motioner/70/remittera/")
    step = next_steps(user(Role.CASE_OFFICER))(motion)
    assert (step.label, step.url) == ("Väntar på remiss", "")
    step = next_steps(user(Role.REGISTRAR))(Motion(pk=70, stage=Stage.CLOSED))
    assert (step.label, step.url) == ("", "")
