"""Nobody sees or writes another organisation's row: three locks, each tried on its own."""

from threading import Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from houvast.core.access.actor import system_actor
from houvast.core.administration import actions, factories
from houvast.core.audit.actions import action, record
from houvast.core.orgs import locks
from houvast.core.orgs.base import Conflict, lock
from houvast.core.orgs.models import Organisation, Unit
from houvast.core.orgs.scope import (
    NoOrganisation,
    WriteOutsideAction,
    current_organisation_id,
    reading,
    writing,
)
from houvast.core.people.models import Person

on_postgresql = connection.vendor == "postgresql"


@action("test.add_unit", permission=None)
def add_unit(actor, *, code):
    unit = Unit(code=code)
    unit.save()
    record(unit, code=code)
    return unit


@action("test.rename_unit", permission=None)
def rename_unit(actor, *, pk, code, expected_version):
    unit = lock(Unit, pk, expected_version)
    unit.code = code
    unit.save()
    record(unit, code=code)
    return unit


@action("test.read_then_fail", permission=None)
def fail_after_write(actor):
    unit = Unit(code="half")
    unit.save()
    record(unit)
    raise ValueError


@action("test.nested", permission=None)
def nested(actor):
    add_unit(actor, code="inner")


def test_a_query_without_a_scope_raises(diemen):
    with pytest.raises(NoOrganisation):
        list(Unit.objects.all())


def test_a_reading_shows_only_the_rows_of_its_organisation(diemen, uithoorn):
    add_unit(system_actor(diemen), code="ours")
    add_unit(system_actor(uithoorn), code="theirs")
    with reading(diemen.pk):
        assert [unit.code for unit in Unit.objects.all()] == ["ours"]
    with reading(uithoorn.pk):
        assert [unit.code for unit in Unit.objects.all()] == ["theirs"]


def test_the_scope_is_gone_after_a_reading(diemen):
    with reading(diemen.pk):
        assert current_organisation_id() == diemen.pk
    with pytest.raises(NoOrganisation):
        current_organisation_id()


def test_a_write_in_a_page_is_refused_by_the_database(diemen):
    with reading(diemen.pk), pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(pk=diemen.pk).update(name="Elders")
    diemen.refresh_from_db()
    assert diemen.name == "Diemen"


def test_a_row_saved_outside_an_action_is_refused(diemen):
    with reading(diemen.pk), pytest.raises(WriteOutsideAction):
        Unit(code="x").save()


def test_bulk_writes_that_pass_the_trail_by_are_refused(diemen):
    with reading(diemen.pk), pytest.raises(NotImplementedError):
        Unit.objects.update(code="x")


def test_an_action_within_a_page_commits_and_the_page_reads_the_new_state(diemen):
    with reading(diemen.pk):
        assert Unit.objects.count() == 0
        add_unit(system_actor(diemen), code="new")
        assert Unit.objects.count() == 1
        assert current_organisation_id() == diemen.pk


def test_an_action_that_fails_leaves_nothing(diemen):
    with pytest.raises(ValueError):
        fail_after_write(system_actor(diemen))
    with reading(diemen.pk):
        assert not Unit.objects.exists()


def test_actions_do_not_nest(diemen):
    with pytest.raises(RuntimeError, match="does not call another action"):
        nested(system_actor(diemen))


def test_a_row_of_another_organisation_cannot_be_saved_here(diemen, uithoorn):
    theirs = add_unit(system_actor(uithoorn), code="theirs")
    with pytest.raises(NoOrganisation), writing(diemen.pk):
        theirs.save()


def test_a_stale_version_is_a_conflict(diemen):
    unit = add_unit(system_actor(diemen), code="a")
    rename_unit(system_actor(diemen), pk=unit.pk, code="b", expected_version=1)
    with pytest.raises(Conflict) as refused:
        rename_unit(system_actor(diemen), pk=unit.pk, code="c", expected_version=1)
    assert (refused.value.current.code, refused.value.current.version) == ("b", 2)


def test_every_register_table_has_its_locks(db):
    with connection.cursor() as cursor:
        for model in locks.scoped_models():
            table = model._meta.db_table
            if on_postgresql:
                cursor.execute(
                    "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table]
                )
                assert cursor.fetchone() == (True, True), table
                cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = %s", [table])
                assert cursor.fetchone() == (1,), table
                cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE %s", [f"{table}_no_%"])
            else:
                cursor.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
                )
            assert len(cursor.fetchall()) == len(locks.refusals(model)), table


if on_postgresql:

    def test_raw_sql_without_a_scope_sees_nothing(diemen):
        add_unit(system_actor(diemen), code="ours")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM orgs_unit")
            assert cursor.fetchone() == (0,)

    def test_the_unscoped_manager_sees_only_the_scope(diemen, uithoorn):
        add_unit(system_actor(diemen), code="ours")
        add_unit(system_actor(uithoorn), code="theirs")
        with reading(diemen.pk):
            assert [unit.code for unit in Unit.across_organisations.all()] == ["ours"]

    def test_a_row_for_another_organisation_is_refused_by_the_database(diemen, uithoorn):
        with pytest.raises(DatabaseError), writing(diemen.pk):
            Unit.across_organisations.bulk_create([Unit(organisation=uithoorn, code="smuggled")])

    def test_a_reference_to_another_organisations_row_is_refused_by_the_database(diemen, uithoorn):
        theirs = factories.person(uithoorn, "Hunner")
        actions.assign_role(
            system_actor(diemen),
            person=Person(pk=theirs.pk, organisation=diemen, uid=theirs.uid),
            role="employee",
            valid_from=factories.DAY,
        )
        with pytest.raises(IntegrityError), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_sees_one_moment_whatever_others_commit_meanwhile():
    here = factories.organisation("diemen")

    def somebody_else():
        try:
            add_unit(system_actor(here), code="later")
        finally:
            connection.close()

    with reading(here.pk, snapshot=True):
        before = Unit.objects.count()
        other = Thread(target=somebody_else)
        other.start()
        other.join()
        assert Unit.objects.count() == before
    with reading(here.pk):
        assert Unit.objects.count() == before + 1
