"""Restoring a backup: everything is checked before anything is touched, and compared afterwards."""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from houvast.core.audit.heads import Head, HeadsAltered, read, write
from houvast.project.backup.archive import CHUNK, Damaged, Reader, opened
from houvast.project.backup.databases import Database, Tell, here
from houvast.project.backup.make import KEYS, PURPOSE, digest, staged
from houvast.project.errors import CliError, ExitCode
from houvast.project.management.commands.verify import check_all

READY = ".ready"
IN_USE = re.compile(r"deadlock|lock timeout|database (?:table )?is locked")
WRITING = (
    "Something wrote to it while it was restored, or it is broken. Stop the application and its worker, and restore "
    "it again."
)


@dataclass
class Restored:
    """What was put back and compared, and what did not come out the same."""

    compared: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def note(self, what: str, faults: list[str]) -> None:
        """Something that was compared."""
        self.compared.append(f"{what}: {'not the same' if faults else 'the same'}")
        self.faults += faults


def put_back(path: Path, *, replace: bool, tell: Tell) -> Restored:
    """Restore an archive. Raises Damaged, and CliError where the place is not empty or is of another kind."""
    if not path.is_file():
        raise CliError(f"There is no archive {path}.", ExitCode.WRONG_INPUT)
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    database = here()
    with opened(path) as reader, staged(Path(settings.DATA)) as staging:
        tell("checking the archive")
        reader.check()
        _require_key(reader)
        _require_place(reader, database, replace=replace)
        keys = _keys(reader)
        for name, key in keys.items():
            _write(Path(settings.DATA) / f"{name}{READY}", iter([key.encode()]))
        _put_files(reader, tell)
        _load(database, reader, staging, tell)
        # Only now: what is there goes on with its own keys when its rows could not be replaced.
        _settle(keys)
        found = Restored()
        _compare_tables(found, reader, database, tell)
        call_command("migrate", verbosity=0)
        _compare_files(found, reader)
        _compare_trail(found, reader)
        if found.faults:
            found.faults.append(WRITING)
        return found


def _load(database: Database, reader: Reader, staging: Path, tell: Tell) -> None:
    """Raises CliError where somebody uses the database meanwhile; then nothing of it was replaced."""
    try:
        database.load(reader, staging, tell)
    except OperationalError as error:
        if not IN_USE.search(str(error)):
            raise
        raise CliError(
            "The database is in use. Stop the application and its worker, and restore it again. Nothing was replaced.",
            ExitCode.WRONG_INPUT,
        ) from error


def _require_key(reader: Reader) -> None:
    """The list was sealed by whoever held the signing key: this installation's, or the one in the archive."""
    key = _signing_key(reader)
    if not reader.is_sealed_by(hmac.digest(key.encode(), PURPOSE.encode(), "sha256")):
        if reader.manifest.keys:
            raise Damaged("its list was altered")
        raise CliError(
            "The archive was made with another signing key, or its list was altered. Put back the signing key that "
            "belongs to it (the file signing-key in the data folder, or HOUVAST_SIGNING_KEY) and try again.",
            ExitCode.WRONG_INPUT,
        )


def _signing_key(reader: Reader) -> str:
    if "keys/signing-key" not in reader.members:
        return str(settings.SIGNING_KEY)
    with reader.open("keys/signing-key") as source:
        return source.read(1000).decode()


def _require_place(reader: Reader, database: Database, *, replace: bool) -> None:
    if database.kind != reader.manifest.kind:
        raise CliError(
            f"The archive is of {reader.manifest.kind} and this installation runs on {database.kind}.",
            ExitCode.WRONG_INPUT,
        )
    if not replace and not database.is_empty():
        raise CliError(
            "There is a database here already; --replace puts the archive in its place and loses what was recorded "
            "since.",
            ExitCode.WRONG_INPUT,
        )


def _keys(reader: Reader) -> dict[str, str]:
    """The keys in the archive, by the name of their file. Raises CliError where the environment names another."""
    found: dict[str, str] = {}
    for name, setting in KEYS.items():
        if f"keys/{name}" not in reader.members:
            continue
        with reader.open(f"keys/{name}") as source:
            found[name] = source.read(1000).decode()
        if os.environ.get(f"HOUVAST_{setting}") not in {None, "", found[name]}:
            raise CliError(
                f"HOUVAST_{setting} is another key than the one in the archive.", ExitCode.WRONG_INPUT
            )
    return found


def _settle(keys: dict[str, str]) -> None:
    """The keys of the archive become those of the installation."""
    for name, key in keys.items():
        (Path(settings.DATA) / f"{name}{READY}").replace(Path(settings.DATA) / name)
        setattr(settings, KEYS[name], key)


def _write(path: Path, content: Iterator[bytes]) -> None:
    """A private file that has its name only when it is on the disk."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        for chunk in content:
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    part.replace(path)


def _put_files(reader: Reader, tell: Tell) -> None:
    """Bytes before rows. A file never changes, so one that is there already with this content stays."""
    names = list(reader.names("files"))
    digests = {part.name: part.sha256 for part in reader.manifest.parts}
    for number, name in enumerate(names, start=1):
        tell(f"files: {number:,} of {len(names):,}")
        path = Path(settings.MEDIA_ROOT) / name.removeprefix("files/")
        if path.is_file() and digest(path) == digests[name]:
            continue
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with reader.open(name) as source:
            _write(path, iter(lambda: source.read(CHUNK), b""))


def _compare_tables(found: Restored, reader: Reader, database: Database, tell: Tell) -> None:
    now, then = database.tables(tell), reader.manifest.tables
    differing = [name for name in sorted(set(now) | set(then)) if now.get(name) != then.get(name)]
    rows = sum(table.rows for table in then.values())
    found.note(
        f"{rows:,} rows in {len(then)} tables, by number and hash",
        [f"the table {name} is not as it was" for name in differing],
    )


def _compare_files(found: Restored, reader: Reader) -> None:
    parts = {
        part.name.removeprefix("files/"): part
        for part in reader.manifest.parts
        if part.name.startswith("files/")
    }
    wrong = [
        f"the file {name} is not as it was"
        for name, part in parts.items()
        if digest(Path(settings.MEDIA_ROOT) / name) != part.sha256
    ]
    found.note(f"{len(parts):,} files, by hash", wrong)


def _compare_trail(found: Restored, reader: Reader) -> None:
    """`verify`, against the ends of the chains as they were in the moment of the backup."""
    heads = {UUID(uid): Head(**head) for uid, head in reader.manifest.heads.items()}
    faults, good = check_all(heads)
    moved = [
        f"the chain of {head.slug} ends elsewhere"
        for uid, head in heads.items()
        if good.get(uid) not in {head, None}
    ]
    entries = sum(head.number for head in heads.values())
    found.note(
        f"{entries:,} entries in {len(heads)} chains, their ends, and the seal of every row",
        [*map(str, faults), *moved],
    )
    if not found.faults:
        _renew_heads(found, good)
    connection.close()


def _renew_heads(found: Restored, good: dict[UUID, Head]) -> None:
    """`verify` compares with what is here now; what it saw before and is not in the archive is told once, here."""
    file = Path(settings.TRAIL_HEADS)
    with suppress(HeadsAltered):
        for uid, head in (read(file) or {}).items():
            end = good[uid].number if uid in good else 0
            if head.number > end:
                found.compared.append(
                    f"{head.slug}: entries {end + 1:,} to {head.number:,} were recorded after this backup and are lost"
                )
    write(file, good)
