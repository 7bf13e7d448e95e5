"""The site in a folder or an archive: whole or not at all, and never over something that was not made here."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import io
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from houvast.core.report.publication.site import FORMAT, MARKER

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say: equal sites give equal archives."""


class NotOurs(ValueError):  # noqa: N818  it is an answer, not a fault
    """The folder holds something that this command did not put there; the sentence says what."""


@dataclass(frozen=True)
class Found:
    """A site that stands in a folder, as its marker tells. files: size and SHA-256 by name."""

    organisation: str
    years: tuple[int, ...]
    sha256: str
    files: dict[str, tuple[int, str]]


def found_in(folder: Path) -> Found | None:
    """The site in a folder; None where there is no folder, or an empty one. Raises NotOurs."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    if not folder.is_dir():
        raise NotOurs(f"{folder} is a file, not a folder.")
    try:
        told = orjson.loads((folder / MARKER).read_bytes())
        ours = told["made_by"] == "houvast publish" and told["format"] == FORMAT
        files = {name: (size, sha256) for name, size, sha256 in told["files"]}
        found = Found(told["organisation"], tuple(told["years"]), told["sha256"], files)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise NotOurs(
            f"{folder} is not empty and was not made by publish; name another folder, or an empty one."
        )
    if strange := sorted(_names(folder) - {*found.files, MARKER}):
        raise NotOurs(
            f"{folder} also holds {strange[0]}, which publish did not make; move it elsewhere first."
        )
    return found


def _names(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def faults_in(folder: Path, found: Found) -> list[str]:
    """The files that are missing or no longer as they were published, by name."""
    faults = []
    for name, (size, sha256) in sorted(found.files.items()):
        path = folder / name
        if not path.is_file():
            faults.append(f"{name}: missing")
        elif path.stat().st_size != size or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            faults.append(f"{name}: changed")
    return faults


def put(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write the site beside its place and put it there at once. Whatever goes wrong, what was there stays.

    Raises OSError.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name}-{secrets.token_hex(6)}"
    beside.mkdir()
    try:
        for name, content in files:
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            shutil.copymode(folder, beside)
            _exchange(beside, folder)
        else:
            beside.rename(folder)
    finally:
        # What is left beside is the unfinished site, or the one that was replaced.
        shutil.rmtree(beside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step, so that there is a whole site at every moment."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None:
        done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
        if done == 0:
            return
        number = ctypes.get_errno()
        if number not in {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}:
            raise OSError(number, os.strerror(number), str(other))
    _exchange_in_steps(one, other)


def _exchange_in_steps(one: Path, other: Path) -> None:
    """Where the file system cannot do it in one: the old site comes back when the new one cannot take its place."""
    aside = one.with_name(f"{one.name}-was")
    other.rename(aside)
    try:
        one.rename(other)
    except BaseException:
        aside.rename(other)
        raise
    with contextlib.suppress(OSError):
        aside.rename(one)


def hash_of(files: Iterable[tuple[str, bytes]]) -> str:
    """The hash that the marker among the files tells."""
    return str(orjson.loads(dict(files)[MARKER])["sha256"])


def archive(files: Iterable[tuple[str, bytes]], name: str) -> bytes:
    """The site as a zip with one folder in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for path, content in files:
            info = zipfile.ZipInfo(f"{name}/{path}", _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            packed.writestr(info, content)
    return stream.getvalue()
