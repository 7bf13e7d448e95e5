"""How team leaders came: their function, the first appointments, the day from which every team is led."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houvast.core.report.claims import ClaimSource, Evidence, Kind, Noun, ReportContext
from houvast.core.report.judged import Finding, Line, evidence_of, fetch
from houvast.modules.structure import permissions
from houvast.modules.structure.facts.source import address, source
from houvast.modules.structure.facts.teams import LEADER
from houvast.modules.structure.queries import evidence
from houvast.modules.structure.rules.checks import grouped
from houvast.modules.structure.rules.organogram import in_sentence, led_since, month_of
from houvast.modules.structure.rules.spans import Span


def _functions(context: ReportContext) -> QuerySet[Any]:
    return evidence.leader_functions(context.as_of)


def _new_function(context: ReportContext, lines: list[Line]) -> Finding | None:
    since = _since(context, lines)
    if since is None or not context.period.start <= date.fromisoformat(since.value) < context.period.until:
        return None
    return Finding(in_sentence(min(lines, key=lambda line: (line[2], line[1]))[1]))


def _since(context: ReportContext, lines: list[Line]) -> Finding | None:
    del context
    return Finding(min(line[2] for line in lines).isoformat()) if lines else None


_FUNCTION_COLUMNS = ((_("Functie"), "name"), (_("Vanaf"), "valid_from"), (_("Besluit"), "decision"))
_FUNCTION_FIELDS = ("function__uid", "name", "valid_from")
LEADER_FUNCTION = source(
    "leader_function",
    "Nieuw ingevoerde functie van teamleider",
    Kind.NAME,
    rows=_functions,
    fields=_FUNCTION_FIELDS,
    judge=_new_function,
    explanation=(
        "De naam van de eerste functie van de soort teamleider in het functieregister, "
        "als die in het verslagjaar is ingegaan."
    ),
    columns=_FUNCTION_COLUMNS,
    page="structure:functions",
)
LEADER_FUNCTION_SINCE = source(
    "leader_function_since",
    "Dag waarop de functie van teamleider is ingegaan",
    Kind.DATE,
    rows=_functions,
    fields=_FUNCTION_FIELDS,
    judge=_since,
    explanation="De eerste dag waarop een functie van de soort teamleider in het functieregister geldt.",
    columns=_FUNCTION_COLUMNS,
    page="structure:functions",
)


def _appointed(context: ReportContext) -> QuerySet[Any]:
    return evidence.leader_appointments(context.as_of)


_APPOINTED_FIELDS = ("person__uid", "post__uid", "post__periods__unit__uid", "valid_from")
_APPOINTED_COLUMNS = (
    (_("Medewerker"), "person__name"),
    (_("Formatieplaats"), "post__code"),
    (_("Benoemd vanaf"), "valid_from"),
    (_("Tot"), "valid_until"),
    (_("Besluit"), "decision"),
)


def _first_month(context: ReportContext, lines: list[Line]) -> Span | None:
    """The month of the first appointment of a team leader ever, when that lies in the year."""
    first = min((line[3] for line in lines), default=None)
    if first is None or not context.period.start <= first < context.period.until:
        return None
    return month_of(first)


def _first_leader_month(context: ReportContext, lines: list[Line]) -> Finding | None:
    month = _first_month(context, lines)
    return Finding([month.start.isoformat(), str(month.until)]) if month else None


FIRST_LEADER_MONTH = source(
    "first_leader_month",
    "Maand van de eerste benoemingen van teamleiders",
    Kind.PERIOD,
    rows=_appointed,
    fields=_APPOINTED_FIELDS,
    judge=_first_leader_month,
    explanation=(
        "De maand waarin de eerste teamleider is begonnen, als die in het verslagjaar ligt. "
        "De rijen zijn alle benoemingen tot teamleider tot en met de peildatum."
    ),
    columns=_APPOINTED_COLUMNS,
    page="structure:people",
)


def _leaders_first_month(context: ReportContext) -> Evidence | None:
    month = _first_month(context, [line[1:-1] for line in fetch(_appointed(context), _APPOINTED_FIELDS)])
    if month is None or month.last_day is None:
        return None
    day = min(month.last_day, context.as_of)
    lines = fetch(evidence.leader_posts(month.start, day), ("post__uid", "first_filled"))
    filled = sum(1 for line in lines if line[2] is not None)
    return evidence_of(context, lines, Finding({"n": filled, "m": len(lines)})) if lines else None


LEADERS_FIRST_MONTH = ClaimSource(
    key="structure.leaders_appointed_first_month",
    label="Teamleiders die in die maand zijn benoemd",
    kind=Kind.QUANTIFIER,
    compute=_leaders_first_month,
    unit=Noun("teamleider", "teamleiders"),
    explanation=(
        "Geteld is op hoeveel van de formatieplaatsen voor teamleiders in die maand iemand is begonnen. Het "
        "gaat om de plaatsen die er aan het einde van die maand waren. Een waarneming telt niet mee."
    ),
    permission=permissions.VIEW.key,
    rows_url=lambda context: address("structure:people", context),
    rows=_appointed,
    columns=_APPOINTED_COLUMNS,
)


def _all_led_since(context: ReportContext) -> Evidence | None:
    """Two queries: when what was a team, and when it was led."""
    teams = fetch(evidence.team_periods(context.as_of), ("unit__uid", "valid_from", "valid_until"))
    fields = ("post__periods__unit__uid", *evidence.LED_DAYS)
    leaders = fetch(evidence.leader_appointments(context.as_of), fields)
    since = led_since(_by_unit(teams), _by_unit(leaders), context.as_of)
    if since is None:
        return None
    found = evidence_of(context, [*teams, *leaders], Finding(since.isoformat()))
    return replace(found, rows=len(leaders), example_rows=sum(line[-1] for line in leaders))


def _by_unit(lines: list[Line]) -> dict[Any, list[Span]]:
    """The days of each line, by unit: the days that all its periods have in common."""
    spans = ((line[1], _common(line[2:-1])) for line in lines)
    return {
        unit: [span for _unit, span in held if span]
        for unit, held in grouped(spans, lambda pair: pair[0]).items()
    }


def _common(days: Sequence[date | None]) -> Span | None:
    span: Span | None = None
    for start, until in zip(days[::2], days[1::2], strict=True):
        here = Span(start or date.min, until)
        span = here if span is None else span.common(here)
        if span is None:
            return None
    return span


ALL_TEAMS_LED_SINCE = ClaimSource(
    key="structure.all_teams_led_since",
    label="Dag vanaf wanneer elk team een teamleider heeft",
    kind=Kind.DATE,
    compute=_all_led_since,
    explanation=(
        "De eerste dag vanaf wanneer elk team een teamleider heeft, onafgebroken tot en met de peildatum. "
        f"{LEADER}"
    ),
    permission=permissions.VIEW.key,
    rows_url=lambda context: address("structure:organogram", context),
    rows=_appointed,
    columns=_APPOINTED_COLUMNS,
)
