"""The page that calculates a term: the same answers as the law, as an address that can be shared."""

import pytest
from django.urls import reverse
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted, StandardRole
from houvast.core.access.queries import actor_for, who_may
from houvast.core.administration import actions, factories
from houvast.core.orgs.scope import reading
from houvast.core.terms.permissions import CALCULATE


@pytest.fixture
def ask(diemen, client):
    actor = factories.actor(diemen, "employee", today=timezone.localdate())
    client.force_login(Account.objects.get(pk=actor.account_id))
    return lambda **question: client.get(reverse("terms:calculate", args=["diemen"]), question)


def test_without_a_question_there_is_only_the_form(ask):
    page = ask()
    assert page.status_code == 200
    assert page.context["deadline"] is None
    assert "Klacht" not in page.context["form"].errors


def test_a_complaint_of_2_february_2026_is_settled_by_16_march(ask):
    page = ask(term="awb-9:11", start="2026-02-02")
    text = page.content.decode()
    assert page.status_code == 200
    assert "maandag 16 maart 2026" in text
    assert (
        text.index("16 maart 2026")
        < text.index("Hoe dit is berekend")
        < text.index('<ol class="hv-because" lang="nl">')
    )
    assert [text.count(step.step) for step in page.context["deadline"].because] == [1, 1, 1]


def test_a_committee_and_an_extension_lengthen_it(ask):
    shown = ask(term="awb-9:11", start="2026-02-02", advisory_committee="on", extend_weeks="4")
    assert shown.context["deadline"].last_day.isoformat() == "2026-05-11"


def test_a_data_breach_is_notified_by_an_hour(ask):
    page = ask(term="avg-33", start="2026-03-27", time="12:00")
    assert "maandag 30 maart 2026, 13.00" in page.content.decode()  # summer time began in between


def test_what_is_uncertain_is_warned_of(ask):
    page = ask(term="avg-33", start="2026-10-25", time="02:30")
    assert "utrecht-alert--warning" in page.content.decode()


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({}, "term"),
        ({"term": "awb-1:1", "start": "2026-02-02"}, "term"),
        ({"term": "awb-9:11"}, "start"),
        ({"term": "awb-9:11", "start": "2026-02-30"}, "start"),
        ({"term": "awb-9:11", "start": "gisteren"}, "start"),
        ({"term": "awb-9:11", "start": "1998-02-02"}, "start"),
        ({"term": "awb-9:11", "start": "2026-02-02", "time": "12:00"}, "time"),
        ({"term": "avg-33", "start": "2026-03-27"}, "time"),
        ({"term": "avg-33", "start": "2026-03-29", "time": "02:30"}, "start"),
        ({"term": "avg-33", "start": "2026-02-30", "time": "12:00"}, "start"),
        ({"term": "awb-9:11", "start": "2026-02-02", "extend_weeks": "5"}, "extend_weeks"),
        ({"term": "awb-9:11", "start": "2026-02-02", "extend_weeks": "-1"}, "extend_weeks"),
        ({"term": "awb-9:8", "start": "2026-02-02", "extend_weeks": "1"}, "extend_weeks"),
        ({"term": "awb-9:8", "start": "2026-02-02", "advisory_committee": "on"}, "advisory_committee"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(ask, question, field):
    page = ask(**{"time": "", **question})
    assert page.status_code == 422
    assert next(iter(page.context["form"].errors)) == field
    assert page.context["deadline"] is None


@pytest.mark.parametrize("role", StandardRole.values)
def test_every_role_may_calculate(diemen, client, role):
    actor = factories.actor(diemen, role, today=timezone.localdate())
    client.force_login(Account.objects.get(pk=actor.account_id))
    page = client.get(reverse("terms:calculate", args=["diemen"]))
    assert page.status_code == 200
    assert "Hulpmiddelen" in page.content.decode()


@pytest.fixture
def guest(diemen, uithoorn):
    """Somebody of Uithoorn who may read Diemen's chapter, and nothing else."""
    adviser = factories.actor(uithoorn, "employee", today=timezone.localdate())
    account = Account.objects.get(pk=adviser.account_id)
    actions.grant(
        system_actor(diemen),
        grantee=uithoorn,
        account=account,
        label="Leest mee",
        permissions=["report.view"],
        valid_from=timezone.localdate(),
    )
    return account


def test_who_works_here_under_any_grant_may_calculate_and_finds_it_in_the_menu(guest, client):
    client.force_login(guest)
    address = reverse("terms:calculate", args=["diemen"])
    page = client.get(address, {"term": "awb-9:11", "start": "2026-02-02"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "maandag 16 maart 2026" in text
    assert f'href="{address}"' in text


def test_a_guest_may_calculate_and_gains_nothing_else_by_it(guest, diemen):
    with reading(diemen.pk):
        actor = actor_for(guest, diemen, timezone.localdate())
    assert (actor.may(CALCULATE), actor.may_write(CALCULATE), actor.units(CALCULATE)) == (True, False, None)
    assert set(actor.permissions) == {"report.view"}
    with pytest.raises(NotPermitted):
        actor.require(MANAGE_ACCESS)


def test_who_may_what_names_the_guests_too(guest, diemen):
    with reading(diemen.pk):
        held = who_may(CALCULATE, timezone.localdate())
    assert [(holder.name, holder.through) for holder in held] == [(str(guest), "Uithoorn")]


def test_nobody_else_may(diemen, uithoorn, client):
    address = reverse("terms:calculate", args=["diemen"])
    assert client.get(address).status_code == 302
    stranger = factories.actor(uithoorn, "employee", today=timezone.localdate())
    client.force_login(Account.objects.get(pk=stranger.account_id))
    assert client.get(address).status_code == 404
    without = factories.actor(diemen, today=timezone.localdate())
    client.force_login(Account.objects.get(pk=without.account_id))
    assert client.get(address).status_code == 403
