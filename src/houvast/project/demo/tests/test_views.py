"""Signing in as a demo person: only who is one, and only where the demo's addresses exist."""

import os
import subprocess
import sys

import pytest
from django.urls import include, path, resolve

from houvast.core.access.models import Account
from houvast.project import urls

urlpatterns = [path("demo/", include("houvast.project.demo.urls")), *urls.urlpatterns]


@pytest.fixture
def in_demo(settings, db):
    settings.ROOT_URLCONF = __name__
    settings.LOGIN_URL = settings.LOGOUT_REDIRECT_URL = "demo"


def account(name, *, is_demo=True):
    return Account.objects.create(email=f"{len(name)}@example.org", name=name, is_demo=is_demo)


def test_outside_the_demo_the_address_is_one_of_an_organisation_like_any_other():
    assert resolve("/demo/", urlconf="houvast.project.urls").url_name == "my_day"


def test_people_are_chosen_by_organisation_and_function(in_demo, client):
    account("Gemeente Diemen: Redacteur")
    account("Duo+: CISO")
    page = client.get("/demo/").content.decode()
    assert page.index("Gemeente Diemen") < page.index("Redacteur") < page.index("Duo+") < page.index("CISO")


def test_an_empty_demo_says_what_to_do(in_demo, client):
    assert "./houvast demo --fresh" in client.get("/demo/").content.decode()


def test_a_demo_person_is_signed_in_without_a_password(in_demo, client):
    chosen = account("Gemeente Diemen: Redacteur")
    assert client.post("/demo/", {"account": chosen.pk}).status_code == 302
    assert client.session["_auth_user_id"] == str(chosen.pk)


def test_nobody_else_can_be_signed_in_that_way(in_demo, client):
    real = account("Gemeente Diemen: Echt", is_demo=False)
    assert client.post("/demo/", {"account": real.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def entrance(demo):
    """Where the settings of an installation send who is not signed in, and who signed out."""
    told = "from houvast.project import settings as s; print(s.LOGIN_URL, s.LOGOUT_REDIRECT_URL)"
    environment = os.environ | {"HOUVAST_DEMO": demo}
    run = [sys.executable, "-c", told]
    return subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout.split()


def test_a_demo_is_entered_and_left_by_choosing_a_role_and_elsewhere_one_signs_in():
    assert entrance("1") == ["demo", "demo"]
    assert entrance("0") == ["account_login", "account_login"]


def test_in_a_demo_the_first_page_leads_to_the_choice_of_a_role(in_demo, client):
    answer = client.get("/")
    assert answer["Location"] == "/demo/?next=/"
    assert "Kies een rol" in client.get(answer["Location"]).content.decode()


def test_who_signs_out_of_a_demo_comes_back_at_the_choice_and_is_told_so_in_plain_dutch(in_demo, client):
    client.force_login(account("Gemeente Diemen: Redacteur"))
    answer = client.post("/account/logout/")
    assert answer["Location"] == "/demo/"
    assert "U bent afgemeld." in client.get("/demo/").content.decode()


def test_the_sign_in_page_of_a_demo_leads_to_the_choice(in_demo, client):
    assert 'href="/demo/"' in client.get("/account/login/").content.decode()


def test_outside_the_demo_neither_the_first_page_nor_the_sign_in_page_knows_of_it(db, client):
    assert client.get("/")["Location"] == "/account/login/?next=/"
    page = client.get("/account/login/").content.decode()
    assert "/demo/" not in page
    assert "demo" not in page.casefold()
