"""A feed opens for its owner alone, as far as the owner may see now, and tells no names."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account, RoleAssignment
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.administration import actions as administration
from houvast.core.administration import factories as people
from houvast.core.agenda import actions, feeds, ical
from houvast.core.agenda.models import CalendarFeed, FeedFetch
from houvast.core.agenda.queries import feed_of
from houvast.core.agenda.rules import FETCHES_AN_HOUR, TOKEN_BYTES, digest_of, new_token
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.scope import reading
from houvast.core.registry import Dated
from houvast.modules.security import factories
from houvast.modules.structure import factories as structure

NOW = datetime(2021, 3, 2, 9, tzinfo=UTC)
TODAY = date(2021, 3, 2)


@pytest.fixture(autouse=True)
def _on_a_day_in_2021(monkeypatch):
    """The days of the factories lie in 2021."""
    monkeypatch.setattr("houvast.core.agenda.feeds.timezone.now", lambda: NOW)


@pytest.fixture
def team(diemen):
    return factories.team(diemen)


def made(actor):
    """A new feed of the actor, and its secret."""
    token = new_token()
    actions.make_feed(actor, token=token, at=NOW)
    return token


def fetch(token, of="diemen", **headers):
    return Client().get(f"/agenda-abonnement/{of}/{token}.ics", headers=headers)


def events(answer):
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def unfolded(content):
    """The lines of RFC 5545 3.1, read without the library that wrote them."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines)
    whole = []
    for line in lines:
        if line[:1] in {b" ", b"\t"}:
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [line.decode() for line in whole]


def test_a_secret_is_256_bits_and_no_two_are_alike_and_only_its_digest_is_kept(diemen, team):
    assert TOKEN_BYTES * 8 == 256
    token = made(team.ciso)
    assert len(token) == 43
    assert len({new_token() for _ in range(100)}) == 100
    with reading(diemen.pk):
        feed = CalendarFeed.objects.get()
        trail = AuditEntry.objects.filter(table="agenda.calendarfeed").get()
    assert feed.digest == digest_of(token)
    assert token not in str(vars(feed)) + str(trail.changes)
    assert trail.changes == {"person": team.ciso.person_uid, "digest": "gewijzigd"}
    with reading(diemen.pk):
        assert list(verify(diemen)) == []


def test_the_feed_holds_what_its_owner_may_see_with_stable_names(team, diemen):
    breach = factories.breach(team)
    answer = fetch(made(team.ciso))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    (clock,) = [event for event in events(answer) if event["uid"].startswith("security.clock")]
    assert str(clock["uid"]) == f"security.clock:{breach.uid}@{diemen.uid}"
    assert clock["dtstart"].dt == breach.due_at
    assert clock["sequence"] == breach.version
    assert str(clock["summary"]) == "DL-2021-001: einde van de 72 uur om te melden (AVG art. 33 lid 1)"
    assert str(clock["url"]) == f"http://testserver/diemen/beveiliging/datalekken/{breach.pk}/"
    assert clock["transp"] == "TRANSPARENT"
    assert clock["dtstamp"].dt == datetime(2021, 3, 1, 23, tzinfo=UTC)
    assert not list(icalendar.Calendar.from_ical(answer.content).walk("VALARM"))


def test_nobody_reads_more_in_a_feed_than_on_the_screens(team):
    factories.breach(team)
    names = {str(event["uid"]).partition(":")[0] for event in events(fetch(made(team.employee)))}
    assert names == {"report.reference_day", "report.accounts_sent"}


def test_a_feed_names_nobody_and_tells_no_free_text(diemen, team):
    director = people.actor(diemen, "director", name="Directielid Eén")
    version = structure.adopted_version(director, name="Geheime versie", effective_on=date(2021, 4, 1))
    structure.transition_action(
        director, version, person_id=director.person_id, what="Iets vertrouwelijks doen"
    )
    structure.small(diemen, date(2021, 4, 12))
    content = fetch(made(director)).content
    told = "\n".join(unfolded(content))
    assert "Benoeming gaat in" in told
    assert "Overgangsactie uiterlijk gereed" in told
    assert "Structuurversie gaat in" in told
    for secret in ("Directielid", "Teamleider", "vertrouwelijks", "Geheime"):
        assert secret not in told


def test_the_lines_are_those_of_the_standard(team):
    factories.breach(team)
    lines = unfolded(fetch(made(team.ciso)).content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    for line in ("VERSION:2.0", "PRODID:-//Houvast//Agenda//NL", "X-WR-CALNAME:Houvast Diemen"):
        assert line in lines
    assert "DTSTART;VALUE=DATE:20211231" in lines
    assert "DTSTART:20210304T090000Z" in lines
    assert (
        lines.count("BEGIN:VEVENT")
        == lines.count("END:VEVENT")
        == len([line for line in lines if line.startswith("UID:")])
    )


def test_the_same_content_has_the_same_mark_and_is_not_sent_twice(team):
    token = made(team.ciso)
    first = fetch(token)
    again = fetch(token, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    factories.breach(team)
    changed = fetch(token, if_none_match=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_feed_is_only_read(team, method):
    token = made(team.ciso)
    assert getattr(Client(), method)(f"/agenda-abonnement/diemen/{token}.ics").status_code == 405
    assert Client().head(f"/agenda-abonnement/diemen/{token}.ics").status_code == 200


def test_what_opens_nothing_does_not_exist_whatever_the_reason(team, uithoorn):
    token = made(team.ciso)
    assert fetch("geen-geheim").status_code == 404
    assert fetch(token, of="uithoorn").status_code == 404
    assert fetch(token, of="nergens").status_code == 404
    assert fetch(digest_of(token)).status_code == 404
    assert fetch(token).status_code == 200


def test_a_withdrawn_address_and_one_that_was_replaced_open_nothing(team):
    first = made(team.ciso)
    second = made(team.ciso)
    assert (fetch(first).status_code, fetch(second).status_code) == (404, 200)
    actions.withdraw_feed(team.ciso, at=NOW)
    assert fetch(second).status_code == 404
    with pytest.raises(CalendarFeed.DoesNotExist):
        actions.withdraw_feed(team.ciso, at=NOW)


def test_the_address_of_who_left_opens_nothing(diemen, team):
    token = made(team.ciso)
    with reading(diemen.pk):
        roles = list(RoleAssignment.objects.filter(person=team.ciso.person_id))
    for role in roles:
        administration.end_role(
            system_actor(diemen),
            assignment_id=role.pk,
            expected_version=role.version,
            valid_until=date(2021, 3, 1),
        )
    assert fetch(token).status_code == 404


def test_the_address_of_a_closed_account_opens_nothing(team):
    token = made(team.ciso)
    Account.objects.filter(pk=team.ciso.account_id).update(is_active=False)
    assert fetch(token).status_code == 404


def test_a_right_that_was_taken_away_is_out_of_the_feed_at_once(diemen, team):
    factories.breach(team)
    both = people.actor(diemen, "employee", "ciso")
    token = made(both)
    assert any(str(event["uid"]).startswith("security.clock") for event in events(fetch(token)))
    with reading(diemen.pk):
        role = RoleAssignment.objects.get(person=both.person_id, role__key="ciso")
    administration.end_role(
        system_actor(diemen),
        assignment_id=role.pk,
        expected_version=role.version,
        valid_until=date(2021, 3, 1),
    )
    assert not any(str(event["uid"]).startswith("security.clock") for event in events(fetch(token)))


def test_a_guest_has_no_feed_also_one_who_may_write(diemen, uithoorn):
    guest = people.guest(diemen, *StandardRole.values, home=uithoorn, may_write=True)
    with pytest.raises(NotPermitted):
        actions.make_feed(guest, token=new_token(), at=NOW)
    with pytest.raises(NotPermitted):
        actions.withdraw_feed(guest, at=NOW)
    with reading(diemen.pk):
        assert feed_of(guest) is None


def test_a_feed_is_fetched_thirty_times_an_hour_at_most(team, monkeypatch):
    token, other = made(team.ciso), made(team.employee)
    assert {fetch(token).status_code for _ in range(FETCHES_AN_HOUR)} == {200}
    refused = fetch(token)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert fetch(other).status_code == 200
    monkeypatch.setattr(feeds.timezone, "now", lambda: NOW + timedelta(hours=1))
    assert fetch(token).status_code == 200


def test_its_owner_sees_when_it_was_last_fetched(diemen, team, monkeypatch):
    token = made(team.ciso)
    fetch(token)
    fetch(token)
    monkeypatch.setattr(feeds.timezone, "now", lambda: NOW + timedelta(minutes=6))
    fetch(token)
    with reading(diemen.pk):
        noted = FeedFetch.objects.get()
    assert (noted.at, noted.number) == (NOW + timedelta(minutes=6), 2)
    client = Client()
    client.force_login(Account.objects.get(pk=team.ciso.account_id))
    page = client.get("/diemen/agenda/abonnement/").content.decode()
    assert "voor het laatst opgehaald op dinsdag 2 maart 2021, 10.06 uur" in page


def test_a_feed_asks_as_many_queries_for_three_dates_as_for_one(team):
    token = made(team.ciso)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            factories.breach(team)
        with CaptureQueriesContext(connection) as asked:
            fetch(token)
        counts.append(len(asked))
    # The first fetch writes that there was one; the second that there was another so soon is no news.
    assert counts[1] <= counts[0]


@pytest.mark.parametrize(
    ("on", "until", "lines"),
    [
        (date(2026, 3, 29), None, {"DTSTART;VALUE=DATE:20260329"}),
        (
            date(2026, 10, 24),
            date(2026, 10, 26),
            {"DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261026"},
        ),
        # Twenty to two in the night of the change, before and after the clock goes back.
        (
            datetime(2026, 10, 25, 0, 40, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 40, tzinfo=UTC),
            {"DTSTART:20261025T004000Z", "DTEND:20261025T014000Z"},
        ),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), None, {"DTSTART:20260329T010000Z"}),
    ],
)
def test_a_change_of_the_clocks_moves_no_day_and_no_moment(diemen, on, until, lines):
    dated = Dated("test.kind:1", "Iets; met, tekens", on, "/diemen/", "Soort", until=until)
    content = ical.calendar("x", [dated], uid=diemen.uid, stamp=NOW, address=str)
    assert lines <= set(unfolded(content))
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event["dtstart"].dt == on
    assert str(event["summary"]) == "Iets; met, tekens"


# The page


def signed_in(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def test_the_address_is_shown_once_and_works(team, diemen):
    client = signed_in(team.ciso)
    assert "U hebt nu geen adres." in client.get("/diemen/agenda/abonnement/").content.decode()
    answer = client.post("/diemen/agenda/abonnement/maken/")
    assert "no-store" in answer.headers["Cache-Control"]
    address = answer.context["address"]
    assert address in answer.content.decode()
    assert Client().get(address).status_code == 200
    later = client.get("/diemen/agenda/abonnement/").content.decode()
    assert address not in later
    assert "Uw adres is gemaakt op" in later
    assert client.post("/diemen/agenda/abonnement/intrekken/").status_code == 302
    assert client.post("/diemen/agenda/abonnement/intrekken/").status_code == 302
    assert Client().get(address).status_code == 404


def test_who_holds_no_role_has_no_feed(diemen):
    client = signed_in(people.actor(diemen))
    assert client.get("/diemen/agenda/abonnement/").status_code == 403
    assert client.post("/diemen/agenda/abonnement/maken/").status_code == 403
    assert client.get("/diemen/agenda/").status_code == 200


def test_a_guest_who_may_write_is_told_that_there_is_no_such_page(diemen, uithoorn):
    guest = people.guest(diemen, *StandardRole.values, home=uithoorn, may_write=True)
    assert signed_in(guest).get("/diemen/agenda/abonnement/").status_code == 404
