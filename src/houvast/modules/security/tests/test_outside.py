"""A vulnerability that somebody without an account reports: from the page to the register."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import public_actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import history, verify
from houvast.core.configuration import actions as configuration
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.scope import reading, writing
from houvast.core.public import throttle
from houvast.core.registry import modules
from houvast.modules.security import actions, factories, permissions
from houvast.modules.security.models import Incident
from houvast.modules.security.rules import Refusal

PAGE = "/diemen/publiek/kwetsbaarheid/"
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
GIVEN = {"where": "https://example.org/zoeken", "description": "Het zoekveld toont wat ik typ als code."}


@pytest.fixture
def visitor():
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def patient(monkeypatch):
    """Everybody takes the time to read before sending."""
    monkeypatch.setattr("houvast.core.public.forms.QUICKEST", -1)


def stamps(page):
    """The hidden fields of the form."""
    found = re.findall(
        r'<input type="hidden" name="(opened|sent_key)" value="([^"]+)"', page.content.decode()
    )
    return dict(found)


def send(visitor, **given):
    return visitor.post(PAGE, {**stamps(visitor.get(PAGE)), **GIVEN, **given})


def incidents(diemen):
    with reading(diemen.pk):
        return list(Incident.objects.order_by("pk"))


def test_a_report_is_an_incident_that_names_nobody(diemen, visitor, patient):
    answer = send(visitor, contact="vinder@example.org")
    (row,) = incidents(diemen)
    assert (row.kind, row.status, row.from_outside, row.reporter_id) == (
        "vulnerability",
        "reported",
        True,
        None,
    )
    assert (row.contact, row.personal_data) == ("vinder@example.org", "unknown")
    assert row.description == f"{GIVEN['where']}\n\n{GIVEN['description']}"
    page = visitor.get(answer.headers["Location"])
    assert row.reference in page.content.decode()
    with reading(diemen.pk):
        entry = AuditEntry.objects.get(subject_uid=row.uid)
        assert (entry.origin, entry.account_id, entry.actor_uid) == ("publiek", None, "")
        assert (entry.changes["contact"], entry.changes["description"]) == ("gewijzigd", "gewijzigd")
        assert history(row)[0].who == "Bezoeker van de website"
        assert list(verify(diemen)) == []


def test_an_address_need_not_be_told(diemen, visitor, patient):
    assert send(visitor).status_code == 302
    assert incidents(diemen)[0].contact == ""


def test_sending_twice_makes_one_report_and_the_same_confirmation(diemen, visitor, patient):
    key = str(uuid4())
    first, second = (send(visitor, sent_key=key) for _time in range(2))
    reference = incidents(diemen)[0].reference
    assert len(incidents(diemen)) == 1
    for answer in (first, second):
        assert reference in visitor.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"where": " "}, "Dit veld is verplicht"),
        ({"description": ""}, "Dit veld is verplicht"),
        ({"contact": "geen adres"}, "geldig e-mailadres"),
        ({"where": "x" * 201}, "200"),
        ({"description": "🐟" * 5001}, "5000"),
        ({"website": "http://koop.example"}, "Laat dit leeg"),
        ({"opened": ""}, "te lang open"),
        ({"opened": "open:abc:def"}, "te lang open"),
    ],
)
def test_what_is_wrong_is_told_and_keeps_what_was_typed(diemen, visitor, patient, given, told):
    answer = send(visitor, **given)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert incidents(diemen) == []
    if "description" not in given:
        assert GIVEN["description"] in answer.content.decode()
    # What was typed can be sent again from the page as it stands now.
    again = {**stamps(answer), **GIVEN}
    assert visitor.post(PAGE, again).status_code == 302


def test_who_is_quicker_than_one_can_read_waits_and_sends_again(diemen, visitor, monkeypatch):
    answer = send(visitor)
    assert (answer.status_code, "te snel" in answer.content.decode()) == (422, True)
    monkeypatch.setattr("houvast.core.public.forms.QUICKEST", -1)
    assert visitor.post(PAGE, {**stamps(answer), **GIVEN}).status_code == 302


def test_a_form_of_an_earlier_day_is_told_and_gets_a_new_stamp(diemen, visitor, patient, monkeypatch):
    monkeypatch.setattr("houvast.core.public.forms.LONGEST", -1)
    answer = send(visitor)
    assert (answer.status_code, "te lang open" in answer.content.decode()) == (422, True)


def test_after_too_many_a_visitor_hears_when_to_try_again(diemen, visitor, patient, monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", throttle.Limit(1, 900))
    assert send(visitor).status_code == 302
    answer = send(visitor)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    assert "te vaak verzonden" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(incidents(diemen)) == 1


def test_the_only_cookie_is_the_one_against_forged_forms(diemen, visitor):
    for address in (PAGE, "/diemen/publiek/", "/diemen/publiek/privacy/", f"{PAGE}?taal=en"):
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert set(answer.cookies) <= {"csrftoken"}
        assert "<script" not in answer.content.decode()
    assert set(visitor.cookies) == {"csrftoken"}


def test_a_form_from_elsewhere_is_refused(diemen):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, GIVEN).status_code == 403
    assert incidents(diemen) == []


def test_the_language_stands_in_the_address(diemen, visitor, patient):
    page = visitor.get(f"{PAGE}?taal=en")
    assert 'lang="en"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"
    answer = visitor.post(f"{PAGE}?taal=en", {**stamps(page), **GIVEN})
    assert answer.headers["Location"].endswith("?taal=en")
    assert visitor.get(f"{PAGE}?taal=klingon").headers["Content-Language"] == "nl"


def test_an_organisation_that_takes_no_reports_has_no_public_page(diemen, visitor):
    configuration.change(
        system_actor(diemen), key="security.public_reports", value=False, valid_from=date(2020, 1, 1)
    )
    for address in (PAGE, "/diemen/publiek/", "/diemen/publiek/privacy/"):
        assert visitor.get(address).status_code == 404
    assert visitor.post(PAGE, GIVEN).status_code == 404


def test_what_the_organisation_promises_stands_on_the_page(diemen, visitor):
    promise = "U hoort binnen vijf werkdagen van ons."
    configuration.change(
        system_actor(diemen), key="security.public_promise", value=promise, valid_from=date(2020, 1, 1)
    )
    assert promise in visitor.get(PAGE).content.decode()
    index = visitor.get("/diemen/publiek/").content.decode()
    assert PAGE in index
    assert "een jaar na de afhandeling" in visitor.get("/diemen/publiek/privacy/").content.decode()


def test_a_confirmation_is_for_who_sent_the_report_and_of_this_organisation(
    diemen, uithoorn, visitor, patient
):
    address = send(visitor).headers["Location"]
    assert visitor.get(address.replace("/diemen/", "/uithoorn/")).status_code == 404
    assert visitor.get(f"{PAGE}ontvangen/iets:anders/").status_code == 404


def test_who_is_signed_in_is_the_same_visitor(diemen, patient):
    employee = people.actor(diemen, "employee")
    client = Client()
    client.force_login(Account.objects.get(pk=employee.account_id))
    assert send(client).status_code == 302
    assert incidents(diemen)[0].reporter_id is None
    with reading(diemen.pk):
        assert AuditEntry.objects.get(subject_uid=incidents(diemen)[0].uid).account_id is None


def test_a_visitor_may_report_and_nothing_else(diemen):
    actor = public_actor(diemen, permissions.REPORT_VULNERABILITY)
    allowed = [one.key for module in modules() for one in module.permissions if actor.may_write(one)]
    assert allowed == ["security.report_vulnerability"]
    with pytest.raises(NotPermitted):
        actions.report_incident(actor, at=AT, facts=factories.INCIDENT)
    with pytest.raises(NotPermitted):
        actions.report_vulnerability(public_actor(diemen, None), at=AT, where="x", description="x")


def test_a_report_without_content_is_refused_whoever_makes_it(diemen):
    actor = public_actor(diemen, permissions.REPORT_VULNERABILITY)
    for given in ({"where": " ", "description": "x"}, {"where": "x", "description": " "}):
        with pytest.raises(Refusal):
            actions.report_vulnerability(actor, at=AT, **given)
    key = uuid4()
    actions.report_vulnerability(actor, at=AT, where="x", description="x", sent_key=key)
    with pytest.raises(AlreadyDone):
        actions.report_vulnerability(actor, at=AT, where="x", description="x", sent_key=key)


def test_the_database_keeps_an_address_of_outsiders_alone(diemen):
    row = factories.incident(factories.team(diemen))
    row.contact = "iemand@example.org"
    with pytest.raises(DatabaseError), writing(diemen.pk), transaction.atomic():
        row.save()


def test_the_ciso_sees_where_it_came_from_and_where_to_answer(diemen, visitor, patient, client):
    send(visitor, contact="vinder@example.org")
    ciso = factories.team(diemen).ciso
    client.force_login(Account.objects.get(pk=ciso.account_id))
    page = client.get(f"/diemen/beveiliging/incidenten/{incidents(diemen)[0].pk}/").content.decode()
    assert "iemand zonder account, via de website" in page
    assert "vinder@example.org" in page
    assert "Bezoeker van de website" in page


def test_the_page_asks_as_many_questions_whatever_the_register_holds(diemen, visitor):
    asked = []
    team = factories.team(diemen)
    for _time in range(2):
        with CaptureQueriesContext(connection) as found:
            visitor.get(PAGE)
        asked.append(len(found))
        factories.incident(team)
    assert asked[0] == asked[1]


# security.txt


def told(visitor):
    answer = visitor.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_security_txt_names_the_form_of_each_organisation_and_holds_for_less_than_a_year(diemen, visitor):
    said = told(visitor)
    assert said["Contact"] == "http://testserver/diemen/publiek/kwetsbaarheid/"
    assert said["Canonical"] == "http://testserver/.well-known/security.txt"
    assert said["Preferred-Languages"] == "nl, en"
    until = datetime.fromisoformat(said["Expires"])
    assert timedelta(days=88) < until - timezone.now() < timedelta(days=91)
    assert not visitor.cookies


def test_security_txt_names_what_the_installation_says(diemen, visitor, settings):
    settings.SECURITY_CONTACTS = ["mailto:cert@example.org"]
    settings.SECURITY_POLICY = "https://example.org/beleid"
    said = told(visitor)
    assert (said["Contact"], said["Policy"]) == ("mailto:cert@example.org", "https://example.org/beleid")


def test_security_txt_is_not_there_where_nobody_takes_reports(diemen, visitor):
    configuration.change(
        system_actor(diemen), key="security.public_reports", value=False, valid_from=date(2020, 1, 1)
    )
    assert visitor.get("/.well-known/security.txt").status_code == 404
