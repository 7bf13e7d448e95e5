"""Who opens a sensitive record is written down: before the answer goes out, and never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import public_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import NotPermitted
from houvast.core.access.tests.test_attempts import address_of_database
from houvast.core.administration import factories as people
from houvast.core.audit.queries import verify
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, writing
from houvast.core.viewlog import actions, jobs, queries
from houvast.core.viewlog.models import ViewEntry
from houvast.core.viewlog.rules import KEPT_YEARS, Manner
from houvast.modules.security import actions as security
from houvast.modules.security import factories

LOG = "/diemen/beheer/inzage/"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def team(diemen):
    return factories.team(diemen)


def sign_in(actor):
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def views(here):
    with reading(here.pk):
        rows = ViewEntry.objects.order_by("pk")
        return list(rows.values_list("subject_table", "subject_uid", "manner", "account_id"))


def page_of(row):
    return f"/diemen/beveiliging/{'incidenten' if row.reference[:2] == 'VI' else 'datalekken'}/{row.pk}/"


@pytest.fixture(params=["incident", "breach"])
def record(request, team):
    return getattr(factories, request.param)(team)


# What is written


def test_who_opens_a_record_its_form_or_its_file_is_written_down(diemen, team, record):
    ciso = sign_in(team.ciso)
    attach = security.attach_to_incident if record.reference[:2] == "VI" else security.attach_to_breach
    file = attach.run(team.ciso, uid=record.uid, upload=SimpleUploadedFile("a.txt", b"Een notitie."))
    for address in (page_of(record), f"{page_of(record)}wijzigen/", f"/diemen/bestanden/{file.uid}/"):
        assert ciso.get(address).status_code == 200
    assert ciso.post(f"{page_of(record)}wijzigen/", {}).status_code == 422
    table = record._meta.label_lower
    assert views(diemen) == [
        (table, record.uid, manner, team.ciso.account_id) for manner in ("page", "form", "file", "form")
    ]


def test_a_reporter_who_follows_the_own_report_is_written_down_too(diemen, team, record):
    assert sign_in(team.employee).get(f"/diemen/beveiliging/gemeld/{record.reference}/").status_code == 200
    assert [found[1:3] for found in views(diemen)] == [(record.uid, "page")]


def test_who_is_refused_has_seen_nothing_and_a_list_shows_no_content(diemen, team, record):
    employee, ciso = sign_in(team.employee), sign_in(team.ciso)
    assert employee.get(page_of(record)).status_code == 403
    assert ciso.get("/diemen/beveiliging/incidenten/999/").status_code == 404
    for address in ("incidenten/", "datalekken/", ""):
        assert ciso.get(f"/diemen/beveiliging/{address}").status_code == 200
    assert views(diemen) == []


def test_a_guest_is_written_down_with_the_home_organisation(diemen, uithoorn, team, record):
    guest = people.guest(diemen, "ciso", home=uithoorn)
    assert sign_in(guest).get(page_of(record)).status_code == 200
    with reading(diemen.pk):
        entry = ViewEntry.objects.get()
        assert (entry.home_id, entry.account_id) == (uithoorn.pk, guest.account_id)
    with reading(uithoorn.pk):
        assert not ViewEntry.objects.exists()


def test_a_record_that_no_module_calls_sensitive_is_not_written(diemen, team):
    actions.note(team.ciso, "structure.structureversion", None, Manner.PAGE)
    assert views(diemen) == []
    actions.note(public_actor(diemen, None), "security.breach", None, Manner.API)
    assert views(diemen) == [("security.breach", None, "api", None)]


def test_a_view_costs_one_insert_whatever_was_seen_before(diemen, team, record):
    ciso = sign_in(team.ciso)
    counted = []
    for _time in range(3):
        with CaptureQueriesContext(connection) as asked:
            ciso.get(page_of(record))
        sql = [query["sql"] for query in asked]
        counted.append(len(sql))
        assert len([one for one in sql if one.startswith("INSERT")]) == 1
    assert len(set(counted)) == 1


# Never lost


def test_what_cannot_be_written_down_is_not_shown(diemen, team, record, monkeypatch):
    def fail(*_given, **_more):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(ViewEntry, "save", fail)
    answer = sign_in(team.ciso).get(page_of(record))
    assert answer.status_code == 500
    assert record.description not in answer.content.decode()


KILLED = """
import os, signal
import django
django.setup()
from django.conf import settings
from django.test import Client
from houvast.core.access.models import Account
settings.ALLOWED_HOSTS = ["testserver"]
client = Client()
client.force_login(Account.objects.get(pk=%s))
if client.get(%r).status_code == 200:
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_right_after_its_answer_has_written_the_view():
    here = people.organisation("diemen")
    team = factories.team(here)
    row = factories.breach(team)
    environment = {
        **os.environ,
        "HOUVAST_DATABASE_URL": address_of_database(),
        "HOUVAST_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "houvast.project.settings",
    }
    for _time in range(3):
        ended = subprocess.run(
            [sys.executable, "-c", KILLED % (team.ciso.account_id, page_of(row))],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert views(here) == [("security.breach", row.uid, "page", team.ciso.account_id)] * 3


def test_nobody_changes_a_view_or_removes_one_before_its_term_is_over(diemen, team, record):
    sign_in(team.ciso).get(page_of(record))
    for sql in ("UPDATE viewlog_viewentry SET account_id = 1", "DELETE FROM viewlog_viewentry"):
        with pytest.raises(DatabaseError), writing(diemen.pk), transaction.atomic():
            _run(sql)


def _run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_is_older_than_its_term_is_forgotten_each_day(diemen, uithoorn):
    now = timezone.now()
    for here in (diemen, uithoorn):
        for age in (timedelta(days=KEPT_YEARS * 366 + 40), timedelta(days=KEPT_YEARS * 365 - 40)):
            with writing(here.pk):
                ViewEntry(
                    organisation_id=here.pk,
                    home_id=here.pk,
                    at=now - age,
                    subject_table="security.breach",
                    manner=Manner.PAGE,
                ).save()
    assert jobs.forget() == 2
    assert [len(views(here)) for here in (diemen, uithoorn)] == [1, 1]
    assert jobs.forget() == 0


@pytest.mark.parametrize(
    "day", [datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2027, 1, 31, 12, tzinfo=UTC)]
)
def test_the_day_on_which_a_term_is_over_exists_in_every_year(day):
    assert jobs._term_over(day) <= day.replace(year=day.year - KEPT_YEARS, day=min(day.day, 28))


# Reading the log


def test_the_log_tells_who_saw_what_and_a_look_at_it_is_a_view_as_well(diemen, team, record):
    sign_in(team.ciso).get(page_of(record))
    officer = sign_in(team.privacy_officer)
    page = officer.get(LOG).content.decode()
    assert "CISO" in page
    assert record.reference in page
    assert views(diemen)[-1] == ("viewlog.viewentry", None, "log", team.privacy_officer.account_id)
    page = officer.get(LOG).content.decode()
    assert "Het hele inzagelog" in page
    assert "FG" in page


def test_the_views_of_one_record_are_told_as_a_number_that_its_subject_may_hear(diemen, team, record):
    officer = sign_in(team.privacy_officer)
    assert "Niemand heeft dit stuk geopend" in officer.get(f"{LOG}?stuk={record.uid}").content.decode()
    for actor in (team.ciso, team.ciso, team.director):
        sign_in(actor).get(page_of(record))
    page = officer.get(f"{LOG}?stuk={record.uid}").content.decode()
    assert "3 keer ingezien" in page
    assert "door 2 mensen" in page
    with reading(diemen.pk):
        seen = queries.seen(record.uid)
    assert (seen.times, seen.people) == (3, 2)
    assert views(diemen)[-1][1:3] == (record.uid, "log")
    assert f"{LOG}?stuk={record.uid}" in officer.get(page_of(record)).content.decode()
    assert LOG not in sign_in(team.director).get(page_of(record)).content.decode()


def test_the_log_is_searched_by_name_and_by_day(diemen, uithoorn, team, record):
    guest = people.guest(diemen, "ciso", home=uithoorn, name="Gast van elders")
    for actor in (team.ciso, guest):
        sign_in(actor).get(page_of(record))
    officer = sign_in(team.privacy_officer)

    def rows(query):
        page = officer.get(f"{LOG}?{query}").content.decode()
        return page.count('<th scope="row"')

    assert rows("door=CISO") == 1
    assert rows("door=elders") == 1
    assert rows("door=niemand") == 0
    assert rows(f"vanaf={timezone.localdate() + timedelta(days=1)}") == 0
    assert rows(f"tot={timezone.localdate()}") == 0
    assert officer.get(f"{LOG}?stuk=geen-kenmerk").status_code == 200


def test_who_may_not_know_who_looked_is_refused_and_sending_to_the_log_is_not_possible(diemen, team):
    assert sign_in(team.ciso).get(LOG).status_code == 403
    assert sign_in(team.privacy_officer).post(LOG).status_code == 405
    with reading(diemen.pk), pytest.raises(NotPermitted):
        queries.views(team.ciso)
    assert views(diemen) == []


def test_a_page_of_the_log_asks_as_many_questions_for_three_views_as_for_one(diemen, team, record):
    officer, asked = sign_in(team.privacy_officer), []
    sign_in(team.ciso).get(page_of(record))
    officer.get(LOG)
    for _time in range(2):
        with CaptureQueriesContext(connection) as found:
            officer.get(LOG)
        asked.append(len(found))
        sign_in(team.director).get(page_of(record))
    assert asked[0] == asked[1]


def test_views_are_no_rows_of_a_register_and_the_trail_stays_whole(diemen, team, record):
    sign_in(team.ciso).get(page_of(record))
    with reading(diemen.pk):
        assert list(verify(Organisation.objects.get(slug="diemen"))) == []
