"""What happened to the structure on some days: four queries, however many days and whatever the size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import known
from houvast.core.orgs.models import PostPeriod, UnitPeriod
from houvast.core.people.models import Appointment
from houvast.modules.structure import permissions
from houvast.modules.structure.models import StructureVersion
from houvast.modules.structure.rules.happenings import Began, Happening

_Days = defaultdict[date, set[Any]]


def happenings(actor: Actor, days: Sequence[date]) -> dict[date, Happening]:
    """What began and ended on each of these days."""
    actor.require(permissions.VIEW)
    units = _changes(_touching(UnitPeriod, days).values_list("valid_from", "valid_until", "unit_id"))
    posts = _changes(_touching(PostPeriod, days).values_list("valid_from", "valid_until", "post_id"))
    began, ended = _appointments(days)
    versions: defaultdict[date, list[str]] = defaultdict(list)
    standing = _standing().filter(effective_on__in=days)
    for day, name in standing.order_by("kind", "pk").values_list("effective_on", "name"):
        versions[day].append(name)
    return {
        day: Happening(
            versions=tuple(versions[day]),
            units_from=frozenset(units[0][day]),
            units_until=frozenset(units[1][day]),
            posts_from=frozenset(posts[0][day]),
            posts_until=frozenset(posts[1][day]),
            began=tuple(began[day]),
            ended=tuple(ended[day]),
        )
        for day in days
    }


def version_days(actor: Actor) -> list[date]:
    """The days on which an adopted version of the structure takes effect, in order; one query."""
    actor.require(permissions.VIEW)
    return list(_standing().order_by("effective_on").values_list("effective_on", flat=True).distinct())


def _standing() -> Any:
    return StructureVersion.objects.filter(decided_on__isnull=False, withdrawn_on__isnull=True)


def _touching(model: Any, days: Sequence[date]) -> Any:
    return model.objects.filter(known(), Q(valid_from__in=days) | Q(valid_until__in=days))


def _changes(rows: Iterable[tuple[date, date | None, Any]]) -> tuple[_Days, _Days]:
    """What begins and what ends, by day."""
    begins: _Days = defaultdict(set)
    ends: _Days = defaultdict(set)
    for start, until, key in rows:
        begins[start].add(key)
        if until is not None:
            ends[until].add(key)
    return begins, ends


def _appointments(days: Sequence[date]) -> tuple[_Days, _Days]:
    carried = PostPeriod.objects.filter(
        known(),
        known(prefix="function__periods__"),
        post=OuterRef("post"),
        valid_from__lte=OuterRef("valid_from"),
    ).order_by("-valid_from", "-function__periods__valid_from", "-pk")
    rows = _touching(Appointment, days).annotate(
        carried=Subquery(carried.values("function__periods__kind")[:1])
    )
    told = rows.values_list("valid_from", "valid_until", "person_id", "carried", "kind")
    return _changes(
        (start, until, Began(person, kind or "", how == Appointment.Kind.ACTING))
        for start, until, person, kind, how in told
    )
