"""Reading trajectories. What a person may see starts at `visible_…`; what the chapter counts names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.people.models import Appointment
from houvast.modules.trajectory import permissions
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
from houvast.modules.trajectory.rules import Gate, PhaseState, Span, explained_by, is_substantiated


def visible_trajectories(actor: Actor) -> QuerySet[Any]:
    """The trajectories, newest first."""
    actor.require(permissions.VIEW)
    return Trajectory.objects.order_by("-start_on", "-pk")


def visible(actor: Actor, model: Any) -> QuerySet[Any]:
    """The rows of a part of trajectories, with their trajectory."""
    actor.require(permissions.VIEW)
    path = "phase__trajectory" if model is GateDecision else "trajectory"
    rows: QuerySet[Any] = model.objects.select_related(path).order_by("pk")
    return rows


# The chapter: the trajectory that was begun last by the day it speaks of


def phase_name(row: Phase) -> str:
    """What a phase is called on screen; the chapter says it in Dutch."""
    return _("Fase {order}: {name}").format(order=row.order, name=row.name)


def told_on(day: date) -> Any:
    """The key of the trajectory that a day speaks of, as a subquery."""
    begun = Trajectory.objects.filter(start_on__lte=day).order_by("-start_on", "-pk")
    return Subquery(begun.values("pk")[:1])


def trajectory_on(day: date) -> QuerySet[Any]:
    """The trajectory that a day speaks of."""
    rows: QuerySet[Any] = Trajectory.objects.filter(pk=told_on(day))
    return rows


def mottos_on(day: date) -> QuerySet[Any]:
    """The motto that held on a day, of the trajectory that it speaks of."""
    rows: QuerySet[Any] = Motto.objects.filter(as_of(day), trajectory=told_on(day))
    return rows


def phases_on(day: date) -> QuerySet[Any]:
    """The phases of the trajectory that a day speaks of, those to come too."""
    rows: QuerySet[Any] = Phase.objects.filter(trajectory=told_on(day))
    return rows


# A page


@dataclass(frozen=True)
class PhaseLine:
    """A phase with how it stands, and the newest decision about its beginning."""

    row: Phase
    state: PhaseState
    gate: GateDecision | None


@dataclass(frozen=True)
class ConditionLine:
    """A condition, and whether anything shows it."""

    row: Condition
    is_substantiated: bool


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone; whether it is late, and what may explain that."""

    row: TrajectoryMilestone
    is_late: bool
    explained: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    """A trajectory with all its parts, as they stand on a day."""

    row: Trajectory
    owner: str
    motto: Motto | None
    mottos: tuple[Motto, ...]
    conditions: tuple[ConditionLine, ...]
    phases: tuple[PhaseLine, ...]
    activities: tuple[Activity, ...]
    milestones: tuple[MilestoneLine, ...]
    circumstances: tuple[Circumstance, ...]


def whole(actor: Actor, row: Trajectory, day: date) -> Whole:
    """All that belongs to a trajectory; ten queries, however much that is."""
    actor.require(permissions.VIEW)
    mottos = tuple(row.mottos.filter(known()).order_by("-valid_from", "-pk"))
    circumstances = tuple(row.circumstances.order_by("starts_on", "pk"))
    there = [(one.name, one.starts_on, one.ends_on) for one in circumstances]
    gates = _gates(row)
    return Whole(
        row=row,
        owner=owner_of(row),
        motto=next((one for one in mottos if holds(one, day)), None),
        mottos=mottos,
        conditions=tuple(
            ConditionLine(one, is_substantiated(one.indicator, one.document))
            for one in row.conditions.order_by("pk")
        ),
        phases=tuple(_phase_line(one, gates.get(one.pk), day) for one in row.phases.order_by("order")),
        activities=tuple(row.activities.select_related("phase").order_by("start_on", "pk")),
        milestones=tuple(
            _milestone_line(one, there, day)
            for one in row.milestones.select_related("phase").order_by("due_on", "pk")
        ),
        circumstances=circumstances,
    )


def holds(motto: Motto, day: date) -> bool:
    """Whether it is the motto on a day."""
    return motto.valid_from <= day and (motto.valid_until is None or day < motto.valid_until)


def _gates(row: Trajectory) -> dict[int, GateDecision]:
    """The newest decision about each phase."""
    rows = GateDecision.objects.filter(phase__trajectory=row).order_by("on", "pk")
    return {gate.phase_id: gate for gate in rows}


def _phase_line(row: Phase, gate: GateDecision | None, day: date) -> PhaseLine:
    opened = gate is not None and gate.outcome == Gate.OPEN
    return PhaseLine(row, row.span(opened=opened).state(day), gate)


def _milestone_line(
    row: TrajectoryMilestone, circumstances: list[tuple[str, date, date | None]], day: date
) -> MilestoneLine:
    due = row.due_on
    late = due is not None and due < (row.closed_on or day)
    return MilestoneLine(row, late, tuple(explained_by(due, circumstances)) if late and due else ())


def owner_of(row: Trajectory) -> str:
    """The function that owns it, with its unit, by the newest names; nothing where none does."""
    if row.owner_post_id is None:
        return ""
    last = PostPeriod.objects.filter(known(), post=row.owner_post_id).order_by("-valid_from", "-pk").first()
    if last is None:
        return ""
    function = (
        FunctionPeriod.objects.filter(known(), function=last.function_id).order_by("-valid_from").first()
    )
    unit = UnitPeriod.objects.filter(known(), unit=last.unit_id).order_by("-valid_from").first()
    return ", ".join(str(one.name) for one in (function, unit) if one is not None)


def posts() -> dict[int, str]:
    """Each post by the newest function and unit it had; three queries."""
    functions = dict(
        FunctionPeriod.objects.filter(known()).order_by("valid_from", "pk").values_list("function_id", "name")
    )
    units = dict(
        UnitPeriod.objects.filter(known()).order_by("valid_from", "pk").values_list("unit_id", "name")
    )
    rows = PostPeriod.objects.filter(known(), valid_until=None).order_by("valid_from", "pk")
    named = {
        post: f"{functions.get(function, '–')}, {units.get(unit, '–')}"
        for post, function, unit in rows.values_list("post_id", "function_id", "unit_id")
    }
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def other_spans(phase: Phase) -> list[Span]:
    """The days of the other phases of its trajectory."""
    rows = Phase.objects.filter(trajectory=phase.trajectory_id).exclude(pk=phase.pk)
    return [row.span() for row in rows.order_by("order")]


def current_motto(trajectory_id: int) -> Motto | None:
    """The motto that was believed last."""
    found: Motto | None = (
        Motto.objects.filter(known(), trajectory=trajectory_id).order_by("-valid_from", "-pk").first()
    )
    return found


# The first page


def open_milestones(actor: Actor) -> QuerySet[Any]:
    """What is still to be reached, the first due first."""
    rows = visible(actor, TrajectoryMilestone).filter(closed_on=None, trajectory__ended_on=None)
    return rows.order_by("due_on", "pk")


def owned_by(actor: Actor, day: date) -> Q:
    """The parts of trajectories whose owning function the actor holds on a day."""
    held = Appointment.objects.filter(
        as_of(day), person_id=actor.person_id or 0, post=OuterRef("trajectory__owner_post")
    )
    return Q(Exists(held))


def waiting_gates(actor: Actor, day: date) -> list[Phase]:
    """The phases whose beginning nobody decided about, and that have a day to begin or began; two queries."""
    rows = list(
        visible(actor, Phase)
        .filter(order__gt=1, start_on__isnull=False, trajectory__ended_on=None)
        .order_by("start_on", "pk")
    )
    newest = {
        gate.phase_id: gate
        for gate in GateDecision.objects.filter(phase__trajectory__ended_on=None).order_by("on", "pk")
    }
    undecided = {PhaseState.WAITING, PhaseState.UNGATED}
    return [row for row in rows if _phase_line(row, newest.get(row.pk), day).state in undecided]


def responsible(rows: list[TrajectoryMilestone], day: date) -> dict[int, set[int]]:
    """Who holds the function that owns each milestone's trajectory, by the milestone; one query."""
    owners = {row.trajectory.owner_post_id for row in rows} - {None}
    held: dict[int | None, set[int]] = {}
    appointed = Appointment.objects.filter(as_of(day), post__in=owners)
    for post, person in appointed.values_list("post_id", "person_id"):
        held.setdefault(post, set()).add(person)
    return {row.pk: held.get(row.trajectory.owner_post_id, set()) for row in rows}
