"""Where the bytes lie: under MEDIA_ROOT, by organisation, with random names, and nothing half-written."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

PART = ".part"
CHUNK = 1 << 20
OLD = 24 * 3600
"""Seconds after which a file that no row names was left behind, rather than is being written."""


@dataclass(frozen=True)
class Written:
    """A file that lies whole on the disk."""

    storage_name: str
    size: int
    sha256: str


def folder(organisation_uid: UUID) -> Path:
    """The folder of an organisation; nothing serves it."""
    return Path(settings.MEDIA_ROOT) / str(organisation_uid)


def write(organisation_uid: UUID, content: IO[bytes]) -> Written:
    """Write the bytes under a new random name. The name appears only when all of it is on the disk."""
    place = folder(organisation_uid)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(24)
    part = place / f"{name}{PART}"
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        part.replace(place / name)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _settle(place)
    return Written(name, size, digest.hexdigest())


def _settle(place: Path) -> None:
    """Have the folder itself on the disk, so that the name survives a power cut."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(organisation_uid: UUID, storage_name: str) -> None:
    """Remove the bytes, if they are there."""
    (folder(organisation_uid) / storage_name).unlink(missing_ok=True)


def left_behind(organisation_uid: UUID, named: set[str]) -> Iterator[Path]:
    """Files of an earlier day that no row names: their action was killed before it committed."""
    with suppress(FileNotFoundError):
        for path in folder(organisation_uid).iterdir():
            if path.name not in named and time.time() - path.stat().st_mtime > OLD:
                yield path
