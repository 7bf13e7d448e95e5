"""Handing events to the modules that react, by the worker: at least once, recorded exactly once.

A worker takes an event for the length of a lease. One that dies leaves the lease to run out; another
takes the event up again and skips the reactions that are recorded as done.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django_tasks import task

from houvast.core.access.actor import Actor, system_actor
from houvast.core.events.models import Handled, OutboxEvent
from houvast.core.events.rules import LEASE, Event, Reaction, wait_after
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, writing
from houvast.core.registry import modules

log = logging.getLogger(__name__)


@task()
def hand_over(organisation_id: int) -> None:
    """Hand every event that waits in the organisation to its reactions; come back for what failed."""
    actor = system_actor(Organisation.objects.get(pk=organisation_id))
    worked = False
    while (taken := _take(organisation_id)) is not None:
        _deliver(actor, taken)
        worked = True
    if worked and (moment := _next_moment(organisation_id)) is not None:
        wake(organisation_id, after=moment)


def wake(organisation_id: int, *, after: datetime | None = None) -> None:
    """Put a job for the worker in the database, within the transaction under way where there is one."""
    hand_over.using(run_after=after).enqueue(organisation_id)


def resume() -> int:
    """Put a job for every organisation where an event still waits; how many. For a worker that starts."""
    woken = 0
    for organisation in Organisation.objects.order_by("pk"):
        if (moment := _next_moment(organisation.pk)) is not None:
            wake(organisation.pk, after=moment)
            woken += 1
    return woken


def reactions_to(name: str) -> tuple[Reaction, ...]:
    """The reactions of all modules to an event, in a stable order."""
    return tuple(
        reaction for module in modules() for reaction in module.reactions if reaction.event.name == name
    )


def _next_moment(organisation_id: int) -> datetime | None:
    with reading(organisation_id):
        waiting = OutboxEvent.objects.filter(handled_at__isnull=True).order_by("not_before")
        moment: datetime | None = waiting.values_list("not_before", flat=True).first()
        return moment


def _take(organisation_id: int) -> OutboxEvent | None:
    """The oldest event that is due, on lease."""
    skip = connection.features.has_select_for_update_skip_locked
    with writing(organisation_id):
        due = OutboxEvent.objects.filter(handled_at__isnull=True, not_before__lte=timezone.now())
        event: OutboxEvent | None = due.select_for_update(skip_locked=skip).order_by("pk").first()
        if event is not None:
            event.attempts += 1
            event.not_before = timezone.now() + LEASE
            event.save(update_fields=["attempts", "not_before"])
        return event


def _deliver(actor: Actor, taken: OutboxEvent) -> None:
    with reading(actor.organisation.pk):
        done = set(Handled.objects.filter(event=taken).values_list("reaction", flat=True))
    left = [reaction for reaction in reactions_to(taken.name) if reaction.key not in done]
    failed = [reaction.key for reaction in left if not _react(actor, taken, reaction)]
    with writing(actor.organisation.pk):
        if failed:
            taken.not_before = timezone.now() + wait_after(taken.attempts)
        else:
            taken.handled_at = timezone.now()
        taken.save(update_fields=["not_before", "handled_at"])


def _react(actor: Actor, taken: OutboxEvent, reaction: Reaction) -> bool:
    event: Event = reaction.event.read(taken.payload)
    try:
        reaction.run(actor, event)
    except Exception:
        # Whatever went wrong in one reaction must not stop the others; it is tried again.
        log.exception("Reaction %s to event %s failed, attempt %s", reaction.key, taken.pk, taken.attempts)
        return False
    with writing(actor.organisation.pk):
        Handled.objects.get_or_create(
            organisation_id=actor.organisation.pk,
            event=taken,
            reaction=reaction.key,
        )
    return True
