"""The figures by unit, for who may not see the records: small numbers are hidden, and none can be reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from houvast.core.access.permissions import Permission
from houvast.core.http import Request
from houvast.core.privacy.rules import hide, plain
from houvast.core.privacy.settings import threshold_on
from houvast.core.privacy.words import words
from houvast.modules.security import permissions, queries


@dataclass(frozen=True)
class Figures:
    """A table of units by quarter as the reader may see it; without rows where nothing of it can be shown."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    total: tuple[str, ...]
    is_hidden: bool


def units(request: Request) -> HttpResponse:
    """Incidents and breaches of a year by unit and quarter. They are two counters, so two tables."""
    actor, today = request.actor, localdate()
    actor.require(permissions.VIEW_FIGURES)
    years = queries.years(today.year)
    year = next((year for year in years if str(year) == request.GET.get("jaar", "")), today.year)
    day = min(today, date(year, 12, 31))
    threshold = threshold_on(today)
    incidents, breaches = queries.incidents_of(year), queries.breaches_of(year)
    tables = [
        _figures(request, _("Veiligheidsincidenten"), permissions.VIEW_INCIDENTS, incidents, day, threshold),
        _figures(request, _("Datalekken"), permissions.VIEW_BREACHES, breaches, day, threshold),
    ]
    context = {"tables": tables, "year": year, "years": years, "threshold": threshold}
    return render(request, "security/units.html", context)


def _figures(
    request: Request, title: str, permission: Permission, rows: QuerySet[Any], day: date, threshold: int
) -> Figures:
    found = queries.per_unit(rows, day)
    actor = request.actor
    sees_all = actor.may(permission) and actor.units(permission) is None
    # The total of the year stands in the chapter; hiding it here would hide nothing.
    shown = plain(found.cells) if sees_all else hide(found.cells, threshold, total_is_known=True)
    if not shown.safe:
        return Figures(title, (), (), is_hidden=True)
    names = [name or _("Geen onderdeel genoemd") for name in found.names]
    lines = tuple(
        (name, tuple(words(one, threshold) for one in (*cells, total)))
        for name, cells, total in zip(names, shown.cells, shown.rows, strict=True)
    )
    total = tuple(words(one, threshold) for one in (*shown.columns, shown.total))
    return Figures(title, lines, total, is_hidden=not sees_all)
