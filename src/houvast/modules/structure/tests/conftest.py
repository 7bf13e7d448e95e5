"""Somebody signed in as an administrator, as an employee, or from another organisation."""

import pytest

from houvast.core.access.models import Account
from houvast.core.administration import factories


def signed_in(client, here, *roles):
    actor = factories.actor(here, *roles)
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def administrator(client, diemen):
    return signed_in(client, diemen, "administrator")


@pytest.fixture
def employee(client, diemen):
    return signed_in(client, diemen, "employee")


@pytest.fixture
def stranger(client, uithoorn):
    return signed_in(client, uithoorn, "administrator")
