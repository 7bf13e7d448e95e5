"""How many queries a register page asks: a fixed number, whatever the size of the register."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.administration import factories as people
from houvast.modules.security import factories

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
