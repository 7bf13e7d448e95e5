"""The figures of a year, for the overview."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

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
    """The figures of one year; they name nobody, so they vary with no reader. Two queries."""
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
