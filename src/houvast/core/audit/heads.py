"""A copy of the end of every chain, kept outside the database: with it an end that was cut off is seen.

Who can lift the database's triggers can remove the last entries and put the head back, and what is left is a
whole chain. The copy remembers how far each chain already went. It is sealed with the signing key.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from houvast.core.audit.seals import installation_key, seal

PURPOSE = "trail-heads"


@dataclass(frozen=True)
class Head:
    """How far an organisation's chain went: its last entry's number and seal; number 0 is an empty chain."""

    slug: str
    number: int
    seal: str


class HeadsAltered(ValueError):  # noqa: N818  it is an answer, not a fault
    """The copy is not as it was written: somebody changed it, or it was sealed with another key."""


def read(file: Path) -> dict[UUID, Head] | None:
    """The heads by the organisation's uid, None where there is no copy yet. Raises HeadsAltered, OSError."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        said = orjson.loads(content)
        if not hmac.compare_digest(said["seal"], _seal(said["heads"])):
            raise HeadsAltered
        return {UUID(uid): Head(**head) for uid, head in said["heads"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise HeadsAltered from error


def write(file: Path, heads: Mapping[UUID, Head]) -> None:
    """Replace the copy as a whole, readable by its owner alone, and have it on the disk. Raises OSError."""
    told = {str(uid): asdict(head) for uid, head in sorted(heads.items())}
    content = orjson.dumps({"heads": told, "seal": _seal(told)}, option=orjson.OPT_INDENT_2) + b"\n"
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
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _seal(heads: dict[str, Any]) -> str:
    return seal(installation_key(PURPOSE), heads)
