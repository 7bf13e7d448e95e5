"""Once a day: a list of what is due, what was decided and not yet carried out, and no remains in the database file."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.retention import actions
from houvast.core.retention.models import DestructionCertificate, DestructionList
from houvast.core.retention.rules import OPEN, ListStatus

log = logging.getLogger(__name__)


def daily() -> None:
    """Carry out what was decided, and list what is due where no list waits for somebody."""
    now = timezone.now()
    today = timezone.localdate(now)
    for organisation in Organisation.objects.order_by("pk"):
        carry_out_decided(organisation, now, today)
        list_due(organisation, today)
    compact_after_destruction(now)


def carry_out_decided(organisation: Organisation, now: datetime, today: date) -> int:
    """Carry out the lists that two people decided on and whose process died; how many."""
    with reading(organisation.pk):
        waiting = list(
            DestructionList.objects.filter(status=ListStatus.APPROVED).values_list("pk", flat=True)
        )
    for pk in waiting:
        actions.execute(system_actor(organisation), list_id=pk, at=now, today=today)
    return len(waiting)


def list_due(organisation: Organisation, today: date) -> DestructionList | None:
    """Make a list of what is due; None where one is open already, or nothing is."""
    with reading(organisation.pk):
        if DestructionList.objects.filter(status__in=OPEN).exists():
            return None
    try:
        return actions.make_list(system_actor(organisation), day=today, today=today)
    except Refusal:
        return None


RECENT = timedelta(days=2)


def compact_after_destruction(now: datetime) -> bool:
    """Compact the database where something was destroyed of late; whether it was."""
    recent = False
    for organisation in Organisation.objects.order_by("pk"):
        with reading(organisation.pk):
            recent |= DestructionCertificate.objects.filter(recorded_at__gte=now - RECENT).exists()
    return recent and compact()


def compact() -> bool:
    """Write the SQLite database anew, so that no removed content is left in its file or in its log.

    PostgreSQL frees that space by itself (autovacuum); its owner may run VACUUM FULL. Whether it was done: a
    database that others are writing in is left for the next day.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            blocked = cursor.fetchone()[0]
    except DatabaseError:
        log.warning("The database could not be compacted after a destruction: others were at work.")
        return False
    return not blocked
