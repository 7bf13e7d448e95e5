"""Every answer, whatever it is, tells the browser to keep to itself; error pages stand on their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.views import defaults

from houvast.project import views
from tests.world import ANONYMOUS, ELSEWHERE, GUEST, NO_ROLE, YEAR, addresses

pytestmark = pytest.mark.anywhere

ROOT = Path(__file__).resolve().parents[1]
DIRECTIVES = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What a page could not do under this policy: a script, a handler or a style of its own in the text.
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)
# The tables that a refusal reads: who asks, where, and whether that person is known there.
ASKED_FOR_A_REFUSAL = {
    "django_session",
    "access_account",
    "access_grant",
    "access_role",
    "access_roleassignment",
    "orgs_organisation",
    "people_person",
}


def policy(answer):
    """The content security policy as directives."""
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: " ".join(values) for name, *values in filter(None, parts)}


def check(answer):
    """Every header that has to be there."""
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    found = policy(answer)
    assert {name: found.get(name) for name in DIRECTIVES} == DIRECTIVES
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "*" not in answer.headers["Content-Security-Policy"]
    assert "http:" not in answer.headers["Content-Security-Policy"]


@pytest.fixture
def ask(untouched):
    """Ask an address as somebody; the answer."""

    def get(column, url, method="get"):
        return getattr(untouched.client(column), method)(url)

    return get


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "method", "url", "status"),
    [
        (ANONYMOUS, "get", "/account/login/", 200),
        (GUEST, "get", "/diemen/", 200),
        (ANONYMOUS, "get", "/diemen/", 302),
        (GUEST, "get", "/diemen", 301),
        (NO_ROLE, "get", f"/diemen/verantwoording/{YEAR}/", 403),
        (ELSEWHERE, "get", "/diemen/", 404),
        (GUEST, "get", "/diemen/bestaat-niet/", 404),
        (GUEST, "get", "/bestaat-niet/", 404),
        (GUEST, "get", f"/diemen/verantwoording/{YEAR}/bestand/json/", 200),
        (GUEST, "get", f"/diemen/verantwoording/{YEAR}/bestand/html/", 200),
        (GUEST, "get", "/taal/", 405),
        (GUEST, "put", "/taal/", 405),
        (ANONYMOUS, "options", "/account/login/", 200),
        (GUEST, "head", "/diemen/", 200),
    ],
)
def test_an_answer_carries_every_header(ask, column, method, url, status):
    answer = ask(column, url, method)
    assert answer.status_code == status
    check(answer)


@pytest.mark.django_db
def test_a_static_file_carries_every_header(ask):
    answer = ask(ANONYMOUS, "/static/houvast/houvast.css")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/css")
    check(answer)


@pytest.mark.django_db
def test_a_download_is_a_download(ask):
    answer = ask(GUEST, f"/diemen/verantwoording/{YEAR}/bestand/html/")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    check(answer)


@pytest.mark.django_db
def test_a_fault_carries_every_header_and_tells_nothing(ask, monkeypatch, caplog):
    def break_down(*_args, **_kwargs):
        raise RuntimeError("geheim van de smid")

    monkeypatch.setattr(views, "render", break_down)
    answer = ask(GUEST, "/diemen/")
    assert answer.status_code == 500
    check(answer)
    text = answer.content.decode()
    assert "Er ging iets mis bij ons" in text
    assert "geheim" not in text
    assert "Traceback" not in text
    assert any("geheim" in str(record.exc_info) for record in caplog.records)


@pytest.mark.django_db
def test_every_page_keeps_script_and_style_out_of_its_text(untouched):
    client = untouched.client("administrator")
    seen = 0
    for address in addresses():
        if address.in_organisation and "form" not in address.parameters:
            answer = client.get(address.url(untouched.diemen))
            check(answer)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                seen += 1
                assert INLINE.findall(answer.content.decode()) == [], address.name
    assert seen >= 10


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (lambda request: defaults.bad_request(request, ValueError()), 400, "Foutcode"),
        (lambda request: defaults.permission_denied(request, PermissionError()), 403, "Foutcode"),
        (lambda request: defaults.page_not_found(request, LookupError()), 404, "Deze pagina bestaat niet"),
        (defaults.server_error, 500, "Er ging iets mis bij ons"),
    ],
    ids=["400", "403", "404", "500"],
)
def test_an_error_page_needs_neither_database_nor_session_nor_actor(answer, status, says):
    """No fixture of the database here: a query would fail this test."""
    made = answer(RequestFactory().get("/weg/"))
    text = made.content.decode()
    assert made.status_code == status
    assert says in text
    assert '<html lang="nl"' in text
    assert not INLINE.search(text)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "verantwoording/2021/", "structuur/", "zoeken/?q=de", "bestaat-niet/"])
def test_who_is_refused_an_organisation_has_made_nobody_look_into_it(untouched, path):
    client = untouched.client(ELSEWHERE)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/diemen/{path}")
    assert answer.status_code == 404
    tables = {
        name for query in asked for name in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', query["sql"])
    }
    assert tables <= ASKED_FOR_A_REFUSAL
    assert "Diemen" not in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_organisation_and_a_forbidden_one_look_the_same(untouched):
    client = untouched.client(ELSEWHERE)
    unknown, forbidden = client.get("/nergens/"), client.get("/diemen/")
    assert (unknown.status_code, unknown.content) == (forbidden.status_code, forbidden.content)


def test_addresses_of_the_demonstration_exist_in_a_demonstration_only():
    assert not [address for address in addresses() if address.route.startswith(("demo/", "componenten/"))]


def test_a_form_without_its_token_is_refused(untouched):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "en"})
    assert answer.status_code == 403
    check(answer)


def test_behind_https_django_has_no_remark_about_the_deployment(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOUVAST_DATA": str(tmp_path),
        "HOUVAST_HTTPS": "1",
        "HOUVAST_SECRET_KEY": "k3y-" * 20 + "Zz9!",
        "HOUVAST_SIGNING_KEY": "test",
    }
    command = [sys.executable, "-m", "houvast.project.cli", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
