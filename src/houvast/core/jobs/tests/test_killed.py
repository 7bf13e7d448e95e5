"""A job whose worker is killed by SIGKILL is taken up by the next within forty seconds, and recorded once."""

from __future__ import annotations

import signal
import textwrap
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.files.models import StoredFile
from houvast.core.jobs import actions, schedule
from houvast.core.jobs.models import Job, WorkerBeat
from houvast.core.jobs.rules import BEAT, LEASE
from houvast.core.jobs.tests.process import run
from houvast.core.orgs.scope import reading
from houvast.core.report import actions as report
from houvast.core.report.claims import Kind

# A worker that beats once, takes a job from the queue, and dies where its argument says.
WORKER = textwrap.dedent(
    """
    import os, signal, sys
    import django

    django.setup()
    from django.core.management import call_command
    from houvast.core.audit import actions as audit
    from houvast.core.jobs import heart, work
    from houvast.core.report import files

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    at = {"take": (work, "_do"), "work": (files.writers, "write"), "record": (audit, "_append")}[sys.argv[1]]
    setattr(*at, die)
    from django.utils import timezone
    from houvast.core.jobs import schedule
    schedule.beat(heart.Heart().uid, timezone.now())
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)
    """
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dies_at", ["take", "work", "record"])
def test_the_next_worker_does_it_and_it_is_recorded_once(dies_at):
    here = factories.organisation("diemen")
    system = system_actor(here)
    entry = report.FactEntry(
        key="complaints.received", label="Klachten", kind=Kind.COUNT, value=3, source_title="Jaarverslag"
    )
    report.enter_fact(system, year=2021, entry=entry, today=timezone.localdate())
    job = actions.start(system, "report.chapter_files", year=2021)

    assert run(WORKER, dies_at) == -signal.SIGKILL
    with reading(here.pk):
        left = Job.objects.get()
        assert (left.state, left.attempts, StoredFile.objects.count()) == ("running", 1, 0)
    died_at = max(WorkerBeat.objects.get().seen_at, left.lease_until - LEASE)
    schedule.beat(uuid4(), died_at + LEASE - timedelta(seconds=1))
    with reading(here.pk):
        assert Job.objects.get().state == "running", "it may still live"
    schedule.beat(uuid4(), died_at + LEASE + BEAT)
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)
    with reading(here.pk):
        done = Job.objects.get(pk=job.pk)
        assert (done.state, done.attempts) == ("done", 2)
        assert [file.pk for file in StoredFile.objects.all()] == [done.file_id]
        assert AuditEntry.objects.filter(action="jobs.keep_result").count() == 1
