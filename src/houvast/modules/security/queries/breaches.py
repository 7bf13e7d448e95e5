"""Reading the register of data breaches."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from houvast.core.access.actor import Actor
from houvast.modules.security import permissions
from houvast.modules.security.models import Breach, BreachAdvice, BreachDecision, Notification
from houvast.modules.security.rules import BreachFacts, BreachStatus
from houvast.modules.security.rules.breaches import OPEN

COUNTED = ~Q(status=BreachStatus.DISMISSED)


def breaches_visible_to(actor: Actor) -> QuerySet[Breach]:
    """The breaches an official may see: all, or those of the units where the right holds."""
    units = actor.units(permissions.VIEW_BREACHES)
    rows: QuerySet[Breach] = Breach.objects.order_by("-registered_on", "-pk")
    return rows if units is None else rows.filter(unit__in=units)


def sees_breach(actor: Actor, uid: UUID) -> bool:
    """Whether the actor may see this breach, and so its files."""
    return actor.may(permissions.VIEW_BREACHES) and breaches_visible_to(actor).filter(uid=uid).exists()


def own_breaches(actor: Actor) -> QuerySet[Breach]:
    """What the actor reported; every reporter may follow that."""
    actor.require(permissions.REPORT)
    rows: QuerySet[Breach] = Breach.objects.order_by("-registered_on", "-recorded_at")
    return rows.filter(reporter=actor.person_id) if actor.person_id else rows.none()


def open_clocks(actor: Actor) -> QuerySet[Breach]:
    """The breaches whose 72 hours still run, most urgent first."""
    return breaches_visible_to(actor).filter(status__in=OPEN).order_by("due_at", "pk")


@dataclass(frozen=True)
class Running:
    """How many clocks run, and how many of those have expired."""

    all: int
    late: int


def running(actor: Actor, now: datetime) -> Running:
    """The running clocks that the actor may see, counted; one query."""
    late = Count("pk", filter=Q(due_at__lt=now))
    return Running(**open_clocks(actor).order_by().aggregate(all=Count("pk"), late=late))


def breaches_of(year: int) -> QuerySet[Breach]:
    """What the chapter counts: registered in that year, by the Amsterdam calendar, and not dismissed."""
    return counted_breaches().filter(registered_on__year=year)


def counted_breaches() -> QuerySet[Breach]:
    """What the chapters of all years count."""
    rows: QuerySet[Breach] = Breach.objects.filter(COUNTED)
    return rows


def all_breaches() -> QuerySet[Breach]:
    """Every row of the register, also those that were dismissed: what is kept, and for how long."""
    rows: QuerySet[Breach] = Breach.objects.all()
    return rows


def notifications_of(year: int) -> QuerySet[Notification]:
    """The notifications of the breaches that the chapter counts for that year."""
    # By join: a list of a year's breaches to look each notification up in would be made anew by every query.
    rows: QuerySet[Notification] = Notification.objects.filter(
        ~Q(breach__status=BreachStatus.DISMISSED), breach__registered_on__year=year
    )
    return rows


def latest_advice(breach: Breach) -> BreachAdvice | None:
    """The advice that holds."""
    return breach.advices.select_related("given_by").order_by("-given_at", "-pk").first()


def latest_decision(breach: Breach) -> BreachDecision | None:
    """The last decision. It holds unless newer advice reopened it: see the breach's `outcome`."""
    return breach.decisions.select_related("decided_by").order_by("-decided_at", "-pk").first()


def breach_facts(breach: Breach) -> BreachFacts:
    """The facts of a breach as they stand."""
    return BreachFacts(**{field.name: getattr(breach, field.name) for field in fields(BreachFacts)})
