"""Django's `migrate`, which makes a new database at once and puts the database's own locks back in place afterwards."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from houvast.core.orgs.locks import install, remove_refusals

ELSEWHERE = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")


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
            if is_new(connection) and not any(options.get(name) for name in ELSEWHERE):
                self._make_at_once(connection, options)
                options["fake"] = True
            super().handle(*args, **options)
            # The table that counts attempts to sign in is no model's; the locks let the serving role use it.
            call_command("createcachetable", database=options["database"], verbosity=0)
        finally:
            install(connection)

    def _make_at_once(self, connection: BaseDatabaseWrapper, options: dict[str, Any]) -> None:
        """Make the tables as the migrations leave them, without their history: no migration of ours moves rows.

        A step of a migration makes every model anew that refers to the organisation, which is all of them.
        """
        self.verbosity = min(options["verbosity"], 1)
        self.sync_apps(connection, {app.label for app in apps.get_app_configs() if app.models_module})


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is no table at all."""
    return not connection.introspection.table_names()
