"""The rows behind a claim, as the reader who may see them gets to see them."""

from datetime import date

import pytest
from django.db.models import F

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import RoleAssignment
from houvast.core.access.permissions import Permission
from houvast.core.administration import actions, factories
from houvast.core.orgs.scope import reading
from houvast.core.report import sources
from houvast.core.report.queries import context_for
from houvast.core.report.rows import SHOWN, may_open, row_table

VIEW = Permission("test.view", "Kijken")
SOURCE = sources.count(
    "test.roles",
    "Rollen",
    when="as_of",
    items="person__name",
    rows=lambda _context: RoleAssignment.objects.all(),
    fields=("valid_from",),
    columns=(
        ("Wie", "person__name"),
        ("Vanaf", "valid_from"),
        ("Tot", "valid_until"),
        ("Vastgelegd", "recorded_at"),
        ("Voorbeeld", "is_example"),
    ),
    permission=VIEW,
    explanation="Geteld zijn de rollen.",
)


@pytest.fixture
def context(diemen):
    person = factories.person(diemen, "Medewerker", signs_in=False)
    actions.assign_role(system_actor(diemen), person=person, role="employee", valid_from=date(2021, 2, 1))
    return context_for(diemen, 2021)


def test_a_count_names_what_it_counted(diemen, context):
    with reading(diemen.pk):
        claim = SOURCE.claim(context)
    assert (claim.value, claim.items, claim.as_of) == (1, ("Medewerker",), date(2021, 12, 31))


def test_rows_are_shown_as_people_write_them(diemen, context):
    with reading(diemen.pk):
        table = row_table(SOURCE, context)
    assert table.columns == ("Wie", "Vanaf", "Tot", "Vastgelegd", "Voorbeeld")
    who, since, until, recorded, example = table.rows[0]
    assert (who, since, until, example, table.more) == ("Medewerker", "01-02-2021", "–", "Nee", False)
    assert len(recorded) == len("01-02-2021 09.30")


def test_a_column_may_be_what_the_query_computed(diemen, context):
    computed = sources.count(
        "test.computed",
        "Rollen",
        when="as_of",
        rows=lambda _context: RoleAssignment.objects.annotate(begun=F("valid_from")),
        fields=("valid_from",),
        columns=(("Begonnen", "begun"), ("Tot", "valid_until")),
        permission=VIEW,
        explanation="Geteld zijn de rollen.",
    )
    with reading(diemen.pk):
        assert row_table(computed, context).rows == (("01-02-2021", "–"),)


def test_of_many_rows_the_newest_are_shown_and_it_says_there_are_more(diemen, context):
    for number in range(SHOWN):
        person = factories.person(diemen, f"Nummer {number}", signs_in=False)
        actions.assign_role(system_actor(diemen), person=person, role="employee", valid_from=date(2021, 3, 1))
    with reading(diemen.pk):
        table = row_table(SOURCE, context)
    assert (len(table.rows), table.more, table.rows[0][0]) == (SHOWN, True, f"Nummer {SHOWN - 1}")


def test_the_registers_own_permission_opens_the_rows(diemen):
    nobody = Actor(organisation=diemen, home=diemen, label="Iemand")
    somebody = Actor(organisation=diemen, home=diemen, label="Iemand", permissions={VIEW.key: None})
    assert [may_open(actor, SOURCE) for actor in (nobody, somebody, system_actor(diemen))] == [
        False,
        True,
        True,
    ]
    assert not may_open(somebody, None)


def test_a_value_that_is_not_there_is_no_claim(diemen, context):
    nothing = sources.computed(
        "test.nothing",
        "Niets",
        sources.Kind.NAME,
        value=lambda _context: None,
        rows=lambda _context: RoleAssignment.objects.all(),
        fields=("valid_from",),
        columns=(),
        permission=VIEW,
        explanation="",
    )
    with reading(diemen.pk):
        assert nothing.claim(context) is None


@pytest.mark.parametrize(
    ("permissions", "scopes", "opens"),
    [
        ({"test.view": None}, None, True),
        # A claim counts the whole organisation: rows of other units are not theirs to see.
        ({"test.view": frozenset({1})}, None, False),
        ({}, None, False),
        ({"test.view": None}, frozenset({"test.view"}), True),
        ({"test.view": None}, frozenset({"report.view"}), False),
    ],
)
def test_the_rows_are_for_who_may_see_them_everywhere(diemen, permissions, scopes, opens):
    actor = Actor(organisation=diemen, home=diemen, label="Iemand", permissions=permissions, scopes=scopes)
    assert may_open(actor, SOURCE) is opens
