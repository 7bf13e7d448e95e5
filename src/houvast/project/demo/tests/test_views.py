"""Signing in as a demo person: only who is one, and only where the demo's addresses exist."""

import pytest
from django.urls import include, path, resolve

from houvast.core.access.models import Account
from houvast.project import urls

urlpatterns = [path("demo/", include("houvast.project.demo.urls")), *urls.urlpatterns]


@pytest.fixture
def in_demo(settings, db):
    settings.ROOT_URLCONF = __name__


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
