"""How each database is copied in one moment, put back in one transaction, and compared."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from houvast.core.orgs import locks
from houvast.core.orgs.scope import tell_database
from houvast.project.backup.archive import Manifest, Reader, Table, Writer
from houvast.project.errors import CliError, ExitCode

EPHEMERAL = frozenset({"django_session", "sign_in_attempts"})
"""Tables whose rows are left out: who was signed in then is not signed in again by a restore."""

Tell = Callable[[str], object]
PATIENCE = 30
"""Seconds that a restore waits for whoever uses a table."""


class Database(Protocol):
    """What a backup asks of a database."""

    kind: str

    def is_empty(self) -> bool:
        """Whether there is nothing in it that a restore would replace."""

    def dump(self, writer: Writer, staging: Path, tell: Tell) -> Snapshot:
        """Write its rows, all of one moment."""

    def load(self, reader: Reader, staging: Path, tell: Tell, /) -> None:
        """Put the rows of an archive in the place of all that is there, or change nothing."""

    def tables(self, tell: Tell) -> dict[str, Table]:
        """What every table holds now."""


class Snapshot:
    """What was found in the moment of the backup."""

    def __init__(
        self,
        tables: dict[str, Table],
        files: list[tuple[str, str, int, str]],
        heads: dict[str, dict[str, Any]],
        migrations: tuple[tuple[str, str], ...],
    ) -> None:
        """files: of each file the organisation's uid, its stored name, size and SHA-256."""
        self.tables, self.files, self.heads, self.migrations = tables, files, heads, migrations


FILES = (
    "SELECT o.uid, f.storage_name, f.size, f.sha256 FROM files_storedfile f "
    "JOIN orgs_organisation o ON o.id = f.organisation_id ORDER BY f.id"
)
HEADS = (
    "SELECT o.uid, o.slug, h.number, h.seal FROM audit_audithead h "
    "JOIN orgs_organisation o ON o.id = h.organisation_id ORDER BY o.id"
)
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"


def _uid(value: Any) -> str:
    """A uid as text with dashes; SQLite keeps it without."""
    text = str(value)
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _heads(rows: list[Any]) -> dict[str, dict[str, Any]]:
    return {_uid(uid): {"slug": slug, "number": number, "seal": seal} for uid, slug, number, seal in rows}


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        if "orgs_organisation" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM orgs_organisation) OR EXISTS (SELECT 1 FROM access_account)"
        )
        return not cursor.fetchone()[0]


# SQLite


class Sqlite:
    """The file as a whole, by SQLite's own online backup: whoever writes goes on writing."""

    kind = "sqlite"

    def is_empty(self) -> bool:
        return _is_empty()

    def dump(self, writer: Writer, staging: Path, tell: Tell) -> Snapshot:
        path = staging / "database.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:

            def told(_status: int, left: int, total: int) -> None:
                tell(f"database: {total - left} of {total} pages")

            # All pages in one step: a copy in steps begins anew whenever somebody writes in between.
            connection.connection.backup(copy, pages=-1, progress=told)
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA secure_delete = ON")
            for name in EPHEMERAL & set(_sqlite_tables(copy)):
                copy.execute(f'DELETE FROM "{name}"')  # noqa: S608  a table of our own
            copy.commit()
            snapshot = Snapshot(
                {name: _sqlite_table(copy, name) for name in _said(tell, _sqlite_tables(copy))},
                [(_uid(uid), *rest) for uid, *rest in copy.execute(FILES)],
                _heads(list(copy.execute(HEADS))),
                tuple(copy.execute(MIGRATIONS)),
            )
        with path.open("rb") as source:
            writer.add("database.sqlite3", source, path.stat().st_size)
        path.unlink()
        return snapshot

    def load(self, reader: Reader, staging: Path, tell: Tell) -> None:
        path = staging / "database.sqlite3"
        with reader.open("database.sqlite3") as source, path.open("wb") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
        tell("database")
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            (state,) = copy.execute("PRAGMA integrity_check").fetchone()
            if state != "ok":
                raise CliError(f"The database in the archive is not whole: {state}.", ExitCode.FAULTS)
            # Into the connection, not the file: whoever has the database open sees the old rows or the new ones.
            copy.backup(connection.connection)
        path.unlink()
        connection.close()

    def tables(self, tell: Tell) -> dict[str, Table]:
        # Not through Django's connection, which turns days and moments into objects of its own.
        with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as plain:
            return {name: _sqlite_table(plain, name) for name in _said(tell, _sqlite_tables(plain))}


def _said(tell: Tell, names: list[str]) -> Iterator[str]:
    for name in names:
        tell(f"table {name}")
        yield name


def _sqlite_tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in found]


def _sqlite_table(database: sqlite3.Connection, name: str) -> Table:
    digest, rows = hashlib.sha256(), 0
    for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608  a table of our own
        digest.update(repr(row).encode())
        rows += 1
    return Table(rows, digest.hexdigest())


# PostgreSQL


class Postgresql:
    """Every table by COPY, organisation by organisation, in one read-only transaction that sees one moment.

    Row-level security lets no role of ours dump a table as a whole, and pg_dump so refuses; see ADR 21.
    """

    kind = "postgresql"

    def is_empty(self) -> bool:
        return _is_empty()

    def dump(self, writer: Writer, staging: Path, tell: Tell) -> Snapshot:
        with _snapshot():
            organisations = _organisations()
            tables: dict[str, Table] = {}
            for name in _pg_tables():
                tell(f"table {name}")
                path = staging / f"{name}.copy"
                with path.open("wb") as target:
                    tables[name] = _copy_out(name, organisations, target.write)
                with path.open("rb") as source:
                    writer.add(f"tables/{name}.copy", source, path.stat().st_size)
                path.unlink()
            files, heads = [], []
            for organisation in organisations:
                tell_database(organisation)
                files += _ask(FILES)
                heads += _ask(HEADS)
            return Snapshot(
                tables,
                [(_uid(uid), *rest) for uid, *rest in files],
                _heads(heads),
                tuple(_ask(MIGRATIONS)),
            )

    def load(self, reader: Reader, _staging: Path, tell: Tell) -> None:
        _reach(reader.manifest, tell)
        try:
            with transaction.atomic(durable=True), connection.cursor() as cursor:
                names = _pg_tables()
                if set(names) != set(reader.manifest.tables):
                    raise CliError(
                        "The tables in the database are not those in the archive; restore in an empty database.",
                        ExitCode.WRONG_INPUT,
                    )
                # Whoever is at work is waited for, but not for ever.
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
                locks.remove_refusals(connection)
                for model in locks.scoped_models():
                    table = model._meta.db_table
                    cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
                    cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
                cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names))
                for name in names:
                    tell(f"table {name}")
                    _copy_in(cursor, name, reader)
                _set_sequences(cursor, names)
                # References are checked at the end of a transaction; said now, a fault is still a sentence.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                locks.install(connection)
        finally:
            connection.close()

    def tables(self, tell: Tell) -> dict[str, Table]:
        with _snapshot():
            organisations = _organisations()
            return {
                name: _copy_out(name, organisations, lambda _chunk: None)
                for name in _said(tell, _pg_tables())
            }


@contextmanager
def _snapshot() -> Iterator[None]:
    """A read-only transaction in which every query sees the same moment."""
    whole = not connection.in_atomic_block
    with transaction.atomic():
        if whole:
            _ask_nothing("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _ask_nothing(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _organisations() -> list[int]:
    return [pk for (pk,) in _ask("SELECT id FROM orgs_organisation ORDER BY id")]


def _pg_tables() -> list[str]:
    found = _ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in found]


def _columns(name: str) -> str:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, name)
    return ", ".join(f'"{name}"' for name in sorted(column.name for column in described))


def _copy_out(name: str, organisations: list[int], write: Callable[[bytes], object]) -> Table:
    """All rows of a table, in the order of their keys within each organisation."""
    digest, rows = hashlib.sha256(), 0
    scoped = name in {model._meta.db_table for model in locks.scoped_models()}
    if name in EPHEMERAL:
        return Table(0, digest.hexdigest())
    columns = _columns(name)
    for organisation in organisations if scoped else [None]:
        tell_database(organisation)
        order = '"id"' if '"id"' in columns else columns.partition(",")[0]
        where = f" WHERE organisation_id = {organisation:d}" if organisation is not None else ""
        sql = f'COPY (SELECT {columns} FROM "{name}"{where} ORDER BY {order}) TO STDOUT'  # noqa: S608  own names
        with connection.cursor() as cursor, cursor.copy(sql) as lines:
            for line in lines:
                chunk = bytes(line)
                digest.update(chunk)
                write(chunk)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"{where}')  # noqa: S608  own names
            rows += int(cursor.fetchone()[0])
    return Table(rows, digest.hexdigest())


def _copy_in(cursor: Any, name: str, reader: Reader) -> None:
    with (
        reader.open(f"tables/{name}.copy") as source,
        cursor.copy(f'COPY "{name}" ({_columns(name)}) FROM STDIN') as target,
    ):
        while chunk := source.read(1 << 20):
            target.write(chunk)


def _set_sequences(cursor: Any, names: list[str]) -> None:
    for name in names:
        for sequence in connection.introspection.get_sequences(cursor, name):
            column = sequence["column"]
            cursor.execute(
                f'SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE(MAX("{column}"), 1), '  # noqa: S608  own names
                f'MAX("{column}") IS NOT NULL) FROM "{name}"',
                [f'"{name}"', column],
            )


def _reach(manifest: Manifest, tell: Tell) -> None:
    """Tables as they were when the archive was made: made by its migrations. Raises CliError for a newer one."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    if strange := sorted(set(manifest.migrations) - known):
        raise CliError(
            f"The archive was made by a newer version (migration {'.'.join(strange[0])}); upgrade first.",
            ExitCode.WRONG_INPUT,
        )
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied - set(manifest.migrations):
        raise CliError(
            "The database was migrated further than the archive; restore in an empty database.",
            ExitCode.WRONG_INPUT,
        )
    if applied != set(manifest.migrations):
        tell("migrations")
        if known == set(manifest.migrations):
            call_command("migrate", verbosity=0)
        else:
            executor.migrate(list(manifest.migrations))
    call_command("createcachetable", verbosity=0)


def here() -> Database:
    """The database of the installation."""
    return Sqlite() if connection.vendor == "sqlite" else Postgresql()
