"""Django's `migrate`, which makes a new database at once and puts the database's own locks back in place afterwards."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from houvast.core.orgs.locks import install, remove_refusals

STEP_BY_STEP = ("app_label", "fake", "fake_initial", "prune")
"""Options of who wants something else of the migrations than all of them."""


class Command(DjangoCommand):
    help = "Bring the tables and the locks of the database up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then install the locks: altering a table drops SQLite's triggers."""
        connection = connections[options["database"]]
        if options.get("plan") or options.get("check_unapplied"):
            super().handle(*args, **options)
            return
        if connection.vendor == "sqlite":
            # SQLite renames no table while a trigger names one that is being made anew.
            remove_refusals(connection)
        try:
            if is_new(connection) and not any(options.get(name) for name in STEP_BY_STEP):
                self._make_at_once(connection, options["verbosity"])
            super().handle(*args, **options)
            # The table that counts attempts to sign in is no model's; the locks let the serving role use it.
            call_command("createcachetable", database=options["database"], verbosity=0)
        finally:
            install(connection)

    def _make_at_once(self, connection: BaseDatabaseWrapper, verbosity: int) -> None:
        """Make the tables as the migrations leave them, and record these as applied: no migration of ours moves rows.

        Step by step every model that refers to the organisation is made anew each time, which is all of them. Both the
        tables and the record come as a whole or not at all, so who was interrupted begins again.
        """
        self.verbosity = min(verbosity, 1)
        self.sync_apps(connection, {app.label for app in apps.get_app_configs() if app.models_module})
        executor = MigrationExecutor(connection)
        executor.recorder.ensure_schema()
        with transaction.atomic(using=connection.alias):
            for migration in executor.loader.graph.nodes.values():
                for app, name in migration.replaces or [(migration.app_label, migration.name)]:
                    executor.recorder.record_applied(app, name)
            executor.check_replacements()


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether no migration was ever applied."""
    return not MigrationRecorder(connection).applied_migrations()
