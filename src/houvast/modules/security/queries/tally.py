"""The figures of a year and of its months, for the overview. They name nobody, so they vary with no reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

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


def years(until: int) -> range:
    """The years up to and including `until` since the first row of either register. Two queries."""
    firsts = (model.objects.aggregate(first=Min("registered_on"))["first"] for model in (Incident, Breach))
    return range(min([first.year for first in firsts if first] + [until]), until + 1)
