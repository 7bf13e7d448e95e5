"""Teams, and whether each has a team leader."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houvast.core.report.claims import Kind, Noun, ReportContext
from houvast.core.report.judged import Finding, Line
from houvast.modules.structure.facts.source import named, source
from houvast.modules.structure.queries import evidence

_TEAM = Noun("team", "teams")
_TEAM_FIELDS = ("unit__uid", "name", "leader", "led_from")
_TEAM_COLUMNS = ((_("Team"), "name"), (_("Teamleider"), "leader_name"), (_("Teamleider sinds"), "led_from"))
LEADER = (
    "Een team heeft een teamleider als daar iemand is benoemd op een formatieplaats met een functie van de "
    "soort teamleider. Een waarneming of vervanging telt niet als teamleider."
)


def _teams(context: ReportContext, lines: list[Line]) -> Finding:
    del context
    return Finding(len(lines), named([line[1] for line in lines]))


def _led(context: ReportContext, lines: list[Line]) -> Finding | None:
    del context
    led = sum(1 for line in lines if line[2] is not None)
    return Finding({"n": led, "m": len(lines)}) if lines else None


def _not_led(context: ReportContext, lines: list[Line]) -> Finding:
    return _teams(context, [line for line in lines if line[2] is None])


def _team_rows(context: ReportContext) -> QuerySet[Any]:
    return evidence.teams_on(context.as_of)


TEAMS = source(
    "teams",
    "Teams",
    Kind.COUNT,
    unit=_TEAM,
    rows=_team_rows,
    fields=("unit__uid", "name"),
    judge=_teams,
    explanation="Geteld zijn de onderdelen van de soort team.",
    columns=_TEAM_COLUMNS,
)
TEAMS_WITH_LEADER = source(
    "teams_with_leader",
    "Teams met een teamleider",
    Kind.QUANTIFIER,
    unit=_TEAM,
    rows=_team_rows,
    fields=_TEAM_FIELDS,
    judge=_led,
    explanation=f"Geteld is bij hoeveel van alle teams een teamleider is benoemd. {LEADER}",
    columns=_TEAM_COLUMNS,
)
TEAMS_WITHOUT_LEADER = source(
    "teams_without_leader",
    "Teams zonder teamleider",
    Kind.COUNT,
    unit=_TEAM,
    rows=_team_rows,
    fields=_TEAM_FIELDS,
    judge=_not_led,
    explanation=f"Geteld zijn de teams zonder benoemde teamleider; de rijen zijn alle teams. {LEADER}",
    columns=_TEAM_COLUMNS,
    page="structure:vacancies",
)
