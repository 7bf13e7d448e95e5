"""The structure on a day, as a tree: five queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Min

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.people.models import Appointment
from houvast.modules.structure import permissions
from houvast.modules.structure.rules import difference as differences
from houvast.modules.structure.rules.organogram import Holder, Node, Organogram, PostLine, build


def snapshot(actor: Actor, day: date, *, known_at: datetime | None = None) -> Organogram:
    """The structure on a day, as it was known at a moment (default: now)."""
    actor.require(permissions.VIEW)
    return organogram(day, known_at=known_at)


def organogram(day: date, *, known_at: datetime | None = None) -> Organogram:
    """The same without an actor, for what the whole organisation counts."""
    return build(day, _nodes(day, known_at), _posts(day, known_at), _people_from(known_at))


def _people_from(known_at: datetime | None) -> date | None:
    """The first day on which anybody is appointed; None where nobody ever was."""
    found = Appointment.objects.filter(known(known_at)).aggregate(first=Min("valid_from"))
    first: date | None = found["first"]
    return first


def difference(actor: Actor, earlier: date, later: date) -> differences.Difference:
    """What differs between the structure on two days; ten queries."""
    first, last = sorted((earlier, later))
    return differences.difference(snapshot(actor, first), snapshot(actor, last))


def _nodes(day: date, known_at: datetime | None) -> Iterator[Node]:
    fields = ("unit_id", "unit__code", "name", "kind", "parent_id", "valid_from", "order", "decision")
    rows = UnitPeriod.objects.filter(as_of(day, known_at=known_at)).values_list(*fields)
    return (Node(*row) for row in rows)


class _Function(NamedTuple):
    name: str
    kind: str


def _posts(day: date, known_at: datetime | None) -> Iterator[PostLine]:
    functions = {
        pk: _Function(name, kind)
        for pk, name, kind in FunctionPeriod.objects.filter(as_of(day, known_at=known_at)).values_list(
            "function_id", "name", "kind"
        )
    }
    holders = _holders(day, known_at)
    rows = PostPeriod.objects.filter(as_of(day, known_at=known_at)).values_list(
        "post_id", "post__code", "unit_id", "function_id", "valid_from", "fte"
    )
    for post, code, unit, function, since, fte in rows:
        described = functions.get(function, _Function(code, "staff"))
        held = tuple(holders[post])
        yield PostLine(post, code, unit, function, described.name, described.kind, since, fte, held)


def _holders(day: date, known_at: datetime | None) -> defaultdict[int, list[Holder]]:
    held: defaultdict[int, list[Holder]] = defaultdict(list)
    fields = ("post_id", "pk", "person_id", "person__name", "valid_from", "kind", "decision")
    rows = Appointment.objects.filter(as_of(day, known_at=known_at)).order_by("valid_from", "pk")
    for post, pk, person, name, since, kind, decision in rows.values_list(*fields):
        held[post].append(Holder(pk, person, name, since, kind == Appointment.Kind.ACTING, decision))
    return held


def change_days(actor: Actor) -> list[date]:
    """The days on which units, posts or appointments began or ended, in order, each once; three queries."""
    actor.require(permissions.VIEW)
    days: set[date] = set()
    for model in (UnitPeriod, PostPeriod, Appointment):
        for start, until in model.objects.filter(known()).values_list("valid_from", "valid_until").distinct():
            days.update(day for day in (start, until) if day is not None)
    return sorted(days)
