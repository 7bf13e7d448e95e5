"""Months as weeks of days, the days that something with a date lasts, and the secret of an address."""

from __future__ import annotations

import hashlib
import secrets
from calendar import Calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

FIRST_YEAR, LAST_YEAR = 2000, 2100
TOKEN_BYTES = 32
"""256 bits: nobody guesses one, so the address needs nothing else."""
FETCHES_AN_HOUR = 30
"""So often a calendar program may fetch in an hour; those that people use do so once an hour at most."""

_MONDAY_FIRST = Calendar(firstweekday=0)


def new_token() -> str:
    """The secret in the address of a feed. It is shown once and not kept."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What is kept of the secret: enough to know it again. It has no key, since its 256 bits cannot be tried."""
    return hashlib.sha256(token.encode()).hexdigest()


def parse_month(text: str) -> date | None:
    """The first day of a month written as `2026-11`; None for anything else, and outside 2000 to 2100."""
    try:
        first = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a month has no time zone
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def previous_month(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def weeks_of(first: date) -> tuple[tuple[date, ...], ...]:
    """The weeks that hold the month, each from Monday to Sunday, with the days of its neighbours."""
    return tuple(map(tuple, _MONDAY_FIRST.monthdatescalendar(first.year, first.month)))


def local_day(on: date | datetime, zone: tzinfo) -> date:
    """The day on which something falls, on the clock of that time zone."""
    return on.astimezone(zone).date() if isinstance(on, datetime) else on


def last_day(on: date | datetime, until: date | datetime | None, zone: tzinfo) -> date:
    """The last day that something touches: a day before an exclusive end at midnight, and never before it began."""
    first = local_day(on, zone)
    if until is None:
        return first
    if isinstance(until, datetime):
        return max(first, local_day(until - timedelta(microseconds=1), zone))
    return max(first, until - timedelta(days=1))


def days_from(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
