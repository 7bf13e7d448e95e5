"""What others changed since one last looked: as far as one may open it, without one's own acts, and cheaply."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.administration import factories as people
from houvast.core.agenda import actions, changes
from houvast.core.agenda.changes import changes_for
from houvast.core.agenda.models import LastLook
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.orgs.scope import reading
from houvast.modules.security import factories
from houvast.modules.structure import actions as structure


@pytest.fixture
def team(diemen):
    found = factories.team(diemen)
    read_all(found.ciso)
    return found


def look(actor, now=None):
    with reading(actor.organisation.pk):
        return changes_for(actor, now or timezone.now())


def read_all(actor):
    actions.note_look(actor, number=look(actor).upto, at=timezone.now())


def told(actor):
    return [(change.label, change.record.label, change.others) for change in look(actor).found]


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def test_what_somebody_else_did_is_told_with_who_and_where(team, diemen):
    breach = factories.breach(team)
    (change,) = look(team.ciso).found
    assert (change.label, change.record.label, change.others) == ("Datalek gemeld", "DL-2021-001", 0)
    assert change.record.url == f"/diemen/beveiliging/datalekken/{breach.pk}/"
    with reading(diemen.pk):
        assert change.at == AuditEntry.objects.latest("number").at
    assert change.who == team.employee.label


def test_ones_own_acts_are_no_news(team):
    read_all(team.employee)
    factories.breach(team)
    assert told(team.employee) == []


def test_what_one_may_not_open_is_not_told(team, diemen):
    factories.breach(team)
    assert "DL-2021-001" not in str(told(people.actor(diemen, "team_leader")))
    assert told(people.actor(diemen)) == []


def test_that_somebody_is_away_is_news_for_who_keeps_the_structure_and_for_nobody_else(diemen):
    away, other = people.actor(diemen, "employee"), people.actor(diemen, "employee")
    keeper = people.actor(diemen, "director")
    for one in (away, other, keeper):
        read_all(one)
    structure.register_absence(
        system_actor(diemen), person_id=away.person_id, valid_from=date(2021, 5, 3), valid_until=None
    )
    label = "Afwezigheid vastgelegd"
    assert [label in str(told(one)) for one in (away, other, keeper)] == [True, False, True]


def test_the_rows_of_one_act_are_one_change(team, diemen):
    breach = factories.breach(team)
    read_all(team.ciso)
    factories.advised(team, breach, at=factories.AWARE)
    assert told(team.ciso) == [("Advies van de FG gegeven", "DL-2021-001", 0)]


def test_what_was_read_is_gone_and_what_came_after_the_page_was_made_is_not(team):
    factories.breach(team)
    shown = look(team.ciso)
    factories.breach(team)
    actions.note_look(team.ciso, number=shown.upto, at=timezone.now())
    assert told(team.ciso) == [("Datalek gemeld", "DL-2021-002", 0)]
    actions.note_look(team.ciso, number=1, at=timezone.now())
    assert told(team.ciso) == [("Datalek gemeld", "DL-2021-002", 0)]


def test_who_never_said_to_have_read_it_sees_seven_days(team, diemen):
    factories.breach(team)
    now = timezone.now()
    assert ("Datalek gemeld", "DL-2021-001", 0) in told(team.director)
    assert look(team.director, now + timedelta(days=8)).found == ()
    assert look(team.director, now).since == now - timedelta(days=7)


def test_no_more_than_a_window_of_entries_is_looked_at_and_the_page_says_so(team, monkeypatch):
    monkeypatch.setattr(changes, "WINDOW", 2)
    for _ in range(3):
        factories.breach(team)
    shown = look(team.ciso)
    assert len(shown.found) <= 2
    assert shown.cut
    read_all(team.ciso)
    assert not look(team.ciso).cut


def test_it_asks_as_many_queries_for_three_changes_as_for_one(team, diemen):
    counts = []
    for number in (1, 3):
        read_all(team.ciso)
        for _ in range(number):
            factories.breach(team)
        with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
            assert len(changes_for(team.ciso, timezone.now()).found) >= 1
        counts.append(len(asked))
    # The look, the end of the trail, the entries, the breaches, who did it.
    assert counts == [5, 5]


def test_an_organisation_without_a_trail_has_no_changes(team, diemen):
    with reading(diemen.pk):
        assert AuditHead.objects.get().number == look(team.ciso).upto


def test_reading_is_not_in_the_trail_and_a_guest_has_nothing_to_keep_it_with(team, diemen, uithoorn):
    with reading(diemen.pk):
        before = AuditHead.objects.get().number
    read_all(team.ciso)
    guest = people.guest(diemen, *StandardRole.values, home=uithoorn, may_write=True)
    with pytest.raises(NotPermitted):
        actions.note_look(guest, number=1, at=timezone.now())
    with reading(diemen.pk):
        assert LastLook.objects.count() == 1
        assert not AuditEntry.objects.filter(number__gt=before, table="agenda.lastlook").exists()


# On the pages


def test_the_first_page_shows_three_and_the_way_to_the_rest(team, client):
    for _ in range(5):
        factories.breach(team)
        factories.incident(team)
    page = signed_in(client, team.ciso).get("/diemen/").content.decode()
    assert "Nog 7 veranderingen" in page
    every = client.get("/diemen/agenda/veranderd/").content.decode()
    assert every.count("Datalek gemeld") == 5
    answer = client.post("/diemen/agenda/veranderd/gelezen/", {"upto": look(team.ciso).upto})
    assert answer.headers["Location"] == "/diemen/"
    assert "Niets nieuws" in client.get("/diemen/").content.decode()


@pytest.mark.parametrize("upto", ["", "-1", "x", "1e3", "9" * 30, "²"])
def test_a_number_that_is_none_is_refused(team, client, upto):
    assert (
        signed_in(client, team.ciso).post("/diemen/agenda/veranderd/gelezen/", {"upto": upto}).status_code
        == 404
    )


def test_a_number_that_is_not_there_yet_hides_nothing_that_is_to_come(team, client):
    signed_in(client, team.ciso).post("/diemen/agenda/veranderd/gelezen/", {"upto": "999999999999"})
    factories.breach(team)
    assert told(team.ciso) == [("Datalek gemeld", "DL-2021-001", 0)]


def test_what_the_installation_did_is_told_as_the_system(diemen, client):
    reader = people.actor(diemen, "employee")
    people.person(diemen, "Wethouder", signs_in=False)
    page = signed_in(client, reader).get("/diemen/agenda/veranderd/").content.decode()
    assert "Systeem" in page
    assert system_actor(diemen).label == "Systeem"
