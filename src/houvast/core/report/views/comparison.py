"""Claims over the years: a year beside the one before, and one claim as a series with its chart."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from houvast.core.http import NotHere, Request
from houvast.core.report.adoption.comparing import Comparison, Value, compare
from houvast.core.report.adoption.series import (
    comparisons,
    is_drawn,
    values_of,
    whole_year,
    years_of_series,
)
from houvast.core.report.permissions import VIEW
from houvast.core.report.rules import FIRST_YEAR
from houvast.core.ui.charts import Chart, Series, grouped_bars


def index(request: Request, year: int) -> HttpResponse:
    """Every claim of the year beside its value of the year before."""
    request.actor.require(VIEW)
    now = whole_year(request.actor.organisation, year)
    before = whole_year(request.actor.organisation, year - 1) if year > FIRST_YEAR else {}
    found = comparisons(now, before, year)
    both = [one for one in found if one.now.claim and one.before.claim]
    given = {
        "year": year,
        "both": both,
        "only_now": [one for one in found if not one.before.claim],
        "only_before": [one for one in found if not one.now.claim],
        "breaks": sum(bool(one.breaks) for one in both),
    }
    return render(request, "report/comparison.html", given)


def show(request: Request, year: int) -> HttpResponse:
    """One claim (`?feit=`) over the years that are known."""
    request.actor.require(VIEW)
    key = request.GET.get("feit", "")
    if not key:
        return redirect("report:comparison", request.actor.organisation.slug, year)
    values = values_of(request.actor.organisation, years_of_series(year), key)
    known = [value for value in values if value.claim is not None]
    if not known:
        raise NotHere(_("Dit feit bestaat in geen enkel jaar."))
    newest = known[-1].claim
    given = {
        "year": year,
        "claim": newest,
        "lines": _lines(values),
        "chart": _chart(values) if is_drawn(values) else None,
    }
    return render(request, "report/comparison_of.html", given)


def _lines(values: list[Value]) -> list[Comparison]:
    """Each year beside the one before it, newest first."""
    first = Value(values[0].year - 1, None)
    pairs = zip(values, [first, *values[:-1]], strict=True)
    return [compare(now, before) for now, before in pairs][::-1]


def _chart(values: list[Value]) -> Chart:
    """One series for each definition, so that no column stands beside one that counts something else."""
    claims = [value.claim for value in values if value.claim is not None]
    label = claims[-1].label
    versions = sorted({claim.definition for claim in claims})
    series = [
        Series(
            label
            if len(versions) == 1
            else _("%(label)s (definitie %(n)s)") % {"label": label, "n": version},
            tuple(
                value.number if value.claim is not None and value.claim.definition == version else None
                for value in values
            ),
        )
        for version in versions
    ]
    return grouped_bars(label, [str(value.year) for value in values], *series)
