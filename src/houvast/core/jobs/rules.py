"""What a job, its outcome and a scheduled turn are; when the next turn falls."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from houvast.core.access.permissions import Permission
    from houvast.core.jobs.work import Work

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

BEAT = timedelta(seconds=10)
"""How often a worker says that it lives, and renews the lease of what it is doing."""

LEASE = timedelta(seconds=30)
"""How long a worker may be silent before what it was doing is taken up again."""

QUEUE = timedelta(minutes=10)
"""How long something may wait in the queue before it is put there once more."""

MOST_ATTEMPTS = 3
"""How often a job is taken up again after its worker died; then it has failed, and a person may start it again."""

KEPT = timedelta(days=30)
"""How long a finished job is shown and its result kept."""

RESULTS_KEPT = timedelta(days=14)
"""How long the queue remembers what it has finished."""


class JobState(TextChoices):
    """How a job (taak op de achtergrond) stands."""

    WAITING = "waiting", _("Wacht")
    RUNNING = "running", _("Bezig")
    DONE = "done", _("Klaar")
    FAILED = "failed", _("Mislukt")
    CANCELLED = "cancelled", _("Afgebroken")


LIVE = (JobState.WAITING, JobState.RUNNING)


class TurnState(TextChoices):
    """How the last turn of something scheduled went."""

    NEVER = "never", _("Nog niet geweest")
    QUEUED = "queued", _("Wacht op de werker")
    RUNNING = "running", _("Bezig")
    DONE = "done", _("Gelukt")
    FAILED = "failed", _("Mislukt")


@dataclass(frozen=True)
class Made:
    """A file that a job made: its name, and its bytes, which are a zip archive."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Outcome:
    """What a job leaves behind: words for who started it, an address, a file."""

    words: str = ""
    url: str = ""
    file: Made | None = None


class JobRefused(Exception):  # noqa: N818  it is an answer, not a fault
    """The job cannot be done; the sentence, in the language of who started it, tells why and what to do."""


@dataclass(frozen=True)
class JobKind:
    """A kind of job (soort taak) that a module can start.

    key: stable, `module.what`. run: does the work, step by step, and may be begun again from the start.
    permission: what the starter must hold, then and when the work begins.
    """

    key: str
    label: StrOrPromise
    run: Callable[[Work], Outcome | None]
    permission: Permission


@dataclass(frozen=True)
class Every:
    """A turn every so many minutes."""

    minutes: int

    def following(self, after: datetime) -> datetime:
        """The moment of the next turn."""
        return after + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class DailyAt:
    """A turn a day, at a time of the clock in Amsterdam.

    An hour that the clock skips is taken an hour later; of an hour that comes twice the first is taken.
    """

    hour: int
    minute: int = 0

    def on(self, day: date) -> datetime:
        """The moment of the turn of a day, in UTC."""
        return datetime.combine(day, time(self.hour, self.minute), AMSTERDAM).astimezone(UTC)

    def following(self, after: datetime) -> datetime:
        """The moment of the next turn."""
        day = after.astimezone(AMSTERDAM).date()
        moment = self.on(day)
        return moment if moment > after else self.on(day + timedelta(days=1))


AT_NIGHT = DailyAt(2, 30)


@dataclass(frozen=True)
class Turn:
    """Something the worker does at set times (beurt), for the installation as a whole.

    run: may be done twice. at_once: whether the first turn falls when a worker first hears of it.
    """

    key: str
    label: StrOrPromise
    run: Callable[[], object]
    when: Every | DailyAt = field(default=AT_NIGHT)
    at_once: bool = True


def share(done: int, of: int) -> int:
    """How much is done, in whole percents from 0 to 100; 0 where it is not known of how much."""
    return 0 if of <= 0 else max(0, min(100, done * 100 // of))


def fingerprint(kind: str, account_id: int | None, arguments: dict[str, Any]) -> str:
    """What makes two jobs the same one: kind, starter and arguments."""
    said = json.dumps([kind, account_id, arguments], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
