"""Who is reminded of an open transition action: its owner, or whoever holds the post that owns it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Appointment
from houvast.modules.structure import factories
from houvast.modules.structure.facts import REMINDERS


@pytest.fixture
def author(diemen):
    return people.actor(diemen, "director")


@pytest.fixture
def version(author):
    return factories.adopted_version(author)


def due(here):
    [kind] = REMINDERS
    with reading(here.pk):
        return list(kind.due(system_actor(here)))


def test_the_person_who_owns_an_open_action_is_reminded_until_it_is_done(diemen, author, version):
    row = factories.transition_action(author, version, person_id=author.person_id)
    done = factories.EndedAction(
        "Gereed", date(2021, 6, 30), date(2021, 6, 1), "Besluit", person_id=author.person_id
    )
    factories.ended_action(author, version, done)
    [one] = due(diemen)
    assert (one.subject, one.person, one.label, one.due) == (
        row.uid,
        author.person_id,
        "Mandaatregeling aanpassen",
        date(2021, 6, 30),
    )
    assert one.url == f"/diemen/structuur/versies/acties/{row.pk}/gereed/"


def test_whoever_holds_the_post_that_owns_an_action_is_reminded(diemen, author, version):
    factories.small(diemen, factories.DAY)
    with reading(diemen.pk):
        held = Appointment.objects.order_by("pk").first()
    factories.transition_action(author, version, post_id=held.post_id)
    assert [one.person for one in due(diemen)] == [held.person_id]


def test_it_takes_as_many_queries_for_three_actions_as_for_one(diemen, author, version):
    taken = []
    for number in (1, 2):
        for _ in range(number):
            factories.transition_action(author, version, person_id=author.person_id)
        with CaptureQueriesContext(connection) as asked:
            due(diemen)
        taken.append(len(asked))
    assert taken[0] == taken[1]
