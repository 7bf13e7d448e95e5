"""What the days of the organogram say that happened on them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.modules.structure import actions
from houvast.modules.structure.factories import DAY, adopted_version, small
from houvast.modules.structure.queries.happenings import happenings
from houvast.modules.structure.rules.happenings import Began, Happening, happened

APRIL, JUNE = date(2021, 4, 12), date(2021, 6, 1)
LEADER, DIRECTOR, STAFF = "team_leader", "director", "staff"


def began(kind, *persons, acting=False):
    return tuple(Began(person, kind, acting) for person in persons)


def units(*keys):
    return frozenset(keys)


@pytest.mark.parametrize(
    ("happening", "text"),
    [
        (Happening(), "12 april 2021"),
        (Happening(began=began(LEADER, 1, 2, 3, 4)), "12 april 2021: 4 teamleiders benoemd"),
        (Happening(began=began(LEADER, 1)), "12 april 2021: 1 teamleider benoemd"),
        (Happening(began=began(LEADER, 1, 1)), "12 april 2021: 1 teamleider benoemd"),
        (
            Happening(began=(*began(DIRECTOR, 1, 2), *began(STAFF, 3), *began("department_head", 4))),
            "12 april 2021: 2 directieleden benoemd, 2 medewerkers benoemd",
        ),
        (Happening(began=began(LEADER, 1, acting=True)), "12 april 2021: 1 waarneming begonnen"),
        (Happening(ended=began(LEADER, 1)), "12 april 2021: 1 teamleider vertrokken"),
        (Happening(ended=began(DIRECTOR, 1, 2)), "12 april 2021: 2 directieleden vertrokken"),
        (Happening(ended=began(STAFF, 1)), "12 april 2021: 1 medewerker vertrokken"),
        (
            Happening(began=began(LEADER, 1), ended=began(STAFF, 1)),
            "12 april 2021: 1 teamleider benoemd",
        ),
        (Happening(units_from=units(1, 2)), "12 april 2021: 2 onderdelen erbij"),
        (Happening(units_until=units(1)), "12 april 2021: 1 onderdeel weg"),
        (
            Happening(units_from=units(1), units_until=units(1)),
            "12 april 2021: 1 onderdeel gewijzigd",
        ),
        (
            Happening(posts_from=units(1, 2), posts_until=units(2, 3)),
            "12 april 2021: 1 formatieplaats erbij, 1 formatieplaats weg en meer",
        ),
        (
            Happening(posts_from=units(2, 3), posts_until=units(2, 3)),
            "12 april 2021: 2 formatieplaatsen gewijzigd",
        ),
        (
            Happening(versions=("Organisatiestructuur 2021",), units_from=units(1), began=began(DIRECTOR, 1)),
            "12 april 2021: Organisatiestructuur 2021 gaat in, 1 directielid benoemd en meer",
        ),
    ],
)
def test_a_day_says_what_tells_most(happening, text):
    assert happened(APRIL, happening) == text


def test_the_days_of_a_structure_tell_its_versions_appointments_and_changes(diemen):
    loaded = small(diemen, APRIL, JUNE)
    system = system_actor(diemen)
    adopted_version(system)
    actions.add_version(system, kind="organisation", name="Alleen een plan", effective_on=JUNE)
    unit = loaded.units["team-1"]
    actions.change_unit(system, unit_id=unit.pk, expected_version=unit.version, on=JUNE, name="Team Nieuw")
    with reading(diemen.pk):
        held = loaded.posts["leader-1"].appointments.get()
    november = date(2021, 11, 1)
    actions.end_appointment(system, appointment_id=held.pk, expected_version=held.version, on=november)
    with reading(diemen.pk):
        found = happenings(system, [DAY, APRIL, JUNE, november])
    assert [happened(day, found[day]) for day in found] == [
        "1 februari 2021: Organisatiestructuur 2021 gaat in, 2 directieleden benoemd en meer",
        "12 april 2021: 1 teamleider benoemd",
        "1 juni 2021: 1 teamleider benoemd, 1 onderdeel gewijzigd",
        "1 november 2021: 1 teamleider vertrokken",
    ]


def test_the_days_take_as_many_queries_for_a_large_structure_as_for_a_small_one(diemen, uithoorn):
    small(diemen, APRIL)
    small(uithoorn, *[APRIL, JUNE] * 6)
    counted = []
    for here in (diemen, uithoorn):
        actor = people.actor(here, "employee")
        with reading(here.pk), CaptureQueriesContext(connection) as queries:
            happenings(actor, [DAY, APRIL, JUNE])
        counted.append(len(queries))
    assert counted == [4, 4]
