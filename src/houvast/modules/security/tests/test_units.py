"""Figures by unit: small numbers hidden from who may not see the records, and all of them for who may."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.configuration import actions as configuration
from houvast.core.orgs.scope import reading
from houvast.core.orgs.tests.test_scope import add_unit
from houvast.modules.security import actions, factories, queries

PAGE = "/diemen/beveiliging/per-onderdeel/?jaar=2021"


@pytest.fixture
def units(diemen, team):
    """Two units: three incidents of one in March, six of the other in March and five in July, one of none."""
    small, large = (add_unit(system_actor(diemen), code=code) for code in ("klein", "groot"))
    for unit, month, number in ((small, 3, 3), (large, 3, 6), (large, 7, 5), (None, 7, 1)):
        for day in range(1, number + 1):
            at = datetime(2021, month, day, 9, tzinfo=UTC)
            facts = factories.replace(factories.INCIDENT, discovered_at=at)
            actions.report_incident(team.employee, at=at, facts=facts, unit=unit)
    return small, large


def cells(client, actor):
    """The table of incidents: name to numbers."""
    client.force_login(Account.objects.get(pk=actor.account_id))
    answer = client.get(PAGE)
    assert answer.status_code == 200
    table = answer.content.decode().partition("tabel-2")[0]
    lines = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", table)
    return {name: re.findall(r"<td[^>]*>(.*?)</td>", numbers) for name, numbers in lines}


def test_who_may_see_the_records_sees_every_number(client, diemen, team, units):
    assert cells(client, team.ciso) == {
        "groot": ["6", "0", "5", "0", "11"],
        "klein": ["3", "0", "0", "0", "3"],
        "Geen onderdeel genoemd": ["0", "0", "1", "0", "1"],
        "Totaal": ["9", "0", "6", "0", "15"],
    }


def test_who_may_not_sees_no_small_number_and_the_total_that_the_chapter_states(client, diemen, units):
    controller = people.actor(diemen, "controller")
    found = cells(client, controller)
    assert found["Totaal"][-1] == "15"
    shown = [one for numbers in found.values() for one in numbers]
    assert "minder dan 5" in shown
    assert not {"1", "2", "3", "4"} & set(shown)
    assert found["klein"][0] == found["klein"][4] == "minder dan 5"
    # Six less five is one: were both shown, so would be the incident that names no unit.
    assert found["groot"][2] == "niet getoond" or found["Totaal"][2] == "niet getoond"


def test_the_organisation_sets_from_which_number_on(client, diemen, units):
    configuration.change(system_actor(diemen), key="privacy.threshold", value=3, valid_from=date(2021, 1, 1))
    found = cells(client, people.actor(diemen, "controller"))
    assert "minder dan 3" in found["Geen onderdeel genoemd"]


def test_where_a_single_number_is_the_total_of_the_year_nothing_is_shown(client, diemen, team):
    factories.incident(team)
    client.force_login(Account.objects.get(pk=people.actor(diemen, "controller").account_id))
    page = client.get(PAGE).content.decode()
    assert "Hier is niets te tonen" in page.partition("tabel-2")[0]


def test_an_organisation_without_units_or_rows_says_so(client, diemen):
    client.force_login(Account.objects.get(pk=people.actor(diemen, "controller").account_id))
    assert "Hier is niets te tonen" in client.get(PAGE).content.decode()


def test_who_may_not_is_refused(client, diemen):
    client.force_login(Account.objects.get(pk=people.actor(diemen, "employee").account_id))
    assert client.get(PAGE).status_code == 403


def test_a_unit_that_is_no_more_is_called_by_its_code(diemen, team, units):
    with reading(diemen.pk):
        found = queries.per_unit(queries.incidents_of(2021), date(1999, 1, 1))
    assert found.names == ("groot", "klein", "")
    assert found.cells == ((6, 0, 5, 0), (3, 0, 0, 0), (0, 0, 1, 0))


def test_the_page_asks_as_many_questions_for_three_rows_as_for_one(client, diemen, team, units):
    client.force_login(Account.objects.get(pk=team.ciso.account_id))
    asked = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        asked.append(len(found))
        factories.incident(team)
    assert asked[0] == asked[1]
