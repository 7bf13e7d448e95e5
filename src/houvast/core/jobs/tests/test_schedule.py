"""A turn is done at its time by one worker, made up once when it was missed, and told when it fails."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from houvast.core import registry
from houvast.core.administration import factories
from houvast.core.files import storage
from houvast.core.jobs import queries, schedule
from houvast.core.jobs.heart import Heart
from houvast.core.jobs.models import ScheduledTurn, WorkerBeat
from houvast.core.jobs.rules import LEASE, QUEUE, Every, Turn
from houvast.core.jobs.work import renew_leases

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The worker's process ends here."""


@pytest.fixture
def ran(db, monkeypatch):
    """Turns of a module: one every ten minutes that notes that it ran, one that breaks, one a night."""
    ran = []

    def broken():
        raise ValueError("een geheim")

    def nightly():
        ran.append("nightly")

    card = registry.Module(
        key="test",
        name="x",
        turns=(
            Turn("test.often", "Vaak", lambda: ran.append("often"), Every(10)),
            Turn("test.later", "Later", lambda: ran.append("later"), Every(10), at_once=False),
            Turn("test.broken", "Stuk", broken, Every(10)),
        ),
        daily=(nightly,),
    )
    monkeypatch.setattr(registry, "_MODULES", {"test": card})
    return ran


def work():
    """As the worker does: everything that waits in the queue."""
    for result in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        result.task.call(*result.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=result.pk).update(status="SUCCESSFUL", finished_at=timezone.now())


def row(key="test.often"):
    return ScheduledTurn.objects.get(key=key)


def test_what_is_due_is_done_once_and_again_after_its_time(ran, caplog):
    now = timezone.now()
    assert schedule.tick(now) == 3
    assert schedule.tick(now) == 0, "it is in the queue already"
    work()
    assert sorted(ran) == ["nightly", "often"]
    assert schedule.tick(now + MINUTE) == 0
    assert (row().state, row().number, row().error) == ("done", 1, "")
    assert timedelta(minutes=9) < row().next_at - now < timedelta(minutes=11)
    assert row("test.nightly").next_at.astimezone().minute == 30
    assert schedule.tick(now + timedelta(minutes=11)) == 3
    work()
    assert sorted(ran) == ["later", "nightly", "often", "often"]


def test_a_turn_that_breaks_is_told_without_its_words_and_has_its_next_turn(ran, caplog):
    schedule.tick(timezone.now())
    work()
    assert (row("test.broken").state, row("test.broken").error) == ("failed", "ValueError")
    assert "een geheim" in caplog.text
    assert schedule.tick(timezone.now() + timedelta(minutes=11)) == 3


def test_however_long_no_worker_lived_the_turn_is_made_up_once(ran):
    schedule.tick(timezone.now())
    work()
    ran.clear()
    much_later = timezone.now() + timedelta(days=400)
    assert schedule.tick(much_later) == 4
    work()
    assert sorted(ran) == ["later", "nightly", "often"]


def test_two_workers_that_ask_at_once_put_it_in_the_queue_once(ran):
    now = timezone.now()
    schedule.tick(now)
    assert schedule._queue("test.often", now) is False
    assert schedule._queue("test.later", now) is False
    assert DBTaskResult.objects.count() == 3


@pytest.mark.parametrize("moment", ["before it began", "in the middle"])
def test_a_turn_whose_worker_was_killed_is_made_up_by_the_next(ran, monkeypatch, moment):
    now = timezone.now()
    schedule.tick(now)
    if moment == "in the middle":

        def die():
            raise Killed

        with monkeypatch.context() as worker:
            turn = Turn("test.often", "Vaak", die, Every(10))
            worker.setattr(schedule, "turns", lambda: {"test.often": turn})
            with pytest.raises(Killed):
                schedule.run_turn.call("test.often", 1)
        assert row().state == "running"
    DBTaskResult.objects.all().delete()
    assert schedule.tick(now + LEASE / 2) == 0
    assert schedule.tick(now + QUEUE + LEASE + MINUTE) == 4
    work()
    assert ran.count("often") == 1
    schedule.run_turn.call("test.often", 1)
    assert ran.count("often") == 1, "the turn that was taken for lost does nothing any more"


def test_the_heart_holds_a_turn_while_it_is_done(ran, monkeypatch):
    held = []

    def look():
        now = timezone.now() + timedelta(hours=1)
        renew_leases(now)
        held.append(row().lease_until == now + LEASE)

    monkeypatch.setattr(schedule, "turns", lambda: {"test.often": Turn("test.often", "x", look, Every(1))})
    schedule.tick(timezone.now())
    work()
    assert (held, row().lease_until) == ([True], None)


def test_a_turn_that_no_module_has_any_more_is_let_be(ran):
    ScheduledTurn.objects.create(key="gone.turn", next_at=timezone.now() - MINUTE)
    assert schedule.tick(timezone.now()) == 3
    schedule.run_turn.call("gone.turn", 0)
    assert row("gone.turn").state == "never"


def test_a_worker_that_is_silent_too_long_is_forgotten_when_another_beats(ran):
    now, dead, alive = timezone.now(), uuid4(), uuid4()
    schedule.beat(dead, now)
    assert queries.workers(now) == queries.Workers(1, now)
    later = now + LEASE + timedelta(seconds=1)
    assert queries.workers(later) == queries.Workers(0, now)
    schedule.beat(alive, later)
    assert list(WorkerBeat.objects.values_list("uid", flat=True)) == [alive]
    assert queries.workers(later) == queries.Workers(1, later)


def test_the_worker_forgets_what_the_queue_finished_long_ago(db):
    now = timezone.now()
    for number in range(6):
        schedule.run_turn.enqueue("gone.turn", number)
    results = list(DBTaskResult.objects.order_by("enqueued_at"))
    given = [
        ("SUCCESSFUL", {"finished_at": now - timedelta(days=15)}),
        ("FAILED", {"finished_at": now - timedelta(days=15)}),
        ("SUCCESSFUL", {"finished_at": now - timedelta(days=13)}),
        ("RUNNING", {"started_at": now - timedelta(days=2)}),
        ("RUNNING", {"started_at": now - timedelta(hours=2)}),
        ("READY", {}),
    ]
    for result, (status, moments) in zip(results, given, strict=True):
        DBTaskResult.objects.filter(pk=result.pk).update(status=status, **moments)
    schedule.tidy()
    left = [result.args_kwargs["args"][1] for result in DBTaskResult.objects.order_by("enqueued_at")]
    assert left == [2, 4, 5]


def test_the_heart_beats_until_it_is_stopped_and_bears_a_database_that_is_away(ran, monkeypatch, caplog):
    heart = Heart(every=0)
    heart.beat()
    assert DBTaskResult.objects.count() == 3
    assert WorkerBeat.objects.get().uid == heart.uid

    def away(*_):
        heart.stop()
        raise DatabaseError

    monkeypatch.setattr(schedule, "tick", away)
    monkeypatch.setattr("houvast.core.jobs.heart.connections.close_all", lambda: None)
    heart.run()
    assert "A heartbeat of the worker was missed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_removes_what_a_killed_process_left_behind(settings, tmp_path):
    import os

    settings.MEDIA_ROOT = tmp_path
    here = factories.organisation("diemen")
    place = storage.folder(here.uid)
    place.mkdir(parents=True)
    old, new = place / "oud", place / "nieuw"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    schedule.tick(timezone.now())
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)
    assert [path.name for path in place.iterdir()] == ["nieuw"]
    assert row("files.remove_left_behind").state == "done"
