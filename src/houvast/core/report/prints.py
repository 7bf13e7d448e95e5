"""A print of each row behind a claim, so that one opened later tells which rows changed, went or came.

24 bytes a row: the row's identity and a keyed hash of the very line that the claim's digest covers. The key is the
organisation's, so that nobody guesses a row back from its print. Whoever computes claims inside `watched()` gets the
prints of each digest along, without reading a row twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import blake2b
from uuid import UUID

from houvast.core.audit.seals import organisation_key

ROW, HASH = 16, 8
SIZE = ROW + HASH
_UID = 2, 34
"""Where the uid stands in a canonical line, behind `["`."""


@dataclass
class Prints:
    """Grows by lines; `packed` is what is stored: the prints in order, one behind the other."""

    key: bytes
    found: list[bytes] = field(default_factory=list)

    def add(self, lines: Iterable[str]) -> None:
        """Further rows, each as its canonical line."""
        self.found += [_print(self.key, line) for line in lines]

    @property
    def packed(self) -> bytes:
        return b"".join(sorted(self.found))


def _print(key: bytes, line: str) -> bytes:
    data = line.encode()
    try:
        row = bytes.fromhex(line[_UID[0] : _UID[1]])
    except ValueError:
        row = b""
    if len(row) != ROW:
        # A line that names no row is known by what it says.
        row = blake2b(data, key=key, digest_size=ROW).digest()
    return row + blake2b(data, key=key, digest_size=HASH).digest()


_watch: ContextVar[dict[str, Prints] | None] = ContextVar("watch", default=None)


@contextmanager
def watched() -> Iterator[dict[str, Prints]]:
    """The prints of everything sealed inside, by digest."""
    found: dict[str, Prints] = {}
    token = _watch.set(found)
    try:
        yield found
    finally:
        _watch.reset(token)


def prints_for(organisation_uid: UUID) -> Prints | None:
    """Where the rows of a seal are to leave their prints; None while nobody watches."""
    if _watch.get() is None:
        return None
    return Prints(organisation_key(organisation_uid, "prints"))


def keep(digest: str, prints: Prints | None) -> None:
    """The seal is made: its prints belong to this digest."""
    found = _watch.get()
    if found is not None and prints is not None:
        found[digest] = prints


@dataclass(frozen=True)
class RowChanges:
    """What became of the rows behind a claim since it was frozen.

    destroyed: of the rows that changed or went, those whose retention term was over; they count as that alone.
    """

    was: int
    changed: int
    gone: int
    added: int
    destroyed: int = 0

    @property
    def any(self) -> bool:
        return bool(self.changed or self.gone or self.added or self.destroyed)


Destroyed = Callable[[Collection[UUID]], Collection[UUID]]


def _split(packed: bytes) -> Sequence[bytes]:
    return [packed[at : at + SIZE] for at in range(0, len(packed), SIZE)]


def compare(before: bytes, now: bytes, destroyed: Destroyed) -> RowChanges:
    """Count by row: the same row with another hash changed. A row may stand there more than once.

    destroyed: which of some rows lost their content, or are gone, by their retention term; not asked for none.
    """
    old, new = Counter(_split(before)), Counter(_split(now))
    lost = Counter[bytes]()
    won = Counter[bytes]()
    for one, times in (old - new).items():
        lost[one[:ROW]] += times
    for one, times in (new - old).items():
        won[one[:ROW]] += times
    over = {uid.bytes for uid in destroyed([UUID(bytes=row) for row in lost])} if lost else set()
    changes = lost & won
    changed = sum(times for row, times in changes.items() if row not in over)
    gone = sum(times - changes[row] for row, times in lost.items() if row not in over)
    return RowChanges(
        was=old.total(),
        changed=changed,
        gone=gone,
        added=won.total() - changes.total(),
        destroyed=lost.total() - changed - gone,
    )
