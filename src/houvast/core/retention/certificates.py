"""A copy of every certificate outside the database, to destroy again what an older backup brings back.

One file per certificate, sealed with the signing key, without content: which rows, by their uid, and who decided.
It is on the disk before the destruction is committed. Keep the folder where backups do not put back an older one.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from houvast.core.audit.seals import installation_key, seal

PURPOSE = "destruction-certificates"


@dataclass(frozen=True)
class Line:
    """A row that was destroyed, and how; `record` is the uid of the record it went along with, or its own."""

    retention_class: str
    table: str
    uid: str
    manner: str
    record: str


@dataclass(frozen=True)
class Certificate:
    """What a file tells."""

    organisation: str
    uid: str
    reference: str
    day: str
    made_at: str
    proposed_account: int
    decided_account: int
    lines: tuple[Line, ...]

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


class CertificateAltered(ValueError):  # noqa: N818  it is an answer, not a fault
    """The file is not as it was written: somebody changed it, or it was sealed with another key."""

    def __init__(self, file: Path) -> None:
        super().__init__(file.name)
        self.file = file


def place(folder: Path, uid: UUID) -> Path:
    """The file of a certificate."""
    return folder / f"{uid}.json"


def write(folder: Path, certificate: Certificate) -> Path:
    """Put the copy on the disk as a whole, readable by its owner alone. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = asdict(certificate)
    content = orjson.dumps({"certificate": told, "seal": _seal(told)}, option=orjson.OPT_INDENT_2) + b"\n"
    file = place(folder, UUID(certificate.uid))
    part = file.with_name(f"{file.name}.{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return file


def read(file: Path) -> Certificate:
    """What the file tells. Raises CertificateAltered, OSError."""
    try:
        said = orjson.loads(file.read_bytes())
        told = said["certificate"]
        if not hmac.compare_digest(said["seal"], _seal(told)):
            raise CertificateAltered(file)
        lines = tuple(Line(**line) for line in told.pop("lines"))
        return Certificate(lines=lines, **told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CertificateAltered(file) from error


def files(folder: Path) -> Iterator[Path]:
    """Every copy, in a stable order."""
    if folder.is_dir():
        yield from sorted(folder.glob("*.json"))


def _seal(told: dict[str, Any]) -> str:
    return seal(installation_key(PURPOSE), told)
