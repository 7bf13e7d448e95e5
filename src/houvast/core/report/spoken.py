"""Days as people say them: a day, a month, a quarter, the beginning or the end of a year. No query, no clock."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.rules import FIRST_DAY, LAST_DAY
from houvast.core.report.claims import Period

_MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_RANKS: Final = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_YEAR = r"(?P<year>\d{4})"
_RANK = "|".join(_RANKS)
_MONTH = "|".join(_MONTHS)
_UP_TO: Final = re.compile(r" (?:t/m|tot en met) ", re.IGNORECASE)
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?P<whole>){_YEAR}",
        rf"[qk](?P<quarter>[1-4])[ -]?{_YEAR}",
        rf"(?:het )?(?P<quarter>[1-4])e kwartaal (?:van )?{_YEAR}",
        rf"(?:het )?(?P<rank>{_RANK}) kwartaal (?:van )?{_YEAR}",
        rf"(?:het )?(?P<edge>begin|eind|einde) (?:van )?{_YEAR}",
        rf"(?P<name>{_MONTH}) {_YEAR}",
        rf"(?P<day>\d{{1,2}})-(?P<month>\d{{1,2}})-{_YEAR}",
        rf"(?P<day>\d{{1,2}}) (?P<name>{_MONTH}) {_YEAR}",
    )
)


def parse_term(text: str, field: str = "term") -> Period | None:
    """The days of a term as people write it; None for nothing.

    "Q1-2022", "eerste kwartaal 2022", "begin 2022" (its first quarter), "eind 2022" (its last), "maart 2022", "2022",
    "31-3-2022", "31 maart 2022", and two of these with "t/m" between them. field: what the sentence is about. Raises
    Refusal for anything else, and for a day that no register takes.
    """
    typed = " ".join(text.split())
    if not typed:
        return None
    parts = [_one(part, field) for part in _UP_TO.split(typed, maxsplit=1)]
    if parts[-1].until <= parts[0].start:
        raise Refusal(_("Het einde ligt voor het begin."), field)
    return Period(parts[0].start, parts[-1].until)


def _one(typed: str, field: str) -> Period:
    match = next((found for form in _FORMS if (found := form.fullmatch(typed))), None)
    if match is None:
        raise Refusal(
            _(
                "Schrijf een termijn als Q1-2022, eind 2022, maart 2022, 2022 of 31-3-2022, of laat het veld leeg."
            ),
            field,
        )
    try:
        period = _days(match.groupdict())
    except ValueError:
        raise Refusal(_("Deze dag bestaat niet."), field) from None
    if not FIRST_DAY <= period.start <= period.last_day <= LAST_DAY:
        raise Refusal(
            _("Kies een termijn tussen {first} en {last}.").format(first=FIRST_DAY.year, last=LAST_DAY.year),
            field,
        )
    return period


def _days(said: dict[str, str]) -> Period:
    """Raises ValueError for a day that is not there."""
    year = int(said["year"])
    named = _MONTHS.index(said["name"].lower()) + 1 if "name" in said else 0
    if "day" in said:
        first = date(year, named or int(said["month"]), int(said["day"]))
        return Period(first, first + timedelta(days=1))
    if named:
        return Period.month(year, named)
    if "whole" in said:
        return Period.year(year)
    if "edge" in said:
        return Period.quarter(year, 1 if said["edge"].lower() == "begin" else 4)
    return Period.quarter(year, _RANKS[said["rank"].lower()] if "rank" in said else int(said["quarter"]))
