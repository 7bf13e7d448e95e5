"""The worker's side of a job: taking it, doing it, telling how far it is, and taking up what a dead worker left."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import NotPermitted
from houvast.core.access.queries import actor_for
from houvast.core.jobs import actions
from houvast.core.jobs.actions import Lost, held
from houvast.core.jobs.models import Job
from houvast.core.jobs.queries import kinds, lapsed
from houvast.core.jobs.rules import LEASE, MOST_ATTEMPTS, JobKind, JobRefused, JobState, Outcome
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, writing

log = logging.getLogger(__name__)

APART = 0.5
"""Seconds between two times that progress is written."""


class Stopped(Exception):  # noqa: N818  it is an answer, not a fault
    """Somebody asked the job to stop."""


class Leased(Protocol):
    """What a worker holds for as long as it says that it lives."""

    def renew(self, now: datetime) -> None:
        """Hold it for another while."""


_doing: list[Leased] = []


@contextmanager
def doing(what: Leased) -> Iterator[None]:
    """While the block runs, the heart of this process renews the lease."""
    _doing.append(what)
    try:
        yield
    finally:
        _doing.remove(what)


def renew_leases(now: datetime) -> None:
    """Hold what this process is doing for another while."""
    for what in tuple(_doing):
        what.renew(now)


@dataclass
class Work:
    """A job in the hands of a worker: what to do, for whom, and how to tell how far it is.

    actor: who started it, with the rights of this moment. begun_before: whether a worker died over it, so that
    something may be there already.
    """

    job: Job
    actor: Actor
    clock: Callable[[], float] = time.monotonic
    _told_at: float = field(default=float("-inf"), init=False)

    @property
    def arguments(self) -> dict[str, Any]:
        """What it was started with."""
        found: dict[str, Any] = self.job.arguments
        return found

    @property
    def begun_before(self) -> bool:
        return self.job.attempts > 1

    def progress(self, done: int, of: int, words: str = "") -> None:
        """Tell that `done` of `of` steps are done and what comes now; between actions, not inside one.

        Written at most twice a second, in a transaction of its own. Raises Stopped when somebody asked the job to
        stop and Lost when another worker has it now; let both pass.
        """
        now = self.clock()
        if now - self._told_at < APART and done < of:
            return
        self._told_at = now
        with writing(self.job.organisation_id):
            row = held(self.job)
            if row.stop_asked:
                raise Stopped
            row.done, row.of, row.words = done, of, words[:200]
            row.lease_until = timezone.now() + LEASE
            row.save(update_fields=["done", "of", "words", "lease_until"])

    def renew(self, now: datetime) -> None:
        """Hold the job for another while, unless it is another's by now."""
        with writing(self.job.organisation_id):
            try:
                row = held(self.job)
            except Lost:
                return
            row.lease_until = now + LEASE
            row.save(update_fields=["lease_until"])


@task()
def run_job(organisation_id: int, uid: str) -> None:
    """Do the job, unless another worker has it or it is over."""
    taken = _take(organisation_id, uid)
    if taken is None:
        return
    with override(taken.spoken):
        _carry_out(taken)


def _carry_out(taken: Job) -> None:
    try:
        _do(taken)
    except Lost:
        log.warning("Job %s was taken up by another worker", taken.uid)
    except Stopped:
        actions.stopped(taken)
    except (JobRefused, NotPermitted) as refused:
        actions.fail(taken, _sentence(refused))
    except Exception:
        # Whatever went wrong in a job must not stop the worker; the person sees that it failed.
        log.exception("Job %s (%s) failed", taken.uid, taken.kind)
        actions.fail(taken, _("Er ging iets mis. De oorzaak staat in het logboek van de server."))


def _sentence(refused: Exception) -> str:
    if isinstance(refused, NotPermitted):
        return _("U hebt het recht niet meer dat deze taak vraagt: %(right)s.") % {
            "right": refused.permission.label
        }
    return str(refused)


def _take(organisation_id: int, uid: str) -> Job | None:
    with writing(organisation_id):
        rows = Job.objects.select_for_update(of=("self",)).filter(uid=uid, state=JobState.WAITING)
        job: Job | None = rows.first()
        if job is None:
            return None
        now = timezone.now()
        job.state, job.lease_until, job.attempts = JobState.RUNNING, now + LEASE, job.attempts + 1
        job.started_at = job.started_at or now
        if job.attempts > MOST_ATTEMPTS:
            job.state, job.finished_at = JobState.FAILED, now
            with override(job.spoken):
                job.error = _(
                    "De taak is %(times)s keer begonnen en telkens afgebroken doordat de werker stopte."
                ) % {"times": MOST_ATTEMPTS}
        job.save()
        return job if job.state == JobState.RUNNING else None


def _do(job: Job) -> None:
    kind = kinds().get(job.kind)
    if kind is None:
        raise JobRefused(_("Dit soort taak bestaat niet meer."))
    work = Work(job, _actor(job, kind))
    with doing(work):
        outcome = kind.run(work)
    actions.finish(job, outcome or Outcome())


def _actor(job: Job, kind: JobKind) -> Actor:
    """Who started it, with the rights of today. Raises JobRefused, NotPermitted."""
    organisation = Organisation.objects.get(pk=job.organisation_id)
    if job.account_id is None:
        return system_actor(organisation)
    account = Account.objects.get(pk=job.account_id)
    with reading(organisation.pk):
        actor = actor_for(account, organisation, timezone.localdate())
    if actor is None or not account.is_active:
        raise JobRefused(_("Wie deze taak startte, heeft hier geen toegang meer."))
    actor.require_write(kind.permission)
    return actor


def resume(now: datetime | None = None) -> int:
    """Put what dead workers left, and what got lost in the queue, in the queue again; how many jobs."""
    moment, number = now or timezone.now(), 0
    for organisation_id in Organisation.objects.order_by("pk").values_list("pk", flat=True):
        with reading(organisation_id):
            waiting = lapsed(moment).exists()
        if not waiting:
            continue
        with writing(organisation_id):
            for job in lapsed(moment).select_for_update(of=("self",)):
                actions.put_back(job, moment)
                number += 1
    return number
