"""What people see and do on the pages, by role."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime, now

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.configuration.actions import change as configure
from houvast.core.orgs.scope import reading
from houvast.modules.security import actions, factories, queries
from houvast.modules.security.factories import BREACH, INCIDENT
from houvast.modules.security.models import Breach, BreachDecision, Incident
from houvast.modules.security.rules import BreachStatus, IncidentStatus, PersonalData, Risk
from houvast.modules.security.urls import urlpatterns

LISTS = ("overview", "units", "report", "own", "incidents", "breaches", "report_breach")
OF_INCIDENT = ("incident", "change_incident", "close_incident")
OF_BREACH = ("breach", "change_breach", "advise", "decide", "notify", "close_breach", "dismiss_breach")
OFFICERS = ("ciso", "privacy_officer", "director")
ALLOWED = {
    "employee": {"overview", "report", "own"},
    "ciso": {*LISTS, *OF_INCIDENT, *OF_BREACH} - {"advise", "decide"},
    "privacy_officer": {
        "overview",
        "report",
        "own",
        "incidents",
        "breaches",
        "incident",
        "breach",
        "units",
        "advise",
        "notify",
    },
    "director": {
        "overview",
        "report",
        "own",
        "incidents",
        "breaches",
        "incident",
        "breach",
        "decide",
        "units",
    },
}


@pytest.fixture
def sign_in(client):
    """Sign in as one of the team."""

    def as_(actor):
        client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return as_


@pytest.fixture
def rows(team):
    """An incident and a breach that were reported an hour ago."""
    at = now() - timedelta(hours=1)
    return factories.incident(team, at=at), factories.breach(team, at=at)


def url(name, *args, here="diemen"):
    return reverse(f"security:{name}", args=[here, *args])


def addresses(incident, breach, here="diemen"):
    yield from ((name, url(name, here=here)) for name in LISTS)
    yield from ((name, url(name, incident.pk, here=here)) for name in OF_INCIDENT)
    yield from ((name, url(name, breach.pk, here=here)) for name in OF_BREACH)


def moment(at):
    return localtime(at).strftime("%Y-%m-%dT%H:%M")


def fetch(row):
    with reading(row.organisation_id):
        return type(row).objects.get(pk=row.pk)


def test_these_are_all_pages():
    assert {path.name for path in urlpatterns} == {*LISTS, *OF_INCIDENT, *OF_BREACH, "reported"}


@pytest.mark.parametrize("who", ALLOWED)
def test_every_page_opens_for_who_may_and_for_nobody_else(sign_in, team, rows, who):
    client = sign_in(getattr(team, who))
    found = {name: client.get(address).status_code for name, address in addresses(*rows)}
    assert found == {name: 200 if name in ALLOWED[who] else 403 for name in found}


def test_no_page_opens_without_signing_in(client, team, rows):
    assert {client.get(address).status_code for _, address in addresses(*rows)} == {302}


CHANGING = {"report", "report_breach", *OF_INCIDENT[1:], *OF_BREACH[1:]}


def test_a_guest_who_may_only_read_is_refused_before_filling_in(sign_in, diemen, uithoorn, rows):
    client = sign_in(people.guest(diemen, "employee", *OFFICERS, home=uithoorn))
    found = {name: client.get(address).status_code for name, address in addresses(*rows)}
    assert found == {name: 403 if name in CHANGING else 200 for name in found}


def test_a_guest_who_may_record_sees_every_form(sign_in, diemen, uithoorn, rows):
    client = sign_in(people.guest(diemen, "employee", *OFFICERS, home=uithoorn, may_write=True))
    assert {client.get(address).status_code for _, address in addresses(*rows)} == {200}


@pytest.mark.parametrize("may_write", [True, False])
def test_a_guest_sees_a_way_to_change_only_where_recording_is_allowed(
    sign_in, diemen, uithoorn, rows, may_write
):
    client = sign_in(people.guest(diemen, "employee", *OFFICERS, home=uithoorn, may_write=may_write))
    ways = {address for name, address in addresses(*rows) if name in CHANGING}
    seen = set()
    for name, address in addresses(*rows):
        if name not in CHANGING:
            seen |= set(re.findall(r'href="([^"?]+)', client.get(address).content.decode())) & ways
    expected = {
        url("report"),
        url("report_breach"),
        url("change_incident", rows[0].pk),
        url("change_breach", rows[1].pk),
        url("advise", rows[1].pk),
        url("dismiss_breach", rows[1].pk),
    }
    assert seen == (expected if may_write else set())


def test_no_page_of_another_organisation_exists(sign_in, team, uithoorn, rows):
    theirs = factories.team(uithoorn)
    outsider = sign_in(theirs.ciso)
    assert {outsider.get(address).status_code for _, address in addresses(*rows)} == {404}


def test_a_record_of_another_organisation_does_not_exist_under_the_own_address(sign_in, team, uithoorn):
    theirs = factories.breach(factories.team(uithoorn))
    client = sign_in(team.ciso)
    for name in ("breach", "change_breach", "notify", "close_breach", "dismiss_breach"):
        assert client.get(url(name, theirs.pk)).status_code == 404


# Reporting

REPORT = {"kind": "missent", "personal_data": "no", "noticed": "now", "description": "Een brief is zoek."}


def test_an_employee_reports_an_incident_in_four_answers(sign_in, team, diemen):
    answer = sign_in(team.employee).post(url("report"), REPORT, follow=True)
    assert answer.redirect_chain == [("/diemen/beveiliging/gemeld/" + f"VI-{localtime().year}-001/", 302)]
    with reading(diemen.pk):
        incident = Incident.objects.get()
    assert (incident.kind, incident.description, incident.severity) == ("missent", "Een brief is zoek.", "")


@pytest.mark.parametrize(("answer", "register"), [("yes", Breach), ("no", Incident), ("unknown", Incident)])
def test_data_of_people_for_certain_go_to_the_register_of_breaches(sign_in, team, diemen, answer, register):
    earlier = now() - timedelta(hours=5)
    sent = {**REPORT, "personal_data": answer, "noticed": "earlier", "noticed_at": moment(earlier)}
    sign_in(team.employee).post(url("report"), sent)
    with reading(diemen.pk):
        assert (Incident.objects.count(), Breach.objects.count()) == (
            (0, 1) if register is Breach else (1, 0)
        )
        row = register.objects.get()
    noticed = row.aware_at if register is Breach else row.discovered_at
    assert moment(noticed) == moment(earlier)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "Dit veld is verplicht"),
        ({"description": ""}, "Dit veld is verplicht"),
        ({"noticed": "earlier"}, "Vul in wanneer u het merkte"),
        ({"noticed": "earlier", "noticed_at": "2099-01-01T10:00"}, "ligt in de toekomst"),
    ],
)
def test_a_report_that_cannot_be_is_returned_with_what_was_typed(sign_in, team, diemen, change, sentence):
    answer = sign_in(team.employee).post(url("report"), {**REPORT, **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with reading(diemen.pk):
        assert not Incident.objects.exists()


def test_a_report_that_is_sent_twice_is_one_report(sign_in, team, diemen):
    client = sign_in(team.employee)
    key = client.get(url("report")).context["form"]["sent_key"].value()
    assert client.get(url("report")).context["form"]["sent_key"].value() != key
    sent = {**REPORT, "personal_data": "yes", "sent_key": key}
    first, again = (client.post(url("report"), sent, follow=True) for _ in range(2))
    assert first.redirect_chain == again.redirect_chain
    assert "U had dit al verzonden: er is geen tweede van gemaakt." in again.content.decode()
    with reading(diemen.pk):
        assert Breach.objects.count() == 1


def test_a_breach_that_an_officer_sends_twice_is_one_breach(sign_in, team, diemen):
    client = sign_in(team.ciso)
    key = client.get(url("report_breach")).context["form"]["sent_key"].value()
    sent = {"aware_at": moment(BREACH.aware_at), "description": "Een lijst is zoek.", "sent_key": key}
    answers = [client.post(url("report_breach"), sent).headers["location"] for _ in range(2)]
    with reading(diemen.pk):
        assert answers == [url("breach", Breach.objects.get().pk)] * 2


@pytest.mark.parametrize("answer", ["now", "earlier", ""])
def test_a_moment_that_was_filled_in_counts_whatever_the_answer_above_it(sign_in, team, diemen, answer):
    earlier = now() - timedelta(days=5)
    sent = {**REPORT, "personal_data": "yes", "noticed": answer, "noticed_at": moment(earlier)}
    assert sign_in(team.employee).post(url("report"), sent).status_code == 302
    with reading(diemen.pk):
        breach = Breach.objects.get()
    assert moment(breach.aware_at) == moment(earlier)
    assert moment(breach.due_at) == moment(earlier + timedelta(hours=72))


def test_a_report_that_comes_back_says_earlier_beside_its_moment(sign_in, team):
    sent = {**REPORT, "noticed_at": "2199-01-01T10:00"}
    form = sign_in(team.employee).post(url("report"), sent).context["form"]
    assert (form["noticed"].value(), form["noticed_at"].value()) == ("earlier", "2199-01-01T10:00")


@pytest.mark.parametrize(
    ("on", "sentence"), [("1990-01-01", "vóór de registratie"), ("2099-01-01", "in de toekomst")]
)
def test_a_closing_day_that_cannot_be_is_told_at_its_field(sign_in, team, on, sentence):
    breach = factories.breach(team)
    sent = {"expected_version": 1, "on": on, "motive": "Geen persoonsgegevens."}
    answer = sign_in(team.ciso).post(url("dismiss_breach", breach.pk), sent)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["on"][0]


def test_only_the_reporter_follows_a_report(sign_in, team):
    breach = factories.breach(team)
    page = url("reported", breach.reference)
    assert "Te beoordelen" in sign_in(team.employee).get(page).content.decode()
    assert sign_in(team.director).get(page).status_code == 404


def set_phone(diemen, number="toestel 1234"):
    configure(
        system_actor(diemen),
        key="security.phone",
        value=number,
        valid_from=date(2021, 1, 1),
        expected_stamp=0,
    )


def test_own_reports_of_both_registers_are_one_list_newest_first(sign_in, team):
    days = [factories.AWARE + timedelta(days=place) for place in range(7)]
    made = [
        (factories.breach if place % 2 else factories.incident)(team, at=day)
        for place, day in enumerate(days)
    ]
    client = sign_in(team.employee)
    newest = [str(row) for row in reversed(made)]
    overview = client.get(url("overview"))
    assert [str(row) for row in overview.context["own"]] == newest[:5]
    assert f'href="{url("own")}"' in overview.content.decode()
    assert [str(row) for row in client.get(url("own")).context["own"]] == newest
    assert [str(row) for row in sign_in(team.ciso).get(url("own")).context["own"]] == []


def test_own_reports_are_paged(sign_in, team, monkeypatch):
    monkeypatch.setattr("houvast.modules.security.views.reporting.PAGE", 2)
    for place in range(5):
        factories.incident(team, at=factories.AWARE + timedelta(days=place))
    client = sign_in(team.employee)

    def page(query):
        found = client.get(url("own") + query).context
        return [str(row)[-1] for row in found["own"]], found["newer"], found["older"]

    assert page("") == (["5", "4"], None, 2)
    assert page("?vanaf=2") == (["3", "2"], 0, 4)
    assert page("?vanaf=4") == (["1"], 2, None)
    assert page("?vanaf=x") == page("?vanaf=99999999999999999999") == page("")


def test_the_form_for_reporting_bounds_the_sentence_and_asks_the_moment_beside_earlier(sign_in, team):
    client = sign_in(team.employee)
    said = client.get(url("report")).content.decode()
    assert 'data-hv-when="noticed=earlier"' in said
    assert 'maxlength="500"' in said
    assert client.post(url("report"), {**REPORT, "description": "x" * 501}).status_code == 422
    assert client.post(url("report"), {**REPORT, "description": "x" * 500}).status_code == 302


def test_whom_to_call_is_told_where_the_organisation_set_a_number(sign_in, team, diemen):
    breach = factories.breach(team, at=now() - timedelta(hours=1))
    client = sign_in(team.employee)
    pages = [url("report"), url("reported", breach.reference)]
    assert not any("Gebeurt het nog" in client.get(page).content.decode() for page in pages)
    set_phone(diemen)
    for page in pages:
        said = client.get(page).content.decode()
        assert "Gebeurt het nog op dit moment?" in said
        assert '<a class="nl-link" href="tel:1234">Bel toestel 1234</a>' in said


def test_a_number_without_digits_is_nobody_to_call(team, diemen):
    set_phone(diemen, "-")
    with reading(diemen.pk):
        assert queries.phone_on(date(2021, 5, 1)) is None


def test_the_confirmation_names_the_end_of_the_72_hours_and_what_to_do_now(sign_in, team):
    breach = factories.breach(team)
    said = sign_in(team.employee).get(url("reported", breach.reference)).content.decode()
    assert "U merkte het op maandag 1 maart 2021, 10.00 uur." in said
    assert "uiterlijk donderdag 4 maart 2021, 10.00 uur" in said
    for duty in ("Bewaar wat er is", "Wis niets", "Antwoord niet en schrijf die niet zelf aan"):
        assert duty in said


@pytest.mark.parametrize(
    ("kind", "duty"), [("missent", "verkeerde ontvanger"), ("phishing", "Klik nergens op")]
)
def test_the_confirmation_of_an_incident_says_what_fits_its_kind(sign_in, team, kind, duty):
    client = sign_in(team.employee)
    other = factories.incident(team)
    fitting = factories.incident(team, kind=kind)
    assert duty in client.get(url("reported", fitting.reference)).content.decode()
    said = client.get(url("reported", other.reference)).content.decode()
    assert duty not in said
    assert "Bewaar wat er is" in said


def test_the_confirmation_of_what_was_settled_tells_how_and_asks_nothing_more(sign_in, team):
    told = {
        "op maandag 1 maart 2021, 13.00 uur gemeld bij de Autoriteit": factories.settled_breach(
            team, factories.breach(team), notified_at=factories.AWARE + timedelta(hours=3)
        ),
        "besloten dat een melding bij de Autoriteit": factories.settled_breach(team, factories.breach(team)),
        "Afgerond op 9 maart 2021.": factories.settled_breach(
            team, factories.breach(team), closed_on=date(2021, 3, 9)
        ),
    }
    client = sign_in(team.employee)
    for sentence, row in told.items():
        said = client.get(url("reported", row.reference)).content.decode()
        assert sentence in said
        assert ("Wat u nu doet" in said) is (row.closed_on is None)


def test_a_guest_who_reports_lands_on_a_page_that_exists(sign_in, diemen, uithoorn):
    guest = people.guest(diemen, "employee", "ciso", home=uithoorn, may_write=True)
    answer = sign_in(guest).post(url("report"), REPORT, follow=True)
    assert answer.redirect_chain == [(url("overview"), 302)]
    assert "Uw melding is ontvangen." in answer.content.decode()


def test_what_is_not_known_of_a_breach_has_a_dash(sign_in, team):
    nothing = {
        "confidentiality": False,
        "data_subjects": "",
        "records": "",
        "consequences": "",
        "measures": "",
    }
    breach = factories.breach(team, **nothing, data_subjects_number=None, records_number=None)
    said = sign_in(team.ciso).get(url("breach", breach.pk)).content.decode()
    found = dict(re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", said))
    for term in ("Geschonden", "Betrokkenen", "Persoonsgegevens", "Waarschijnlijke gevolgen", "Maatregelen"):
        assert found[term].strip() == "–"


# The steps of a breach


def test_a_breach_goes_from_report_to_closing_by_four_people(sign_in, team):
    at = now() - timedelta(hours=1)
    breach = factories.breach(team, at=at)
    page = url("breach", breach.pk)

    def step(who, name, **answers):
        version = fetch(breach).version
        sent = sign_in(who).post(url(name, breach.pk), {"expected_version": version, **answers})
        assert (sent.status_code, sent.headers.get("location")) == (302, page), sent.content.decode()

    assert "Aan zet: functionaris gegevensbescherming." in sign_in(team.ciso).get(page).content.decode()
    step(team.privacy_officer, "advise", risk="risk", text="Meld het.")
    assert "Aan zet: directielid." in sign_in(team.ciso).get(page).content.decode()
    step(team.director, "decide", risk="risk", outcome="notify", motive="Een risico is er.")
    step(
        team.privacy_officer,
        "notify",
        submitted_at=moment(now()),
        authority_reference="AP-77",
        controller="college",
    )
    step(team.ciso, "close_breach", on=localtime().date().isoformat())
    said = sign_in(team.director).get(page).content.decode()
    assert fetch(breach).status == BreachStatus.CLOSED
    assert "Meldingsnummer AP-77" in said
    assert "namens het college" in said
    assert "Op tijd afgerond" in said


def test_an_impossible_decision_is_returned_with_the_article_and_changes_nothing(sign_in, team, diemen):
    breach = factories.advised(team, factories.breach(team), at=factories.AWARE)
    sent = {
        "expected_version": breach.version,
        "risk": "unlikely",
        "outcome": "notify",
        "motive": "Voor de zekerheid.",
    }
    answer = sign_in(team.director).post(url("decide", breach.pk), sent)
    assert answer.status_code == 422
    assert "AVG art. 33 lid 1" in answer.content.decode()
    assert "Voor de zekerheid." in answer.content.decode()
    with reading(diemen.pk):
        assert not BreachDecision.objects.exists()


def test_the_page_of_the_decision_shows_the_advice(sign_in, team):
    breach = factories.advised(team, factories.breach(team), at=factories.AWARE)
    assert "De ontvanger is bekend" in sign_in(team.director).get(url("decide", breach.pk)).content.decode()


def test_who_decides_reads_beforehand_that_the_consequences_are_not_rated(sign_in, team):
    breach = factories.advised(team, factories.breach(team, impact=""), at=factories.AWARE)
    client = sign_in(team.director)
    page = client.get(url("breach", breach.pk)).content.decode()
    assert (
        "Zonder die beoordeling kan niemand over melden besluiten (AVG art. 33 lid 5). Aan zet: CISO." in page
    )
    assert "Daarna besluit wie daarvoor mandaat heeft" in page
    assert url("decide", breach.pk) not in page
    deciding = client.get(url("decide", breach.pk)).content.decode()
    assert "Besluiten kan nog niet" in deciding
    assert "Aan zet: CISO." in deciding
    assert f'href="{url("breach", breach.pk)}"' in deciding
    assert 'name="motive"' not in deciding


def test_what_was_typed_into_a_decision_that_cannot_be_taken_yet_is_kept(sign_in, team):
    breach = factories.advised(team, factories.breach(team, impact=""), at=factories.AWARE)
    sent = {
        "expected_version": breach.version,
        "risk": "unlikely",
        "outcome": "not_notify",
        "motive": "Want.",
    }
    answer = sign_in(team.director).post(url("decide", breach.pk), sent)
    assert answer.status_code == 422
    assert "Want." in answer.content.decode()
    assert "Besluiten kan nog niet" in answer.content.decode()


@pytest.mark.parametrize("advised", [False, True])
def test_the_ciso_rates_the_consequences_from_the_page_of_the_breach(sign_in, team, advised):
    breach = factories.breach(team, impact="")
    if advised:
        breach = factories.advised(team, breach, at=factories.AWARE)
    client = sign_in(team.ciso)
    place = f'href="{url("change_breach", breach.pk)}#id_impact"'
    assert place in client.get(url("breach", breach.pk)).content.decode()
    assert place in client.get(url("overview")).content.decode()
    assert 'id="id_impact"' in client.get(url("change_breach", breach.pk)).content.decode()


def test_somebody_who_was_first_is_shown_beside_what_was_typed(sign_in, team):
    incident = factories.incident(team)
    client = sign_in(team.ciso)
    form = client.get(url("change_incident", incident.pk)).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else value for name, value in typed.items()}
    typed |= {"discovered_at": moment(incident.discovered_at), "measure": "Wat ik typte"}
    actions.change_incident(
        team.ciso,
        incident_id=incident.pk,
        expected_version=1,
        at=now(),
        facts=replace(INCIDENT, measure="Van een ander"),
    )
    first = client.post(url("change_incident", incident.pk), typed)
    said = first.content.decode()
    assert first.status_code == 409
    assert "Wat ik typte" in said
    assert "Van een ander" in said or "ander" in said
    again = client.post(url("change_incident", incident.pk), {**typed, "expected_version": 2})
    assert again.status_code == 302
    assert fetch(incident).measure == "Wat ik typte"


STANDS = {
    "reported": lambda team, row: row,
    "advised": lambda team, row: factories.advised(team, row, at=factories.AWARE),
    "kept": factories.settled_breach,
    "notified": lambda team, row: factories.settled_breach(
        team, row, notified_at=factories.AWARE + timedelta(hours=3)
    ),
    "closed": lambda team, row: factories.settled_breach(team, row, closed_on=date(2021, 3, 9)),
}


@pytest.mark.parametrize(
    ("stands", "who", "step", "sentence", "turn"),
    [
        ("reported", "director", "decide", "Vraag eerst dat advies", "functionaris gegevensbescherming"),
        ("reported", "ciso", "notify", "Laat dat eerst nemen", "functionaris gegevensbescherming"),
        ("reported", "ciso", "close_breach", "Afsluiten kan na een melding", "functionaris"),
        ("advised", "ciso", "notify", "Laat dat eerst nemen", "directielid"),
        ("kept", "director", "decide", "Er is al besloten dat melden niet nodig is.", "CISO"),
        ("kept", "ciso", "dismiss_breach", "Over dit datalek is al besloten.", "CISO"),
        ("notified", "privacy_officer", "advise", "geen advies meer worden gegeven", "CISO"),
        ("closed", "ciso", "close_breach", "Het datalek is al afgesloten.", ""),
    ],
)
def test_the_form_of_a_step_that_has_not_its_turn_says_whose_turn_it_is(
    sign_in, team, stands, who, step, sentence, turn
):
    breach = STANDS[stands](team, factories.breach(team))
    said = sign_in(getattr(team, who)).get(url(step, breach.pk)).content.decode()
    assert sentence in said
    assert 'name="expected_version"' not in said
    assert f'href="{url("breach", breach.pk)}"' in said
    assert (f"Aan zet: {turn}" in said) is bool(turn)


def test_a_breach_that_is_not_complete_is_completed_before_it_is_closed(sign_in, team):
    breach = factories.settled_breach(team, factories.breach(team, measures=""))
    client = sign_in(team.ciso)
    for name in ("breach", "close_breach"):
        said = client.get(url(name, breach.pk)).content.decode()
        assert f'href="{url("change_breach", breach.pk)}"' in said
        assert "Vul dat aan; daarna kan het datalek dicht. Aan zet: CISO." in said
    assert "Vul eerst de gegevens aan die het register moet bevatten." in said


def test_an_incident_that_was_not_taken_into_handling_has_no_form_to_close_it(sign_in, team):
    incident = factories.incident(team)
    said = sign_in(team.ciso).get(url("close_incident", incident.pk)).content.decode()
    assert "Alleen een incident in behandeling kan worden afgesloten." in said
    assert f'href="{url("change_incident", incident.pk)}"' in said
    assert 'name="expected_version"' not in said


@pytest.mark.parametrize(("severity", "offered"), [("", False), ("low", True)])
def test_an_incident_in_handling_is_closed_once_it_is_judged(sign_in, team, severity, offered):
    incident = factories.incident(team)
    actions.change_incident(
        team.ciso,
        incident_id=incident.pk,
        expected_version=1,
        at=now(),
        facts=replace(INCIDENT, severity=severity),
    )
    said = sign_in(team.ciso).get(url("close_incident", incident.pk)).content.decode()
    assert ('name="on"' in said) is offered
    assert ("Bepaal eerst de ernst van het incident." in said) is not offered


def test_sending_a_second_decision_says_what_was_decided(sign_in, team):
    breach = factories.settled_breach(team, factories.breach(team))
    sent = {"expected_version": breach.version, "risk": "risk", "outcome": "notify", "motive": "Toch."}
    answer = sign_in(team.director).post(url("decide", breach.pk), sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Er is al besloten dat melden niet nodig is." in said
    assert "Vraag eerst" not in said
    assert "Toch." in said


def test_who_advised_in_another_window_reads_that_and_is_not_asked_again(sign_in, team):
    breach = factories.breach(team)
    sent = {"expected_version": breach.version, "risk": "risk", "text": "Meld het vandaag."}
    factories.advised(team, breach, at=factories.AWARE)
    answer = sign_in(team.privacy_officer).post(url("advise", breach.pk), sent)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "U deed dit zelf al in een ander venster" in said
    assert "FG gaf op" in said
    assert "Beide versies" not in said
    assert 'name="text"' not in said
    assert "Meld het vandaag." in said
    assert "Aan zet: directielid." in said
    assert f'href="{url("breach", breach.pk)}"' in said


def test_a_step_that_somebody_else_took_first_is_told_and_not_offered_again(sign_in, team, diemen):
    breach = factories.advised(team, factories.breach(team), at=factories.AWARE)
    sent = {"expected_version": breach.version, "risk": "risk", "outcome": "notify", "motive": "Meld het."}
    factories.decided(team, breach, at=factories.AWARE)
    other = people.actor(diemen, "employee", "director", name="Ander lid")
    said = sign_in(other).post(url("decide", breach.pk), sent).content.decode()
    assert "Er is intussen iets gebeurd" in said
    assert "Directielid nam op" in said
    assert "besluit: Niet melden bij de AP" in said
    assert 'name="motive"' not in said
    assert "Meld het." in said


def test_a_step_stays_open_when_only_the_facts_were_changed(sign_in, team):
    breach = factories.breach(team)
    sent = {"expected_version": breach.version, "risk": "risk", "text": "Meld het."}
    actions.change_breach(
        team.ciso,
        breach_id=breach.pk,
        expected_version=1,
        at=now(),
        facts=replace(BREACH, measures="Anders."),
    )
    client = sign_in(team.privacy_officer)
    answer = client.post(url("advise", breach.pk), sent)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "CISO wijzigde op" in said
    assert "Wat u invulde, staat nog in het formulier." in said
    form = answer.context["form"]
    assert (form["text"].value(), form["expected_version"].value()) == ("Meld het.", "2")
    assert client.post(url("advise", breach.pk), {**sent, "expected_version": 2}).status_code == 302


class Fields(HTMLParser):
    """What a browser would send of a page's forms."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.inside = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag in ("textarea", "select"):
            self.inside = found["name"]
            self.sent[self.inside] = ""
        elif tag == "option" and "selected" in found:
            self.sent[self.inside] = found["value"]
        elif tag == "input" and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self.sent[found["name"]] = found.get("value", "on" if found["type"] == "checkbox" else "")

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self.inside = ""

    def handle_data(self, text):
        if self.inside and self.lasttag == "textarea":
            self.sent[self.inside] = text.removeprefix("\n")


def sent_by_browser(answer):
    return Fields(str(answer.context["form"])).sent


def test_after_a_conflict_nobody_puts_back_what_somebody_else_changed(sign_in, team):
    breach = factories.breach(team)
    client = sign_in(team.ciso)
    opened = client.get(url("change_breach", breach.pk))
    sent = sent_by_browser(opened) | {"measures": "Wat ik typte."}
    actions.change_breach(
        team.ciso,
        breach_id=breach.pk,
        expected_version=1,
        at=now(),
        facts=replace(BREACH, consequences="Van een ander.", integrity=True, data_subjects_number=40),
    )
    answer = client.post(url("change_breach", breach.pk), sent)
    assert answer.status_code == 409
    assert "U zelf, in een ander venster," in answer.content.decode()
    assert client.post(url("change_breach", breach.pk), sent_by_browser(answer)).status_code == 302
    stored = fetch(breach)
    assert (stored.measures, stored.consequences, stored.integrity, stored.data_subjects_number) == (
        "Wat ik typte.",
        "Van een ander.",
        True,
        40,
    )


def test_the_fg_may_advise_again_until_the_authority_was_told(sign_in, team):
    breach = factories.settled_breach(team, factories.breach(team))
    client = sign_in(team.privacy_officer)
    assert "Geef nieuw advies" in client.get(url("breach", breach.pk)).content.decode()
    said = client.get(url("advise", breach.pk)).content.decode()
    assert "Met nieuw advies moet er opnieuw worden besloten." in said


def test_the_ciso_takes_an_incident_and_closes_it(sign_in, team):
    incident = factories.incident(team, severity="")
    client = sign_in(team.ciso)
    page = client.get(url("incident", incident.pk)).content.decode()
    assert "Neem in behandeling" in page
    sent = {
        "expected_version": 1,
        "kind": "loss_or_theft",
        "discovered_at": moment(incident.discovered_at),
        "description": "Een telefoon is zoek.",
        "personal_data": PersonalData.NO,
        "severity": "medium",
        "occurred_on": "",
        "measure": "Gewist.",
        "unit": "",
    }
    assert client.post(url("change_incident", incident.pk), sent).status_code == 302
    closing = {"expected_version": 2, "on": localtime().date().isoformat()}
    assert client.post(url("close_incident", incident.pk), closing).status_code == 302
    assert fetch(incident).status == IncidentStatus.CLOSED


def test_a_breach_is_registered_from_an_incident(sign_in, team, diemen):
    incident = factories.incident(team)
    client = sign_in(team.ciso)
    page = client.get(url("report_breach") + f"?incident={incident.pk}")
    assert page.context["form"]["incident"].value() == str(incident.pk)
    sent = {"aware_at": moment(BREACH.aware_at), "description": "Een lijst is zoek.", "incident": incident.pk}
    client.post(url("report_breach"), sent)
    with reading(diemen.pk):
        assert Breach.objects.get().incident_id == incident.pk


def test_a_breach_that_was_none_says_why(sign_in, team):
    breach = factories.breach(team)
    client = sign_in(team.ciso)
    sent = {"expected_version": 1, "on": localtime().date().isoformat(), "motive": "Geen persoonsgegevens."}
    assert client.post(url("dismiss_breach", breach.pk), sent).status_code == 302
    said = client.get(url("breach", breach.pk)).content.decode()
    assert "Waarom dit geen datalek is" in said
    assert "Geen persoonsgegevens." in said


# Lists


def test_an_empty_register_says_what_will_stand_there(sign_in, team):
    said = sign_in(team.ciso).get(url("breaches")).content.decode()
    assert "Zodra iemand een datalek meldt, staat het hier." in said


def test_the_register_is_filtered_on_year_status_and_decision(sign_in, team):
    kept = factories.settled_breach(team, factories.breach(team))
    notified = factories.settled_breach(
        team, factories.breach(team), notified_at=factories.AWARE + timedelta(hours=3)
    )
    waiting = factories.breach(team, at=factories.AWARE + timedelta(days=365))
    client = sign_in(team.ciso)

    def listed(query):
        return {row[0] for row in client.get(url("breaches") + query).context["page"].rows}

    assert listed("") == {kept.reference, notified.reference, waiting.reference}
    assert listed("?jaar=2021") == {kept.reference, notified.reference}
    assert listed("?besluit=gemeld") == {notified.reference}
    assert listed("?besluit=niet") == {kept.reference}
    assert listed("?besluit=open") == {waiting.reference}
    assert listed("?status=notified") == {notified.reference}
    assert listed("?jaar=tien") == {kept.reference, notified.reference, waiting.reference}


YEAR = localtime().year


def filled(team):
    """Three incidents and one breach in March 2021, an incident in May; one breach turned out to be none."""
    for _ in range(3):
        factories.incident(team)
    factories.incident(team, at=factories.AWARE + timedelta(days=61))
    factories.breach(team)
    none = factories.breach(team)
    actions.dismiss_breach(
        team.ciso,
        breach_id=none.pk,
        expected_version=1,
        at=factories.AWARE + timedelta(days=1),
        on=date(2021, 3, 2),
        motive="Toch niet.",
    )


def test_the_overview_shows_both_registers_by_month_each_with_its_definition(sign_in, team):
    filled(team)
    page = sign_in(team.ciso).get(url("overview") + "?jaar=2021")
    charts = page.context["incident_chart"], page.context["breach_chart"]
    assert [chart.title for chart in charts] == [
        "Veiligheidsincidenten per maand in 2021",
        "Datalekken per maand in 2021",
    ]
    assert [chart.series[0].values for chart in charts] == [
        (0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0),
        (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ]
    assert charts[0].categories[:5] == ("jan", "feb", "mrt", "apr", "mei")
    said = page.content.decode()
    assert said.count("<svg") >= 2
    assert "Een veiligheidsincident is een gebeurtenis" in said
    assert "Een datalek is een inbreuk op de beveiliging" in said
    assert [page.context["now"].incidents, page.context["now"].breaches] == [4, 1]
    assert "in 2020: 0" in said


def test_the_overview_offers_the_years_since_the_first_row(sign_in, team):
    filled(team)
    client = sign_in(team.ciso)
    assert list(client.get(url("overview")).context["years"]) == list(range(2021, YEAR + 1))
    assert 'href="?jaar=2021#cijfers"' in client.get(url("overview")).content.decode()


@pytest.mark.parametrize("asked", ["", "?jaar=", "?jaar=tien", "?jaar=1990", "?jaar=-1"])
def test_without_a_year_that_is_known_the_overview_tells_of_this_year(sign_in, team, asked):
    filled(team)
    page = sign_in(team.ciso).get(url("overview") + asked)
    assert (page.context["year"], page.context["incident_chart"]) == (YEAR, None)
    assert f"In {YEAR} is geen veiligheidsincident vastgelegd." in page.content.decode()


def test_a_month_that_is_still_to_come_has_no_figure():
    from houvast.modules.security.views.overview import columns

    counted = (2, 0, *(0,) * 10)
    assert columns(counted, 2021, date(2021, 2, 14)) == (2, 0, *(None,) * 10)
    assert columns(counted, 2020, date(2021, 2, 14)) == counted


def test_who_sees_no_register_sees_no_figures_but_reads_what_counts_as_what(sign_in, team):
    filled(team)
    page = sign_in(team.employee).get(url("overview"))
    assert "incident_chart" not in page.context
    said = page.content.decode()
    assert "Cijfers van" not in said
    assert "Een datalek is een inbreuk op de beveiliging" in said


def test_the_register_of_incidents_is_filtered_and_exported(sign_in, team):
    factories.incident(team)
    other = factories.incident(team, kind="phishing", severity="high")
    client = sign_in(team.ciso)
    page = client.get(url("incidents") + "?soort=phishing&ernst=high").context["page"]
    assert [row[0] for row in page.rows] == [other.reference]
    exported = client.get(url("incidents") + "?formaat=csv").content.decode("utf-8-sig")
    assert exported.splitlines()[0] == "Kenmerk;Vastgelegd op;Soort;Ernst;Status"
    assert "VI-2021-001;01-03-2021;Iets kwijt of gestolen;Laag;Gemeld" in exported


def test_the_register_of_breaches_is_exported(sign_in, team):
    factories.breach(team)
    exported = sign_in(team.ciso).get(url("breaches") + "?formaat=csv").content.decode("utf-8-sig")
    assert exported.splitlines()[1] == "DL-2021-001;01-03-2021;01-03-2021 10.00;Beperkt;;;Te beoordelen"


def test_the_form_names_units_as_they_are_called_today(sign_in, team, diemen):
    from houvast.core.orgs.models import UnitPeriod
    from houvast.core.orgs.scope import writing
    from houvast.core.orgs.tests.test_scope import add_unit

    unit = add_unit(system_actor(diemen), code="burgerzaken")
    with writing(diemen.pk):
        UnitPeriod(unit=unit, name="Team Burgerzaken", kind="team", valid_from=date(2020, 1, 1)).save()
    incident = factories.incident(team)
    assert "Team Burgerzaken" in sign_in(team.ciso).get(url("change_incident", incident.pk)).content.decode()


@pytest.mark.parametrize(("name", "queries"), [("overview", 16), ("incidents", 7), ("breaches", 7)])
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_asks_as_many_queries_for_one_row_as_for_three(sign_in, team, name, queries, number):
    for _ in range(number):
        factories.incident(team)
        factories.breach(team)
    client = sign_in(team.ciso)
    client.get(url(name))
    with CaptureQueriesContext(connection) as asked:
        client.get(url(name))
    assert len([query for query in asked if ' FROM "' in query["sql"]]) == queries


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_breach_asks_the_same_queries_however_long_its_history(sign_in, team, number):
    breach = factories.breach(team)
    for place in range(number):
        breach = factories.advised(team, breach, at=factories.AWARE + timedelta(hours=place), risk=Risk.RISK)
    client = sign_in(team.ciso)
    client.get(url("breach", breach.pk))
    with CaptureQueriesContext(connection) as asked:
        client.get(url("breach", breach.pk))
    assert len([query for query in asked if ' FROM "' in query["sql"]]) == 14
