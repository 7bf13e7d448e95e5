"""Telling other modules, from within an action, that something happened."""

from houvast.core.events.jobs import wake
from houvast.core.events.models import OutboxEvent
from houvast.core.events.rules import Event
from houvast.core.orgs.scope import current_organisation_id, current_writing


def emit(event: Event) -> None:
    """Write the event, and the job that hands it over, in the transaction of the action under way.

    Both are there after the commit, or neither. Raises WriteOutsideAction outside an action.
    """
    current_writing()
    organisation_id = current_organisation_id()
    OutboxEvent(organisation_id=organisation_id, name=event.name, payload=event.payload()).save()
    wake(organisation_id)
