"""A month as a page shows it: weeks of days, each with what falls on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from houvast.core.agenda import rules
from houvast.core.agenda.queries import Point
from houvast.law.holidays import SATURDAY, why_off

MOST_IN_CELL = 4


@dataclass(frozen=True)
class Day:
    """A day with everything that touches it; `holidays` are the days of the Algemene termijnenwet, by name."""

    day: date
    in_month: bool
    is_today: bool
    holidays: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def shown(self) -> tuple[Point, ...]:
        """What fits in a cell."""
        return self.points[:MOST_IN_CELL]

    @property
    def more(self) -> int:
        """How many do not fit."""
        return max(0, len(self.points) - MOST_IN_CELL)


@dataclass(frozen=True)
class Week:
    """A week by its ISO number, Monday first."""

    number: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Month:
    """A month in whole weeks, and the ways to its neighbours (None outside 2000 to 2100)."""

    first: date
    weeks: tuple[Week, ...]
    before: date | None
    after: date | None

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the month itself on which something falls."""
        return tuple(day for week in self.weeks for day in week.days if day.in_month and day.points)


def reach(first: date) -> tuple[date, date]:
    """From which day up to which the page of a month reaches."""
    weeks = rules.weeks_of(first)
    return weeks[0][0], weeks[-1][-1] + timedelta(days=1)


def month_of(first: date, today: date, found: Iterable[Point]) -> Month:
    """The month with what was found on its days."""
    weeks = rules.weeks_of(first)
    start, end = weeks[0][0], weeks[-1][-1]
    on: defaultdict[date, list[Point]] = defaultdict(list)
    for point in found:
        for day in rules.days_from(max(point.first, start), min(point.last, end)):
            on[day].append(point)
    return Month(
        first,
        tuple(
            Week(week[0].isocalendar().week, tuple(_day(day, first, today, on[day]) for day in week))
            for week in weeks
        ),
        _inside(rules.previous_month(first)),
        _inside(rules.next_month(first)),
    )


def _day(day: date, first: date, today: date, points: list[Point]) -> Day:
    return Day(day, day.month == first.month, day == today, _holidays(day), tuple(points))


def _holidays(day: date) -> tuple[str, ...]:
    off = why_off(day)
    return tuple(one.name for one in (off[1:] if day.weekday() >= SATURDAY else off))


def _inside(first: date) -> date | None:
    return first if rules.FIRST_YEAR <= first.year <= rules.LAST_YEAR else None
