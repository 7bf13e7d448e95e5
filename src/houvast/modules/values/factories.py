"""A vision with its values for tests and demo data, made by the actions everybody uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor
from houvast.core.orgs.scope import reading
from houvast.modules.values import actions, queries
from houvast.modules.values.models import CoreValue, Instrument, ValueSet
from houvast.modules.values.rules import InstrumentKind, PartKind, Precision

DAY = date(2021, 1, 1)
NAMES = ("Bewust doen", "Met lef", "Leergierig")


def value_set(
    actor: Actor,
    names: Sequence[str] = NAMES,
    *,
    origin: str = "Op weg",
    since: date = DAY,
    until: date | None = None,
    precision: str = Precision.YEAR,
    review_on: date | None = None,
) -> ValueSet:
    """A set with its values."""
    made = actions.add_set(
        actor,
        origin=origin,
        valid_from=since,
        valid_until=until,
        precision=precision,
        review_on=review_on,
        today=since,
    )
    for name in names:
        actions.add_value(actor, set_id=made.pk, name=name, valid_from=since)
    return made


def vision(actor: Actor, of: ValueSet, slogan: str, pairs: Sequence[str] = ()) -> None:
    """The slogan of a set, and the pairs that it is worked out in."""
    actions.add_part(actor, set_id=of.pk, kind=PartKind.SLOGAN, text=slogan, valid_from=of.valid_from)
    for pair in pairs:
        actions.add_part(actor, set_id=of.pk, kind=PartKind.PAIR, text=pair, valid_from=of.valid_from)


def values_of(actor: Actor, of: ValueSet) -> list[CoreValue]:
    """The values of a set, in their order."""
    with reading(actor.organisation.pk):
        return list(queries.visible_values(actor).filter(value_set=of))


def instrument(
    actor: Actor,
    name: str = "de sollicitatiegesprekken",
    kind: str = InstrumentKind.INTERVIEW,
    *,
    since: date = DAY,
) -> Instrument:
    """Something in which the values have a place."""
    return actions.add_instrument(actor, kind=kind, name=name, valid_from=since)


def guide(actor: Actor, of: Instrument, values: Sequence[CoreValue], *, since: date = DAY) -> None:
    """A guide with one question about each value."""
    actions.write_guide(
        actor,
        instrument_id=of.pk,
        valid_from=since,
        introduction="Neem de tijd.",
        questions=[(f"Wanneer liet u dit zien: {value.name}?", value.pk) for value in values],
        at=make_aware(datetime.combine(since, time(9))),
    )


def load(actor: Actor, number: int = 1, *, since: date = DAY) -> ValueSet:
    """A set before, and one with so many values, examples, instruments, guides and counts."""
    value_set(actor, ["Zorgvuldig"], origin="Daarvoor", since=date(since.year - 2, 1, 1), until=since)
    made = value_set(actor, [f"Waarde {place}" for place in range(number)], since=since, review_on=since)
    vision(actor, made, "Samen verder.", [f"denken én doen {place}" for place in range(number)])
    values = values_of(actor, made)
    for value in values:
        actions.add_behaviour(actor, value_id=value.pk, text="Vraagt door.", shows=True)
    for place in range(number):
        for kind in InstrumentKind:
            one = instrument(actor, f"{kind.label} {place}", kind, since=since)
            guide(actor, one, values, since=since)
            actions.count(
                actor, instrument_id=one.pk, year=since.year, total=9, covered=5 + place, today=since
            )
    return made
