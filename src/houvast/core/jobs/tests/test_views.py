"""What administrators and who started a job see of it, and what they may do there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.jobs import actions, schedule, work
from houvast.core.jobs.models import Job
from houvast.core.jobs.rules import LEASE
from houvast.core.orgs.scope import reading, writing

ALL = "/diemen/achtergrond/"
KIND = "report.chapter_files"


@pytest.fixture
def sign_in(client, diemen):
    def as_role(*roles):
        actor = factories.actor(diemen, *roles, today=timezone.localdate())
        client.force_login(Account.objects.get(pk=actor.account_id))
        return actor

    return as_role


def page(client, address=ALL, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def fail(job):
    with writing(job.organisation_id):
        row = Job.objects.get(pk=job.pk)
        row.state, row.error, row.finished_at = "failed", "Het jaar bestaat niet.", timezone.now()
        row.save()


def state(job):
    with reading(job.organisation_id):
        return Job.objects.get(pk=job.pk).state


def test_without_a_living_worker_the_page_says_so_plainly(client, sign_in):
    sign_in("administrator")
    assert "Er is nog nooit een werker gezien." in page(client)
    schedule.beat(uuid4(), timezone.now() - LEASE - timedelta(seconds=1))
    assert "Het laatste levensteken was op" in page(client)
    schedule.beat(uuid4(), timezone.now())
    shown = page(client)
    assert "Er werkt één werker" in shown
    assert "Er werkt geen werker" not in shown


def test_what_runs_is_refreshed_and_what_is_over_is_not(client, sign_in, diemen):
    sign_in("administrator")
    assert 'hx-trigger="every 3s"' not in page(client)
    job = actions.start(system_actor(diemen), KIND, year=2021)
    shown = page(client)
    assert 'hx-trigger="every 3s"' in shown
    assert 'name="cancel"' in shown
    part = page(client, HX_Request="true")
    assert part.startswith("<div")
    assert "<html" not in part
    fail(job)
    shown = page(client)
    assert "Het jaar bestaat niet." in shown
    assert 'name="retry"' in shown


def test_a_turn_that_failed_is_told_with_the_kind_of_fault(client, sign_in):
    sign_in("administrator")
    schedule.tick(timezone.now())
    from houvast.core.jobs.models import ScheduledTurn

    ScheduledTurn.objects.filter(key="jobs.tidy").update(state="failed", error="ValueError")
    shown = page(client)
    assert "Oorzaak, in het logboek van de server: ValueError" in shown
    assert "Dagelijks werk: Bestanden" in shown


def test_the_page_asks_as_much_for_three_jobs_as_for_one(client, sign_in, diemen):
    sign_in("administrator")
    taken = []
    for year in (2020, 2021, 2022):
        fail(actions.start(system_actor(diemen), KIND, year=year))
        actions.start(system_actor(diemen), KIND, year=year)
        page(client)
        with CaptureQueriesContext(connection) as asked:
            page(client)
        taken.append(len(asked))
    assert taken[0] == taken[1] == taken[2]


def test_one_follows_stops_and_restarts_ones_own_job(client, sign_in):
    actor = sign_in("employee")
    job = actions.start(actor, KIND, year=2021)
    address = f"{ALL}{job.uid}/"
    assert 'hx-trigger="every 2s"' in page(client, address)
    assert "<html" not in page(client, address, HX_Request="true")
    assert client.post(address, {"cancel": "1"}).headers["Location"] == address
    assert state(job) == "cancelled"
    answer = client.post(address, {"cancel": "1"}, follow=True)
    assert "Deze taak is al voorbij." in answer.content.decode()
    client.post(address, {"retry": "1"})
    assert state(job) == "waiting"


def test_an_administrator_is_led_back_to_the_list(client, sign_in, diemen):
    job = actions.start(system_actor(diemen), KIND, year=2021)
    sign_in("administrator")
    answer = client.post(f"{ALL}{job.uid}/", {"cancel": "1", "back": "index"})
    assert answer.headers["Location"] == ALL


def test_all_files_of_a_year_are_made_and_fetched_as_one_archive(client, sign_in, diemen):
    import io
    import zipfile

    from houvast.core.report import actions as report
    from houvast.core.report.claims import Kind

    entry = report.FactEntry(
        key="complaints.received", label="Klachten", kind=Kind.COUNT, value=3, source_title="Jaarverslag"
    )
    report.enter_fact(system_actor(diemen), year=2021, entry=entry, today=timezone.localdate())
    sign_in("employee")
    answer = client.post("/diemen/verantwoording/2021/bestanden/")
    address = answer.headers["Location"]
    with reading(diemen.pk):
        job = Job.objects.get()
    assert client.post("/diemen/verantwoording/2021/bestanden/").headers["Location"] == address
    work.run_job.call(diemen.pk, str(job.uid))
    with reading(diemen.pk):
        job = Job.objects.select_related("file").get()
    assert (job.state, job.words, job.percent) == ("done", "De paragraaf van 2021 in 5 vormen.", 100)
    assert "Haal het bestand op" in page(client, address)
    archive = b"".join(client.get(f"/diemen/bestanden/{job.file.uid}/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [f"diemen-2021.{form}" for form in ("docx", "html", "json", "odt", "pdf")]
        assert opened.read("diemen-2021.pdf").startswith(b"%PDF-")


def test_a_year_without_a_chapter_has_no_files_to_make(client, sign_in, diemen):
    actor = sign_in("employee")
    assert client.post("/diemen/verantwoording/1999/bestanden/").status_code == 404
    job = actions.start(actor, KIND, year=1999)
    work.run_job.call(diemen.pk, str(job.uid))
    assert state(job) == "failed"
    assert "1999" in page(client, f"{ALL}{job.uid}/")


def test_a_job_in_english_makes_the_same_files_and_tells_it_in_english(client, sign_in, diemen):
    from houvast.core.report import actions as report
    from houvast.core.report.claims import Kind

    entry = report.FactEntry(
        key="complaints.received", label="Klachten", kind=Kind.COUNT, value=3, source_title="Jaarverslag"
    )
    report.enter_fact(system_actor(diemen), year=2021, entry=entry, today=timezone.localdate())
    actor, made = sign_in("employee", "administrator"), {}
    for language in ("nl", "en"):
        with override(language):
            job = actions.start(actor, KIND, year=2021)
        work.run_job.call(diemen.pk, str(job.uid))
        with reading(diemen.pk):
            job = Job.objects.select_related("file").get(pk=job.pk)
        made[language] = job.file.sha256
    assert job.words == "The chapter of 2021 in 5 formats."
    assert made["en"] == made["nl"]
    for address in (f"{ALL}{job.uid}/", ALL):
        text = page(client, address)
        assert 'lang="en">The chapter of 2021 in 5 formats.<' in text
    assert 'lang="nl">De paragraaf van 2021 in 5 vormen.<' in text
