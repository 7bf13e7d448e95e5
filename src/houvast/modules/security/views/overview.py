"""The first page of the module: running clocks, the figures of a year by month, own reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.http import Request
from houvast.core.ui.charts import Chart, Series, grouped_bars
from houvast.modules.security import permissions, queries
from houvast.modules.security.queries.steps import breach_steps
from houvast.modules.security.rules.breaches import DEFINITION as BREACH_DEFINITION
from houvast.modules.security.rules.incidents import DEFINITION as INCIDENT_DEFINITION
from houvast.modules.security.views.shared import NextStep, clock_view, next_steps

CLOCKS, OWN = 20, 5


def overview(request: Request) -> HttpResponse:
    """What the reader may see of security: everybody the own reports, officers the registers."""
    actor = request.actor
    actor.require(permissions.REPORT)
    sees_incidents, sees_breaches = (
        actor.may(permissions.VIEW_INCIDENTS),
        actor.may(permissions.VIEW_BREACHES),
    )
    context: dict[str, Any] = {
        "own": queries.own_reports(actor, 0, OWN),
        "may_report": actor.may_write(permissions.REPORT),
        "sees_figures": actor.may(permissions.VIEW_FIGURES),
        "sees_incidents": sees_incidents,
        "sees_breaches": sees_breaches,
        "incident_definition": INCIDENT_DEFINITION,
        "breach_definition": BREACH_DEFINITION,
    }
    if sees_incidents or sees_breaches:
        context |= _figures(actor, request.GET.get("jaar", ""), localdate())
    if sees_breaches:
        context["clocks"] = [
            (breach, clock_view(breach), _step(next_steps(request, breach_steps(breach), breach)))
            for breach in queries.open_clocks(actor)[:CLOCKS]
        ]
    return render(request, "security/overview.html", context)


def _figures(actor: Actor, asked: str, today: date) -> dict[str, Any]:
    """The year that was asked for, or this one; its counters beside those of the year before; its months."""
    years = queries.years(today.year)
    year = next((year for year in years if str(year) == asked), today.year)
    found: dict[str, Any] = {"year": year, "years": years}
    found |= {"now": queries.tally(year), "before": queries.tally(year - 1)}
    if actor.may(permissions.VIEW_INCIDENTS):
        title = _("Veiligheidsincidenten per maand in %(year)s") % {"year": year}
        found["incident_chart"] = _chart(title, _("Incidenten"), queries.incidents_of(year), year, today)
    if actor.may(permissions.VIEW_BREACHES):
        title = _("Datalekken per maand in %(year)s") % {"year": year}
        found["breach_chart"] = _chart(title, _("Datalekken"), queries.breaches_of(year), year, today)
    return found


def _chart(title: str, label: str, rows: QuerySet[Any, Any], year: int, today: date) -> Chart | None:
    """The months as columns; None for a year without rows."""
    counted = queries.per_month(rows)
    if not any(counted):
        return None
    months = [date_format(date(year, month, 1), "b") for month in range(1, 13)]
    return grouped_bars(title, months, Series(label, columns(counted, year, today)))


def columns(counted: Sequence[int], year: int, today: date) -> tuple[int | None, ...]:
    """The numbers of the months that have begun, and None for those to come."""
    return tuple(
        None if date(year, month, 1) > today else number for month, number in enumerate(counted, start=1)
    )


def _step(steps: Sequence[NextStep]) -> NextStep:
    """Of what has to happen, what the reader can do, else what comes first."""
    return next((step for step in steps if step.url), steps[0])
