"""Starting a job, asking it to stop, starting it again; and what the worker records of its outcome."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor, system_actor
from houvast.core.audit.actions import action, record
from houvast.core.files.actions import keep
from houvast.core.jobs.models import Job
from houvast.core.jobs.permissions import MANAGE
from houvast.core.jobs.queries import kinds, visible_to
from houvast.core.jobs.rules import LIVE, QUEUE, JobRefused, JobState, Made, Outcome, fingerprint
from houvast.core.orgs.scope import is_writing, writing


class Lost(Exception):  # noqa: N818  it is an answer, not a fault
    """The job is no longer this worker's: another took it up, or somebody ended it."""


def start(actor: Actor, kind: str, **arguments: Any) -> Job:
    """Have the worker do something; the job as it waits, or the one that waits or runs already.

    Inside an action the job is there after its commit, or not at all; elsewhere it is there at once. The arguments
    are texts, numbers and lists of those. Raises NotPermitted for who lacks the kind's permission.
    """
    found = kinds()[kind]
    actor.require_write(found.permission)
    with nullcontext() if is_writing() else writing(actor.organisation.pk):
        return _started(actor, found.key, _label(found.label), arguments)


def _label(label: Any) -> str:
    # The row outlives the reader: it keeps the words of the source, and a page says them in the reader's language.
    with override(None):
        return str(label)


def _started(actor: Actor, kind: str, label: str, arguments: dict[str, Any]) -> Job:
    same = fingerprint(kind, actor.account_id, arguments)
    job = Job(
        organisation_id=actor.organisation.pk,
        kind=kind,
        label=label,
        arguments=arguments,
        same=same,
        account_id=actor.account_id,
        language=get_language() or "",
        lease_until=timezone.now() + QUEUE,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        running: Job = Job.objects.get(same=same, state__in=LIVE)
        return running
    enqueue(job)
    return job


def enqueue(job: Job) -> None:
    """Put the job in the queue, within the transaction under way."""
    from houvast.core.jobs.work import run_job  # noqa: PLC0415  the worker's side needs this side

    run_job.enqueue(job.organisation_id, str(job.uid))


def _locked(actor: Actor, uid: UUID) -> Job:
    rows = visible_to(actor).select_related(None).select_for_update(of=("self",))
    return rows.get(uid=uid)


def cancel(actor: Actor, *, uid: UUID) -> Job:
    """Ask a job to stop: one that waits stops at once, one that runs at its next step.

    One's own, or anybody's for who manages jobs. Raises Job.DoesNotExist, JobRefused.
    """
    with writing(actor.organisation.pk):
        job = _locked(actor, uid)
        if not job.is_live:
            raise JobRefused(_("Deze taak is al voorbij."))
        job.stop_asked = True
        if job.state == JobState.WAITING:
            _end(job, JobState.CANCELLED)
        job.save()
        return job


def retry(actor: Actor, *, uid: UUID) -> Job:
    """Start a job that failed or was cancelled again, as who first started it.

    Raises Job.DoesNotExist; JobRefused for one that is not over, or whose like is waiting already.
    """
    with writing(actor.organisation.pk):
        job = _locked(actor, uid)
        if job.state not in (JobState.FAILED, JobState.CANCELLED):
            raise JobRefused(_("Alleen een taak die mislukte of werd afgebroken, kan opnieuw beginnen."))
        if Job.objects.filter(same=job.same, state__in=LIVE).exists():
            raise JobRefused(_("Dezelfde taak wacht al of is bezig."))
        job.state, job.error, job.attempts, job.stop_asked = JobState.WAITING, "", 0, False
        job.done, job.of, job.words, job.started_at, job.finished_at = 0, 0, "", None, None
        job.lease_until = timezone.now() + QUEUE
        job.save()
        enqueue(job)
        return job


def _end(job: Job, state: JobState) -> None:
    job.state, job.finished_at = state, timezone.now()


def held(job: Job) -> Job:
    """The row, locked, while it is still this worker's. Raises Lost."""
    row: Job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if row.state != JobState.RUNNING or row.attempts != job.attempts:
        raise Lost
    return row


def _finish(job: Job, outcome: Outcome) -> Job:
    row = held(job)
    row.words, row.url = outcome.words[:200], outcome.url
    row.done = row.of = max(row.of, 1)
    _end(row, JobState.DONE)
    return row


def finish(job: Job, outcome: Outcome) -> None:
    """Record that the job is done; with its file in one transaction. Raises Lost, and then nothing is kept."""
    if outcome.file is not None:
        keep_result(system_actor(job.organisation), job=job, outcome=outcome, made=outcome.file)
        return
    with writing(job.organisation_id):
        _finish(job, outcome).save()


@action("jobs.keep_result", permission=MANAGE)
def keep_result(actor: Actor, *, job: Job, outcome: Outcome, made: Made) -> Job:
    """Keep the file that a job made, and that it is done. Raises Lost."""
    row = _finish(job, outcome)
    row.file = keep(made.content, made.name, table=Job._meta.label_lower, uid=row.uid)
    row.save()
    return row


@action("jobs.drop_result", permission=MANAGE)
def drop_result(actor: Actor, *, job_id: int) -> None:
    """Forget a job that has a file, and the file; the bytes go with the next tidying of the disk."""
    job: Job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    file = job.file
    assert file is not None
    job.delete()
    file.delete()
    record(file, name="", removed=True)


def fail(job: Job, sentence: str) -> None:
    """Record that the job failed, in a sentence in its language. Nothing where it is no longer this worker's."""
    with writing(job.organisation_id):
        try:
            row = held(job)
        except Lost:
            return
        row.error = sentence[:500]
        _end(row, JobState.FAILED)
        row.save()


def stopped(job: Job) -> None:
    """Record that the job stopped because somebody asked."""
    with writing(job.organisation_id):
        row = held(job)
        _end(row, JobState.CANCELLED)
        row.save()


def put_back(job: Job, now: datetime) -> None:
    """Put a job whose worker died in the queue again; within `writing`."""
    job.state, job.lease_until = JobState.WAITING, now + QUEUE
    job.save(update_fields=["state", "lease_until"])
    enqueue(job)
