"""The screens: what is set, and a change whose effect was seen first."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from houvast.core import registry
from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.configuration import actions
from houvast.core.configuration.queries import value_of
from houvast.core.configuration.rules import Kind, Setting
from houvast.core.orgs.scope import reading


def effect(old, new, day):
    return f"Dit raakt {new - old} bestanden."


SIZE = Setting(
    "test.size", "Grootte", Kind.NUMBER, 5, "Hoe groot.", lowest=1, highest=99, unit="MB", preview=effect
)
SWITCH = Setting("test.switch", "Aan of uit", Kind.YES_NO, False, "Of het aan staat.")


@pytest.fixture(autouse=True)
def _declared(monkeypatch):
    cards = {**registry._MODULES, "test": registry.Module(key="test", name="Test", settings=(SIZE, SWITCH))}
    monkeypatch.setattr(registry, "_MODULES", cards)


@pytest.fixture
def admin(diemen, client):
    actor = factories.actor(diemen, "administrator", today=timezone.localdate())
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def address(name, *args):
    return reverse(f"configuration:{name}", args=["diemen", *args])


def now(here, key="test.size"):
    with reading(here.pk):
        return value_of(key, timezone.localdate())


def typed(**changed):
    return {"value": "7", "valid_from": "2021-01-01", "stamp": "0", "do": "show", **changed}


def test_the_list_shows_value_since_when_and_what_comes(diemen, admin):
    actions.change(system_actor(diemen), key="test.size", value=7, valid_from=date(2021, 1, 1))
    actions.change(system_actor(diemen), key="test.size", value=9, valid_from=date(2100, 1, 1))
    page = admin.get(address("index")).content.decode()
    for words in ("Grootte", "7 MB", "1 januari 2021", "1 januari 2100: 9 MB", "standaardwaarde"):
        assert words in page


def test_nothing_is_saved_before_the_effect_was_seen(diemen, admin):
    page = admin.post(address("change", "test.size"), typed())
    assert page.status_code == 200
    assert "Vanaf 01-01-2021: 7 MB. Zonder deze wijziging: 5 MB." in page.content.decode()
    assert "Dit raakt 2 bestanden." in page.content.decode()
    assert now(diemen) == 5
    seen = page.context["form"]["seen"].value()
    other = admin.post(address("change", "test.size"), typed(value="8", seen=seen, do="save"))
    assert (other.status_code, now(diemen)) == (200, 5)  # another value than was shown: shown again
    saved = admin.post(address("change", "test.size"), typed(seen=seen, do="save"))
    assert (saved.status_code, now(diemen)) == (302, 7)


def test_what_a_change_for_good_replaces_is_told(diemen, admin):
    actions.change(system_actor(diemen), key="test.size", value=9, valid_from=date(2100, 1, 1))
    page = admin.post(address("change", "test.size"), typed(stamp="1")).content.decode()
    assert "Wat vanaf 01-01-2100 was ingesteld (9 MB), vervalt." in page


@pytest.mark.parametrize(
    "wrong",
    [{"value": "100"}, {"value": "veel"}, {"valid_from": "2021-02-30"}, {"valid_until": "2021-01-01"}],
)
def test_a_wrong_value_or_day_is_told_at_the_field(diemen, admin, wrong):
    page = admin.post(address("change", "test.size"), typed(**wrong))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(wrong)


def test_who_comes_second_sees_what_was_saved_and_keeps_what_was_typed(diemen, admin):
    seen = admin.post(address("change", "test.size"), typed()).context["form"]["seen"].value()
    actions.change(system_actor(diemen), key="test.size", value=9, valid_from=date(2021, 1, 1))
    page = admin.post(address("change", "test.size"), typed(seen=seen, do="save"))
    assert page.status_code == 409
    assert "Nu geldt: 9 MB" in page.content.decode()
    assert page.context["form"]["value"].value() == "7"
    assert page.context["form"]["stamp"].value() == 1
    assert now(diemen) == 9


def test_yes_and_no_are_a_choice(diemen, admin):
    page = admin.get(address("change", "test.switch"))
    assert page.context["form"]["value"].value() == "nee"
    seen = admin.post(address("change", "test.switch"), typed(value="ja")).context["form"]["seen"].value()
    admin.post(address("change", "test.switch"), typed(value="ja", seen=seen, do="save"))
    assert now(diemen, "test.switch") is True
    assert "Geschiedenis" in admin.get(address("change", "test.switch")).content.decode()


def test_an_unknown_setting_is_not_there(diemen, admin):
    assert admin.get(address("change", "test.nothing")).status_code == 404


def test_an_employee_is_told_what_is_missing(diemen, client):
    actor = factories.actor(diemen, "employee", today=timezone.localdate())
    client.force_login(Account.objects.get(pk=actor.account_id))
    assert client.get(address("index")).status_code == 403
    assert client.get(address("change", "test.size")).status_code == 403
    assert client.post(address("change", "test.size"), typed()).status_code == 403


def test_without_settings_the_page_says_so(diemen, admin, monkeypatch):
    monkeypatch.setattr(registry, "_MODULES", {})
    assert "Geen instellingen" in admin.get(address("index")).content.decode()
