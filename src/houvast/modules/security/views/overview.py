"""The first page of the module: figures, running clocks, own reports."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from houvast.core.http import Request
from houvast.modules.security import permissions, queries
from houvast.modules.security.queries.steps import breach_steps
from houvast.modules.security.rules.breaches import DEFINITION as BREACH_DEFINITION
from houvast.modules.security.rules.incidents import DEFINITION as INCIDENT_DEFINITION
from houvast.modules.security.views.shared import NextStep, clock_view, next_steps

CLOCKS, OWN = 20, 5


def overview(request: Request) -> HttpResponse:
    """What the reader may see of security: everybody the own reports, officers the registers."""
    actor, year = request.actor, localdate().year
    actor.require(permissions.REPORT)
    context = {
        "year": year,
        "own": [*queries.own_incidents(actor)[:OWN], *queries.own_breaches(actor)[:OWN]],
        "may_report": actor.may_write(permissions.REPORT),
        "sees_incidents": actor.may(permissions.VIEW_INCIDENTS),
        "sees_breaches": actor.may(permissions.VIEW_BREACHES),
        "incident_definition": INCIDENT_DEFINITION,
        "breach_definition": BREACH_DEFINITION,
    }
    if context["sees_incidents"] or context["sees_breaches"]:
        context |= {"now": queries.tally(year), "before": queries.tally(year - 1)}
    if context["sees_breaches"]:
        context["clocks"] = [
            (breach, clock_view(breach), _step(next_steps(request, breach_steps(breach), breach)))
            for breach in queries.open_clocks(actor)[:CLOCKS]
        ]
    return render(request, "security/overview.html", context)


def _step(steps: tuple[NextStep, ...]) -> NextStep:
    """Of what has to happen, what the reader can do, else what comes first."""
    return next((step for step in steps if step.url), steps[0])
