"""The rows that the chapter's claims rest on. They name the whole organisation, whoever reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Appointment

_POST = "post__periods__"
_FUNCTION = "post__periods__function__periods__"


def appointments_on(day: date, kind: FunctionKind, where: Q = Q()) -> QuerySet[Any]:  # noqa: B008  see spans
    """Who is appointed (not acting) on a day to a post whose function is of that kind.

    `where` belongs in the same filter, so that it speaks of the same period of the post.
    """
    rows: QuerySet[Any] = Appointment.objects.filter(
        where,
        as_of(day),
        as_of(day, prefix=_POST),
        as_of(day, prefix=_FUNCTION),
        kind=Appointment.Kind.REGULAR,
        post__periods__function__periods__kind=kind,
    )
    return rows


def posts_on(day: date, kind: FunctionKind) -> QuerySet[Any]:
    """The posts of that kind on a day, with `held`: the appointment's uid where somebody is appointed."""
    held = Appointment.objects.filter(as_of(day), kind=Appointment.Kind.REGULAR, post=OuterRef("post"))
    rows: QuerySet[Any] = PostPeriod.objects.filter(
        as_of(day),
        as_of(day, prefix="function__periods__"),
        function__periods__kind=kind,
    )
    found: QuerySet[Any] = rows.annotate(held=Subquery(held.values("uid")[:1]))
    return found


def teams_on(day: date) -> QuerySet[Any]:
    """The teams on a day, with their leader: `leader` (the appointment's uid), `leader_name`, `led_from`."""
    here = Q(post__periods__unit=OuterRef("unit"))
    first = appointments_on(day, FunctionKind.TEAM_LEADER, here).order_by("valid_from", "pk")
    rows: QuerySet[Any] = UnitPeriod.objects.filter(as_of(day), kind=UnitKind.TEAM)
    found: QuerySet[Any] = rows.annotate(
        leader=Subquery(first.values("uid")[:1]),
        leader_name=Subquery(first.values("person__name")[:1]),
        led_from=Subquery(first.values("valid_from")[:1]),
    )
    return found


def team_periods(day: date) -> QuerySet[Any]:
    """When what was a team, as far as it had begun on a day."""
    return UnitPeriod.objects.filter(known(), kind=UnitKind.TEAM, valid_from__lte=day)


def leader_appointments(day: date) -> QuerySet[Any]:
    """Every appointment (not acting) as team leader that had begun on a day, also when it has ended since.

    One row for each period of the post in which it fell.
    """
    return Appointment.objects.filter(
        known(),
        known(prefix=_POST),
        known(prefix=_FUNCTION),
        _during(_POST),
        _during(_FUNCTION),
        kind=Appointment.Kind.REGULAR,
        valid_from__lte=day,
        post__periods__function__periods__kind=FunctionKind.TEAM_LEADER,
    )


def _during(prefix: str) -> Q:
    """The period shares a day with the appointment."""
    begins = Q(valid_until__isnull=True) | Q(**{f"{prefix}valid_from__lt": F("valid_until")})
    ends = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": F("valid_from")})
    return begins & ends


def leader_functions(day: date) -> QuerySet[Any]:
    """Every period of a function of team leaders that had begun on a day."""
    return FunctionPeriod.objects.filter(known(), kind=FunctionKind.TEAM_LEADER, valid_from__lte=day)


LED_DAYS = (
    "valid_from",
    "valid_until",
    f"{_POST}valid_from",
    f"{_POST}valid_until",
    f"{_FUNCTION}valid_from",
    f"{_FUNCTION}valid_until",
)
"""Beginnings and ends that a leader's days have in common: of the appointment, the post and the function."""


def leader_posts(start: date, day: date) -> QuerySet[Any]:
    """The posts of team leaders on a day, with `first_filled`: when somebody began on it from `start` on."""
    began = Appointment.objects.filter(
        known(),
        kind=Appointment.Kind.REGULAR,
        post=OuterRef("post"),
        valid_from__gte=start,
        valid_from__lte=day,
    ).order_by("valid_from", "pk")
    first = Subquery(began.values("valid_from")[:1])
    found: QuerySet[Any] = posts_on(day, FunctionKind.TEAM_LEADER).annotate(first_filled=first)
    return found
