"""What an event and a reaction are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_type_hints
from uuid import UUID

if TYPE_CHECKING:
    from houvast.core.access.actor import Actor

LEASE = timedelta(minutes=5)
"""How long a worker has for one event before another may take it up."""

LONGEST_WAIT = timedelta(hours=6)
"""The longest time between two attempts."""


@dataclass(frozen=True)
class Event:
    """Something that happened (gebeurtenis). Subclasses are frozen dataclasses of texts, numbers, days, uids.

    name: stable, `module.what_happened`. It holds uids, never names of people or free text.
    """

    name: ClassVar[str]

    def payload(self) -> dict[str, Any]:
        """The fields as JSON holds them."""
        return {
            key: str(value) if isinstance(value, date | UUID) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def read(cls, payload: dict[str, Any]) -> Self:
        """The event that `payload()` was made of; a field added since takes its default."""
        kinds = get_type_hints(cls)
        known = {field.name for field in fields(cls)}
        return cls(**{key: _read(kinds[key], value) for key, value in payload.items() if key in known})


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if kind in (date, date | None):
        return date.fromisoformat(value)
    if kind in (UUID, UUID | None):
        return UUID(value)
    return value


@dataclass(frozen=True)
class Reaction:
    """What a module does (reactie) when an event happened: `run(actor, event)`.

    It may be handed the same event twice, since a worker can die right after it: an idempotent action, or
    a function that calls one. Raising means: try again later.
    """

    key: str
    event: type[Event]
    run: Callable[[Actor, Any], object]


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: a minute, doubled each time, six hours at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 20)), LONGEST_WAIT)
