"""Reporting, correcting and closing security incidents."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Unit
from houvast.core.orgs.once import require_first
from houvast.core.references.actions import next_reference
from houvast.modules.security import permissions
from houvast.modules.security.actions.common import put, require_changes, require_content, require_unit
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries import incident_facts
from houvast.modules.security.rules import IncidentFacts, IncidentKind, IncidentStatus, require
from houvast.modules.security.rules.incidents import check_closing, check_step
from houvast.modules.security.rules.refusal import check_closing_day


@action("security.report_incident", permission=permissions.REPORT)
def report_incident(
    actor: Actor,
    *,
    at: datetime,
    facts: IncidentFacts,
    unit: Unit | None = None,
    sent_key: UUID | None = None,
) -> Incident:
    """Put an incident in the register.

    Raises Refusal for facts that cannot be, and AlreadyDone for a form that was sent before.
    """
    require_first(sent_key, Incident, Breach)
    facts.check(at)
    registered_on = localdate(at)
    incident = Incident(
        reference=next_reference("security.incidents", registered_on.year, "VI"),
        registered_on=registered_on,
        reporter_id=actor.person_id,
        unit=unit,
        sent_key=sent_key,
        **vars(facts),
    )
    incident.save()
    record(incident, reference=incident.reference, registered_on=registered_on, unit=unit, **vars(facts))
    return incident


@action("security.report_vulnerability", permission=permissions.REPORT_VULNERABILITY)
def report_vulnerability(
    actor: Actor,
    *,
    at: datetime,
    where: str,
    description: str,
    contact: str = "",
    sent_key: UUID | None = None,
) -> Incident:
    """Put in the register what somebody from outside found. Who that is stays unknown, but for an e-mail address.

    Raises Refusal for a report without content, and AlreadyDone for a form that was sent before.
    """
    require_first(sent_key, Incident)
    require(where.strip(), _("Vul in waar u het vond."), field="where")
    require(description.strip(), _("Beschrijf wat u vond."), field="description")
    registered_on = localdate(at)
    incident = Incident(
        reference=next_reference("security.incidents", registered_on.year, "VI"),
        registered_on=registered_on,
        kind=IncidentKind.VULNERABILITY,
        discovered_at=at,
        description=f"{where.strip()}\n\n{description.strip()}",
        from_outside=True,
        contact=contact,
        sent_key=sent_key,
    )
    incident.save()
    told = {"reference": incident.reference, "registered_on": registered_on, "kind": incident.kind}
    record(incident, **told, description=incident.description, contact=contact, from_outside=True)
    return incident


@action("security.change_incident", permission=permissions.HANDLE)
def change_incident(
    actor: Actor,
    *,
    incident_id: int,
    expected_version: int,
    at: datetime,
    facts: IncidentFacts,
    unit: Unit | None = None,
) -> Incident:
    """Correct or complete an incident; the first time takes it into handling. Raises Refusal or Conflict."""
    incident = lock(Incident, incident_id, expected_version)
    require_unit(actor, permissions.HANDLE, incident)
    require_content(incident)
    facts.check(at)
    changes = put(incident, facts, unit=unit)
    if incident.status == IncidentStatus.REPORTED:
        incident.status = changes["status"] = IncidentStatus.IN_HANDLING
    if incident.status == IncidentStatus.CLOSED:
        check_closing(facts, has_breach=incident.breaches.exists())
    require_changes(changes)
    incident.save()
    record(incident, **changes)
    return incident


@action("security.close_incident", permission=permissions.HANDLE)
def close_incident(
    actor: Actor, *, incident_id: int, expected_version: int, at: datetime, on: date
) -> Incident:
    """Close an incident, on a day up to the moment `at`.

    Raises Refusal while something is unknown that must be known, or Conflict.
    """
    incident = lock(Incident, incident_id, expected_version)
    require_unit(actor, permissions.HANDLE, incident)
    incident.status = check_step(IncidentStatus(incident.status))
    check_closing(incident_facts(incident), has_breach=incident.breaches.exists())
    check_closing_day(incident.registered_on, on, localdate(at))
    incident.closed_on = on
    incident.save(update_fields=["status", "closed_on"])
    record(incident, status=incident.status, closed_on=on)
    return incident
