"""Who tries an organisation without access reads 404, and the server's log says so without a name."""

import logging

import pytest

from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.scope import reading

LOGGER = "houvast.access"


@pytest.fixture
def heard(caplog):
    """What stands in the log for access, by level and words."""

    def lines():
        return [(r.levelno, r.getMessage()) for r in caplog.records if r.name == LOGGER]

    with caplog.at_level(logging.INFO, logger=LOGGER):
        yield lines


def entries(organisation):
    with reading(organisation.pk):
        return AuditEntry.objects.count()


def test_an_attempt_to_reach_another_organisation_stands_in_the_log(diemen, uithoorn, client, heard):
    account = Account.objects.get(pk=factories.actor(uithoorn, "administrator", name="Vera").account_id)
    client.force_login(account)
    before = entries(diemen)
    assert client.get("/diemen/beheer/mensen/?q=Vera").status_code == 404
    assert client.post("/diemen/").status_code == 404
    line = (logging.WARNING, f"account {account.pk} has no access to diemen")
    assert heard() == [line, line]
    assert entries(diemen) == before


def test_who_belongs_there_a_stranger_and_a_typing_error_leave_no_line(diemen, client, heard):
    assert client.get("/diemen/").status_code == 302
    client.force_login(Account.objects.get(pk=factories.actor(diemen, "employee").account_id))
    assert client.get("/diemen/").status_code == 200
    assert client.get("/dieman/").status_code == 404
    assert heard() == []
