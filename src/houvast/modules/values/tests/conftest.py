"""Units for the tests, which another module has the actions for."""

from datetime import date

import pytest

from houvast.core.access.actor import system_actor
from houvast.core.audit.actions import action, record
from houvast.core.orgs.models import Unit, UnitPeriod
from houvast.core.orgs.rules import UnitKind


@action("test.value_unit", permission=None)
def add_team(_actor, *, name):
    """A team, since 2021."""
    unit = Unit(code=name.casefold())
    unit.save()
    record(unit, code=unit.code)
    period = UnitPeriod(unit=unit, name=name, kind=UnitKind.TEAM, valid_from=date(2021, 1, 1))
    period.save()
    record(period, name=name)
    return unit


@pytest.fixture
def teams(diemen):
    return [add_team(system_actor(diemen), name=name) for name in ("Wonen", "Werken")]
