"""The board (directie): who is in it, and what is vacant."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.rules import FunctionKind
from houvast.core.report.claims import Kind, Noun, ReportContext
from houvast.core.report.judged import Finding, Line
from houvast.modules.structure.facts.source import distinct, named, source
from houvast.modules.structure.queries import evidence
from houvast.modules.structure.rules.organogram import in_sentence

DIRECTOR_FIELDS = ("person__uid", "person__name", "post__uid", "post__periods__function__uid", "valid_from")
_FUNCTION_NAME = "post__periods__function__periods__name"


def directors(context: ReportContext, lines: list[Line]) -> Finding:
    del context
    names = distinct(lines, 0, 1)
    return Finding(len(names), names)


def _vacancies(context: ReportContext, lines: list[Line]) -> Finding:
    del context
    empty = [line for line in lines if line[2] is None]
    return Finding(len(empty), named([in_sentence(line[1]) for line in empty]))


DIRECTORS = source(
    "directors",
    "Directieleden",
    Kind.COUNT,
    unit=Noun("directielid", "directieleden"),
    rows=lambda context: evidence.appointments_on(context.as_of, FunctionKind.DIRECTOR),
    fields=DIRECTOR_FIELDS,
    judge=directors,
    explanation=(
        "Geteld zijn de personen die zijn benoemd op een plaats met een functie van de soort directielid. "
        "Wie twee van die plaatsen heeft, telt één keer. Wie alleen waarneemt, telt niet mee."
    ),
    columns=(
        (_("Medewerker"), "person__name"),
        (_("Functie"), _FUNCTION_NAME),
        (_("Benoemd vanaf"), "valid_from"),
        (_("Besluit"), "decision"),
    ),
)
DIRECTOR_VACANCIES = source(
    "director_vacancies",
    "Vacatures in het directieteam",
    Kind.COUNT,
    unit=Noun("vacature", "vacatures"),
    rows=lambda context: evidence.posts_on(context.as_of, FunctionKind.DIRECTOR),
    fields=("post__uid", "function__periods__name", "held"),
    judge=_vacancies,
    explanation=(
        "Geteld zijn de formatieplaatsen met een functie van de soort directielid waarop niemand is benoemd. "
        "De rijen zijn alle formatieplaatsen van die soort. Een waarneming vult een vacature niet."
    ),
    columns=(
        (_("Formatieplaats"), "post__code"),
        (_("Functie"), "function__periods__name"),
        (_("Sinds"), "valid_from"),
    ),
    page="structure:vacancies",
)
