"""The rows that the chapter's claims rest on. They name the whole organisation, whoever reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Appointment
from houvast.modules.structure.models import MilestoneEvidence, StructureVersion, TransitionAction
from houvast.modules.structure.queries.versions import agreed_by, ended_by
from houvast.modules.structure.rules.versions import VersionKind

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
    # The organisation, though the unit has but one, leads to the few posts of the unit by their index.
    here = Q(post__periods__organisation=OuterRef("organisation"), post__periods__unit=OuterRef("unit"))
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
        post__periods__organisation=F("organisation"),
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


def _version_at(day: date) -> Any:
    """The version of the organisation's structure that a day is judged by: its key.

    The one that should have taken effect last; where none should have yet, the first to come.
    """
    standing = StructureVersion.objects.filter(kind=VersionKind.ORGANISATION, withdrawn_on__isnull=True)
    begun = standing.filter(effective_on__lte=day).order_by("-effective_on", "-pk")
    coming = standing.filter(effective_on__gt=day).order_by("effective_on", "pk")
    return Coalesce(Subquery(begun.values("pk")[:1]), Subquery(coming.values("pk")[:1]))


def _by(day: date, at: str, value: str | None = None) -> Case:
    """A day or text of a row, where its day had come by then; else nothing, as it was believed then."""
    return Case(When(**{f"{at}__lte": day}, then=F(value or at)), default=None)


def version_on(day: date) -> QuerySet[Any]:
    """The version that a day is judged by, once for each action agreed by then, or once when there is none.

    As it was on that day: `adopted_on`; `advice_then`, empty where it still lacked; of an action `action_uid`,
    `action`, `due`, and `done` and `dropped` where that had happened.
    """
    agreed = FilteredRelation("actions", condition=agreed_by(day, "actions__"))
    advice = When(Q(advised_on__isnull=True) | Q(advised_on__lte=day), then=F("advice"))
    rows: QuerySet[Any] = StructureVersion.objects.annotate(
        agreed=agreed,
        adopted_on=_by(day, "decided_on"),
        advice_then=Case(advice, default=Value("")),
        action_uid=F("agreed__uid"),
        action=F("agreed__what"),
        due=F("agreed__due_on"),
        done=_by(day, "agreed__done_on"),
        dropped=_by(day, "agreed__lapsed_on"),
    )
    return rows.filter(pk=_version_at(day))


def milestone_evidence(day: date) -> QuerySet[Any]:
    """The checked evidence of the milestone that was reached by a day on the way to the version of that day.

    With what the version's own status rests on: `adopted_on`, `advice_then` and `opened`, its open actions.
    """
    version = "milestone__version_of__"
    then = Q(**{f"{version}advised_on__isnull": True}) | Q(**{f"{version}advised_on__lte": day})
    opened = (
        TransitionAction.objects.filter(agreed_by(day) & ~ended_by(day))
        .filter(version_of=OuterRef("milestone__version_of"))
        .order_by()
        .values("version_of")
        .annotate(number=Count("pk"))
    )
    rows: QuerySet[Any] = MilestoneEvidence.objects.filter(
        checked_at__isnull=False,
        withdrawn_on__isnull=True,
        milestone__closed_on__lte=day,
        milestone__version_of=_version_at(day),
    )
    found: QuerySet[Any] = rows.annotate(
        adopted_on=_by(day, f"{version}decided_on"),
        advice_then=Case(When(then, then=F(f"{version}advice")), default=Value("")),
        opened=Coalesce(Subquery(opened.values("number")), 0),
    )
    return found


def board_models(day: date) -> QuerySet[Any]:
    """The models of the board that were adopted and in effect on a day."""
    return StructureVersion.objects.filter(
        kind=VersionKind.BOARD_MODEL,
        withdrawn_on__isnull=True,
        effective_on__lte=day,
        decided_on__isnull=False,
        decided_on__lte=day,
    )
