"""How days are counted: from the day after the start, past weekends and holidays, every step explained."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from houvast.law.dutch import enumeration, long_day, sentence
from houvast.law.errors import OutsideCalendarError, gettext_noop
from houvast.law.holidays import why_off

TWO_DAYS_SOURCE = "Atw art. 2"
ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """The unit in which the law writes a term; the values are plain English, the words Dutch."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    def words(self, number: int) -> str:
        """The number with its Dutch noun: "6 weken", "1 jaar", "72 uur"."""
        one, many = _NOUNS[self]
        return f"{number} {one if number == 1 else many}"


_NOUNS = {
    Unit.HOURS: ("uur", "uur"),
    Unit.DAYS: ("dag", "dagen"),
    Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.MONTHS: ("maand", "maanden"),
    Unit.YEARS: ("jaar", "jaar"),
}


@dataclass(frozen=True, slots=True)
class Length:
    """So many units, as one says it: "6 weken"."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return self.unit.words(self.number)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning: the day it is about, a Dutch sentence, and the article it rests on."""

    day: date
    step: str
    source: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a count ended, the steps that led there, and the years whose holidays it had to know."""

    end: date
    steps: tuple[Step, ...] = ()
    years: frozenset[int] = frozenset()


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month when it has no such day.

    The Awb and the Atw do not say what happens to 29, 30 and 31; this is the rule that Union law writes down
    (Regulation 1182/71, art. 3(2)(c)). Raises OutsideCalendarError past the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OutsideCalendarError(
            gettext_noop("De termijn loopt door tot na het jaar 9999; kies een eerder begin.")
        )
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add(day: date, length: int, unit: Unit) -> date:
    """The nominal end: so many days, weeks, months or years after the start, which itself is day 0."""
    if unit is Unit.MONTHS:
        return add_months(day, length)
    if unit is Unit.YEARS:
        return add_months(day, 12 * length)
    return day + timedelta(days=length * (7 if unit is Unit.WEEKS else 1))


def is_working_day(day: date) -> bool:
    """Whether the day is no Saturday, Sunday or holiday in the sense of the Atw."""
    return not why_off(day)


def _passed_over(day: date, what: str) -> Step:
    reasons = why_off(day)
    text = f"{what.format(day=long_day(day))}: {enumeration([reason.name for reason in reasons])}."
    return Step(day, sentence(text), "; ".join(dict.fromkeys(reason.source for reason in reasons)))


def roll(nominal: date) -> Reckoning:
    """Atw art. 1 lid 1: a term that ends on a weekend day or holiday runs through the next day that is
    neither.
    """
    day, steps = nominal, []
    while not is_working_day(day):
        steps.append(_passed_over(day, "op {day} kan de termijn niet eindigen"))
        day += ONE_DAY
    return Reckoning(day, tuple(steps), frozenset({nominal.year, day.year}))


def hold_two_working_days(start: date, nominal: date) -> Reckoning:
    """Atw art. 2: a term of three days or more is lengthened until it holds two working days.

    A term in weeks always does; so this is asked for terms in days only.
    """
    day, held = nominal, 0
    while day > start and held < 2:  # from the end backwards: a long term shows its two days at once
        held += is_working_day(day)
        day -= ONE_DAY
    years = {day.year, nominal.year}
    end, steps = nominal, []
    while held < 2:
        end += ONE_DAY
        held += is_working_day(end)
        text = f"De termijn loopt door op {long_day(end)}, omdat er twee werkdagen in moeten zitten."
        steps.append(Step(end, text, TWO_DAYS_SOURCE))
    return Reckoning(end, tuple(steps), frozenset(years | {end.year}))


def count_working_days(start: date, number: int) -> Reckoning:
    """The day on which the last of so many working days (werkdagen) after the start falls."""
    day, steps = start, []
    while number:
        day += ONE_DAY
        if is_working_day(day):
            number -= 1
        else:
            steps.append(_passed_over(day, "{day} telt niet mee als werkdag"))
    return Reckoning(day, tuple(steps), frozenset(range(start.year, day.year + 1)))
