"""Reading the register of security incidents."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from django.db.models import QuerySet

from houvast.core.access.actor import Actor
from houvast.modules.security import permissions
from houvast.modules.security.models import Incident
from houvast.modules.security.rules import IncidentFacts


def incidents_visible_to(actor: Actor) -> QuerySet[Incident]:
    """The incidents an official may see: all, or those of the units where the right holds."""
    units = actor.units(permissions.VIEW_INCIDENTS)
    rows: QuerySet[Incident] = Incident.objects.order_by("-registered_on", "-pk")
    return rows if units is None else rows.filter(unit__in=units)


def sees_incident(actor: Actor, uid: UUID) -> bool:
    """Whether the actor may see this incident, and so its files."""
    may = actor.may(permissions.VIEW_INCIDENTS)
    return may and incidents_visible_to(actor).filter(uid=uid).exists()


def own_incidents(actor: Actor) -> QuerySet[Incident]:
    """What the actor reported; every reporter may follow that."""
    actor.require(permissions.REPORT)
    rows: QuerySet[Incident] = Incident.objects.order_by("-registered_on", "-recorded_at")
    return rows.filter(reporter=actor.person_id) if actor.person_id else rows.none()


def incidents_of(year: int) -> QuerySet[Incident]:
    """What the chapter counts: registered in that year, by the Amsterdam calendar."""
    return counted_incidents().filter(registered_on__year=year)


def counted_incidents() -> QuerySet[Incident]:
    """What the chapters of all years count."""
    rows: QuerySet[Incident] = Incident.objects.all()
    return rows


def incident_facts(incident: Incident) -> IncidentFacts:
    """The facts of an incident as they stand."""
    return IncidentFacts(**{field.name: getattr(incident, field.name) for field in fields(IncidentFacts)})
