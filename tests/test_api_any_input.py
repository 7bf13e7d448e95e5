"""Whatever a program sends, by chance or by malice: never a fault of ours, always an answer of the document."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import override_settings
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import StandardRole
from houvast.core.access.queries import actor_for
from houvast.core.administration import actions as administration
from houvast.core.administration import factories as people
from houvast.core.api.version import ROOT
from houvast.core.orgs.scope import reading
from houvast.core.tokens import factories as tokens
from houvast.modules.security.queries import incidents_of
from tests.programs import INCIDENT, KEY, faults, operations, program
from tests.undoing import undone
from tests.world import FROM

pytestmark = [pytest.mark.django_db, pytest.mark.long]
OPERATIONS = sorted(operations(), key=lambda one: one.id)

WORDS = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.dates().map(date.isoformat),
    st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
    st.sampled_from(
        ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "\x00", "WyJhIl0", "true", "closed"]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=5,
)
BODY = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {}, optional={name: st.one_of(st.just(INCIDENT[name]), VALUES) for name in INCIDENT}
    ),
    st.fixed_dictionaries(
        {name: st.just(value) for name, value in INCIDENT.items()}, optional={"unit": VALUES}
    ),
)


@pytest.fixture(scope="module")
def prepared(world):
    """The demonstration, and a program of somebody who may do everything."""
    with override_settings(API_PER_MINUTE=100_000):
        somebody = people.person(world.diemen, "Alles")
        for role in StandardRole.values:
            administration.assign_role(
                system_actor(world.diemen), person=somebody, role=role, valid_from=FROM
            )
        with reading(world.diemen.pk):
            actor = actor_for(somebody.account, world.diemen, localdate())
            reference = incidents_of(2021).first().reference
        yield program(tokens.token(actor, texts=True).secret), reference


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_the_document_says(prepared, data):
    client, reference = prepared
    operation = data.draw(st.sampled_from(OPERATIONS))
    known = {"year": "2020", "key": "awb-9:11", "reference": reference, "organisation": "diemen"}
    path = operation.path
    for name in re.findall(r"\{(\w+)\}", path):
        value = known[name] if name == "organisation" else data.draw(st.one_of(st.just(known[name]), WORDS))
        path = path.replace(f"{{{name}}}", value.replace("/", "").replace("?", "").replace("#", ""))
    query, headers = {}, {}
    for parameter in operation.told["parameters"]:
        if parameter["in"] == "query" and data.draw(st.booleans()):
            query[parameter["name"]] = data.draw(WORDS)
        if parameter["in"] == "header":
            sent = data.draw(st.sampled_from([str(KEY), '"1"', '"3"', "*", "x", ""]))
            headers |= {parameter["name"]: sent} if sent else {}
    body = json.dumps(data.draw(BODY)) if "requestBody" in operation.told else ""
    with undone():
        answer = client.generic(
            operation.method,
            ROOT.rstrip("/") + path,
            body,
            content_type="application/json",
            headers=headers,
            query_params=query,
        )
        assert answer.status_code < 500
        assert faults(answer, operation.told) == []
