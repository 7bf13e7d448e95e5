"""Commitments with the structure and the chapter of the demonstration: who owns them, their pages, the next chapter."""

from dataclasses import replace

import pytest
from django.utils.timezone import localdate

from houvast.core.access.actor import system_actor
from houvast.core.administration import actions as administration
from houvast.core.administration import factories as people
from houvast.core.commitments import facts, queries
from houvast.core.commitments.factories import commitment
from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import PostPeriod
from houvast.core.orgs.rules import FunctionKind
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Appointment, Person
from houvast.modules.structure import factories as structure


@pytest.fixture
def editor(diemen):
    return people.actor(diemen, "editor", name="Redacteur")


def test_a_function_and_a_unit_own_through_who_is_appointed(diemen, editor):
    structure.small(diemen, structure.DAY)
    day = localdate()
    with reading(diemen.pk):
        unit, post, person = leader_of_a_team(day)
        by_post = {"owner_post_id": post}
        by_unit = {"owner_unit_id": unit}
    rows = [commitment(editor, **owner) for owner in (by_post, by_unit)]
    with reading(diemen.pk):
        told = list(queries.visible_to(editor).order_by("pk").values_list("owner", flat=True))
        owned = [queries.is_owner(replace(editor, person_id=person), row, day) for row in rows]
        stranger = [queries.is_owner(editor, row, day) for row in rows]
        nobody = [queries.is_owner(replace(editor, person_id=None), row, day) for row in rows]
    assert told == ["Teamleider, Team 01", "Team 01"]
    assert (owned, stranger, nobody) == ([True, True], [False, False], [False, False])


def leader_of_a_team(day):
    posts = PostPeriod.objects.filter(as_of(day), function__periods__kind=FunctionKind.TEAM_LEADER)
    period = posts.order_by("pk").first()
    return period.unit_id, period.post_id, Appointment.objects.get(as_of(day), post=period.post_id).person_id


def test_the_people_who_hold_the_function_or_lead_the_unit_are_reminded(diemen, editor):
    structure.small(diemen, structure.DAY)
    day = localdate()
    with reading(diemen.pk):
        unit, post, leader = leader_of_a_team(day)
    role = {"role": "employee", "valid_from": structure.DAY}
    with reading(diemen.pk):
        person = Person.objects.get(pk=leader)
    administration.assign_role(system_actor(diemen), person=person, **role)
    for owner in ({"owner_post_id": post}, {"owner_unit_id": unit}):
        commitment(editor, **owner)
    with reading(diemen.pk):
        assert [found.person for found in facts.due(system_actor(diemen))] == [leader, leader]
