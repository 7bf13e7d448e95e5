"""A new database is made at once, and is what the migrations would have left."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests.elsewhere import databases, working_in

from houvast.core.orgs.locks import install

pytestmark = pytest.mark.long

INVENTED = re.compile(r"fk_\d+|__unnamed_constraint_\d+__")
"""What Django calls a key or check of SQLite that has no name: by its place in the table."""
OF_NOBODY = "auth_group_permissions"
"""Django's groups, which nobody uses: it numbers their permissions in another size by its steps than at once."""


def described():
    """Tables with their columns, keys, indexes and checks, and what the database numbers by itself."""
    with connection.cursor() as cursor:
        look = connection.introspection
        return {
            table: (
                sorted(str(column) for column in look.get_table_description(cursor, table)),
                sorted(
                    f"{INVENTED.sub('', name)} {found}"
                    for name, found in look.get_constraints(cursor, table).items()
                ),
                sorted(str(found) for found in look.get_sequences(cursor, table)),
            )
            for table in look.table_names(cursor)
            if table != OF_NOBODY
        }


@pytest.mark.usefixtures("django_db_setup")
def test_a_new_database_is_made_as_its_migrations_would_make_it(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), databases(str(tmp_path)) as at:
        at.create("steps")
        with working_in(at.name("steps")):
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
            call_command("createcachetable", verbosity=0)
            install(connection)
            by_steps, of_steps = described(), set(MigrationRecorder(connection).applied_migrations())
        at.create("once")
        with working_in(at.name("once")):
            call_command("migrate", verbosity=0)
            at_once, of_once = described(), set(MigrationRecorder(connection).applied_migrations())

    assert at_once == by_steps
    assert of_once == of_steps
    assert ("orgs", "0001_initial") in of_once


@pytest.mark.usefixtures("django_db_setup")
def test_who_was_interrupted_before_it_was_recorded_begins_again(tmp_path, django_db_blocker, monkeypatch):
    with django_db_blocker.unblock(), databases(str(tmp_path)) as at:
        at.create("halfway")
        with working_in(at.name("halfway")):
            with monkeypatch.context() as broken:
                broken.setattr(MigrationRecorder, "record_applied", _killed)
                with pytest.raises(KeyboardInterrupt):
                    call_command("migrate", verbosity=0)
            assert MigrationRecorder(connection).applied_migrations() == {}
            call_command("migrate", verbosity=0)
            assert ("orgs", "0001_initial") in MigrationRecorder(connection).applied_migrations()
            assert "orgs_organisation" in described()


def _killed(*_args):
    raise KeyboardInterrupt


def test_no_migration_of_ours_does_more_than_change_tables():
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("houvast.")}
    found = {
        f"{label}.{name}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in ours and any(isinstance(each, RunPython | RunSQL) for each in migration.operations)
    }
    assert not found, "A new database is made without going through these: see ADR 22."
