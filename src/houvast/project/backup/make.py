"""Making a backup: the database in one moment, then the files that its rows name."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from houvast.core.audit.seals import installation_key
from houvast.project.backup.archive import CHUNK, Manifest, Writer, written
from houvast.project.backup.databases import Snapshot, Tell, here
from houvast.project.errors import CliError, ExitCode

PURPOSE = "backup"
STAGING = ".houvast-backup-"
KEYS = {"signing-key": "SIGNING_KEY", "secret-key": "SECRET_KEY"}
A_DAY = 86_400


@dataclass(frozen=True)
class Made:
    """What a backup holds, and what is wrong with the files it should have held."""

    manifest: Manifest
    faults: tuple[str, ...]
    size: int


def make(target: Path, *, with_keys: bool, tell: Tell) -> Made:
    """Write the archive. Raises CliError where that name is taken or its folder is not there.

    The database comes first: a file is on the disk before its row is committed and never changes, so every
    row of the snapshot finds its bytes.
    """
    if not target.parent.is_dir():
        raise CliError(f"The folder {target.parent} does not exist.", ExitCode.WRONG_INPUT)
    if target.exists():
        raise CliError(f"{target} exists already; a backup replaces nothing.", ExitCode.WRONG_INPUT)
    database = here()
    with written(target) as writer, staged(target.parent) as staging:
        snapshot = database.dump(writer, staging, tell)
        faults = tuple(_files(writer, snapshot, tell))
        if with_keys:
            _keys(writer, staging)
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            kind=database.kind,
            parts=tuple(writer.parts),
            tables=snapshot.tables,
            heads=snapshot.heads,
            migrations=snapshot.migrations,
            keys=with_keys,
        )
        writer.finish(manifest.to_json(installation_key(PURPOSE)))
    return Made(manifest, faults, target.stat().st_size)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A private folder beside the archive for what is under way; one that a killed process left is removed."""
    for left in [*folder.glob(f"{STAGING}*"), *folder.glob("*.tar.*.part")]:
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    place = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _files(writer: Writer, snapshot: Snapshot, tell: Tell) -> Iterator[str]:
    total = len(snapshot.files)
    for number, (uid, name, size, sha256) in enumerate(snapshot.files, start=1):
        tell(f"files: {number:,} of {total:,}")
        path = Path(settings.MEDIA_ROOT) / uid / name
        if not path.is_file():
            yield f"the file {uid}/{name} is missing"
        elif digest(path) != sha256 or path.stat().st_size != size:
            yield f"the file {uid}/{name} is not what was stored"
        else:
            with path.open("rb") as source:
                writer.add(f"files/{uid}/{name}", source, size)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _keys(writer: Writer, staging: Path) -> None:
    for name, setting in KEYS.items():
        path = staging / name
        path.touch(0o600)
        path.write_text(str(getattr(settings, setting)), encoding="utf-8")
        with path.open("rb") as source:
            writer.add(f"keys/{name}", source, path.stat().st_size)
        path.unlink()
