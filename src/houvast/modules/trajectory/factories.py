"""Trajectories for tests and the demonstration, made by the actions everybody uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from houvast.core.access.actor import Actor
from houvast.core.orgs.scope import reading
from houvast.modules.trajectory import actions
from houvast.modules.trajectory.models import Phase, Trajectory, TrajectoryMilestone

TODAY = date(2022, 3, 1)


def trajectory(by: Actor, **given: Any) -> Trajectory:
    """A trajectory that began in June 2020."""
    told = {"name": "Samen vooruit", "goal": "Beter werken.", "owner_post_id": None, "start": "juni 2020"}
    return actions.begin_trajectory(by, **{**told, **given})


def phase(by: Actor, of: Trajectory, name: str = "Wat willen we?", **given: Any) -> Phase:
    """The next phase."""
    told = {"goal": "", "start": "", "end": "", "overlap": ""}
    return actions.add_phase(by, trajectory_id=of.pk, name=name, **{**told, **given})


def milestone(by: Actor, of: Trajectory, **given: Any) -> TrajectoryMilestone:
    """Something to reach."""
    told = {"name": "De helft is klaar", "phase_id": None, "due_on": date(2021, 10, 1)}
    return actions.add_milestone(by, trajectory_id=of.pk, **{**told, **given})


def reached(by: Actor, row: TrajectoryMilestone, on: date = date(2021, 11, 1)) -> TrajectoryMilestone:
    """A milestone that was reached."""
    return actions.close_milestone(
        by,
        part_id=row.pk,
        expected_version=row.version,
        closed_on=on,
        document="Verslag",
        document_on=on,
        today=TODAY,
    )


def gate(by: Actor, row: Phase, outcome: str = "open", on: date = date(2021, 9, 1)) -> Any:
    """A decision about the beginning of a phase."""
    with reading(by.organisation.pk):
        version = Phase.objects.values_list("version", flat=True).get(pk=row.pk)
    return actions.decide_gate(
        by,
        part_id=row.pk,
        expected_version=version,
        outcome=outcome,
        on=on,
        decided_by="Directieteam",
        note="",
        today=TODAY,
    )


def load(by: Actor, number: int) -> Trajectory:
    """A trajectory with so many of everything."""
    made = trajectory(by)
    for place in range(number):
        year = 2021 + place
        actions.set_motto(by, trajectory_id=made.pk, text=f"De {place}", valid_from=date(2020, 6, 1 + place))
        row = phase(by, made, f"De {place}", start=f"Q1-{year}", end=f"Q4-{year}")
        actions.add_condition(by, trajectory_id=made.pk, text=f"De {place}", indicator="", document="")
        actions.add_activity(
            by, trajectory_id=made.pk, name=f"De {place}", phase_id=row.pk, theme="", mode="", start="2021"
        )
        milestone(by, made, name=f"De {place}")
        reached(by, milestone(by, made, name=f"De gehaalde {place}"))
        actions.add_circumstance(
            by,
            trajectory_id=made.pk,
            name=f"De {place}",
            effect="Alles duurde langer.",
            starts_on=date(2021, 1, 1),
            ends_on=None,
        )
    return made


@dataclass(frozen=True)
class PhaseExample:
    """A phase as a data set tells it."""

    name: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class ActivityExample:
    """An activity as a data set tells it; `phase` is a number."""

    name: str
    phase: int
    theme: str = ""
    mode: str = ""
    start: str = ""
