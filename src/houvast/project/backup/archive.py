"""The file of a backup: a tar with parts, and last a sealed list of what every part has to be.

The list comes last, so that an archive without one is not whole, and everything can be written as it is read.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import re
import secrets
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from houvast.core.audit.seals import seal
from houvast.project.errors import CliError, ExitCode

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
LARGEST_MANIFEST = 256 * CHUNK
PARTS = re.compile(
    r"database\.sqlite3|tables/[a-z][a-z0-9_]*\.copy|files/[0-9a-f-]{36}/[0-9a-f]{48}|keys/(signing|secret)-key"
)


@dataclass(frozen=True)
class Part:
    """What a part of the archive has to be."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """What a table held: how many rows, and a hash over all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What was backed up. `made_at`: moment in UTC. kind: `sqlite` or `postgresql`. heads: number and seal of the
    end of each organisation's chain, by the organisation's uid, with its slug. migrations: those that were applied.
    """

    made_at: str
    kind: str
    parts: tuple[Part, ...]
    tables: dict[str, Table]
    heads: dict[str, dict[str, Any]]
    migrations: tuple[tuple[str, str], ...]
    keys: bool
    format: int = FORMAT

    def to_json(self, key: bytes) -> bytes:
        """As text, sealed with a key derived from the installation's signing key."""
        said = asdict(self)
        return orjson.dumps({"backup": said, "seal": seal(key, said)}, option=orjson.OPT_INDENT_2)


class Damaged(CliError):  # noqa: N818  it is an answer, not a fault
    """The archive is not what it was when it was made; nothing was touched."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The archive is damaged: {reason}. Nothing was restored.", ExitCode.FAULTS)


@dataclass
class Writer:
    """Writes parts, and remembers what they are."""

    tar: tarfile.TarFile
    parts: list[Part] = field(default_factory=list)

    def add(self, name: str, source: IO[bytes], size: int) -> Part:
        """A part of that many bytes, read once."""
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        reader = _Hashing(source)
        self.tar.addfile(told, reader)
        part = Part(name, size, reader.digest.hexdigest())
        self.parts.append(part)
        return part

    def finish(self, content: bytes) -> None:
        """The list of parts, sealed."""
        told = tarfile.TarInfo(MANIFEST)
        told.size, told.mode = len(content), 0o600
        self.tar.addfile(told, io.BytesIO(content))


class _Hashing:
    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.source.read(size)
        self.digest.update(content)
        return content


@contextmanager
def written(target: Path) -> Iterator[Writer]:
    """An archive that has its name only when it is whole and on the disk. Readable by its owner alone."""
    part = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass
class Reader:
    """An archive to restore from."""

    tar: tarfile.TarFile
    members: dict[str, tarfile.TarInfo]
    manifest: Manifest
    sealed: tuple[dict[str, Any], str]

    def open(self, name: str) -> IO[bytes]:
        """A part, to be read."""
        found = self.tar.extractfile(self.members[name])
        assert found is not None  # only plain files are members
        return found

    def names(self, folder: str) -> Iterable[str]:
        """The parts in a folder of the archive."""
        return [name for name in self.members if name.startswith(f"{folder}/")]

    def is_sealed_by(self, key: bytes) -> bool:
        """Whether the list was sealed with that key, and not altered since."""
        said, given = self.sealed
        return hmac.compare_digest(given, seal(key, said))

    def check(self) -> None:
        """Read every part and compare it with the list. Raises Damaged."""
        listed = {part.name: part for part in self.manifest.parts}
        if missing := sorted(set(listed) - set(self.members)):
            raise Damaged(f"{missing[0]} is missing")
        if extra := sorted(set(self.members) - set(listed)):
            raise Damaged(f"{extra[0]} is not in its list")
        for name, part in listed.items():
            digest, size = hashlib.sha256(), 0
            with self.open(name) as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
            if (size, digest.hexdigest()) != (part.size, part.sha256):
                raise Damaged(f"{name} is not as it was written")


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """An archive whose list could be read. Raises Damaged, and CliError for what is no archive at all."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield _reader(tar)
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(str(error) or type(error).__name__) from error


def _reader(tar: tarfile.TarFile) -> Reader:
    members: dict[str, tarfile.TarInfo] = {}
    for member in tar:
        if not member.isreg() or member.name in members:
            raise Damaged(f"{member.name!r} stands twice or is no file")
        members[member.name] = member
    told = members.pop(MANIFEST, None)
    if told is None or told.size > LARGEST_MANIFEST:
        raise Damaged("its list is missing, so it was not written to the end")
    for name in members:
        if not PARTS.fullmatch(name):
            raise Damaged(f"{name!r} does not belong in a backup")
    source = tar.extractfile(told)
    assert source is not None  # a plain file, see above
    try:
        said = orjson.loads(source.read())
        manifest = _manifest(said["backup"])
        return Reader(tar, members, manifest, (said["backup"], str(said["seal"])))
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged("its list cannot be read") from error


def _manifest(said: dict[str, Any]) -> Manifest:
    if said["format"] != FORMAT:
        raise CliError(
            f"The archive has format {said['format']}; this version reads {FORMAT}.", ExitCode.WRONG_INPUT
        )
    return Manifest(
        **{
            **said,
            "parts": tuple(Part(**part) for part in said["parts"]),
            "tables": {name: Table(**table) for name, table in said["tables"].items()},
            "migrations": tuple((app, name) for app, name in said["migrations"]),
        }
    )
