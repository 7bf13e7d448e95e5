"""The stretch of time that the organogram is looked at over, and the days in it that are worth a jump."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MOST_MONTHS = 30 * 12
"""A slider over more months cannot be set to one of them."""
AHEAD = 12
"""So many months after today can be looked at, also where nothing is planned in them."""


def month_number(day: date) -> int:
    """Months since the beginning of our era, to count with."""
    return day.year * 12 + day.month - 1


@dataclass(frozen=True)
class Timeline:
    """A row of months: the number of the first, and how many come after it."""

    first: int
    last: int

    def place(self, day: date) -> int:
        """Where the month of a day stands; a day outside it stands at the nearest end."""
        return min(max(month_number(day) - self.first, 0), self.last)

    def day(self, place: int) -> date:
        """The first day of the month at a place; of the nearest end for a place outside it."""
        year, month = divmod(self.first + min(max(place, 0), self.last), 12)
        return date(year, month + 1, 1)


def timeline(changes: Sequence[date], today: date) -> Timeline:
    """From the first change to a year after today or to the last change, whichever is later.

    Never more than thirty years: then those around today, and at least ten of them before it. `changes` is in
    order and not empty.
    """
    first = month_number(changes[0])
    last = max(month_number(changes[-1]), month_number(today) + AHEAD)
    if last - first > MOST_MONTHS:
        first = max(first, min(month_number(today), last) - MOST_MONTHS * 2 // 3)
        last = min(last, first + MOST_MONTHS)
    return Timeline(first, max(last - first, 1))


def jumps(changes: Sequence[date], day: date, always: Iterable[date], most: int) -> list[date]:
    """The days to jump to: as many changes before the day (or on it) as after it, and those that always stand."""
    place = bisect_right(changes, day)
    start = min(max(place - most // 2, 0), max(len(changes) - most, 0))
    return sorted({*changes[start : start + most], *always})
