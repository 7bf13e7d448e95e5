"""A query that was worded once answers like the queryset it was made from, in the scope at hand."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.models import Session

from houvast.core.access.actor import system_actor
from houvast.core.access.queries import actor_for
from houvast.core.administration import actions, factories
from houvast.core.orgs.prepared import Prepared
from houvast.core.orgs.scope import NoOrganisation, reading
from houvast.core.people.models import Person

by_name = Prepared(lambda name: Person.objects.filter(name=name).values_list("uid", "name"), "a name")
since = Prepared(
    lambda moment, key: Session.objects.filter(expire_date__gt=moment, session_key=key).values_list(
        "session_key"
    ),
    datetime(1, 1, 2, tzinfo=UTC),
    "a key",
)


def test_it_reads_the_organisation_in_scope_and_no_other(diemen, uithoorn):
    ours, theirs = factories.person(diemen, "Zelfde"), factories.person(uithoorn, "Zelfde")
    for here, who in ((diemen, ours), (uithoorn, theirs), (diemen, ours)):
        with reading(here.pk):
            assert by_name("Zelfde") == [(who.uid, "Zelfde")]
    with reading(diemen.pk):
        assert by_name("Ander") == []
    with pytest.raises(NoOrganisation):
        by_name("Zelfde")


def test_a_moment_is_compared_as_a_moment(db):
    Session.objects.create(session_key="k", session_data="", expire_date=datetime(2026, 1, 1, 12, tzinfo=UTC))
    assert since(datetime(2026, 1, 1, 11, 59, tzinfo=UTC), "k") == [("k",)]
    assert since(datetime(2026, 1, 1, 12, tzinfo=UTC), "k") == []


def test_roles_count_on_their_days_and_a_person_without_roles_is_still_one(diemen):
    person = factories.person(diemen)
    actions.assign_role(
        system_actor(diemen),
        person=person,
        role="ciso",
        valid_from=date(2021, 3, 1),
        valid_until=date(2021, 4, 1),
    )
    with reading(diemen.pk):
        held = {
            day: "security.handle" in actor_for(person.account, diemen, day).permissions
            for day in (date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 31), date(2021, 4, 1))
        }
    assert list(held.values()) == [False, True, True, False]
