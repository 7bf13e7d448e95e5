"""Counts out of a workbook: read as the form would, never about so few talks that they are about people."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.scope import reading
from houvast.core.orgs.tests.test_scope import add_unit
from houvast.core.workbooks.judging import judged
from houvast.core.workbooks.rules.plans import Refused, Sent, Tally
from houvast.core.workbooks.writing import template, xlsx
from houvast.modules.values import actions, factories, imports
from houvast.modules.values.models import Coverage
from houvast.modules.values.rules import InstrumentKind

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)
TALKS, PLANS = "de sollicitatiegesprekken", "de teamplannen"


@pytest.fixture
def director(diemen):
    return people.actor(diemen, "director", name="Directielid")


@pytest.fixture
def made(diemen, director):
    """Two instruments and a unit; the talks of 2021 are counted."""
    unit = add_unit(system_actor(diemen), code="team-a")
    talks = factories.instrument(director)
    factories.instrument(director, PLANS, InstrumentKind.TEAM_PLAN)
    actions.count(director, instrument_id=talks.pk, year=2021, total=14, covered=12, today=NOW.date())
    return talks, unit


def plan(here, rows, tmp_path, book=None):
    book = book or load_workbook(BytesIO(template(imports.COUNTS)))
    for row in rows:
        book["Tellingen"].append(row)
    book.save(tmp_path / "tellingen.xlsx")
    with reading(here.pk):
        return judged(system_actor(here), imports.COUNTS, tmp_path / "tellingen.xlsx", NOW)


def written(here, query=""):
    with reading(here.pk):
        rows = imports.written(system_actor(here), QueryDict(query))
        return load_workbook(BytesIO(xlsx(imports.COUNTS, rows)))


def sent(found):
    return Sent(uuid4(), NOW, "values.counts", "tellingen.xlsx", "0" * 64, found.tally)


def standing(here):
    with reading(here.pk):
        rows = Coverage.objects.filter(withdrawn_on=None).order_by("year", "instrument", "total")
        return [(row.year, row.instrument.name, row.unit_id, row.covered, row.total) for row in rows]


def test_counts_of_earlier_years_are_recorded_and_one_takes_the_place_of_another(
    diemen, director, made, tmp_path
):
    _talks, unit = made
    rows = [
        [2020, TALKS, None, 5, 9],
        [2021, TALKS, None, 13, 14],
        [2021, TALKS, "team-a", 5, 5],
        [2021, PLANS, "team-a", 1, 1],
    ]
    found = plan(diemen, rows, tmp_path)
    assert found.faults == ()
    assert found.tally == Tally(made=3, changed=1)
    assert [was for was in found.was.values() if was] == [{"covered": 12}]
    promised = sent(found)
    imports.record(director, found.rows, promised)
    assert standing(diemen) == [
        (2020, TALKS, None, 5, 9),
        (2021, TALKS, unit.pk, 5, 5),
        (2021, TALKS, None, 13, 14),
        (2021, PLANS, unit.pk, 1, 1),
    ]
    with reading(diemen.pk):
        entries = AuditEntry.objects.filter(action="values.import_counts")
        assert entries.count() == 6  # four counts, the one that was replaced, and the import
        assert Coverage.objects.count() == 5
    with pytest.raises(AlreadyDone):
        imports.record(director, found.rows, promised)


def test_what_was_written_out_comes_back_as_it_was(diemen, made, tmp_path):
    talks, _unit = made
    found = plan(diemen, [], tmp_path, written(diemen))
    assert found.faults == ()
    assert found.tally == Tally(left=1)
    assert found.rows == ()
    for query, lines in (
        (f"instrument={talks.pk}", 1),
        (f"instrument={talks.pk + 1}", 0),
        ("instrument=x", 1),
    ):
        assert len(list(written(diemen, query)["Tellingen"].iter_rows(min_row=2))) == lines


def test_what_cannot_be_is_told_at_its_cell(diemen, made, tmp_path):
    rows = [
        [2040, TALKS, None, 1, 2],
        [2020, TALKS, None, 3, 2],
        [2019, TALKS, "team-a", 1, 4],
        [2018, "de borrels", None, 1, 2],
        [2018, TALKS, "team-x", 1, 5],
        [2017, TALKS, None, -1, 0],
        [2016, PLANS, None, 1, 1],
        [2016, PLANS, None, 1, 2],
    ]
    assert [
        (fault.place.partition("!")[2], fault.text.partition(".")[0])
        for fault in plan(diemen, rows, tmp_path).faults
    ] == [
        ("A2", "Kies een jaar dat al begonnen is"),
        ("D3", "Het aantal met de kernwaarden is niet groter dan het totaal"),
        (
            "C4",
            "Van minder dan vijf gesprekken in één onderdeel is een telling herleidbaar tot personen",
        ),
        ("B5", "Instrument de borrels komt niet voor"),
        ("C6", "Onderdeel team-x komt niet voor"),
        ("D7", "-1 valt buiten de grenzen"),
        ("E7", "0 valt buiten de grenzen"),
        ("A9", "Deze regel staat ook op regel 8"),
    ]


def test_a_count_that_somebody_made_meanwhile_is_looked_at_again(diemen, director, made, tmp_path):
    talks, _unit = made
    found = plan(diemen, [[2021, TALKS, None, 13, 14], [2020, TALKS, None, 1, 9]], tmp_path)
    actions.count(director, instrument_id=talks.pk, year=2021, total=15, covered=1, today=NOW.date())
    with pytest.raises(Refused, match="opnieuw geteld"):
        imports.record(director, found.rows, sent(found))
    assert standing(diemen) == [(2021, TALKS, None, 1, 15)]
    assert plan(diemen, [[2021, TALKS, None, 13, 14]], tmp_path).stamp != replace(found).stamp


def test_an_instrument_of_the_year_itself_comes_before_one_of_the_same_name(diemen, director, made, tmp_path):
    talks, _unit = made
    actions.end_instrument(
        director, instrument_id=talks.pk, expected_version=1, on=datetime(2022, 1, 1, tzinfo=UTC).date()
    )
    later = factories.instrument(director, since=datetime(2022, 1, 1, tzinfo=UTC).date())
    found = plan(
        diemen,
        [[2022, TALKS, None, 1, 9], [2021, TALKS, "team-a", 5, 9], [2005, TALKS, None, 5, 9]],
        tmp_path,
    )
    assert [row.instrument_id for row in found.rows] == [later.pk, talks.pk, later.pk]


def test_a_right_for_one_unit_reads_in_nothing(diemen, made, tmp_path):
    _talks, unit = made
    leader = people.actor(diemen, "team_leader", name="Teamleider", unit=unit)
    found = plan(diemen, [[2020, TALKS, None, 1, 9]], tmp_path)
    with pytest.raises(NotPermitted):
        imports.record(leader, found.rows, sent(found))
