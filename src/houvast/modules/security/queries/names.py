"""What the records of this module are called in the trail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.registry import RecordName
from houvast.modules.security import permissions
from houvast.modules.security.models import BreachAdvice, BreachDecision, Notification
from houvast.modules.security.queries.breaches import breaches_visible_to
from houvast.modules.security.queries.incidents import incidents_visible_to


def incident_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """The incidents that the actor may see, by reference."""
    if not actor.may(permissions.VIEW_INCIDENTS):
        return {}
    rows = incidents_visible_to(actor).filter(uid__in=uids)
    return _named(actor, "security:incident", rows.values_list("uid", "reference", "pk"))


def breach_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """The breaches that the actor may see, by reference."""
    if not actor.may(permissions.VIEW_BREACHES):
        return {}
    rows = breaches_visible_to(actor).filter(uid__in=uids)
    return _named(actor, "security:breach", rows.values_list("uid", "reference", "pk"))


def _of_breach(
    model: type[BreachAdvice | BreachDecision | Notification], actor: Actor, uids: Collection[str]
) -> dict[str, RecordName]:
    if not actor.may(permissions.VIEW_BREACHES):
        return {}
    rows = model.objects.filter(uid__in=uids, breach__in=breaches_visible_to(actor))
    return _named(actor, "security:breach", rows.values_list("uid", "breach__reference", "breach_id"))


def advice_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Advice by the breach that it is about."""
    return _of_breach(BreachAdvice, actor, uids)


def decision_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Decisions by the breach that they are about."""
    return _of_breach(BreachDecision, actor, uids)


def notification_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Notifications by the breach that they are about."""
    return _of_breach(Notification, actor, uids)


def _named(actor: Actor, page: str, rows: Any) -> dict[str, RecordName]:
    slug = actor.organisation.slug
    return {str(uid): RecordName(reference, reverse(page, args=[slug, pk])) for uid, reference, pk in rows}
