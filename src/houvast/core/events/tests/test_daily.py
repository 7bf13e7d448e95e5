"""Once a day the worker does what the modules ask, and the next day never gets lost."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from houvast.core import registry
from houvast.core.events import daily
from houvast.core.files import storage


class Killed(BaseException):
    """The worker's process ends here."""


def waiting():
    return DBTaskResult.objects.filter(status="READY", task_path=daily.turn.module_path)


def begin(result):
    """As the worker does when it takes a job."""
    result.status = "RUNNING"
    result.save()


@pytest.fixture
def modules(monkeypatch):
    """A module with each job."""

    def with_jobs(*jobs):
        cards = {
            str(place): registry.Module(key=str(place), name="x", daily=(job,))
            for place, job in enumerate(jobs)
        }
        monkeypatch.setattr(registry, "_MODULES", cards)

    return with_jobs


def test_a_worker_that_starts_puts_one_turn_in_the_database_and_never_a_second(db):
    call_command("resume_events")
    call_command("resume_events")
    assert waiting().count() == 1
    assert daily.start_daily() is False


def test_a_turn_does_every_job_and_comes_back_in_a_day(db, modules):
    done = []
    modules(lambda: done.append("a"), lambda: done.append("b"))
    daily.start_daily()
    begin(waiting().get())
    before = timezone.now()
    daily.turn.call()
    assert done == ["a", "b"]
    assert before + timedelta(days=1) <= waiting().get().run_after <= timezone.now() + timedelta(days=1)


def test_a_job_that_fails_is_told_and_stops_no_other(db, modules, caplog):
    done = []

    def fails():
        raise ValueError

    modules(fails, lambda: done.append("b"))
    daily.turn.call()
    assert done == ["b"]
    assert "fails failed" in caplog.text


def test_a_worker_that_dies_in_its_turn_loses_no_day(db, modules):
    def dies():
        raise Killed

    modules(dies)
    with pytest.raises(Killed):
        daily.turn.call()
    assert waiting().count() == 1


def test_the_turn_removes_what_a_killed_process_left_on_the_disk(diemen, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    place = storage.folder(diemen.uid)
    place.mkdir(parents=True)
    left, fresh = place / "left", place / "fresh"
    left.write_bytes(b"x")
    fresh.write_bytes(b"x")
    long_ago = timezone.now().timestamp() - 2 * storage.OLD
    os.utime(left, (long_ago, long_ago))
    daily.turn.call()
    assert [path.name for path in place.iterdir()] == ["fresh"]
