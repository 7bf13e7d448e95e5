"""The index card of the module."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Module, NavItem, RecordName, Records, ReminderKind, Shortcut
from houvast.modules.trajectory import facts, permissions
from houvast.modules.trajectory.models import (
    Activity,
    Circumstance,
    Condition,
    GateDecision,
    Motto,
    Phase,
    Trajectory,
    TrajectoryMilestone,
)


def _named(model: Any, of: str, *paths: str) -> Callable[[Actor, Collection[str]], dict[str, RecordName]]:
    """What rows are called in the trail: the values of these paths, and the page of their trajectory."""

    def named(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
        if not actor.may(permissions.VIEW):
            return {}
        rows = model.objects.filter(uid__in=uids).values_list("uid", of, *paths)
        return {
            str(uid): RecordName(" ".join(map(str, told)), facts.page(actor, "trajectory", pk))
            for uid, pk, *told in rows
        }

    return named


MODULE = Module(
    key="trajectory",
    name=_("Ontwikkeltrajecten"),
    permissions=(permissions.VIEW, permissions.MANAGE, permissions.DECIDE),
    navigation=(
        NavItem(_("Ontwikkeltrajecten"), "trajectory:index", "flag", _("Organisatie"), permissions.VIEW, 60),
    ),
    claims=facts.CLAIMS,
    slots=facts.SLOTS,
    shortcuts=(
        Shortcut(
            _("Ontwikkeltrajecten"),
            "trajectory:index",
            "flag",
            _("Waar de organisatie naartoe werkt: fasen, mijlpalen en activiteiten."),
            permissions.VIEW,
            62,
            to_read=True,
        ),
    ),
    tasks=facts.tasks,
    figures=facts.figures,
    indexed=facts.INDEXED,
    records=(
        Records("trajectory.trajectory", _("ontwikkeltraject"), _named(Trajectory, "pk", "name")),
        Records("trajectory.motto", _("motto"), _named(Motto, "trajectory_id", "text")),
        Records("trajectory.condition", _("voorwaarde"), _named(Condition, "trajectory_id", "text")),
        Records("trajectory.phase", _("fase"), _named(Phase, "trajectory_id", "order", "name")),
        Records(
            "trajectory.gatedecision",
            _("poortbesluit"),
            _named(GateDecision, "phase__trajectory_id", "phase__name"),
        ),
        Records("trajectory.activity", _("activiteit"), _named(Activity, "trajectory_id", "name")),
        Records(
            "trajectory.trajectorymilestone",
            _("mijlpaal van een traject"),
            _named(TrajectoryMilestone, "trajectory_id", "name"),
        ),
        Records("trajectory.circumstance", _("omstandigheid"), _named(Circumstance, "trajectory_id", "name")),
    ),
    labels=(
        ("trajectory.begin", _("Ontwikkeltraject vastgelegd")),
        ("trajectory.change", _("Ontwikkeltraject gewijzigd")),
        ("trajectory.set_motto", _("Motto vastgelegd")),
        ("trajectory.add_condition", _("Voorwaarde vastgelegd")),
        ("trajectory.change_condition", _("Voorwaarde gewijzigd")),
        ("trajectory.add_phase", _("Fase vastgelegd")),
        ("trajectory.change_phase", _("Fase gewijzigd")),
        ("trajectory.decide_gate", _("Poortbesluit vastgelegd")),
        ("trajectory.add_activity", _("Activiteit vastgelegd")),
        ("trajectory.change_activity", _("Activiteit gewijzigd")),
        ("trajectory.add_milestone", _("Mijlpaal van een traject vastgelegd")),
        ("trajectory.change_milestone", _("Mijlpaal van een traject gewijzigd")),
        ("trajectory.close_milestone", _("Mijlpaal van een traject afgesloten")),
        ("trajectory.reopen_milestone", _("Mijlpaal van een traject heropend")),
        ("trajectory.add_circumstance", _("Omstandigheid vastgelegd")),
        ("trajectory.change_circumstance", _("Omstandigheid gewijzigd")),
    ),
    dates=facts.dates,
    reminders=(ReminderKind("trajectory.milestone", _("Mijlpaal van een traject"), facts.due),),
)
