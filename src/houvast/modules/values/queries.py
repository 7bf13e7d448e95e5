"""Reading the vision, the values, where they have a place and how often they came up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import UnitPeriod
from houvast.core.registry import RecordName
from houvast.modules.values import permissions
from houvast.modules.values.models import (
    Behaviour,
    CoreValue,
    Coverage,
    Guide,
    Instrument,
    Question,
    Step,
    ValueSet,
    VisionPart,
)
from houvast.modules.values.rules import PartKind


def visible_sets(actor: Actor) -> QuerySet[Any]:
    """Every value set that was not withdrawn, newest first."""
    actor.require(permissions.VIEW)
    return ValueSet.objects.filter(known()).order_by("-valid_from", "-pk")


def visible_values(actor: Actor) -> QuerySet[Any]:
    """Every value, with its set."""
    actor.require(permissions.VIEW)
    return CoreValue.objects.filter(known()).select_related("value_set").order_by("place", "pk")


def visible_parts(actor: Actor) -> QuerySet[Any]:
    """Every part of a vision, with its set."""
    actor.require(permissions.VIEW)
    return VisionPart.objects.filter(known()).select_related("value_set").order_by("-kind", "place", "pk")


def visible_instruments(actor: Actor) -> QuerySet[Any]:
    """Everything in which the values have or had a place."""
    actor.require(permissions.VIEW)
    return Instrument.objects.filter(known()).order_by("place", "pk")


def visible_guides(actor: Actor) -> QuerySet[Any]:
    """Every guide, with its instrument, newest first."""
    actor.require(permissions.VIEW)
    return Guide.objects.filter(known()).select_related("instrument").order_by("-valid_from", "-pk")


def visible_behaviours(actor: Actor) -> QuerySet[Any]:
    """Every example of behaviour that stands, with its value."""
    actor.require(permissions.VIEW)
    rows = Behaviour.objects.filter(withdrawn_on__isnull=True).select_related("value__value_set")
    return rows.order_by("-shows", "pk")


def visible_counts(actor: Actor) -> QuerySet[Any]:
    """Every count that stands, with its instrument and unit; they name nobody."""
    actor.require(permissions.VIEW)
    rows = Coverage.objects.filter(withdrawn_on__isnull=True).select_related("instrument", "unit")
    return rows.order_by("year", "instrument__place", "instrument", F("unit").asc(nulls_first=True), "pk")


def running_set(day: date) -> ValueSet | None:
    """The set that holds on a day."""
    found: ValueSet | None = ValueSet.objects.filter(as_of(day)).first()
    return found


def values_on(day: date) -> QuerySet[Any]:
    """The values that the organisation has on a day, in their order."""
    return CoreValue.objects.filter(as_of(day), as_of(day, prefix="value_set__")).order_by("place", "pk")


def parts_on(day: date, kind: PartKind) -> QuerySet[Any]:
    """The slogan or the pairs on a day, in their order."""
    held = VisionPart.objects.filter(as_of(day), as_of(day, prefix="value_set__"), kind=kind)
    return held.order_by("place", "pk")


def instruments_on(day: date) -> QuerySet[Any]:
    """Where the values have a place on a day, in the order of the organisation."""
    return Instrument.objects.filter(as_of(day)).order_by("place", "pk")


def set_before(day: date) -> QuerySet[Any]:
    """The set that held before the one of the day: one row, or none."""
    now = ValueSet.objects.filter(as_of(day)).order_by("-valid_from").values("valid_from")[:1]
    earlier = ValueSet.objects.filter(known(), valid_from__lt=now).order_by("-valid_from", "-pk")
    found: QuerySet[Any] = ValueSet.objects.filter(pk__in=earlier.values("pk")[:1])
    return found


def values_with_examples(day: date) -> QuerySet[Any]:
    """The values of a day, each with whether an example shows it."""
    shown = Behaviour.objects.filter(value=OuterRef("pk"), shows=True, withdrawn_on__isnull=True)
    found: QuerySet[Any] = values_on(day).annotate(has_example=Exists(shown))
    return found


def coverage_of(year: int) -> QuerySet[Any]:
    """The counts of a year that stand."""
    return Coverage.objects.filter(year=year, withdrawn_on__isnull=True).select_related("instrument", "unit")


@dataclass(frozen=True)
class ValueCard:
    """A value with its examples: what shows it, and what goes against it."""

    row: CoreValue
    shows: tuple[Behaviour, ...]
    against: tuple[Behaviour, ...]


def cards(actor: Actor, value_set: ValueSet | None, day: date | None = None) -> list[ValueCard]:
    """The values of a set, on a day or of all time, with their examples; two queries."""
    if value_set is None:
        return []
    held = Q() if day is None else as_of(day)
    rows = list(visible_values(actor).filter(held, value_set=value_set))
    found: defaultdict[int, list[Behaviour]] = defaultdict(list)
    for one in visible_behaviours(actor).filter(value__in=[row.pk for row in rows]):
        found[one.value_id].append(one)
    return [
        ValueCard(
            row,
            tuple(one for one in found[row.pk] if one.shows),
            tuple(one for one in found[row.pk] if not one.shows),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class InstrumentLine:
    """Where the values have a place: its guide now, and of the year in how many of how many they came up."""

    row: Instrument
    guide: Guide | None
    covered: int
    total: int


def instrument_lines(actor: Actor, day: date) -> list[InstrumentLine]:
    """The instruments of a day with their guide and the counts of its year; three queries."""
    actor.require(permissions.VIEW)
    guides = {guide.instrument_id: guide for guide in Guide.objects.filter(as_of(day))}
    sums = coverage_of(day.year).values("instrument").annotate(n=Sum("covered"), m=Sum("total")).order_by()
    counts = {row["instrument"]: (row["n"], row["m"]) for row in sums}
    return [
        InstrumentLine(row, guides.get(row.pk), *counts.get(row.pk, (0, 0))) for row in instruments_on(day)
    ]


def questions_of(guide: Guide) -> QuerySet[Any]:
    """The questions of a guide by value, in their order."""
    return (
        Question.objects.filter(guide=guide)
        .select_related("value")
        .order_by("value__place", "value_id", "place", "pk")
    )


def steps_of(value_set: ValueSet) -> QuerySet[Any]:
    """How the set came about, first step first."""
    return Step.objects.filter(value_set=value_set).order_by("held_on", "pk")


def counts_of(instrument: Instrument) -> QuerySet[Any]:
    """The counts of an instrument that stand, newest year first; the whole organisation before its units."""
    rows = Coverage.objects.filter(instrument=instrument, withdrawn_on__isnull=True).select_related("unit")
    return rows.order_by("-year", F("unit").asc(nulls_first=True), "pk")


def unit_names(day: date) -> dict[int, str]:
    """The units of a day, by number."""
    rows: Any = UnitPeriod.objects.filter(as_of(day)).values_list("unit_id", "name")
    return dict(rows)


def _named(model: Any, label: str, page: str, key: str) -> Any:
    def named(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
        if not actor.may(permissions.VIEW):
            return {}
        slug = actor.organisation.slug
        return {
            str(uid): RecordName(str(told), reverse(f"values:{page}", args=[slug, pk]))
            for uid, told, pk in model.objects.filter(uid__in=uids).values_list("uid", label, key)
        }

    return named


SETS = _named(ValueSet, "origin", "set", "pk")
VALUES = _named(CoreValue, "name", "set", "value_set_id")
BEHAVIOURS = _named(Behaviour, "value__name", "set", "value__value_set_id")
PARTS = _named(VisionPart, "text", "set", "value_set_id")
STEPS = _named(Step, "title", "set", "value_set_id")
INSTRUMENTS = _named(Instrument, "name", "instrument", "pk")
GUIDES = _named(Guide, "instrument__name", "instrument", "instrument_id")
COUNTS = _named(Coverage, "instrument__name", "instrument", "instrument_id")
