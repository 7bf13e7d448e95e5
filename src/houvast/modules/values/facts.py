"""What the values tell the chapter, the first page, the calendar and the search."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.access.actor import Actor
from houvast.core.registry import Dated, Figure, Indexed, RecordName, Task, Texts
from houvast.core.report.claims import ClaimSource, Kind, Noun, ReportContext, SlotText
from houvast.core.report.judged import Finding, Line, judged
from houvast.modules.values import permissions, queries
from houvast.modules.values.models import Instrument
from houvast.modules.values.rules import InstrumentKind, PartKind, moment_of, years_since

_VALUE = Noun("kernwaarde", "kernwaarden")


def _address(page: str) -> Any:
    return lambda context: reverse(f"values:{page}", args=[context.organisation])


def _source(name: str, label: str, kind: Kind, **declared: Any) -> ClaimSource:
    return judged(
        f"values.{name}", label, kind, permission=permissions.VIEW, list_url=_address("index"), **declared
    )


def _ordered(lines: list[Line]) -> tuple[str, ...]:
    """The names, by the place before each."""
    return tuple(name for _place, name in sorted(lines))


def _counted(_context: ReportContext, lines: list[Line]) -> Finding:
    names = _ordered(lines)
    return Finding(len(names), names)


def _before(context: ReportContext) -> QuerySet[Any]:
    return queries.set_before(context.as_of)


def _name(_context: ReportContext, lines: list[Line]) -> Finding | None:
    return Finding(lines[0][-1]) if lines else None


def _moment(_context: ReportContext, lines: list[Line]) -> Finding | None:
    if not lines:
        return None
    span = moment_of(*lines[0])
    return Finding([span.start.isoformat(), span.until.isoformat()], period=span)


_SET_COLUMNS = ((gettext_lazy("Traject"), "origin"), (gettext_lazy("Vanaf"), "valid_from"))
_VALUE_COLUMNS = ((gettext_lazy("Kernwaarde"), "name"), (gettext_lazy("Vanaf"), "valid_from"))
_PART_COLUMNS = ((gettext_lazy("Tekst"), "text"), (gettext_lazy("Vanaf"), "valid_from"))
_COUNT_COLUMNS = (
    (gettext_lazy("Instrument"), "instrument__name"),
    (gettext_lazy("Totaal"), "total"),
    (gettext_lazy("Met de kernwaarden"), "covered"),
)

PREDECESSOR = _source(
    "predecessor",
    "Traject van de vorige kernwaarden",
    Kind.NAME,
    rows=_before,
    fields=("origin",),
    judge=_name,
    columns=_SET_COLUMNS,
    explanation="Het traject waarin de set kernwaarden is opgesteld die gold vóór de set van de peildatum.",
)
PREDECESSOR_YEAR = _source(
    "predecessor_year",
    "Jaar van de vorige kernwaarden",
    Kind.PERIOD,
    rows=_before,
    fields=("valid_from", "precision"),
    judge=_moment,
    columns=_SET_COLUMNS,
    explanation="Wanneer de vorige set kernwaarden inging, zo nauwkeurig als dat bekend is.",
)
SLOGAN = _source(
    "slogan",
    "Slogan van de organisatievisie",
    Kind.NAME,
    rows=lambda context: queries.parts_on(context.as_of, PartKind.SLOGAN),
    fields=("text",),
    judge=_name,
    columns=_PART_COLUMNS,
    explanation="De slogan die op de peildatum gold, letterlijk zoals vastgelegd.",
)
PAIRS = _source(
    "pairs",
    "Begrippenparen waarin de visie is uitgewerkt",
    Kind.COUNT,
    rows=lambda context: queries.parts_on(context.as_of, PartKind.PAIR),
    fields=("place", "text"),
    judge=_counted,
    columns=_PART_COLUMNS,
    unit=Noun("begrippenpaar", "begrippenparen"),
    explanation="Geteld zijn de begrippenparen die op de peildatum bij de visie horen.",
)
VALUES = _source(
    "values",
    "Kernwaarden van de organisatie",
    Kind.COUNT,
    rows=lambda context: queries.values_on(context.as_of),
    fields=("place", "name"),
    judge=_counted,
    columns=_VALUE_COLUMNS,
    unit=_VALUE,
    explanation="Geteld zijn de kernwaarden die op de peildatum gelden, in de volgorde van de organisatie.",
)
WITH_EXAMPLES = _source(
    "values_with_examples",
    "Kernwaarden met een voorbeeld van gedrag",
    Kind.QUANTIFIER,
    rows=lambda context: queries.values_with_examples(context.as_of),
    fields=("name", "has_example"),
    judge=lambda _context, lines: (
        Finding({"n": sum(bool(has) for _name_of, has in lines), "m": len(lines)}) if lines else None
    ),
    columns=_VALUE_COLUMNS,
    unit=_VALUE,
    explanation="Een kernwaarde telt als er ten minste één voorbeeld is vastgelegd van gedrag dat haar laat zien.",
)


def _places(_context: ReportContext, lines: list[Line]) -> Finding | None:
    return Finding(list(_ordered(lines))) if lines else None


USES = _source(
    "uses",
    "Waar de visie en de kernwaarden terugkomen",
    Kind.LIST,
    rows=lambda context: queries.instruments_on(context.as_of),
    fields=("place", "name"),
    judge=_places,
    columns=((gettext_lazy("Instrument"), "name"), (gettext_lazy("Vanaf"), "valid_from")),
    explanation="De instrumenten waarin de kernwaarden op de peildatum een plek hebben.",
)


def _summed(context: ReportContext, lines: list[Line]) -> Finding | None:
    if not lines:
        return None
    covered, total = (sum(numbers) for numbers in zip(*lines, strict=True))
    return Finding({"n": covered, "m": total}, period=context.period)


def _coverage(name: str, label: str, kind: InstrumentKind, unit: Noun) -> ClaimSource:
    return _source(
        name,
        label,
        Kind.QUANTIFIER,
        rows=lambda context: queries.coverage_of(context.year).filter(instrument__kind=kind),
        fields=("covered", "total"),
        judge=_summed,
        columns=_COUNT_COLUMNS,
        unit=unit,
        explanation=(
            "De som van de tellingen van het jaar: bij hoeveel van het totaal de kernwaarden aan bod kwamen. "
            "Vastgelegd zijn alleen aantallen, geen gesprekken en geen personen."
        ),
    )


CLAIMS: tuple[ClaimSource, ...] = (
    PREDECESSOR,
    PREDECESSOR_YEAR,
    SLOGAN,
    PAIRS,
    VALUES,
    WITH_EXAMPLES,
    USES,
    _coverage(
        "covered_team_plans",
        "Teamplannen met de kernwaarden",
        InstrumentKind.TEAM_PLAN,
        Noun("teamplan", "teamplannen"),
    ),
    _coverage(
        "covered_evaluations",
        "Evaluatiegesprekken over de kernwaarden",
        InstrumentKind.EVALUATION,
        Noun("evaluatiegesprek", "evaluatiegesprekken"),
    ),
    _coverage(
        "covered_interviews",
        "Sollicitatiegesprekken over de kernwaarden",
        InstrumentKind.INTERVIEW,
        Noun("sollicitatiegesprek", "sollicitatiegesprekken"),
    ),
    _coverage(
        "covered_introductions",
        "Nieuwe medewerkers die de kernwaarden bij hun introductie kregen",
        InstrumentKind.INTRODUCTION,
        Noun("nieuwe medewerker", "nieuwe medewerkers"),
    ),
)

_SLOGAN = (
    "[[als values.slogan]][[values.slogan|citaat]] is de slogan van de nieuwe visie.[[einde]] "
    "[[als values.pairs]]De organisatie werkt die slogan uit in [[values.pairs|telling-woord]]: "
    "[[values.pairs|opsomming-citaat]].[[einde]] [[als values.values]]Bij de visie horen "
    "[[values.values|telling-woord]]:[[einde]]\n\n[[als values.values]][[values.values|lijst]][[einde]]"
)
_USE = (
    "[[als values.readiness]]Met deze kernwaarden is de organisatie [[values.readiness]].[[einde]] "
    "[[als values.uses]]De visie en de kernwaarden krijgen een plek in [[values.uses|opsomming]].[[einde]]"
)
SLOTS = (SlotText("values.vision", _SLOGAN), SlotText("values.use", _USE))


def tasks(actor: Actor) -> tuple[Task, ...]:
    """A value set that is due to be looked at again; values that no example shows yet."""
    today = timezone.localdate()
    if not actor.may_write(permissions.CHANGE) or (running := queries.running_set(today)) is None:
        return ()
    url = reverse("values:set", args=[actor.organisation.slug, running.pk])
    found = []
    if running.review_on is not None and running.review_on <= today:
        age = years_since(running.valid_from, today)
        detail = ngettext("{n} jaar oud", "{n} jaar oud", age).format(n=age)
        found.append(
            Task(
                _("Bekijk de kernwaarden opnieuw: {origin}").format(origin=running.origin),
                url,
                detail,
                due=running.review_on,
                act=_("Bekijk de set"),
                because=(_("Bij de set is deze dag vastgelegd om haar opnieuw te bekijken."),),
            )
        )
    bare = [row for row in queries.values_with_examples(today) if not row.has_example]
    if bare:
        names = ", ".join(row.name for row in bare)
        found.append(
            Task(
                ngettext(
                    "{n} kernwaarde heeft nog geen voorbeeld van gedrag",
                    "{n} kernwaarden hebben nog geen voorbeeld van gedrag",
                    len(bare),
                ).format(n=len(bare)),
                url,
                names,
                act=_("Schrijf voorbeelden"),
            )
        )
    return tuple(found)


def figures(actor: Actor) -> tuple[Figure, ...]:
    """In how many of the instruments people have a guide to talk about the values."""
    if not actor.may(permissions.VIEW):
        return ()
    lines = queries.instrument_lines(actor, timezone.localdate())
    if not lines:
        return ()
    guided = sum(line.guide is not None for line in lines)
    whole = guided == len(lines)
    return (
        Figure(
            _("Kernwaarden"),
            str(guided),
            reverse("values:index", args=[actor.organisation.slug]),
            _("van de {m} instrumenten met een leidraad").format(m=len(lines)),
            _("Goed: overal is een leidraad") if whole else _("Let op: niet overal is een leidraad"),
            "goed" if whole else "let-op",
        ),
    )


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """When a value set is due to be looked at again."""
    if not actor.may(permissions.VIEW):
        return ()
    return tuple(
        Dated(
            f"values.review:{row.uid}",
            _("Kernwaarden opnieuw bekijken: {origin}").format(origin=row.origin),
            row.review_on,
            reverse("values:set", args=[actor.organisation.slug, row.pk]),
            _("Kernwaarden"),
        )
        for row in queries.visible_sets(actor).filter(review_on__gte=start, review_on__lt=until)
    )


def _in_set(actor: Actor, name: str, set_id: int) -> RecordName:
    return RecordName(name, reverse("values:set", args=[actor.organisation.slug, set_id]))


def _instrument_hit(actor: Actor, row: Instrument) -> RecordName:
    return RecordName(row.name, reverse("values:instrument", args=[actor.organisation.slug, row.pk]))


INDEXED = (
    Indexed(
        "values.corevalue",
        gettext_lazy("Kernwaarde"),
        permissions.VIEW,
        lambda row: Texts(title=row.name, body=row.meaning),
        queries.visible_values,
        lambda actor, row: _in_set(actor, row.name, row.value_set_id),
    ),
    Indexed(
        "values.valueset",
        gettext_lazy("Set kernwaarden"),
        permissions.VIEW,
        lambda row: Texts(title=row.origin, body=row.decision),
        queries.visible_sets,
        lambda actor, row: _in_set(actor, row.origin, row.pk),
    ),
    Indexed(
        "values.visionpart",
        gettext_lazy("Onderdeel van de visie"),
        permissions.VIEW,
        lambda row: Texts(title=row.text),
        queries.visible_parts,
        lambda actor, row: _in_set(actor, row.text, row.value_set_id),
    ),
    Indexed(
        "values.behaviour",
        gettext_lazy("Gedragsvoorbeeld"),
        permissions.VIEW,
        lambda row: Texts(title=row.text),
        queries.visible_behaviours,
        lambda actor, row: _in_set(actor, row.text, row.value.value_set_id),
    ),
    Indexed(
        "values.instrument",
        gettext_lazy("Instrument"),
        permissions.VIEW,
        lambda row: Texts(title=row.name),
        queries.visible_instruments,
        _instrument_hit,
    ),
)
