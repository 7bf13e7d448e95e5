"""What the actions of both registers share."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted, Permission
from houvast.core.retention.queries import destroyed
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules import BreachFacts, IncidentFacts, require


def put(
    row: Incident | Breach, facts: IncidentFacts | BreachFacts, **links: models.Model | None
) -> dict[str, Any]:
    """Put facts and links on a row; what changed, by field."""
    changes = {name: value for name, value in {**vars(facts), **links}.items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    return changes


def require_changes(changes: dict[str, Any]) -> None:
    """Raise Refusal where a correction would correct nothing."""
    require(changes, _("U hebt niets gewijzigd."))


def require_content(row: Incident | Breach) -> None:
    """Raise Refusal for a record whose content was destroyed: what is written there now would never be due again."""
    require(
        not destroyed([row.uid]),
        _("De inhoud is na afloop van de bewaartermijn vernietigd. Wijzigen kan niet meer."),
    )


def require_unit(actor: Actor, permission: Permission, row: Incident | Breach) -> None:
    """Raise NotPermitted where the actor's right holds for other units than the row's."""
    units = actor.units(permission)
    if units is not None and row.unit_id not in units:
        raise NotPermitted(permission)


def account_of(actor: Actor) -> int:
    """Who takes this step. Raises Refusal for the installation itself, which answers for nothing."""
    require(actor.account_id, _("Dit kan alleen iemand doen die met een eigen account is aangemeld."))
    assert actor.account_id is not None
    return actor.account_id
