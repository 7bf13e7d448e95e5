"""How many queries the chapter and a register page ask: a fixed number, whatever the size of the registers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.administration import factories as people
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.queries import chapter
from houvast.modules.security import factories
from houvast.project.demo.load import load

pytestmark = pytest.mark.usefixtures("untraced")

REGISTERS = ["incidenten", "datalekken"]


def fill(team, rows):
    for _ in range(rows):
        factories.incident(team)
        factories.breach(team)


def reads(asked):
    """Those that read a table, also through a cursor that PostgreSQL declares."""
    return len([query for query in asked if "SELECT " in query["sql"] and " FROM " in query["sql"]])


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_register_page_asks_seven_questions_for_one_row_and_for_three(client, diemen, register, rows):
    fill(factories.team(diemen), rows)
    director = people.actor(diemen, "employee", "director", name="Directielid")
    client.force_login(people.Account.objects.get(pk=director.account_id))
    address = f"/diemen/beveiliging/{register}/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    # Session, account, organisation, person with roles, unread notices, rows, capped count. The scope takes the rest.
    assert reads(asked) == 7
    assert len(asked) <= 13


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_chapter_asks_as_many_questions_whatever_the_registers_hold(db, rows):
    load()
    diemen = Organisation.objects.get(slug="diemen")
    fill(factories.team(diemen), rows)
    with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
        chapter(diemen, 2021)
    # PostgreSQL is told the partner's scope, and afterwards one's own, as well: those read no row.
    assert reads(asked) == 46
    assert len(asked) <= 80
