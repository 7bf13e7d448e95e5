"""Who is reminded of the clock of a breach: whoever has the next step and may see it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.orgs.scope import reading
from houvast.modules.security import factories
from houvast.modules.security.facts import REMINDERS

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def by(diemen):
    return factories.team(diemen)


def due(here):
    [kind] = REMINDERS
    with reading(here.pk):
        return list(kind.due(system_actor(here)))


def test_the_data_protection_officer_is_reminded_of_what_waits_for_advice(diemen, by):
    breach = factories.breach(by, at=NOW)
    [one] = due(diemen)
    assert (one.subject, one.person, one.due) == (breach.uid, by.privacy_officer.person_id, date(2026, 5, 7))
    assert one.label == f"Advies geven over {breach.reference}"
    assert one.url == f"/diemen/beveiliging/datalekken/{breach.pk}/"


def test_of_what_is_decided_not_to_be_notified_nobody_is_reminded(diemen, by):
    factories.settled_breach(by, factories.breach(by, at=NOW))
    assert due(diemen) == []


def test_who_may_not_see_the_breach_or_holds_the_right_elsewhere_is_not_reminded(diemen, by, monkeypatch):
    factories.breach(by, at=NOW)
    here, there = frozenset({1}), frozenset({2})
    advise, view = "security.advise", "security.view_breaches"
    for held, number in (
        ({advise: {7: None}, view: {7: None}}, 1),
        ({advise: {7: None}, view: {}}, 0),
        ({advise: {7: None}}, 0),
        ({advise: {7: here}, view: {7: None}}, 0),
        ({advise: {7: None}, view: {7: there}}, 0),
        ({advise: {7: None, 8: None}, view: {7: None, 8: None}}, 2),
    ):
        monkeypatch.setattr("houvast.modules.security.facts.people_holding", lambda _day, held=held: held)
        assert len(due(diemen)) == number


def test_it_takes_as_many_queries_for_three_breaches_as_for_one(diemen, by):
    taken = []
    for number in (1, 2):
        for _ in range(number):
            factories.breach(by, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            due(diemen)
        taken.append(len(asked))
    assert taken[0] == taken[1]
