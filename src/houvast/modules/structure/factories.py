"""A structure for tests and demo data, made by the actions everybody uses.

`load_structure` takes a whole structure as rows. `small` is a board of two and teams with their leaders.
`adopted_version`, `ended_action`, `reached_milestone` and `proved` make the way to a version of the structure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from houvast.core.access.actor import Actor, system_actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Person
from houvast.modules.structure import actions
from houvast.modules.structure.models import (
    Milestone,
    MilestoneEvidence,
    StructureVersion,
    TransitionAction,
)
from houvast.modules.structure.rules.rows import (
    AppointmentRow,
    FunctionRow,
    PersonRow,
    PostRow,
    Structure,
    UnitRow,
)
from houvast.modules.structure.rules.versions import Advice, EvidenceKind, VersionKind

DAY = date(2021, 2, 1)


def load_structure(
    actor: Actor,
    structure: Structure,
    persons: Mapping[str, Person] | None = None,
) -> actions.Loaded:
    """Load a whole structure in one action; `persons` are those who are there already, by key."""
    return actions.load(actor, structure=structure, persons=persons)


def structure_of(
    leaders: Sequence[date | None],
    *,
    since: date = DAY,
    directors: int = 2,
    vacant_directors: int = 0,
) -> Structure:
    """A board, and for each entry a team: led from that day, or not at all (None), with one employee."""
    seats = range(1, directors + vacant_directors + 1)
    teams = tuple(enumerate(leaders, start=1))
    led = [(number, day) for number, day in teams if day is not None]
    return Structure(
        units=(
            UnitRow(code="board", name="Directieteam", kind=UnitKind.BOARD, valid_from=since),
            *(
                UnitRow(
                    code=f"team-{number}",
                    name=f"Team {number:02d}",
                    kind=UnitKind.TEAM,
                    parent="board",
                    valid_from=since,
                )
                for number, _day in teams
            ),
        ),
        functions=(
            FunctionRow(code="director", name="Directielid", kind=FunctionKind.DIRECTOR, valid_from=since),
            FunctionRow(code="leader", name="Teamleider", kind=FunctionKind.TEAM_LEADER, valid_from=since),
            FunctionRow(code="staff", name="Medewerker", valid_from=since),
        ),
        posts=(
            *(
                PostRow(code=f"director-{n}", function="director", unit="board", valid_from=since)
                for n in seats
            ),
            *(
                PostRow(code=f"{kind}-{number}", function=kind, unit=f"team-{number}", valid_from=since)
                for number, _day in teams
                for kind in ("leader", "staff")
            ),
        ),
        persons=(
            *(PersonRow(key=f"director-{n}", name=f"Directielid {n}") for n in seats),
            *(PersonRow(key=f"leader-{number}", name=f"Teamleider {number:02d}") for number, _day in led),
            *(PersonRow(key=f"staff-{number}", name=f"Medewerker {number:02d}") for number, _day in teams),
        ),
        appointments=(
            *(
                AppointmentRow(post=f"director-{n}", person=f"director-{n}", valid_from=since)
                for n in seats[:directors]
            ),
            *(
                AppointmentRow(post=f"leader-{number}", person=f"leader-{number}", valid_from=day)
                for number, day in led
            ),
            *(
                AppointmentRow(post=f"staff-{number}", person=f"staff-{number}", valid_from=since)
                for number, _day in teams
            ),
        ),
    )


def small(here: Organisation, *leaders: date | None, directors: int = 2, vacant: int = 0) -> actions.Loaded:
    """That structure, in an organisation."""
    structure = structure_of(leaders, directors=directors, vacant_directors=vacant)
    return load_structure(system_actor(here), structure)


@dataclass(frozen=True)
class EndedAction:
    """A transition action that was done: what, who owned it, until when, when done, with what evidence."""

    what: str
    due_on: date
    done_on: date
    evidence: str
    post_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Proof:
    """Evidence of a milestone, and the words it supports."""

    title: str
    dated: date
    place: str
    manner: str = ""
    meaning: str = ""
    kind: str = EvidenceKind.EVALUATION


def adopted_version(  # noqa: PLR0913  a version with decision and advice; all are named at the call
    actor: Actor,
    *,
    kind: str = VersionKind.ORGANISATION,
    name: str = "Organisatiestructuur 2021",
    effective_on: date = DAY,
    decided_on: date = date(2021, 1, 19),
    decided_by: str = "College van burgemeester en wethouders",
    decision: str = "Organisatiebesluit 2021",
    advice: str = Advice.POSITIVE,
    advised_on: date | None = date(2021, 1, 12),
    advice_note: str = "",
) -> StructureVersion:
    """A version with its decision and the advice on it."""
    row = actions.add_version(actor, kind=kind, name=name, effective_on=effective_on)
    row = actions.decide_version(
        actor,
        version_id=row.pk,
        expected_version=row.version,
        decided_on=decided_on,
        decided_by=decided_by,
        decision=decision,
        today=decided_on,
    )
    return actions.advise_version(
        actor,
        version_id=row.pk,
        expected_version=row.version,
        advice=advice,
        advised_on=advised_on,
        advice_note=advice_note,
        today=decided_on,
    )


def transition_action(
    actor: Actor,
    version: StructureVersion,
    *,
    what: str = "Mandaatregeling aanpassen",
    post_id: int | None = None,
    person_id: int | None = None,
    agreed_on: date = date(2021, 1, 19),
    due_on: date = date(2021, 6, 30),
) -> TransitionAction:
    """An action that is open."""
    return actions.add_transition_action(
        actor,
        version_id=version.pk,
        what=what,
        owner_post_id=post_id,
        owner_person_id=person_id,
        agreed_on=agreed_on,
        due_on=due_on,
        today=agreed_on,
    )


def ended_action(actor: Actor, version: StructureVersion, done: EndedAction) -> TransitionAction:
    """An action that was done."""
    agreed_on = version.decided_on or done.done_on
    row = transition_action(
        actor,
        version,
        what=done.what,
        post_id=done.post_id,
        person_id=done.person_id,
        agreed_on=agreed_on,
        due_on=done.due_on,
    )
    return actions.finish_transition_action(
        actor,
        action_id=row.pk,
        expected_version=row.version,
        on=done.done_on,
        evidence=done.evidence,
        today=done.done_on,
    )


def reached_milestone(
    actor: Actor,
    version: StructureVersion,
    *,
    closed_on: date,
    name: str = "De nieuwe structuur staat",
    due_on: date | None = None,
) -> Milestone:
    """The milestone of a version that was carried through."""
    row = actions.add_milestone(actor, version_id=version.pk, name=name, due_on=due_on)
    return actions.close_milestone(
        actor, milestone_id=row.pk, expected_version=row.version, on=closed_on, today=closed_on
    )


def proved(
    actor: Actor,
    milestone: Milestone,
    proof: Proof,
    *,
    checker: Actor | None = None,
    at: datetime | None = None,
) -> MilestoneEvidence:
    """Evidence, checked where somebody is named who does."""
    row = actions.add_evidence(
        actor,
        milestone_id=milestone.pk,
        kind=proof.kind,
        title=proof.title,
        dated=proof.dated,
        place=proof.place,
        manner=proof.manner,
        meaning=proof.meaning,
        today=proof.dated,
    )
    if checker is None:
        return row
    return actions.check_evidence(
        checker, evidence_id=row.pk, expected_version=row.version, at=at or timezone.now()
    )
