"""Reporting a data breach, and the steps of AVG art. 33: advice, decision, notification, closing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import SamePerson, require_second_person
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Unit
from houvast.core.orgs.once import require_first
from houvast.core.references.actions import next_reference
from houvast.modules.security import permissions
from houvast.modules.security.actions.common import (
    account_of,
    put,
    require_changes,
    require_content,
    require_unit,
)
from houvast.modules.security.models import Breach, BreachAdvice, BreachDecision, Incident, Notification
from houvast.modules.security.queries import breach_facts, latest_advice, latest_decision
from houvast.modules.security.rules import (
    BreachFacts,
    BreachStatus,
    Capacity,
    Controller,
    Outcome,
    Refusal,
    due_at,
    require,
)
from houvast.modules.security.rules import breaches as rules
from houvast.modules.security.rules.refusal import check_closing_day


@action("security.report_breach", permission=permissions.REPORT)
def report_breach(
    actor: Actor,
    *,
    at: datetime,
    facts: BreachFacts,
    incident: Incident | None = None,
    unit: Unit | None = None,
    sent_key: UUID | None = None,
) -> Breach:
    """Put a breach in the register and start its clock.

    Raises Refusal for facts that cannot be, and AlreadyDone for a form that was sent before.
    """
    require_first(sent_key, Breach, Incident)
    facts.check(at)
    registered_on = localdate(at)
    breach = Breach(
        reference=next_reference("security.breaches", registered_on.year, "DL"),
        registered_on=registered_on,
        due_at=due_at(facts.aware_at),
        reporter_id=actor.person_id,
        incident=incident,
        unit=unit,
        sent_key=sent_key,
        **vars(facts),
    )
    breach.save()
    told = {"reference": breach.reference, "registered_on": registered_on, "due_at": breach.due_at}
    record(breach, **told, incident=incident, unit=unit, **vars(facts))
    return breach


@action("security.change_breach", permission=permissions.HANDLE)
def change_breach(
    actor: Actor,
    *,
    breach_id: int,
    expected_version: int,
    at: datetime,
    facts: BreachFacts,
    incident: Incident | None = None,
    unit: Unit | None = None,
) -> Breach:
    """Correct or complete a breach (AVG art. 33 lid 4 and 5). Raises Refusal or Conflict."""
    breach = lock(Breach, breach_id, expected_version)
    require_unit(actor, permissions.HANDLE, breach)
    require_content(breach)
    facts.check(at)
    if facts.aware_at != breach.aware_at:
        _check_new_start(breach, facts.aware_at)
    changes = put(breach, facts, incident=incident, unit=unit)
    if "aware_at" in changes:
        breach.due_at = changes["due_at"] = due_at(facts.aware_at)
    require_changes(changes)
    if breach.status == BreachStatus.CLOSED:
        rules.check_closing(facts)
    breach.save()
    record(breach, **changes)
    return breach


def _check_new_start(breach: Breach, aware_at: datetime) -> None:
    """The clock may be corrected until the AP was told of it, and never to after a step that was taken."""
    require(
        breach.notified_at is None,
        _("Het moment van kennisname staat in de melding aan de AP en ligt daarom vast."),
        "AVG art. 33 lid 3",
        field="aware_at",
    )
    advice = latest_advice(breach)
    taken = [moment for moment in (breach.decided_at, advice and advice.given_at) if moment]
    require(
        all(aware_at <= moment for moment in taken),
        _("De kennisname kan niet na het advies of het besluit liggen."),
        "AVG art. 33 lid 1",
        field="aware_at",
    )


@action("security.advise", permission=permissions.ADVISE)
def advise(
    actor: Actor, *, breach_id: int, expected_version: int, at: datetime, risk: str, text: str
) -> BreachAdvice:
    """Advise as data protection officer (AVG art. 39 lid 1). New advice reopens an earlier decision.

    Raises Refusal or Conflict.
    """
    breach = lock(Breach, breach_id, expected_version)
    require_unit(actor, permissions.ADVISE, breach)
    breach.status = rules.check_step(BreachStatus(breach.status), BreachStatus.ADVISED)
    rules.check_advice(breach.aware_at, at, text)
    advice = BreachAdvice(breach=breach, risk=risk, text=text, given_at=at, given_by_id=account_of(actor))
    advice.save()
    breach.outcome, breach.decided_at = "", None
    breach.save(update_fields=["status", "outcome", "decided_at"])
    record(advice, breach=breach, risk=risk, text=text, given_at=at)
    record(breach, status=breach.status, risk=risk)
    return advice


@action("security.decide", permission=permissions.DECIDE)
def decide(
    actor: Actor,
    *,
    breach_id: int,
    expected_version: int,
    at: datetime,
    outcome: str,
    risk: str,
    motive: str,
) -> BreachDecision:
    """Decide for the controller whether the AP is notified (AVG art. 33 lid 1).

    Raises Refusal or Conflict.
    """
    breach = lock(Breach, breach_id, expected_version)
    require_unit(actor, permissions.DECIDE, breach)
    then = BreachStatus.TO_NOTIFY if outcome == Outcome.NOTIFY else BreachStatus.NOT_TO_NOTIFY
    breach.status = rules.check_step(BreachStatus(breach.status), then)
    advice = latest_advice(breach)
    assert advice is not None  # the status says so
    rules.check_decision(
        advised_at=advice.given_at, at=at, outcome=outcome, risk=risk, motive=motive, impact=breach.impact
    )
    decision = BreachDecision(
        breach=breach,
        advice=advice,
        advised_by_id=advice.given_by_id,
        outcome=outcome,
        risk=risk,
        motive=motive,
        decided_at=at,
        decided_by_id=_second_person(actor, advice),
    )
    decision.save()
    breach.outcome, breach.decided_at = outcome, at
    breach.save(update_fields=["status", "outcome", "decided_at"])
    record(decision, breach=breach, outcome=outcome, risk=risk, motive=motive, decided_at=at)
    record(breach, status=breach.status, outcome=outcome, decided_at=at)
    return decision


def _second_person(actor: Actor, advice: BreachAdvice) -> int:
    try:
        return require_second_person(actor, advice.given_by_id)
    except SamePerson as same:
        raise Refusal(
            _("Wie het advies gaf, besluit niet zelf. Laat een ander die daarvoor mandaat heeft besluiten."),
            "AVG art. 38 lid 6",
        ) from same


@action("security.notify", permission=permissions.NOTIFY)
def notify_authority(
    actor: Actor,
    *,
    breach_id: int,
    expected_version: int,
    at: datetime,
    submitted_at: datetime,
    authority_reference: str,
    late_motive: str = "",
    controller: str = Controller.COLLEGE,
) -> Notification:
    """Record that the AP was notified, by whom and in whose name. Raises Refusal or Conflict."""
    breach = lock(Breach, breach_id, expected_version)
    require_unit(actor, permissions.NOTIFY, breach)
    breach.status = rules.check_step(BreachStatus(breach.status), BreachStatus.NOTIFIED)
    decision = latest_decision(breach)
    assert decision is not None  # the status says so
    rules.check_notification(
        decided_at=decision.decided_at,
        due_at=breach.due_at,
        submitted_at=submitted_at,
        at=at,
        late_motive=late_motive,
    )
    require(
        authority_reference.strip(),
        _("Vul het nummer in dat de AP aan de melding gaf."),
        field="authority_reference",
    )
    facts: dict[str, Any] = {
        "submitted_at": submitted_at,
        "capacity": _capacity(actor),
        "controller": controller,
        "authority_reference": authority_reference,
        "late_motive": late_motive,
    }
    notification = Notification(
        breach=breach, decision=decision, due_at=breach.due_at, submitted_by_id=account_of(actor), **facts
    )
    notification.save()
    breach.notified_at = submitted_at
    breach.save(update_fields=["status", "notified_at"])
    record(notification, breach=breach, **facts)
    record(breach, status=breach.status, notified_at=submitted_at)
    return notification


def _capacity(actor: Actor) -> Capacity:
    return Capacity.PRIVACY_OFFICER if actor.may(permissions.ADVISE) else Capacity.SECURITY_OFFICER


@action("security.close_breach", permission=permissions.HANDLE)
def close_breach(actor: Actor, *, breach_id: int, expected_version: int, at: datetime, on: date) -> Breach:
    """Close a breach whose record is complete (AVG art. 33 lid 5), on a day up to the moment `at`.

    Raises Refusal or Conflict.
    """
    breach = lock(Breach, breach_id, expected_version)
    require_unit(actor, permissions.HANDLE, breach)
    breach.status = rules.check_step(BreachStatus(breach.status), BreachStatus.CLOSED)
    rules.check_closing(breach_facts(breach))
    check_closing_day(breach.registered_on, on, localdate(at))
    breach.closed_on = on
    breach.save(update_fields=["status", "closed_on"])
    record(breach, status=breach.status, closed_on=on)
    return breach


@action("security.dismiss_breach", permission=permissions.HANDLE)
def dismiss_breach(
    actor: Actor, *, breach_id: int, expected_version: int, at: datetime, on: date, motive: str
) -> Breach:
    """Record that it was no breach after all. The row and its reason stay. Raises Refusal or Conflict."""
    breach = lock(Breach, breach_id, expected_version)
    require_unit(actor, permissions.HANDLE, breach)
    breach.status = rules.check_step(BreachStatus(breach.status), BreachStatus.DISMISSED)
    require(motive.strip(), _("Leg uit waarom dit geen datalek is."), "AVG art. 4 onder 12", field="motive")
    check_closing_day(breach.registered_on, on, localdate(at))
    breach.closed_on, breach.dismissal = on, motive
    breach.save(update_fields=["status", "closed_on", "dismissal"])
    record(breach, status=breach.status, closed_on=on, dismissal=motive)
    return breach
