"""Where the bench keeps its databases: made for it, and gone when it ends. Never the user's own."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from houvast.project.errors import CliError, ExitCode

BASE = "base"
PACKAGES = Path(__file__).resolve().parents[3]


class Place(Protocol):
    """Databases by name, and a folder for the files of the processes that use them."""

    folder: Path

    def url(self, name: str) -> str:
        """The address of a database for HOUVAST_DATABASE_URL."""

    def name(self, name: str) -> str:
        """How the server or the file system calls it."""

    def copy(self, name: str, target: str) -> None:
        """Make a database out of another one that nobody uses now."""

    def drop(self, name: str) -> None:
        """Remove a database."""


class Temporary:
    """A private folder that goes away with what is in it."""

    def __init__(self, parent: str | None) -> None:
        self.folder = Path(mkdtemp(prefix="houvast-bench-", dir=parent))
        self.stack = ExitStack()
        self.stack.callback(shutil.rmtree, self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stack.close()


class SqlitePlace(Temporary):
    """Files in that folder."""

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def name(self, name: str) -> str:
        """The path of the file."""
        return str(self._file(name))

    def url(self, name: str) -> str:
        """The address of the file."""
        return f"sqlite:///{self._file(name)}"

    def create(self, _name: str) -> None:
        """Nothing: SQLite makes the file when it is opened."""

    def copy(self, name: str, target: str) -> None:
        """By SQLite itself, which knows what still stands beside the file."""
        with sqlite3.connect(self._file(name)) as source, sqlite3.connect(self._file(target)) as copied:
            source.backup(copied)

    def drop(self, name: str) -> None:
        """The file and what stands beside it."""
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()


class PostgresqlPlace(Temporary):
    """Databases of our own on a server, under names that nobody else has."""

    def __init__(self, server: str, parent: str | None) -> None:
        super().__init__(parent)
        self._server, self._mark = server, secrets.token_hex(4)
        self._create(BASE, "template1")

    def name(self, name: str) -> str:
        """Its name on the server."""
        return f"houvast_bench_{self._mark}_{name}"

    def url(self, name: str) -> str:
        """The server's address with the name of our database."""
        parts = urlsplit(self._server)
        return urlunsplit((parts.scheme, parts.netloc, f"/{self.name(name)}", parts.query, ""))

    def _run(self, statement: str, *names: str) -> None:
        try:
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        except psycopg.Error as error:
            raise CliError(
                f"The server does not let the bench work: {str(error).strip()}", ExitCode.ENVIRONMENT
            ) from error

    def create(self, name: str) -> None:
        """An empty database."""
        self._create(name, "template1")

    def _create(self, name: str, template: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", self.name(name), template)
        self.stack.callback(self.drop, name)

    def copy(self, name: str, target: str) -> None:
        """By the server."""
        self._create(target, self.name(name))

    def drop(self, name: str) -> None:
        """If it is still there."""
        self._run("DROP DATABASE IF EXISTS {}", self.name(name))


def place(database_url: str | None, parent: str | None = None) -> SqlitePlace | PostgresqlPlace:
    """A place on SQLite, or on the PostgreSQL server of the address. Raises CliError for any other address."""
    if database_url is None:
        return SqlitePlace(parent)
    if urlsplit(database_url).scheme not in {"postgresql", "postgres"}:
        raise CliError("--database-url takes a postgresql:// address.", ExitCode.WRONG_INPUT)
    return PostgresqlPlace(database_url, parent)


def environment(at: Place, name: str) -> dict[str, str]:
    """The settings under which a process of the bench works: none of the installation's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HOUVAST_")}
    return kept | {
        "HOUVAST_DATA": str(at.folder),
        "HOUVAST_DATABASE_URL": at.url(name),
        "HOUVAST_SECRET_KEY": "bench",
        "HOUVAST_SIGNING_KEY": "bench",
        "DJANGO_SETTINGS_MODULE": "houvast.project.settings",
        "PYTHONPATH": str(PACKAGES),
    }
