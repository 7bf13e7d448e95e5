"""The days on which a statutory term cannot end: weekends and the holidays of the Algemene termijnenwet
(Atw).

Legal days (art. 3 lid 1) and Good Friday (art. 3 lid 2) follow from the calendar and are computed. The days
that a royal decree (koninklijk besluit, art. 3 lid 3) puts on a level with them cannot be computed; they are
data below, one `Decree` per three years. A year without its decree is said so by `decree_loaded`, never
passed over in silence.

To be confirmed by a jurist against the Staatscourant: the publication numbers of the decrees for 2020-2022
and 2023-2025, which are cited here by date and by title.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from houvast.law.errors import OutsideCalendarError, gettext_noop

FIRST_YEAR = 1999
"""First year of the table: the year in which the oldest rule of the catalogue took effect."""

SATURDAY = 5
SUNDAY = 6
WEEKEND_SOURCE = "Atw art. 1 lid 1"
LEGAL_SOURCE = "Atw art. 3 lid 1"
GOOD_FRIDAY_SOURCE = "Atw art. 3 lid 2"
DECREE_SOURCE = "Atw art. 3 lid 3"


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a term cannot end on a day: a holiday (feestdag) or the weekend, with its article."""

    day: date
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Decree:
    """A royal decree (koninklijk besluit) that puts days on a level with holidays, for whole years."""

    source: str
    years: tuple[int, ...]
    days: tuple[date, ...]


DECREES = (
    Decree(
        source="KB van 20 september 2019",
        years=(2020, 2021, 2022),
        days=(date(2020, 5, 22), date(2021, 5, 14), date(2022, 5, 27)),
    ),
    Decree(
        source="KB gelijkstelling dagen 2023-2025",
        years=(2023, 2024, 2025),
        days=(
            date(2023, 4, 28),
            date(2023, 5, 19),
            date(2024, 5, 10),
            date(2024, 12, 27),
            date(2025, 5, 30),
        ),
    ),
    Decree(
        source="Stcrt. 2025, 24713",
        years=(2026, 2027, 2028),
        days=(
            date(2026, 1, 2),
            date(2026, 5, 15),
            date(2027, 5, 7),
            date(2028, 4, 28),
            date(2028, 5, 26),
        ),
    ),
)


def easter(year: int) -> date:
    """Easter Sunday (Eerste Paasdag) in the Gregorian calendar.

    The anonymous Gregorian algorithm (Nature, 20 April 1876; also J. Meeus, Astronomical Algorithms, chapter
    8).
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, leap_rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def _birthday_celebrated(year: int) -> DayOff:
    """The day on which the birthday of the King or Queen is celebrated; never on a Sunday, then the day
    before.

    Koningsdag: KB of 30 January 2013, no. 13.000173, from 2014. Koninginnedag: KB of 24 April 1980, no. 11.
    """
    day, name = (date(year, 4, 27), "Koningsdag") if year >= 2014 else (date(year, 4, 30), "Koninginnedag")
    return DayOff(day - timedelta(days=1) if day.weekday() == SUNDAY else day, name, LEGAL_SOURCE)


def _legal_days(year: int) -> tuple[DayOff, ...]:
    sunday = easter(year)
    return (
        DayOff(date(year, 1, 1), "Nieuwjaarsdag", LEGAL_SOURCE),
        DayOff(sunday - timedelta(days=2), "Goede Vrijdag", GOOD_FRIDAY_SOURCE),
        DayOff(sunday + timedelta(days=1), "Tweede Paasdag", LEGAL_SOURCE),
        _birthday_celebrated(year),
        DayOff(date(year, 5, 5), "Bevrijdingsdag", LEGAL_SOURCE),
        DayOff(sunday + timedelta(days=39), "Hemelvaartsdag", LEGAL_SOURCE),
        DayOff(sunday + timedelta(days=50), "Tweede Pinksterdag", LEGAL_SOURCE),
        DayOff(date(year, 12, 25), "Eerste Kerstdag", LEGAL_SOURCE),
        DayOff(date(year, 12, 26), "Tweede Kerstdag", LEGAL_SOURCE),
    )


def _designated_days(year: int) -> tuple[DayOff, ...]:
    return tuple(
        DayOff(day, "aangewezen bij koninklijk besluit", f"{DECREE_SOURCE}; {decree.source}")
        for decree in DECREES
        for day in decree.days
        if day.year == year
    )


def decree_loaded(year: int) -> bool:
    """Whether the days that a royal decree designates in this year are in the table."""
    return any(year in decree.years for decree in DECREES)


def holidays_in(year: int) -> tuple[DayOff, ...]:
    """Every holiday of the Atw in a year, in order of day; two names on one day are two entries.

    Raises OutsideCalendarError for a year before `FIRST_YEAR`.
    """
    if year < FIRST_YEAR:
        raise OutsideCalendarError(
            gettext_noop("De feestdagen van {year} zijn niet vastgelegd; kies een dag vanaf {first}."),
            year=year,
            first=date(FIRST_YEAR, 1, 1),
        )
    return tuple(sorted(_legal_days(year) + _designated_days(year), key=lambda holiday: holiday.day))


@cache
def _by_day(year: int) -> Mapping[date, tuple[DayOff, ...]]:
    found: dict[date, tuple[DayOff, ...]] = {}
    for holiday in holidays_in(year):
        found[holiday.day] = (*found.get(holiday.day, ()), holiday)
    return MappingProxyType(found)


def why_off(day: date) -> tuple[DayOff, ...]:
    """Every reason why a term does not end on this day; empty for a day on which it can.

    Raises OutsideCalendarError for a day before `FIRST_YEAR`.
    """
    weekend: tuple[DayOff, ...] = ()
    if day.weekday() >= SATURDAY:
        weekend = (DayOff(day, "weekend", WEEKEND_SOURCE),)
    return weekend + _by_day(day.year).get(day, ())
