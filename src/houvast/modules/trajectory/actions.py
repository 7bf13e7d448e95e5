"""Keeping trajectories: what they are made of, the gates between phases, the milestones that were reached."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import OrganisationModel, lock
from houvast.core.orgs.models import Post
from houvast.core.orgs.once import require_first
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.spoken import parse_term
from houvast.modules.trajectory import permissions, queries
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
from houvast.modules.trajectory.rules import (
    check_closing,
    check_days,
    check_gate,
    check_motto,
    check_phase,
)

Row = TypeVar("Row", bound=OrganisationModel)


def _said(text: str, field: str) -> dict[str, Any]:
    """The words with their days, for the three columns of a beginning."""
    period = parse_term(text, field)
    days = (period.start, period.until) if period else (None, None)
    return {"start": " ".join(text.split()), "start_on": days[0], "start_until": days[1]}


def _put(row: Row, **values: Any) -> Row:
    """Save the values and record what changed. Raises Refusal where nothing did."""
    changes = {name: value for name, value in values.items() if row.pk is None or getattr(row, name) != value}
    if not changes:
        raise Refusal(_("U hebt niets gewijzigd."))
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    record(row, **changes)
    return row


def _phase(trajectory_id: int, phase_id: int | None) -> Phase | None:
    """A phase of this trajectory; raises DoesNotExist for another's."""
    return None if phase_id is None else Phase.objects.get(pk=phase_id, trajectory=trajectory_id)


def _post(post_id: int | None) -> Post | None:
    return None if post_id is None else Post.objects.get(pk=post_id)


@action("trajectory.begin", permission=permissions.MANAGE)
def begin_trajectory(
    actor: Actor,
    *,
    name: str,
    goal: str,
    owner_post_id: int | None,
    start: str,
    sent_key: UUID | None = None,
) -> Trajectory:
    """Put a trajectory in the register. Raises Refusal for a beginning that cannot be read, or AlreadyDone."""
    require_first(sent_key, Trajectory)
    return _put(
        Trajectory(sent_key=sent_key), name=name, goal=goal, owner_post=_post(owner_post_id), **_begun(start)
    )


def _begun(start: str) -> dict[str, Any]:
    said = _said(start, "start")
    if said["start_on"] is None:
        raise Refusal(_("Vul in wanneer het traject begon."), "start")
    return said


@action("trajectory.change", permission=permissions.MANAGE)
def change_trajectory(
    actor: Actor,
    *,
    trajectory_id: int,
    expected_version: int,
    name: str,
    goal: str,
    owner_post_id: int | None,
    start: str,
    ended_on: date | None,
) -> Trajectory:
    """It is called or owned otherwise, or has ended. Raises Refusal or Conflict."""
    row = lock(Trajectory, trajectory_id, expected_version)
    begun = _begun(start)
    if ended_on is not None and ended_on < begun["start_on"]:
        raise Refusal(_("Het einde ligt voor het begin."), "ended_on")
    return _put(row, name=name, goal=goal, owner_post=_post(owner_post_id), ended_on=ended_on, **begun)


@action("trajectory.set_motto", permission=permissions.MANAGE)
def set_motto(actor: Actor, *, trajectory_id: int, text: str, valid_from: date) -> Motto:
    """From a day on this is the motto; the one before ends there. Raises Refusal for a day that is too early."""
    trajectory = lock(Trajectory, trajectory_id)
    before = queries.current_motto(trajectory_id)
    check_motto(valid_from, before.valid_from if before else None)
    if before is not None:
        _put(before, valid_until=valid_from)
    return _put(Motto(trajectory=trajectory), text=text, valid_from=valid_from)


def _condition(row: Condition, **values: str) -> Condition:
    return _put(row, **values)


@action("trajectory.add_condition", permission=permissions.MANAGE)
def add_condition(actor: Actor, *, trajectory_id: int, text: str, indicator: str, document: str) -> Condition:
    """Something that the trajectory must create."""
    row = Condition(trajectory=lock(Trajectory, trajectory_id))
    return _condition(row, text=text, indicator=indicator, document=document)


@action("trajectory.change_condition", permission=permissions.MANAGE)
def change_condition(
    actor: Actor, *, part_id: int, expected_version: int, text: str, indicator: str, document: str
) -> Condition:
    """It reads otherwise, or something shows it. Raises Refusal or Conflict."""
    row = lock(Condition, part_id, expected_version)
    return _condition(row, text=text, indicator=indicator, document=document)


def _put_phase(row: Phase, *, name: str, goal: str, start: str, end: str, overlap: str) -> Phase:
    begun, ends = parse_term(start, "start"), parse_term(end, "end")
    check_days(begun, ends)
    span = Phase(
        order=row.order, start_on=begun.start if begun else None, ends_on=ends.until if ends else None
    ).span()
    check_phase(span, queries.other_spans(row), overlap)
    return _put(
        row,
        name=name,
        goal=goal,
        end=" ".join(end.split()),
        ends_on=span.until,
        overlap=overlap,
        **_said(start, "start"),
    )


@action("trajectory.add_phase", permission=permissions.MANAGE)
def add_phase(
    actor: Actor, *, trajectory_id: int, name: str, goal: str, start: str, end: str, overlap: str
) -> Phase:
    """The next phase, after those there are. Raises Refusal for days that overlap another phase without a reason."""
    trajectory = lock(Trajectory, trajectory_id)
    row = Phase(trajectory=trajectory, order=trajectory.phases.count() + 1)
    return _put_phase(row, name=name, goal=goal, start=start, end=end, overlap=overlap)


@action("trajectory.change_phase", permission=permissions.MANAGE)
def change_phase(
    actor: Actor,
    *,
    part_id: int,
    expected_version: int,
    name: str,
    goal: str,
    start: str,
    end: str,
    overlap: str,
) -> Phase:
    """It is otherwise. Raises Refusal as `add_phase`, or Conflict."""
    row = lock(Phase, part_id, expected_version)
    return _put_phase(row, name=name, goal=goal, start=start, end=end, overlap=overlap)


@action("trajectory.decide_gate", permission=permissions.DECIDE)
def decide_gate(
    actor: Actor,
    *,
    part_id: int,
    expected_version: int,
    outcome: str,
    on: date,
    decided_by: str,
    note: str,
    today: date,
) -> GateDecision:
    """Whether a phase may begin. Raises Refusal for the first phase or a day to come, or Conflict."""
    phase = lock(Phase, part_id, expected_version)
    check_gate(phase.order, on, today)
    return _put(GateDecision(phase=phase), outcome=outcome, on=on, decided_by=decided_by, note=note)


@action("trajectory.add_activity", permission=permissions.MANAGE)
def add_activity(
    actor: Actor, *, trajectory_id: int, name: str, phase_id: int | None, theme: str, mode: str, start: str
) -> Activity:
    """Something that was held, or will be. Raises Refusal for days that cannot be read."""
    row = Activity(trajectory=lock(Trajectory, trajectory_id))
    phase = _phase(trajectory_id, phase_id)
    return _put(row, name=name, phase=phase, theme=theme, mode=mode, **_said(start, "start"))


@action("trajectory.change_activity", permission=permissions.MANAGE)
def change_activity(
    actor: Actor,
    *,
    part_id: int,
    expected_version: int,
    name: str,
    phase_id: int | None,
    theme: str,
    mode: str,
    start: str,
) -> Activity:
    """It is otherwise. Raises Refusal or Conflict."""
    row = lock(Activity, part_id, expected_version)
    phase = _phase(row.trajectory_id, phase_id)
    return _put(row, name=name, phase=phase, theme=theme, mode=mode, **_said(start, "start"))


@action("trajectory.add_milestone", permission=permissions.MANAGE)
def add_milestone(
    actor: Actor, *, trajectory_id: int, name: str, phase_id: int | None, due_on: date | None
) -> TrajectoryMilestone:
    """Something to reach."""
    row = TrajectoryMilestone(trajectory=lock(Trajectory, trajectory_id))
    return _put(row, name=name, phase=_phase(trajectory_id, phase_id), due_on=due_on)


@action("trajectory.change_milestone", permission=permissions.MANAGE)
def change_milestone(
    actor: Actor,
    *,
    part_id: int,
    expected_version: int,
    name: str,
    phase_id: int | None,
    due_on: date | None,
) -> TrajectoryMilestone:
    """It is otherwise. Raises Refusal or Conflict."""
    row = lock(TrajectoryMilestone, part_id, expected_version)
    return _put(row, name=name, phase=_phase(row.trajectory_id, phase_id), due_on=due_on)


@action("trajectory.close_milestone", permission=permissions.MANAGE)
def close_milestone(
    actor: Actor,
    *,
    part_id: int,
    expected_version: int,
    closed_on: date,
    document: str,
    document_on: date,
    today: date,
) -> TrajectoryMilestone:
    """It was reached, and this shows it. Raises Refusal for a day to come, or Conflict."""
    row = lock(TrajectoryMilestone, part_id, expected_version)
    check_closing(closed_on, document_on, today)
    return _put(row, closed_on=closed_on, document=document, document_on=document_on)


@action("trajectory.reopen_milestone", permission=permissions.MANAGE)
def reopen_milestone(actor: Actor, *, part_id: int, expected_version: int) -> TrajectoryMilestone:
    """It was not reached after all. Raises Refusal for one that is open, or Conflict."""
    row = lock(TrajectoryMilestone, part_id, expected_version)
    return _put(row, closed_on=None, document="", document_on=None)


def _put_circumstance(
    row: Circumstance, starts_on: date, ends_on: date | None, **values: str
) -> Circumstance:
    if ends_on is not None and ends_on <= starts_on:
        raise Refusal(_("Het einde ligt voor het begin."), "ends_on")
    return _put(row, starts_on=starts_on, ends_on=ends_on, **values)


@action("trajectory.add_circumstance", permission=permissions.MANAGE)
def add_circumstance(
    actor: Actor, *, trajectory_id: int, name: str, effect: str, starts_on: date, ends_on: date | None
) -> Circumstance:
    """Something from outside that may explain what went otherwise. Raises Refusal for days out of order."""
    row = Circumstance(trajectory=lock(Trajectory, trajectory_id))
    return _put_circumstance(row, starts_on, ends_on, name=name, effect=effect)


@action("trajectory.change_circumstance", permission=permissions.MANAGE)
def change_circumstance(
    actor: Actor,
    *,
    part_id: int,
    expected_version: int,
    name: str,
    effect: str,
    starts_on: date,
    ends_on: date | None,
) -> Circumstance:
    """It is otherwise. Raises Refusal or Conflict."""
    row = lock(Circumstance, part_id, expected_version)
    return _put_circumstance(row, starts_on, ends_on, name=name, effect=effect)
