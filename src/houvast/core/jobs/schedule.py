"""Turns at set times: one at a time over all workers, made up once where they were missed.

A worker's heart asks every few seconds what is due, and puts it in the queue in the same transaction in which it
notes so. What a dead worker was doing stays due, so the next heart that beats puts it there again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from houvast.core.access.actor import system_actor
from houvast.core.jobs import actions
from houvast.core.jobs.models import Job, ScheduledTurn, WorkerBeat
from houvast.core.jobs.queries import turns
from houvast.core.jobs.rules import KEPT, LEASE, LIVE, QUEUE, RESULTS_KEPT, Turn, TurnState
from houvast.core.jobs.work import doing, resume
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, writing

log = logging.getLogger(__name__)


def tick(now: datetime) -> int:
    """Put every turn that is due in the queue; how many."""
    known = turns()
    _announce(known, now)
    due = ScheduledTurn.objects.filter(next_at__lte=now, key__in=known).order_by("next_at", "key")
    waiting = [row.key for row in due if _is_free(row, now)]
    return sum(_queue(key, now) for key in waiting)


def _announce(known: dict[str, Turn], now: datetime) -> None:
    have = set(ScheduledTurn.objects.values_list("key", flat=True))
    for key, turn in known.items():
        if key not in have:
            first = now if turn.at_once else turn.when.following(now)
            ScheduledTurn.objects.get_or_create(key=key, defaults={"next_at": first})


def _is_free(row: ScheduledTurn, now: datetime) -> bool:
    """Whether nobody has the turn, or who had it died."""
    return row.lease_until is None or row.lease_until < now


def _queue(key: str, now: datetime) -> bool:
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        rows = ScheduledTurn.objects.select_for_update(skip_locked=skip).filter(key=key, next_at__lte=now)
        row = rows.first()
        if row is None or not _is_free(row, now):
            return False
        row.number += 1
        row.state, row.error, row.lease_until = TurnState.QUEUED, "", now + QUEUE
        row.save()
        run_turn.enqueue(key, row.number)
    return True


@dataclass(frozen=True)
class Held:
    """A turn in the hands of a worker."""

    key: str
    number: int

    def renew(self, now: datetime) -> None:
        """Hold it for another while, unless it is another's by now."""
        mine = ScheduledTurn.objects.filter(key=self.key, number=self.number, state=TurnState.RUNNING)
        mine.update(lease_until=now + LEASE)


@task()
def run_turn(key: str, number: int) -> None:
    """Do the turn, unless it was put in the queue once more since or was done."""
    turn = turns().get(key)
    begun = timezone.now()
    waiting = ScheduledTurn.objects.filter(key=key, number=number, state=TurnState.QUEUED)
    told = {"state": TurnState.RUNNING, "started_at": begun, "lease_until": begun + LEASE}
    if turn is None or not waiting.update(**told):
        return
    error = ""
    with doing(Held(key, number)):
        try:
            turn.run()
        except Exception as failed:
            # Whatever went wrong in one turn must not stop the others; it has its next turn at its time.
            log.exception("The turn %s failed", key)
            error = type(failed).__name__
    _note(turn, number, error)


def _note(turn: Turn, number: int, error: str) -> None:
    now = timezone.now()
    ScheduledTurn.objects.filter(key=turn.key, number=number).update(
        state=TurnState.FAILED if error else TurnState.DONE,
        error=error[:200],
        finished_at=now,
        lease_until=None,
        next_at=turn.when.following(now),
    )


def beat(uid: UUID, now: datetime) -> None:
    """A sign of life; where another worker gave none for too long, take up what it was doing."""
    WorkerBeat.objects.update_or_create(
        uid=uid, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )
    silent = WorkerBeat.objects.filter(seen_at__lt=now - LEASE)
    if silent.exists():
        resume(now)
        # One that is seen again tells so itself. The newest stays for the page when no worker is left.
        silent.delete()


def tidy() -> None:
    """Forget what the queue has done, and jobs that were over long ago with their files."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lte=now - RESULTS_KEPT).delete()
    # The queue never takes up again what a killed worker was doing; what it was doing has a lease of its own.
    DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lte=now - timedelta(days=1)
    ).delete()
    for organisation in Organisation.objects.order_by("pk"):
        with reading(organisation.pk):
            old = Job.objects.exclude(state__in=LIVE).filter(finished_at__lte=now - KEPT)
            found = list(old.order_by("pk").values_list("pk", "file_id"))
        for pk, file_id in found:
            if file_id is not None:
                actions.drop_result(system_actor(organisation), job_id=pk)
                continue
            with writing(organisation.pk):
                Job.objects.get(pk=pk).delete()
