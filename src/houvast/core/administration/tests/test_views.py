"""The screens of administration: who opens them, what they show, what they say when something is wrong."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account, Grant, RoleAssignment
from houvast.core.access.permissions import READ_TRAIL, StandardRole
from houvast.core.administration import actions, factories
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)


def url(name, *args):
    return reverse(f"administration:{name}", args=["diemen", *args])


def sign_in(client, here, *roles):
    actor = factories.actor(here, *roles, name="Beheer", today=TODAY)
    client.force_login(Account.objects.get(pk=actor.account_id))
    return actor


@pytest.fixture
def admin(diemen, client):
    return sign_in(client, diemen, StandardRole.ADMINISTRATOR)


@pytest.fixture
def person(diemen):
    return factories.person(diemen, "Vera Voorbeeld")


def role_of(here, person, role=StandardRole.CONTROLLER):
    return actions.assign_role(
        system_actor(here), person=person, role=role, valid_from=TODAY - timedelta(days=100)
    )


def every_address(here, uithoorn, person):
    role = role_of(here, person)
    row = actions.grant(system_actor(here), grantee=uithoorn, label="x", permissions=[], valid_from=TODAY)
    return [
        url("people"),
        url("add_person"),
        url("person", person.pk),
        url("account", person.pk),
        url("assign", person.pk),
        url("end_role", role.pk),
        url("grants"),
        url("give"),
        url("end_grant", row.pk),
        url("rights"),
        url("trail"),
    ]


def test_an_administrator_opens_every_page(diemen, uithoorn, admin, client, person):
    for address in every_address(diemen, uithoorn, person):
        assert client.get(address).status_code == 200, address


def test_an_employee_opens_none(diemen, uithoorn, client, person):
    sign_in(client, diemen, StandardRole.EMPLOYEE)
    for address in every_address(diemen, uithoorn, person):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"name": "x"}).status_code == 403, address


def test_a_stranger_and_a_visitor_find_nothing(diemen, uithoorn, client, person):
    addresses = every_address(diemen, uithoorn, person)
    assert {client.get(address).status_code for address in addresses} == {302}
    sign_in(client, uithoorn, StandardRole.ADMINISTRATOR)
    assert {client.get(address).status_code for address in addresses} == {404}


def test_what_does_not_exist_here_is_not_found(diemen, uithoorn, admin, client):
    theirs = factories.person(uithoorn)
    for name in ("person", "account", "assign"):
        assert client.get(url(name, theirs.pk)).status_code == 404
    assert client.get(url("end_role", 10**9)).status_code == 404
    assert client.get(url("end_grant", 10**9)).status_code == 404


def test_people_are_listed_with_account_and_roles(diemen, admin, client, person):
    role_of(diemen, person)
    page = client.get(url("people")).content.decode()
    for words in ("Vera Voorbeeld", person.account.email, "Concerncontroller"):
        assert words in page
    assert "Vera Voorbeeld" not in client.get(url("people"), {"name": "zzz"}).content.decode()


def test_the_list_asks_as_many_queries_for_four_people_as_for_one(diemen, admin, client):
    with CaptureQueriesContext(connection) as few:
        client.get(url("people"))
    for _ in range(3):
        role_of(diemen, factories.person(diemen))
    with CaptureQueriesContext(connection) as many:
        client.get(url("people"))
    assert len(many) == len(few)


def test_a_person_is_added(diemen, admin, client):
    assert client.post(url("add_person"), {"name": "  "}).status_code == 422
    answer = client.post(url("add_person"), {"name": "Nieuw"})
    assert (answer.status_code, answer.url) == (302, url("people"))
    with reading(diemen.pk):
        assert Person.objects.filter(name="Nieuw").count() == 1


def test_an_account_is_linked_by_its_address(diemen, admin, client, person):
    form = client.get(url("account", person.pk)).context["form"]
    assert form["email"].value() == person.account.email
    client.post(url("account", person.pk), {"email": "vera@example.org", "expected_version": "1"})
    with reading(diemen.pk):
        assert Person.objects.select_related("account").get(pk=person.pk).account.email == "vera@example.org"
    again = client.post(url("account", person.pk), {"email": "ander@example.org", "expected_version": "1"})
    assert again.status_code == 409
    assert "Iemand anders was u voor" in again.content.decode()
    assert (again.context["form"]["email"].value(), again.context["form"]["expected_version"].value()) == (
        "ander@example.org",
        "2",
    )


def test_an_account_of_somebody_else_here_is_refused_on_the_form(diemen, admin, client, person):
    other = factories.person(diemen)
    page = client.post(url("account", person.pk), {"email": other.account.email, "expected_version": "1"})
    assert page.status_code == 422
    assert "meldt zich al met dit adres aan" in page.content.decode()


def test_a_role_is_assigned_and_ended(diemen, admin, client, person):
    data = {"role": "controller", "unit": "", "valid_from": str(TODAY), "valid_until": str(TODAY)}
    wrong = client.post(url("assign", person.pk), data)
    assert list(wrong.context["form"].errors) == ["valid_until"]
    assert client.post(url("assign", person.pk), {**data, "valid_until": ""}).status_code == 302
    with reading(diemen.pk):
        row = RoleAssignment.objects.get(person=person)
    shown = client.get(url("person", person.pk)).content.decode()
    for words in ("Concerncontroller", "De hele organisatie", "Geldt nu", "Persoon toegevoegd"):
        assert words in shown
    early = client.post(url("end_role", row.pk), {"valid_until": str(TODAY), "expected_version": "1"})
    assert list(early.context["form"].errors) == ["valid_until"]
    assert (
        client.post(url("end_role", row.pk), {"valid_until": str(LATER), "expected_version": "1"}).status_code
        == 302
    )
    assert (
        client.post(url("end_role", row.pk), {"valid_until": str(LATER), "expected_version": "1"}).status_code
        == 409
    )


def test_the_last_administrator_is_told_why_the_role_stays(diemen, admin, client):
    with reading(diemen.pk):
        row = RoleAssignment.objects.get(person_id=admin.person_id)
    page = client.post(url("end_role", row.pk), {"valid_until": str(LATER), "expected_version": "1"})
    assert page.status_code == 422
    assert "Geef eerst iemand anders deze rol" in page.content.decode()


def test_roles_of_the_past_and_the_future_are_told_apart(diemen, admin, client, person):
    for start, until in ((-10, -5), (5, None)):
        actions.assign_role(
            system_actor(diemen),
            person=person,
            role=StandardRole.CISO,
            valid_from=TODAY + timedelta(days=start),
            valid_until=until and TODAY + timedelta(days=until),
        )
    page = client.get(url("person", person.pk)).content.decode()
    assert "Voorbij" in page
    assert "Gaat nog in" in page


def test_a_person_without_role_or_account_is_told_so(diemen, admin, client):
    bare = factories.person(diemen, signs_in=False)
    page = client.get(url("person", bare.pk)).content.decode()
    assert "Nog geen rol" in page
    assert "Niemand meldt zich aan als deze persoon" in page


def grant_data(grantee, **changed):
    data = {
        "label": "Controle",
        "grantee": grantee.pk,
        "email": "",
        "permissions": [READ_TRAIL.key],
        "valid_from": str(TODAY),
    }
    return {**data, **changed}


def test_access_is_given_shown_and_ended(diemen, uithoorn, admin, client):
    assert "Niemand van buiten" in client.get(url("grants")).content.decode()
    theirs = factories.person(uithoorn, "Gast")
    data = grant_data(uithoorn, email=theirs.account.email, may_write="on")
    assert client.post(url("give"), data).status_code == 302
    with reading(diemen.pk):
        row = Grant.objects.get()
    assert (row.account, row.may_write, row.permissions) == (theirs.account, True, [READ_TRAIL.key])
    page = client.get(url("grants")).content.decode()
    for words in ("Controle", "Gast", "Uithoorn", "lezen en vastleggen", str(READ_TRAIL.label)):
        assert words in page
    end = {"valid_until": str(LATER), "expected_version": "1"}
    assert client.post(url("end_grant", row.pk), end).status_code == 302
    assert client.post(url("end_grant", row.pk), end).status_code == 409


def test_an_organisation_may_count_here_but_not_write(diemen, uithoorn, admin, client):
    page = client.post(url("give"), grant_data(uithoorn, may_write="on"))
    assert list(page.context["form"].errors) == ["may_write"]
    assert client.post(url("give"), grant_data(uithoorn)).status_code == 302
    assert "telt voor de eigen verantwoording" in client.get(url("grants")).content.decode()


@pytest.mark.parametrize("who", ["nobody@example.org", "ours"])
def test_only_who_works_there_can_be_let_in(diemen, uithoorn, admin, client, person, who):
    email = person.account.email if who == "ours" else who
    page = client.post(url("give"), grant_data(uithoorn, email=email))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["email"]


def test_the_organisation_itself_cannot_be_given_access(diemen, uithoorn, admin, client):
    page = client.post(url("give"), grant_data(diemen))
    assert list(page.context["form"].errors) == ["grantee"]


def test_who_may_what_is_told_for_any_day(diemen, admin, client, person):
    role_of(diemen, person)
    now = client.get(url("rights")).content.decode()
    assert "Vera Voorbeeld" in now
    assert str(READ_TRAIL.label) in now
    before = client.get(url("rights"), {"dag": str(TODAY - timedelta(days=200))}).content.decode()
    assert "Vera Voorbeeld" not in before
    assert client.get(url("rights"), {"dag": "gisteren"}).status_code == 200


def test_the_trail_shows_the_newest_first_and_can_be_filtered(diemen, admin, client, person):
    actions.link_email(admin, person_id=person.pk, expected_version=1, email="")
    page = client.get(url("trail")).content.decode()
    assert page.index("Account gekoppeld op e-mailadres") < page.index("Organisatie ingericht")
    assert "Systeem" in page
    assert "Beheer" in page
    assert f'href="/diemen/structuur/medewerkers/{person.pk}/">Vera Voorbeeld</a>' in page
    with reading(diemen.pk):
        assert "Vera Voorbeeld" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))
    only = client.get(url("trail"), {"action": "administration.link_email"})
    assert [row[2] for row in only.context["page"].rows] == ["administration.link_email"]


def test_the_trail_names_a_guest_by_function_and_home_organisation(diemen, uithoorn, admin, client, person):
    guest = factories.guest(diemen, "administrator", home=uithoorn, name="Beheerder elders", may_write=True)
    actions.link_email(guest, person_id=person.pk, expected_version=1, email="")
    assert "Beheerder elders, Uithoorn" in client.get(url("trail")).content.decode()


def test_the_trail_goes_on_after_a_hundred_entries(diemen, admin, client, person):
    for number in range(100):
        actions.link_email(system_actor(diemen), person_id=person.pk, expected_version=number + 1, email="")
    first = client.get(url("trail")).context["page"]
    second = client.get(url("trail") + first.next_url).context["page"]
    assert len(first.rows) == 100
    assert second.rows[0][0] == first.rows[-1][0] - 1


def test_a_controller_reads_the_trail_and_changes_nothing(diemen, client):
    sign_in(client, diemen, StandardRole.CONTROLLER)
    assert client.get(url("trail")).status_code == 200
    assert client.get(url("people")).status_code == 403
