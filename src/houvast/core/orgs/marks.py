"""Two marks a loader may set on every row it makes: example data, and uids that repeat.

Example rows exist so that a count can be computed where the source gives only the count. Seeded uids
make the same data set identical on every database, so that digests over its rows are too.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count

_example: ContextVar[bool] = ContextVar("example", default=False)
_uids: ContextVar[Iterator[uuid.UUID] | None] = ContextVar("uids", default=None)


def new_uid() -> uuid.UUID:
    """A fresh uid: random, or the next of the seeded series."""
    series = _uids.get()
    return uuid.uuid4() if series is None else next(series)


def is_example() -> bool:
    """Whether rows made now are example data."""
    return _example.get()


@contextmanager
def example_data(*, marked: bool = True) -> Iterator[None]:
    """Rows made inside are (not) example data."""
    token = _example.set(marked)
    try:
        yield
    finally:
        _example.reset(token)


@contextmanager
def seeded_uids(seed: str) -> Iterator[None]:
    """Rows made inside get the same uids every time, in the order in which they are made."""
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"houvast:{seed}")
    token = _uids.set(uuid.uuid5(space, str(number)) for number in count())
    try:
        yield
    finally:
        _uids.reset(token)
