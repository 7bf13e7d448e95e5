"""Django's `migrate`, which puts the database's own locks back in place afterwards."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections

from houvast.core.orgs.locks import install, remove_refusals


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
            super().handle(*args, **options)
            # The table that counts attempts to sign in is no model's; the locks let the serving role use it.
            call_command("createcachetable", database=options["database"], verbosity=0)
        finally:
            install(connection)
