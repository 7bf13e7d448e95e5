"""A job is started once, done by one worker, taken up again when that one dies, and recorded once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks_db.models import DBTaskResult

from houvast.core import registry
from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account, RoleAssignment
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import actions as administration
from houvast.core.administration import factories
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.files import storage
from houvast.core.files.models import StoredFile
from houvast.core.jobs import actions, queries, schedule, work
from houvast.core.jobs.models import Job
from houvast.core.jobs.rules import LEASE, QUEUE, JobKind, JobRefused, Made, Outcome
from houvast.core.orgs.models import Unit
from houvast.core.orgs.scope import reading, writing
from houvast.core.report.permissions import VIEW


class Killed(BaseException):
    """The worker's process ends here."""


@action("test.start_within", permission=None)
def start_within(actor, *, fail=False):
    unit = Unit(code="x")
    unit.save()
    record(unit, code="x")
    job = actions.start(actor, "test.work", year=2021)
    if fail:
        raise ValueError
    return job


class Bench:
    """A kind of job whose work is what the test says."""

    def __init__(self):
        self.seen = []
        self.then = lambda _work: None

    def run(self, of):
        self.seen.append(of)
        return self.then(of)


@pytest.fixture
def bench(monkeypatch):
    bench = Bench()
    kind = JobKind("test.work", "Werk", bench.run, VIEW)
    card = registry.Module(key="test", name="x", jobs=(kind,), permissions=(VIEW,))
    monkeypatch.setattr(registry, "_MODULES", {**registry._MODULES, "test": card})
    return bench


@pytest.fixture
def somebody(diemen):
    return factories.actor(diemen, "employee", today=timezone.localdate())


def the(job):
    with reading(job.organisation_id):
        return Job.objects.select_related("file").get(pk=job.pk)


def told(job):
    found = the(job)
    return found.state, found.attempts, found.error


def run(job):
    work.run_job.call(job.organisation_id, str(job.uid))


def queued():
    return DBTaskResult.objects.filter(status="READY", task_path=work.run_job.module_path).count()


def lapse(job):
    """As if the worker had given no sign of life since."""
    with writing(job.organisation_id):
        row = Job.objects.get(pk=job.pk)
        row.lease_until = timezone.now() - timedelta(seconds=1)
        row.save()


def test_a_job_is_started_and_done_with_the_rights_of_who_started_it(somebody, bench):
    bench.then = lambda of: Outcome(words=f"Jaar {of.arguments['year']}", url="/x/")
    job = actions.start(somebody, "test.work", year=2021)
    assert (job.state, queued()) == ("waiting", 1)
    run(job)
    assert told(job) == ("done", 1, "")
    assert (the(job).words, the(job).url, the(job).percent) == ("Jaar 2021", "/x/", 100)
    assert (bench.seen[0].actor.person_id, bench.seen[0].begun_before) == (somebody.person_id, False)
    run(job)
    assert len(bench.seen) == 1, "what is done is not done again"


def test_a_job_that_says_nothing_is_done_too(somebody, bench):
    job = actions.start(somebody, "test.work")
    run(job)
    assert told(job) == ("done", 1, "")


def test_inside_an_action_a_job_is_there_with_it_or_not_at_all(diemen, bench):
    with pytest.raises(ValueError):
        start_within(system_actor(diemen), fail=True)
    assert queued() == 0
    job = start_within(system_actor(diemen))
    assert (queued(), told(job)) == (1, ("waiting", 0, ""))
    run(job)
    assert bench.seen[0].actor.is_system


def test_starting_twice_is_one_job_until_it_is_over(somebody, bench):
    one, two = (actions.start(somebody, "test.work", year=2021) for _ in range(2))
    other = actions.start(somebody, "test.work", year=2022)
    assert one.pk == two.pk != other.pk
    assert queued() == 2
    run(one)
    assert actions.start(somebody, "test.work", year=2021).pk != one.pk


def test_who_lacks_the_right_cannot_start_it(diemen, bench):
    nobody = factories.actor(diemen)
    with pytest.raises(NotPermitted):
        actions.start(nobody, "test.work")
    assert queued() == 0


def test_the_words_of_a_kind_are_kept_in_the_language_of_the_source(somebody, bench):
    with override("en"):
        job = actions.start(somebody, "report.chapter_files", year=2021)
    assert job.label == "Bestanden van de paragraaf Bedrijfsvoering maken"


@pytest.mark.parametrize(
    ("language", "running", "failed", "tired"),
    [
        (
            "nl",
            "De registers worden gelezen.",
            "Er ging iets mis. De oorzaak staat in het logboek van de server.",
            "De taak is 3 keer begonnen en telkens afgebroken doordat de werker stopte.",
        ),
        (
            "en",
            "The registers are being read.",
            "Something went wrong. The cause stands in the server's log.",
            "The task was begun 3 times and each time cut off because the worker stopped.",
        ),
    ],
)
def test_a_job_speaks_the_language_of_who_started_it(somebody, bench, language, running, failed, tired):
    said = []

    def break_down(of):
        of.progress(1, 2, gettext("De registers worden gelezen."))
        said.append(the(of.job).words)
        raise ValueError

    bench.then = break_down
    with override(language):
        job = actions.start(somebody, "test.work")
    with override("nl" if language == "en" else "en"):
        run(job)
    assert (said, the(job).error, the(job).spoken) == ([running], failed, language)
    with override(language):
        job = actions.start(somebody, "test.work")
    with writing(job.organisation_id):
        row = Job.objects.get(pk=job.pk)
        row.attempts = 3
        row.save()
    run(job)
    assert the(job).error == tired


def test_a_job_that_nobody_started_on_a_screen_speaks_the_language_of_the_source(diemen, bench):
    with override(None):
        job = actions.start(system_actor(diemen), "test.work")
    run(job)
    assert (the(job).language, the(job).spoken) == ("", "nl")


def test_who_lost_the_right_meanwhile_is_told_so(somebody, bench):
    job = actions.start(somebody, "test.work")
    with reading(somebody.organisation.pk):
        role = RoleAssignment.objects.get(person=somebody.person_id)
    administration.end_role(
        system_actor(somebody.organisation),
        assignment_id=role.pk,
        expected_version=role.version,
        valid_until=timezone.localdate(),
    )
    run(job)
    assert told(job) == (
        "failed",
        1,
        "U hebt het recht niet meer dat deze taak vraagt: De paragraaf Bedrijfsvoering lezen.",
    )
    assert bench.seen == []


def test_for_an_account_that_was_closed_nothing_is_done(somebody, bench):
    job = actions.start(somebody, "test.work")
    Account.objects.filter(pk=somebody.account_id).update(is_active=False)
    run(job)
    assert told(job) == ("failed", 1, "Wie deze taak startte, heeft hier geen toegang meer.")


def test_a_kind_that_is_gone_is_told(somebody, bench, monkeypatch):
    job = actions.start(somebody, "test.work")
    monkeypatch.setattr(queries, "kinds", dict)
    monkeypatch.setattr(work, "kinds", dict)
    run(job)
    assert told(job) == ("failed", 1, "Dit soort taak bestaat niet meer.")


def test_a_job_that_refuses_says_why_and_one_that_breaks_does_not(somebody, bench, caplog):
    def refuse(_of):
        raise JobRefused("Over 1850 is niets vastgelegd.")

    def break_down(_of):
        raise ValueError("een geheim")

    for then, sentence in (
        (refuse, "Over 1850 is niets vastgelegd."),
        (break_down, "Er ging iets mis. De oorzaak staat in het logboek van de server."),
    ):
        bench.then = then
        job = actions.start(somebody, "test.work")
        run(job)
        assert told(job) == ("failed", 1, sentence)
    assert "een geheim" in caplog.text


def test_what_failed_can_be_started_again_and_nothing_else(somebody, bench):
    def refuse(_of):
        raise JobRefused("Nu niet.")

    bench.then = refuse
    job = actions.start(somebody, "test.work")
    with pytest.raises(JobRefused, match="Alleen een taak die mislukte"):
        actions.retry(somebody, uid=job.uid)
    run(job)
    bench.then = lambda _of: None
    again = actions.start(somebody, "test.work")
    with pytest.raises(JobRefused, match="Dezelfde taak wacht al"):
        actions.retry(somebody, uid=job.uid)
    run(again)
    actions.retry(somebody, uid=job.uid)
    assert told(job) == ("waiting", 0, "")
    run(job)
    assert told(job) == ("done", 1, "")


# Progress


def test_progress_is_written_at_most_twice_a_second_and_at_the_end(somebody, bench):
    shown, moments = [], iter([0.0, 0.1, 0.6, 0.7])

    def count(of):
        of.clock = lambda: next(moments)
        for done in range(4):
            of.progress(done, 3, f"Stap {done}.")
            shown.append((the(of.job).done, the(of.job).words))

    bench.then = count
    run(actions.start(somebody, "test.work"))
    assert shown == [(0, "Stap 0."), (0, "Stap 0."), (2, "Stap 2."), (3, "Stap 3.")]


def test_a_job_that_waits_stops_at_once_and_one_that_runs_at_its_next_step(somebody, bench):
    job = actions.start(somebody, "test.work")
    actions.cancel(somebody, uid=job.uid)
    assert told(job) == ("cancelled", 0, "")
    run(job)
    with pytest.raises(JobRefused, match="al voorbij"):
        actions.cancel(somebody, uid=job.uid)
    reached = []

    def be_stopped(of):
        of.progress(1, 2)
        reached.append(1)
        actions.cancel(somebody, uid=of.job.uid)
        of.progress(2, 2)
        reached.append(2)

    bench.then = be_stopped
    job = actions.start(somebody, "test.work")
    run(job)
    assert (told(job), reached) == (("cancelled", 1, ""), [1])
    actions.retry(somebody, uid=job.uid)


def test_somebody_elses_job_is_not_there(diemen, somebody, bench):
    job = actions.start(somebody, "test.work")
    other = factories.actor(diemen, "employee", today=timezone.localdate())
    keeper = factories.actor(diemen, "administrator", today=timezone.localdate())
    for act in (actions.cancel, actions.retry):
        with pytest.raises(Job.DoesNotExist):
            act(other, uid=job.uid)
    with reading(diemen.pk):
        assert list(queries.own_jobs(other)) == []
        assert list(queries.own_jobs(system_actor(diemen))) == []
        assert [found.pk for found in queries.visible_to(keeper)] == [job.pk]
        assert queries.latest(somebody, "test.work").pk == job.pk
        assert queries.latest(somebody, "test.work", year=1) is None
    assert actions.cancel(keeper, uid=job.uid).state == "cancelled"


# A worker that dies


@pytest.mark.parametrize("moment", ["before the work", "in the work", "before it was recorded"])
def test_a_job_whose_worker_was_killed_is_taken_up_again_and_recorded_once(
    somebody, bench, monkeypatch, moment
):
    def die(*_, **__):
        raise Killed

    made = Outcome(words="Klaar.", file=Made("x.zip", b"PK\x05\x06" + bytes(18)))
    job = actions.start(somebody, "test.work")
    with monkeypatch.context() as worker:
        bench.then = lambda _of: made
        if moment == "before the work":
            worker.setattr(work, "_do", die)
        elif moment == "in the work":
            bench.then = die
        else:
            worker.setattr(actions, "record", die)
            worker.setattr(actions, "keep", lambda *a, **k: die())
        with pytest.raises(Killed):
            run(job)
    assert told(job) == ("running", 1, "")
    assert work.resume() == 0, "it is on lease to the worker that died"
    lapse(job)
    assert (work.resume(), work.resume()) == (1, 0)
    assert told(job) == ("waiting", 1, "")
    bench.then = lambda _of: made
    run(job)
    assert told(job) == ("done", 2, "")
    assert bench.seen[-1].begun_before
    with reading(job.organisation_id):
        assert [file.name for file in StoredFile.objects.all()] == ["x.zip"]
        assert AuditEntry.objects.filter(action="jobs.keep_result").count() == 1


def test_a_worker_that_was_thought_dead_records_nothing_any_more(somebody, bench, caplog):
    def fall_asleep(of):
        lapse(of.job)
        work.resume()
        bench.then = lambda _of: None
        run(of.job)
        of.renew(timezone.now())
        return Outcome(words="Van de dode.", file=Made("x.zip", b"PK"))

    bench.then = fall_asleep
    job = actions.start(somebody, "test.work")
    run(job)
    assert (told(job), the(job).words) == (("done", 2, ""), "")
    assert "was taken up by another worker" in caplog.text
    with reading(job.organisation_id):
        assert StoredFile.objects.count() == 0


def test_one_that_breaks_after_it_was_taken_over_changes_nothing(somebody, bench):
    def break_down(of):
        lapse(of.job)
        work.resume()
        raise ValueError

    bench.then = break_down
    job = actions.start(somebody, "test.work")
    run(job)
    assert told(job) == ("waiting", 1, "")


def test_after_three_dead_workers_it_has_failed(somebody, bench):
    def die(_of):
        raise Killed

    bench.then = die
    job = actions.start(somebody, "test.work")
    for _ in range(3):
        with pytest.raises(Killed):
            run(job)
        lapse(job)
        work.resume()
    run(job)
    assert told(job) == (
        "failed",
        4,
        "De taak is 3 keer begonnen en telkens afgebroken doordat de werker stopte.",
    )


def test_the_heart_holds_a_job_while_it_is_done(somebody, bench):
    held = []

    def look(of):
        now = timezone.now() + timedelta(minutes=1)
        work.renew_leases(now)
        held.append(the(of.job).lease_until == now + LEASE)

    bench.then = look
    run(actions.start(somebody, "test.work"))
    work.renew_leases(timezone.now())
    assert held == [True]


def test_one_that_the_queue_lost_is_put_there_once_more(somebody, bench):
    job = actions.start(somebody, "test.work")
    DBTaskResult.objects.all().delete()
    assert work.resume() == 0
    assert work.resume(timezone.now() + QUEUE + timedelta(seconds=1)) == 1
    assert queued() == 1
    run(job)
    assert told(job) == ("done", 1, "")


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_the_job_from_the_database(diemen, bench):
    job = actions.start(system_actor(diemen), "test.work")
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)
    assert told(job) == ("done", 1, "")


# What is left of it


def test_a_job_and_its_file_are_forgotten_after_thirty_days(somebody, bench):
    bench.then = lambda _of: Outcome(file=Made("x.zip", b"PK"))
    with_file = actions.start(somebody, "test.work", year=1)
    run(with_file)
    bench.then = lambda _of: None
    without, fresh = (actions.start(somebody, "test.work", year=year) for year in (2, 3))
    run(without)
    run(fresh)
    waiting = actions.start(somebody, "test.work", year=4)
    here = somebody.organisation
    with writing(here.pk):
        for job in (with_file, without):
            row = Job.objects.get(pk=job.pk)
            row.finished_at = timezone.now() - timedelta(days=30)
            row.save()
    path = storage.folder(here.uid) / the(with_file).file.storage_name
    assert path.read_bytes() == b"PK"
    schedule.tidy()
    with reading(here.pk):
        assert list(Job.objects.order_by("pk").values_list("pk", flat=True)) == [fresh.pk, waiting.pk]
        assert StoredFile.objects.count() == 0
        assert AuditEntry.objects.filter(action="jobs.drop_result").count() == 1
    assert list(storage.left_behind(here.uid, set())) == [], "the bytes go a day after they were written"


def test_the_file_is_for_who_started_it_alone(diemen, somebody, bench, client):
    bench.then = lambda _of: Outcome(file=Made("x.zip", b"PK"))
    job = actions.start(somebody, "test.work")
    run(job)
    address = f"/diemen/bestanden/{the(job).file.uid}/"
    keeper = factories.actor(diemen, "administrator", today=timezone.localdate())
    for actor, status in ((somebody, 200), (keeper, 404)):
        client.force_login(Account.objects.get(pk=actor.account_id))
        answer = client.get(address)
        assert answer.status_code == status
    client.force_login(Account.objects.get(pk=somebody.account_id))
    answer = client.get(address)
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("application/zip", b"PK")
