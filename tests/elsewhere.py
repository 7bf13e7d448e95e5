"""Working in another database than the one of the tests, of the same kind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from houvast.core.orgs.models import Organisation
from houvast.project.bench.place import PostgresqlPlace, SqlitePlace, place
from houvast.project.town.load import load
from houvast.project.town.plan import Size
from tests.undoing import at_once, undone

TOWN = Size(employees=20, first=2021, years=4, seed=7)


def databases(folder: str) -> SqlitePlace | PostgresqlPlace:
    """A place for databases beside the one of the tests: on its server, or in the folder."""
    url = None
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        url = urlunsplit(urlsplit(os.environ["HOUVAST_DATABASE_URL"])._replace(path="/postgres"))
    return place(url, folder)


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Every query goes to the database of that name, also of threads that connect meanwhile."""
    usual = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(usual)


def _turn_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


class Kept:
    """Databases that are filled once in a process, for every module of tests that asks for the same rows.

    A module works in a transaction on such a database that is undone at its end, so the next finds it as filled.
    """

    def __init__(self, at: SqlitePlace | PostgresqlPlace) -> None:
        self._at = at
        self._made: dict[str, Any] = {}

    def fill(self, name: str, rows: Callable[[], Any], *, on: str = "") -> None:
        """Make the database `name` and call `rows` in it, once. `on`: the one it goes on from."""
        if name in self._made:
            return
        connection.close()
        if on:
            self._at.copy(on, name)
        else:
            self._at.create(name)
        with working_in(self._at.name(name)):
            if not on:
                call_command("migrate", verbosity=0)
            with at_once():
                self._made[name] = rows()

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        """Work in the database `name`, with what filling it gave."""
        with working_in(self._at.name(name)), undone():
            yield self._made[name]

    @contextmanager
    def town(self) -> Iterator[Organisation]:
        """Work in a database with the fictional municipality, with four years."""
        self.fill("town", lambda: load(TOWN))
        with self.opened("town") as here:
            yield here
