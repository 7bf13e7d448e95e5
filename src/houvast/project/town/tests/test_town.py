"""The town is the same for the same seed, holds together at any size, and its chapters have nothing amiss."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from houvast.core.access.actor import system_actor
from houvast.core.audit.queries import verify
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.rules import FunctionKind
from houvast.core.orgs.scope import reading
from houvast.core.report import guard
from houvast.core.report.adoption.queries import adopted_years, obstacles
from houvast.core.report.queries import all_texts, chapter, years_with_chapter
from houvast.modules.structure import factories as structure
from houvast.project.town import plan
from houvast.project.town.load import load
from houvast.project.town.plan import Size

SMALL = Size(employees=20, first=2021, years=3, seed=7)
SIZES = st.builds(
    Size,
    employees=st.integers(1, 400),
    first=st.integers(2004, 2030),
    years=st.integers(1, 8),
    seed=st.integers(0, 50),
)


@pytest.mark.parametrize(
    "size", [Size(1, 2004, 1, 3), Size(1, 2015, 8, 4), Size(45, 2021, 5, 5), Size(130, 2030, 4, 6)], ids=str
)
def test_the_structure_of_a_town_is_one_that_the_rules_accept(diemen, size):
    made = plan.structure(size)
    loaded = structure.load_structure(system_actor(diemen), made)
    assert len(loaded.units) == len(made.units)


@given(SIZES)
@settings(max_examples=25)
def test_nobody_has_the_name_of_another(size):
    names = [person.name for person in plan.structure(size).persons]
    assert len(set(names)) == len(names)


@given(SIZES)
@settings(max_examples=25)
def test_everybody_who_signs_in_works_there_all_the_while(size):
    made = plan.structure(size)
    keys = {person.name: person.key for person in made.persons}
    for _key, name, _roles in plan.accounts():
        held = [row for row in made.appointments if row.person == keys[name]]
        assert [(row.valid_from, row.valid_until) for row in held] == [(date(size.first, 1, 1), None)]


@given(SIZES)
@settings(max_examples=25)
def test_what_a_year_registers_lies_in_that_year_and_in_time(size):
    for year in size.span:
        rows = plan.incidents(size, year)
        assert {row.registered_on.year for row in rows} == {year}
        assert all(row.occurred_on <= row.registered_on for row in rows)
        for row in plan.breaches(size, year):
            assert row.registered_on.year == year
            assert row.notified_at is None or row.notified_at - row.aware_at < timedelta(hours=72)


def test_the_same_seed_is_the_same_town_and_another_seed_another():
    assert plan.structure(SMALL) == plan.structure(SMALL)
    assert plan.structure(SMALL) != plan.structure(Size(employees=20, first=2021, years=3, seed=8))
    assert plan.breaches(SMALL, 2021) == plan.breaches(SMALL, 2021)


def test_a_larger_town_has_more_teams():
    leaders = [
        sum(row.function == "leader" for row in plan.structure(Size(employees=number)).posts)
        for number in (20, 200, 2000)
    ]
    assert leaders == [3, 23, 223]
    assert FunctionKind.TEAM_LEADER in {row.kind for row in plan.structure(SMALL).functions}


@pytest.mark.parametrize("wrong", [{"employees": 0}, {"years": 0}, {"years": 21}, {"first": 2003}])
def test_a_town_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="at least one employee"):
        Size(**wrong)


@pytest.fixture
def town(db):
    return load(SMALL)


def test_every_row_is_as_it_was_recorded(town):
    with reading(town.pk):
        assert list(verify(town)) == []


def test_each_year_has_a_chapter_without_faults(town):
    with reading(town.pk):
        assert years_with_chapter() == [2023, 2022, 2021]
        for year in SMALL.span:
            made = chapter(town, year)
            assert made.problems == ()
            assert made.unchecked == frozenset()
            assert made.has_example_rows
            assert [section.heading for section in made.sections] == [
                "Organisatiestructuur",
                "Organisatievisie en kernwaarden",
                "Klachtenregeling",
                "Teamplannen",
                "Programmatisch werken",
                "Leren en ontwikkelen",
                "Huisvesting",
                "Informatieveiligheid",
            ]
            for text in all_texts(year).values():
                if text.edited:
                    assert guard.check(text.source, made.claims) == ()


def test_the_last_chapter_waits_for_one_answer_and_for_nothing_else(town):
    with reading(town.pk):
        told = [str(one.sentence) for one in obstacles(system_actor(town), 2023)]
        assert list(obstacles(system_actor(town), 2022)) == []
        adopted = adopted_years()
    assert told == [
        "Het voornemen ‘Duidelijker uitleg over klagen (2023)’ uit 2022 is nog niet beantwoord.",
    ]
    assert adopted == [2021]


def test_a_value_that_comes_in_the_third_year_is_not_in_the_first(town):
    with reading(town.pk):
        numbers = [chapter(town, year).claims["values.values"].number for year in SMALL.span]
    assert numbers == [3, 3, 4]


def test_the_rows_are_the_same_on_every_machine_and_database(town):
    with reading(town.pk):
        claims = chapter(town, 2022).claims
        found = {
            key: (claims[key].rows, claims[key].digest[:16]) for key in ("security.breaches", "values.values")
        }
    assert found == {
        "security.breaches": (5, "178a73a0f6a6cad1"),
        "values.values": (3, "abd4b0791cc53e13"),
    }


def test_it_is_loaded_in_a_demo_and_once(db, settings):
    settings.DEMO = settings.KNOWN_KEY = False
    with pytest.raises(CommandError, match="demo alone"):
        call_command("load_town", employees=1, years=1)
    settings.DEMO = True
    with pytest.raises(CommandError, match="at least one employee"):
        call_command("load_town", employees=0)
    call_command("load_town", employees=1, years=1)
    assert Organisation.objects.get(slug="voorbeeldstad").is_example
    with pytest.raises(CommandError, match="already"):
        call_command("load_town")
