"""Who is present, and who stands in: by day, with ends that are not included."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories
from houvast.core.audit.actions import action, record
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Absence, Deputy
from houvast.core.people.queries import is_present, stand_in

JULY, AUGUST = date(2021, 7, 1), date(2021, 8, 1)
IN_JULY = date(2021, 7, 15)


@action("test.write", permission=None)
def write(actor, *, row):
    row.save()
    record(row)
    return row


def away(here, person, start=JULY, until=AUGUST, **more):
    return write(system_actor(here), row=Absence(person=person, valid_from=start, valid_until=until, **more))


def deputise(here, person, deputy, start=date(2021, 1, 1), until=None, **more):
    row = Deputy(person=person, deputy=deputy, valid_from=start, valid_until=until, **more)
    return write(system_actor(here), row=row)


@pytest.fixture
def leader(diemen):
    return factories.person(diemen, "Teamleider")


@pytest.fixture
def first(diemen, leader):
    person = factories.person(diemen, "Eerste")
    deputise(diemen, leader, person)
    return person


@pytest.fixture
def second(diemen, leader):
    person = factories.person(diemen, "Tweede")
    deputise(diemen, leader, person, date(2021, 2, 1))
    return person


def test_who_is_present_stands_in_for_nobody(diemen, leader, first):
    with reading(diemen.pk):
        assert stand_in(leader, IN_JULY) == leader


def test_an_absence_counts_from_its_first_day_until_not_including_its_end(diemen, leader):
    away(diemen, leader)
    with reading(diemen.pk):
        present = [is_present(leader, day) for day in (date(2021, 6, 30), JULY, date(2021, 7, 31), AUGUST)]
    assert present == [True, False, False, True]


def test_an_open_absence_has_no_end(diemen, leader):
    away(diemen, leader, until=None)
    with reading(diemen.pk):
        assert not is_present(leader, date(2030, 1, 1))


def test_an_absence_that_was_withdrawn_never_was(diemen, leader):
    away(diemen, leader, withdrawn_at=timezone.now())
    with reading(diemen.pk):
        assert is_present(leader, IN_JULY)


def test_the_deputy_of_longest_standing_stands_in(diemen, leader, second, first):
    away(diemen, leader)
    with reading(diemen.pk):
        assert stand_in(leader, IN_JULY) == first


def test_when_the_first_deputy_is_away_the_second_stands_in(diemen, leader, first, second):
    away(diemen, leader)
    away(diemen, first)
    with reading(diemen.pk):
        assert stand_in(leader, IN_JULY) == second


def test_when_all_are_away_nobody_stands_in(diemen, leader, first):
    away(diemen, leader)
    away(diemen, first, until=None)
    with reading(diemen.pk):
        assert stand_in(leader, IN_JULY) is None


def test_a_deputy_stands_in_only_while_deputy(diemen, leader):
    person = factories.person(diemen, "Tijdelijk")
    deputise(diemen, leader, person, JULY, date(2021, 7, 15))
    away(diemen, leader, date(2021, 6, 1), None)
    with reading(diemen.pk):
        found = [
            stand_in(leader, day) for day in (date(2021, 6, 30), JULY, date(2021, 7, 14), date(2021, 7, 15))
        ]
    assert found == [None, person, person, None]


def test_a_deputy_of_a_deputy_does_not_count(diemen, leader, first):
    deputise(diemen, first, factories.person(diemen, "Derde"))
    away(diemen, leader)
    away(diemen, first)
    with reading(diemen.pk):
        assert stand_in(leader, IN_JULY) is None


def test_the_database_lets_nobody_stand_in_for_oneself(diemen, leader):
    with pytest.raises(IntegrityError):
        deputise(diemen, leader, leader)


def test_the_database_refuses_an_absence_that_ends_before_it_begins(diemen, leader):
    with pytest.raises(IntegrityError):
        away(diemen, leader, AUGUST, JULY)


def test_finding_who_stands_in_asks_as_many_queries_for_one_deputy_as_for_three(
    diemen, leader, first, second, django_assert_num_queries
):
    deputise(diemen, leader, factories.person(diemen, "Derde"))
    away(diemen, leader)
    with reading(diemen.pk), django_assert_num_queries(2):
        stand_in(leader, IN_JULY)
