"""Reference numbers: without gaps, without doubles, per organisation, register and year."""

from threading import Thread

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories
from houvast.core.audit.actions import action, record
from houvast.core.orgs.models import Unit
from houvast.core.orgs.scope import WriteOutsideAction, reading, writing
from houvast.core.references.actions import next_reference
from houvast.core.references.models import Sequence


@action("test.numbered_unit", permission=None)
def numbered_unit(actor, *, fail=False, register="test.units", year=2021):
    unit = Unit(code=next_reference(register, year, "T"))
    unit.save()
    record(unit, code=unit.code)
    if fail:
        raise ValueError
    return unit.code


def test_numbers_count_from_one_with_three_digits(diemen):
    assert [numbered_unit(system_actor(diemen)) for _ in range(2)] == ["T-2021-001", "T-2021-002"]


def test_the_thousandth_number_grows_a_digit(diemen):
    with writing(diemen.pk):
        Sequence(organisation=diemen, register="test.units", year=2021, last=999).save()
    assert numbered_unit(system_actor(diemen)) == "T-2021-1000"


def test_every_year_register_and_organisation_counts_by_itself(diemen, uithoorn):
    codes = [
        numbered_unit(system_actor(diemen)),
        numbered_unit(system_actor(diemen), year=2022),
        numbered_unit(system_actor(uithoorn)),
    ]
    assert codes == ["T-2021-001", "T-2022-001", "T-2021-001"]
    with writing(diemen.pk):
        assert next_reference("test.others", 2021, "A") == "A-2021-001"


def test_the_number_of_an_action_that_fails_is_given_again(diemen):
    numbered_unit(system_actor(diemen))
    with pytest.raises(ValueError):
        numbered_unit(system_actor(diemen), fail=True)
    assert numbered_unit(system_actor(diemen)) == "T-2021-002"


def test_outside_an_action_there_is_no_number(diemen):
    with reading(diemen.pk), pytest.raises(WriteOutsideAction):
        next_reference("test.units", 2021, "T")


def test_the_database_does_not_let_a_counter_be_removed(diemen):
    numbered_unit(system_actor(diemen))
    with pytest.raises(DatabaseError, match="refused"), writing(diemen.pk), connection.cursor() as cursor:
        cursor.execute("DELETE FROM references_sequence")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), max_size=8))
def test_whatever_fails_the_numbers_that_stay_have_no_gap(diemen, fails):
    with reading(diemen.pk):
        before = Unit.objects.count()
    for fail in fails:
        try:
            numbered_unit(system_actor(diemen), fail=fail)
        except ValueError:
            assert fail
    with reading(diemen.pk):
        codes = sorted(Unit.objects.values_list("code", flat=True))
    assert len(codes) == before + fails.count(False)
    assert codes == [f"T-2021-{number:03d}" for number in range(1, len(codes) + 1)]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_leave_no_gap_and_no_double():
    here = factories.organisation("diemen")
    given_out, faults = [], []

    def fifty():
        try:
            given_out.extend([numbered_unit(system_actor(here)) for _ in range(50)])
        except Exception as fault:  # noqa: BLE001  a thread's fault must reach the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=fifty) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(given_out) == [f"T-2021-{number:03d}" for number in range(1, 101)]
