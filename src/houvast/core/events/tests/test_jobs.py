"""An event reaches every reaction at least once, and each is recorded as done exactly once."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from houvast.core import registry
from houvast.core.access.actor import system_actor
from houvast.core.audit.actions import action, record
from houvast.core.events import jobs
from houvast.core.events.actions import emit
from houvast.core.events.models import Handled, OutboxEvent
from houvast.core.events.rules import LEASE, Event, Reaction
from houvast.core.orgs.models import Unit
from houvast.core.orgs.scope import WriteOutsideAction, reading, writing


@dataclass(frozen=True)
class UnitFounded(Event):
    name = "test.unit_founded"
    uid: UUID
    on: date
    size: int = 0
    ended_on: date | None = None


class Killed(BaseException):
    """The worker's process ends here."""


@action("test.found_unit", permission=None)
def found_unit(actor, *, code, fail=False):
    unit = Unit(code=code)
    unit.save()
    record(unit, code=code)
    emit(UnitFounded(uid=unit.uid, on=date(2021, 3, 1)))
    if fail:
        raise ValueError
    return unit


@action("test.twin", permission=None)
def make_twin(actor, *, of):
    code = f"twin-{of.hex[:8]}"
    unit = Unit.objects.filter(code=code).first() or Unit(code=code)
    unit.save()
    record(unit, code=code)


class Post:
    """The reactions of two modules; each can be told to fail or to die."""

    def __init__(self):
        self.calls, self.trouble = [], {}

    def handler(self, key):
        def run(actor, event):
            self.calls.append((key, event))
            if trouble := self.trouble.get(key):
                raise trouble
            make_twin(actor, of=event.uid)

        return Reaction(key, UnitFounded, run)


@pytest.fixture
def post(monkeypatch):
    post = Post()
    cards = {
        name: registry.Module(key=name, name=name, reactions=(post.handler(f"{name}.twin"),))
        for name in ("a", "b")
    }
    monkeypatch.setattr(registry, "_MODULES", cards)
    return post


def state(here):
    with reading(here.pk):
        event = OutboxEvent.objects.get()
        return event.attempts, event.handled_at is not None, sorted(h.reaction for h in Handled.objects.all())


def let_time_pass(here):
    with writing(here.pk):
        for event in OutboxEvent.objects.filter(handled_at__isnull=True):
            event.not_before = timezone.now()
            event.save()


def run(here):
    jobs.hand_over.call(here.pk)


def test_an_event_comes_back_from_json_as_it_was():
    event = UnitFounded(uid=uuid4(), on=date(2021, 3, 1), size=3)
    assert UnitFounded.read(event.payload()) == event
    assert UnitFounded.read({**event.payload(), "ended_on": "2022-01-01", "of_later": 1}).ended_on == date(
        2022, 1, 1
    )


def test_an_event_and_its_job_are_there_with_the_action_or_not_at_all(diemen, post):
    with pytest.raises(ValueError):
        found_unit(system_actor(diemen), code="x", fail=True)
    assert DBTaskResult.objects.count() == 0
    found_unit(system_actor(diemen), code="x")
    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [[diemen.pk]]
    assert state(diemen) == (0, False, [])


def test_outside_an_action_nothing_happens(diemen):
    with reading(diemen.pk), pytest.raises(WriteOutsideAction):
        emit(UnitFounded(uid=uuid4(), on=date(2021, 3, 1)))


def test_every_reaction_gets_the_event_once(diemen, post):
    unit = found_unit(system_actor(diemen), code="x")
    run(diemen)
    run(diemen)
    event = UnitFounded(uid=unit.uid, on=date(2021, 3, 1))
    assert post.calls == [("a.twin", event), ("b.twin", event)]
    assert state(diemen) == (1, True, ["a.twin", "b.twin"])


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_the_job_from_the_database(diemen, post):
    found_unit(system_actor(diemen), code="x")
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)
    assert state(diemen) == (1, True, ["a.twin", "b.twin"])


def test_what_happened_elsewhere_is_not_handed_over_here(diemen, uithoorn, post):
    found_unit(system_actor(diemen), code="x")
    run(uithoorn)
    assert post.calls == []
    assert jobs.resume() == 1


def test_a_reaction_that_fails_is_tried_again_and_the_other_is_not(diemen, post, caplog):
    found_unit(system_actor(diemen), code="x")
    post.trouble["a.twin"] = ValueError("elders is het stuk")
    run(diemen)
    assert state(diemen) == (1, False, ["b.twin"])
    retry = DBTaskResult.objects.order_by("-enqueued_at").first()
    assert timedelta(seconds=50) < retry.run_after - timezone.now() < timedelta(seconds=61)
    post.trouble.clear()
    run(diemen)
    assert state(diemen) == (1, False, ["b.twin"])  # not before its time
    let_time_pass(diemen)
    run(diemen)
    assert [key for key, _ in post.calls] == ["a.twin", "b.twin", "a.twin"]
    assert state(diemen) == (2, True, ["a.twin", "b.twin"])


@pytest.mark.parametrize("moment", ["before the reaction", "after the reaction", "after it was recorded"])
def test_an_event_whose_worker_was_killed_is_taken_up_again(diemen, post, monkeypatch, moment):
    found_unit(system_actor(diemen), code="x")
    die = lambda *_, **__: (_ for _ in ()).throw(Killed)  # noqa: E731  the shortest way to die in an expression
    with monkeypatch.context() as worker:
        if moment == "before the reaction":
            post.trouble["a.twin"] = Killed()
        elif moment == "after the reaction":
            worker.setattr(Handled.objects, "get_or_create", die)
        else:
            post.trouble["b.twin"] = Killed()
        with pytest.raises(Killed):
            run(diemen)
    post.trouble.clear()
    run(diemen)
    assert state(diemen)[:2] == (1, False)  # on lease to the worker that died
    assert jobs.resume() == 1
    job = DBTaskResult.objects.order_by("-enqueued_at").first()
    assert timezone.now() < job.run_after <= timezone.now() + LEASE
    let_time_pass(diemen)
    run(diemen)
    assert state(diemen) == (2, True, ["a.twin", "b.twin"])
    with reading(diemen.pk):
        assert Unit.objects.count() == 2  # the unit and one twin, however often it was asked for


def test_an_event_nobody_reacts_to_is_done(diemen, post, monkeypatch):
    monkeypatch.setattr(registry, "_MODULES", {})
    found_unit(system_actor(diemen), code="x")
    run(diemen)
    assert state(diemen) == (1, True, [])


def test_a_worker_that_starts_asks_what_waits(diemen, post, capsys):
    call_command("resume_events")
    assert capsys.readouterr().out == ""
    found_unit(system_actor(diemen), code="x")
    call_command("resume_events")
    assert capsys.readouterr().out == "Events are taken up again for 1 organisation(s).\n"


def test_waiting_doubles_up_to_six_hours():
    from houvast.core.events.rules import wait_after

    minutes = [wait_after(attempts).total_seconds() / 60 for attempts in (1, 2, 5, 9, 10, 500)]
    assert minutes == [1, 2, 16, 256, 360, 360]
