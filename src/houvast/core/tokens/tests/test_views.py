"""The screens of tokens: who opens them, what they show, and that the token is shown once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.tokens import actions, factories
from houvast.core.tokens.models import Token

pytestmark = pytest.mark.django_db
TODAY = localdate()


def url(name, *args):
    return reverse(f"tokens:{name}", args=["diemen", *args])


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return actor


@pytest.fixture
def controller(diemen, client):
    return sign_in(client, people.actor(diemen, "controller", name="Vera", today=TODAY))


def filled(**changes):
    return {
        "name": "Dashboard",
        "reads": ["report.view"],
        "last_day": (TODAY + timedelta(days=30)).isoformat(),
        "sent_key": "0190f0f0-0000-7000-8000-000000000001",
    } | changes


def test_reading_is_offered_ticked_and_recording_is_not(client, controller):
    text = client.get(url("make")).content.decode()
    boxes = dict(re.findall(r'<input[^>]*value="([a-z]+\.[a-z_]+)"([^>]*)>', text))
    assert {scope: "checked" in rest for scope, rest in boxes.items()} == {
        "audit.view": True,
        "report.view": True,
        "structure.view": True,
        "values.view": True,
        "terms.calculate": True,
        "security.report": False,
    }
    assert not re.search(r'name="texts"[^>]*checked', text)


def test_a_token_is_shown_once_and_never_again(client, controller, diemen):
    answer = client.post(url("make"), filled())
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    secret = re.search(r"hv_[A-Za-z0-9_-]{43}", answer.content.decode())[0]
    for page in (url("index"), url("make")):
        assert secret not in client.get(page).content.decode()
    again = client.post(url("make"), filled(), follow=True)
    assert again.redirect_chain == [(url("index"), 302)]
    assert "maar één keer te zien" in again.content.decode()
    with reading(diemen.pk):
        assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Dit veld is verplicht."),
        ({"reads": []}, "Kies ten minste één recht."),
        ({"reads": ["security.view_breaches"]}, "is geen beschikbare keuze"),
        ({"last_day": "2099-01-01"}, "Kies een dag van"),
        ({"name": "x" * 81}, "80"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_makes_nothing(client, controller, diemen, changes, says):
    answer = client.post(url("make"), filled(**changes))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    with reading(diemen.pk):
        assert not Token.objects.exists()


def test_a_right_that_went_while_the_form_was_open_is_refused_at_the_form(client, controller, monkeypatch):
    from houvast.core.tokens.rules import Refusal

    def refuse(*_args, **_kwargs):
        raise Refusal("Dit recht is er niet meer.", "scopes")

    monkeypatch.setattr(actions, "make_token", refuse)
    answer = client.post(url("make"), filled())
    assert answer.status_code == 422
    assert "Dit recht is er niet meer." in answer.content.decode()


def test_who_holds_nothing_that_a_program_can_use_is_told_so(client, diemen, monkeypatch):
    from houvast.core.tokens import queries

    sign_in(client, people.actor(diemen, "controller", today=TODAY))
    monkeypatch.setattr(queries, "offered", lambda _actor: iter(()))
    assert "geen recht dat een programma kan gebruiken" in client.get(url("make")).content.decode()


def test_ones_own_list_holds_ones_own_tokens_with_how_they_stand(client, controller, diemen):
    factories.token(people.actor(diemen, "editor", name="Ander", today=TODAY), name="Van een ander")
    factories.token(controller, name="Werkt")
    past = factories.token(controller, name="Oud", days=0, at=now() - timedelta(days=9)).token
    stopped = factories.token(controller, name="Gestopt").token
    actions.withdraw_token(controller, token_id=stopped.pk, expected_version=1, at=now())
    text = client.get(url("index")).content.decode()
    assert "Van een ander" not in text
    assert text.count(">Trek in<") == 1
    assert "Ingetrokken" in text
    assert "Voorbij" in text
    for pk in (past.pk, stopped.pk):
        assert "werkt al niet meer" in client.get(url("withdraw", pk)).content.decode()


def test_one_stops_ones_own_token_and_finds_nobody_elses(client, controller, diemen):
    mine = factories.token(controller).token
    other = factories.token(people.actor(diemen, "editor", name="Ander", today=TODAY)).token
    assert client.get(url("withdraw", other.pk)).status_code == 404
    assert client.get(url("withdraw", mine.pk)).status_code == 200
    answer = client.post(url("withdraw", mine.pk), {"version": 1})
    assert (answer.status_code, answer.url) == (302, url("index"))
    again = client.post(url("withdraw", mine.pk), {"version": 2})
    assert again.status_code == 422
    with reading(diemen.pk):
        assert Token.objects.get(pk=mine.pk).withdrawn_at is not None


def test_a_stale_form_to_stop_a_token_is_shown_anew(client, controller):
    mine = factories.token(controller).token
    assert client.post(url("withdraw", mine.pk), {"version": 7}).status_code == 409
    assert client.post(url("withdraw", mine.pk), {}).status_code == 422


def test_who_manages_access_sees_and_stops_everybodys_tokens(client, diemen):
    other = factories.token(people.actor(diemen, "editor", name="Ander", today=TODAY), name="Rapport").token
    sign_in(client, people.actor(diemen, "administrator", name="Beheer", today=TODAY))
    text = client.get(url("all")).content.decode()
    assert "Rapport" in text
    assert "Ander" in text
    assert url("all") in client.get(url("index")).content.decode()
    answer = client.post(url("withdraw", other.pk), {"version": 1})
    assert (answer.status_code, answer.url) == (302, url("all"))


@pytest.mark.parametrize("name", ["index", "all"])
def test_a_list_takes_as_many_queries_for_three_tokens_as_for_one(client, diemen, name):
    admin = sign_in(client, people.actor(diemen, "administrator", today=TODAY))
    counts = []
    for more in (1, 2):
        for _place in range(more):
            factories.token(admin)
        client.get(url(name))
        with CaptureQueriesContext(connection) as asked:
            client.get(url(name))
        counts.append(len(asked))
    assert counts[0] == counts[1]
