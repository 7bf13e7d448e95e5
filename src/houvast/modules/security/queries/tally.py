"""The figures of a year and of its months, for the overview. They name nobody, so they vary with no reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import UnitPeriod
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries.breaches import breaches_of
from houvast.modules.security.queries.incidents import incidents_of
from houvast.modules.security.rules import Outcome


@dataclass(frozen=True)
class Tally:
    """What was registered in a year. Incidents and breaches are two counters: never add them up."""

    incidents: int
    breaches: int
    notified: int
    not_notified: int


def tally(year: int) -> Tally:
    """The figures of one year. Two queries."""
    breaches = breaches_of(year).aggregate(
        all=Count("pk"),
        notified=Count("pk", filter=Q(notified_at__isnull=False)),
        not_notified=Count("pk", filter=Q(outcome=Outcome.NOT_NOTIFY)),
    )
    return Tally(
        incidents=incidents_of(year).count(),
        breaches=breaches["all"],
        notified=breaches["notified"],
        not_notified=breaches["not_notified"],
    )


def per_month(rows: QuerySet[Any, Any]) -> tuple[int, ...]:
    """Of the rows of one year, how many were registered in each month: twelve numbers. One query."""
    counted = rows.order_by().values("registered_on__month").annotate(number=Count("pk"))
    found = dict(counted.values_list("registered_on__month", "number"))
    return tuple(found.get(month, 0) for month in range(1, 13))


QUARTERS = 4


@dataclass(frozen=True)
class ByUnit:
    """How many rows each unit has in each quarter of a year: names, and a row of four numbers for each."""

    names: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def per_unit(rows: QuerySet[Any, Any], day: date) -> ByUnit:
    """Of the rows of one year, how many were registered in each quarter, for each unit that has any.

    The units of that day by name, then those that are no more by code, then what names no unit. Two queries.
    """
    counted = rows.order_by().values_list("unit", "unit__code", "registered_on__quarter")
    found: dict[int | None, list[int]] = {}
    codes: dict[int | None, str] = {}
    for unit, code, quarter, number in counted.annotate(number=Count("pk")):
        found.setdefault(unit, [0] * QUARTERS)[quarter - 1] = number
        codes[unit] = code or ""
    known = UnitPeriod.objects.filter(as_of(day), unit__in=[unit for unit in found if unit is not None])
    named = dict(known.values_list("unit_id", "name"))
    gone = {unit: code for unit, code in codes.items() if unit is not None and unit not in named}
    order = [
        *sorted(named.items(), key=lambda pair: (pair[1].casefold(), pair[0])),
        *sorted(gone.items(), key=lambda pair: pair[1]),
    ]
    lines: list[tuple[int | None, str]] = [*order, *([(None, "")] if None in found else [])]
    return ByUnit(
        names=tuple(name for _unit, name in lines),
        cells=tuple(tuple(found[unit]) for unit, _name in lines),
    )


def years(until: int) -> range:
    """The years up to and including `until` since the first row of either register. Two queries."""
    firsts = (model.objects.aggregate(first=Min("registered_on"))["first"] for model in (Incident, Breach))
    return range(min([first.year for first in firsts if first] + [until]), until + 1)
