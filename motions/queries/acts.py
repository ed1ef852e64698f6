"""What this user may do with a motion now: read from the graph and the table of permissions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motions.enums import EventKind, Stage
from motions.models import Motion
from motions.permissions import HasRoles, Permission, has_permission
from motions.workflow import is_allowed


@dataclass(frozen=True)
class Act:
    """A page where an act is done. The event says when it is possible, the permission for whom.

    `is_next` marks the acts that carry the motion on its way; at most one of them is possible at a stage.
    """

    kind: EventKind
    permissions: tuple[Permission, ...]
    url_name: str
    label: str | Promise
    is_next: bool = False
    is_danger: bool = False

    def is_open_to(self, user: HasRoles, stage: Stage) -> bool:
        """Whether the user may do it to a motion at the stage."""
        return is_allowed(self.kind, stage) and any(has_permission(user, p) for p in self.permissions)


ACTS = (
    Act(EventKind.REGISTERED, (Permission.REGISTER_MOTION,), "motions:number", _("Registrera"), is_next=True),
    Act(
        EventKind.REMITTED,
        (Permission.REMIT_MOTION,),
        "motions:remit",
        _("Remittera till styrelsen"),
        is_next=True,
    ),
    Act(
        EventKind.PREPARATION_STARTED,
        (Permission.PREPARE_MOTION,),
        "motions:prepare",
        _("Börja bereda"),
        is_next=True,
    ),
    Act(
        EventKind.PREPARATION_FINISHED,
        (Permission.PREPARE_MOTION,),
        "motions:prepare",
        _("Skriv förslag till beslut"),
        is_next=True,
    ),
    Act(
        EventKind.PREPARATION_RESUMED, (Permission.PREPARE_MOTION,), "motions:prepare", _("Öppna beredningen")
    ),
    Act(EventKind.CLOSED, (Permission.CLOSE_MOTION,), "motions:close", _("Avsluta ärendet för hand")),
    Act(
        EventKind.DOCUMENT_ADDED,
        (Permission.ADD_DOCUMENT, Permission.REGISTER_MOTION),
        "motions:add_document",
        _("Lägg till handling"),
    ),
    Act(EventKind.CORRECTED, (Permission.REGISTER_MOTION,), "motions:correct", _("Rätta uppgifter")),
    Act(
        EventKind.WITHDRAWN,
        (Permission.WITHDRAW_MOTION,),
        "motions:withdraw",
        _("Anteckna att motionen återtas"),
        is_danger=True,
    ),
)

#: Those whose work is to carry motions on see what each motion waits for.
CARRIERS = (
    Permission.REGISTER_MOTION,
    Permission.REMIT_MOTION,
    Permission.PREPARE_MOTION,
    Permission.MANAGE_MEETING,
)

_WAITING = {
    Stage.HANDED_IN: _("Väntar på registrering"),
    Stage.REGISTERED: _("Väntar på remiss"),
    Stage.REMITTED: _("Väntar på handläggare"),
    Stage.IN_PREPARATION: _("Väntar på förslag till beslut"),
    Stage.AT_BOARD: _("Väntar på styrelsens dagordning"),
    Stage.AT_ASSEMBLY: _("Väntar på fullmäktiges dagordning"),
    Stage.DECIDED: _("Väntar på att protokollsutdrag skickas och uppdrag återrapporteras"),
}


@dataclass(frozen=True)
class Step:
    """What comes next: a link where the user may do it, else (`url` empty) what is waited for."""

    label: str
    url: str = ""


def carries_motions(user: HasRoles) -> bool:
    """Whether next steps are shown to the user at all."""
    return any(has_permission(user, permission) for permission in CARRIERS)


def acts_open_to(user: HasRoles, motion: Motion) -> list[Act]:
    """All acts that the user may do to the motion now."""
    return [act for act in ACTS if act.is_open_to(user, Stage(motion.stage))]


def next_steps(user: HasRoles) -> Callable[[Motion], Step]:
    """A function that tells each motion's next step, as far as it is known without the meetings' agendas."""
    at_stage = {stage: _next_act(user, stage) for stage in Stage}
    address = {act.url_name: addresses(act.url_name) for act in at_stage.values() if act}

    def next_step(motion: Motion) -> Step:
        act = at_stage[Stage(motion.stage)]
        if act:
            return Step(str(act.label), address[act.url_name](motion.pk))
        return Step(waiting_for(Stage(motion.stage)))

    return next_step


def waiting_for(stage: Stage) -> str:
    """What a motion at the stage waits for; empty at its end."""
    return str(_WAITING.get(stage, ""))


def addresses(url_name: str) -> Callable[[int], str]:
    """The addresses of many objects: the pattern is looked up once."""
    before, after = reverse(url_name, args=[0]).split("0")
    return lambda pk: f"{before}{pk}{after}"


def _next_act(user: HasRoles, stage: Stage) -> Act | None:
    return next((act for act in ACTS if act.is_next and act.is_open_to(user, stage)), None)
