"""The page of publishing, its preview and its zip."""

from __future__ import annotations

import io
import zipfile

import orjson
import pytest
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.configuration import actions as configuration
from houvast.core.jobs import work
from houvast.core.jobs.actions import start
from houvast.core.jobs.models import Job
from houvast.core.orgs.scope import reading, writing
from houvast.core.report.adoption import actions as adoption
from houvast.core.report.publication.making import SITE
from houvast.core.report.publication.models import Publication
from houvast.core.report.tests.adopting import YEAR, adopted, correct, council_edition

PAGE = f"/diemen/verantwoording/{YEAR}/publicatie/"
PREVIEW = f"{PAGE}voorbeeld/"
OTHER = PAGE.replace("2021", "2020")
"""Of a year of which nothing was adopted yet."""


@pytest.fixture(scope="module")
def _adopted(django_db_setup, django_db_blocker):
    """Made once; each test runs in a savepoint of its own, and uses 2020 for what is to be otherwise."""
    with django_db_blocker.unblock(), council_edition() as made:
        yield made


@pytest.fixture
def diemen(_adopted, db):
    return _adopted[0]


@pytest.fixture
def who(_adopted):
    return _adopted[1]


@pytest.fixture
def council(_adopted):
    """The edition of the raad, of 2021."""
    return _adopted[2]


def ask(client, actor, url=PAGE, *, post=False):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client.post(url) if post else client.get(url)


def text(answer):
    return answer.content.decode()


def test_a_year_that_is_not_adopted_says_why_and_has_no_button(client, diemen, who):
    told = text(ask(client, who.editor, OTHER))
    assert "2020 wordt nu niet gepubliceerd" in told
    assert "De paragraaf van 2020 is niet vastgesteld" in told
    assert "Maak de site" not in told
    assert "Er is nog niets gepubliceerd." in told


def test_what_only_the_college_adopted_says_which_setting_decides(client, diemen, who):
    adopted(who, year=2020)
    assert "Publiceren na vaststelling door" in text(ask(client, who.editor, OTHER))


def test_pressing_the_button_of_such_a_year_is_refused_and_records_nothing(client, diemen, who):
    adopted(who, year=2020)
    answer = ask(client, who.editor, OTHER, post=True)
    assert answer.status_code == 422
    assert "De raad heeft de paragraaf van 2020 nog niet vastgesteld" in text(answer)
    assert ask(client, who.editor, PAGE.replace("2021", "2019"), post=True).status_code == 422
    with reading(diemen.pk):
        assert not Publication.objects.exists()
        assert not Job.objects.exists()


def done(client, actor):
    """Press the button and let the worker do it: the job as it ended."""
    answer = ask(client, actor, post=True)
    with reading(actor.organisation.pk):
        job = Job.objects.order_by("-pk").first()
    assert answer["Location"] == f"/diemen/achtergrond/{job.uid}/"
    return worked(job)


def worked(job):
    work.run_job.call(job.organisation_id, str(job.uid))
    with reading(job.organisation_id):
        return Job.objects.select_related("file").get(pk=job.pk)


def fetched(client, job):
    return b"".join(client.get(f"/diemen/bestanden/{job.file.uid}/").streaming_content)


def test_the_zip_holds_the_site_and_the_trail_its_hash(client, diemen, who, council):
    job = done(client, who.editor)
    assert (job.state, job.words) == ("done", "De site met 1 jaar.")
    assert job.file.name == "diemen-paragraaf-bedrijfsvoering.zip"
    archive = fetched(client, job)
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        marker = orjson.loads(packed.read("diemen-paragraaf-bedrijfsvoering/houvast-publicatie.json"))
        assert "diemen-paragraaf-bedrijfsvoering/2021/index.html" in packed.namelist()
    with reading(diemen.pk):
        row = Publication.objects.get()
        assert row.sha256 == marker["sha256"]
        assert row.published_by_id == who.editor.account_id
        assert AuditEntry.objects.filter(action="report.publish").count() == 1
    assert fetched(client, done(client, who.editor)) == archive
    told = text(ask(client, who.editor))
    assert row.sha256 in told
    assert "Redacteur" in told
    assert "zip gemaakt" in told
    assert "Sindsdien is geen editie of correctie bijgekomen" in told


def test_a_site_of_which_the_worker_died_after_recording_is_recorded_once(client, diemen, who, council):
    job = done(client, who.editor)
    with writing(diemen.pk):
        job.state, job.attempts, job.finished_at = "waiting", 1, None
        job.save(update_fields=["state", "attempts", "finished_at"])
    assert worked(job).state == "done"
    with reading(diemen.pk):
        assert Publication.objects.count() == 1


def test_a_year_that_may_not_be_published_ends_the_job_with_its_reason(diemen, who, council):
    assert worked(start(who.editor, SITE, year=2020)).error == "Dit jaar is niet vastgesteld."
    adopted(who, year=2020)
    told = worked(start(who.editor, SITE, year=2020))
    assert told.state == "failed"
    assert told.error.startswith("De raad heeft de paragraaf van 2020 nog niet vastgesteld")


def test_a_setting_that_is_no_address_ends_the_job_with_its_reason(diemen, who, council):
    configuration.change(
        system_actor(diemen),
        key="report.publication_address",
        value="diemen",
        valid_from=timezone.localdate(),
    )
    job = worked(start(who.editor, SITE, year=YEAR))
    assert (job.state, job.error) == (
        "failed",
        "De instelling ‘Webadres van de publicatie’ is geen webadres: diemen",
    )


def test_after_a_correction_the_page_asks_to_publish_again(client, diemen, who, council):
    done(client, who.editor)
    row = correct(who.editor)
    adoption.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
    assert "Sindsdien is er iets veranderd: publiceer opnieuw" in text(ask(client, who.editor))


def test_a_year_that_came_later_was_not_on_the_site(client, diemen, who, council):
    done(client, who.editor)
    adopted(who, year=2020)
    told = text(ask(client, who.editor, PAGE.replace("2021", "2020")))
    assert "stond er niet op" in told
    assert "2020: De raad heeft" in text(ask(client, who.editor))


def test_a_setting_that_is_no_address_stops_publishing_and_is_named(client, diemen, who, council):
    configuration.change(
        system_actor(diemen),
        key="report.publication_address",
        value="diemen",
        valid_from=timezone.localdate(),
    )
    told = text(ask(client, who.editor))
    assert "De instelling ‘Webadres van de publicatie’ is geen webadres: diemen" in told
    assert ask(client, who.editor, post=True).status_code == 422
    assert ask(client, who.editor, f"{PREVIEW}index.html").status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("2021/", "text/html; charset=utf-8"),
        ("en/2021/", "text/html; charset=utf-8"),
        ("opmaak/site.css", "text/css; charset=utf-8"),
        ("opmaak/zoekindex.js", "text/javascript; charset=utf-8"),
        ("opmaak/source-sans-3-latin-wght-normal.woff2", "font/woff2"),
        ("2021/claims.json", "application/json"),
        ("2021/paragraaf.pdf", "application/pdf"),
        ("2021/paragraaf.odt", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_the_preview_gives_each_file_and_records_nothing(client, diemen, who, council, name, kind):
    answer = ask(client, who.editor, f"{PREVIEW}{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    with reading(diemen.pk):
        assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["geen.html", "../../etc/passwd", "houvast-publicatie.json"])
def test_the_preview_has_no_other_file(client, diemen, who, council, name):
    assert ask(client, who.editor, f"{PREVIEW}{name}").status_code == 404


def test_there_is_no_preview_of_a_year_that_may_not_be_published(client, diemen, who):
    assert ask(client, who.editor, f"{OTHER}voorbeeld/index.html").status_code == 404


def test_only_who_publishes_sees_the_page_and_the_way_to_it(client, diemen, who, council):
    reader = factories.actor(diemen, "employee", name="Medewerker")
    chapter = f"/diemen/verantwoording/{YEAR}/"
    for url in (PAGE, f"{PREVIEW}index.html"):
        assert ask(client, reader, url).status_code == 403
    assert ask(client, reader, post=True).status_code == 403
    assert PAGE not in text(ask(client, reader, chapter))
    assert PAGE in text(ask(client, who.editor, chapter))
