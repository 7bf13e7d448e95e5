"""A structure for tests and demo data, made by the actions everybody uses.

`load_structure` takes a whole structure as rows. `small` is a board of two and teams with their leaders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from houvast.core.access.actor import Actor, system_actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Person
from houvast.modules.structure import actions
from houvast.modules.structure.rules.rows import (
    AppointmentRow,
    FunctionRow,
    PersonRow,
    PostRow,
    Structure,
    UnitRow,
)

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
