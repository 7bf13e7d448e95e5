"""The days of the year's accounting in the calendar: the reference day, and the last day to send the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Organisation
from houvast.core.registry import Dated
from houvast.core.report.chapter import reference_day
from houvast.core.report.permissions import VIEW
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR
from houvast.law.gemeentewet import last_day_to_send_accounts


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """What falls on a day from `start` up to `until`, for who may read the chapter; no query."""
    if not actor.may(VIEW):
        return ()
    years = range(max(start.year - 1, FIRST_YEAR), min(until.year, LAST_YEAR) + 1)
    found = (pair for year in years for pair in _of_year(actor, year))
    return tuple(dated for day, dated in found if start <= day < until)


def _of_year(actor: Actor, year: int) -> Iterator[tuple[date, Dated]]:
    url = reverse("report:index", args=[actor.organisation.slug])
    day = reference_day(year)
    yield (
        day,
        Dated(
            key=f"report.reference_day:{year}",
            label=_("Peildatum van de paragraaf Bedrijfsvoering {year}").format(year=year),
            on=day,
            url=url,
            kind=_("Peildatum"),
        ),
    )
    sent = last_day_to_send_accounts(year)
    if sent is not None and actor.organisation.kind == Organisation.Kind.MUNICIPALITY:
        yield (
            sent,
            Dated(
                key=f"report.accounts_sent:{year}",
                label=_(
                    "Laatste dag: jaarstukken {year} naar gedeputeerde staten (Gemeentewet art. 200)"
                ).format(year=year),
                on=sent,
                url=url,
                kind=_("Wettelijke dag"),
            ),
        )
