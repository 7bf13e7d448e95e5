"""The calendar: everything with a date that one may see, on the days that it touches."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.agenda import queries, rules
from houvast.core.agenda.models import CalendarFeed, FeedFetch, LastLook
from houvast.core.agenda.months import month_of, reach
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Appointment
from houvast.core.registry import Dated, modules
from houvast.modules.security import factories
from houvast.modules.structure import actions as structure_actions
from houvast.modules.structure import factories as structure

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def told(actor, start, until):
    """Day, kind and what it is about."""
    with reading(actor.organisation.pk):
        return [(point.first, point.kind, point.dated.about) for point in queries.points(actor, start, until)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2000-01", date(2000, 1, 1)),
        ("2100-12", date(2100, 12, 1)),
        ("1999-12", None),
        ("2101-01", None),
        ("9999-99", None),
        ("november", None),
        ("2026-11-01", None),
        ("😀", None),
    ],
)
def test_a_month_is_a_year_and_a_month_from_2000_to_2100(text, first):
    assert rules.parse_month(text) == first


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_months_follow_each_other_and_their_weeks_hold_each_day_once(day):
    first = day.replace(day=1)
    assert rules.previous_month(rules.next_month(first)) == first
    days = [one for week in rules.weeks_of(first) for one in week]
    assert days == list(rules.days_from(days[0], days[-1]))
    assert days[0].weekday() == 0
    assert len(days) % 7 == 0
    assert {one for one in days if one.month == first.month} == set(
        rules.days_from(first, rules.next_month(first) - timedelta(days=1))
    )


@pytest.mark.parametrize(
    ("on", "until", "first", "last"),
    [
        (date(2026, 3, 1), None, date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 3), date(2026, 3, 1), date(2026, 3, 2)),
        (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1)),
        # Half past eleven in the evening, UTC, is the next day here; in summer half past ten is.
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), None, date(2026, 1, 2), date(2026, 1, 2)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), None, date(2026, 7, 2), date(2026, 7, 2)),
        # Until midnight here is the day before.
        (
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            datetime(2026, 10, 25, 23, tzinfo=UTC),
            date(2026, 10, 24),
            date(2026, 10, 25),
        ),
    ],
)
def test_a_moment_falls_on_the_day_of_amsterdam_and_an_exclusive_end_is_no_day(on, until, first, last):
    assert rules.local_day(on, AMSTERDAM) == first
    assert rules.last_day(on, until, AMSTERDAM) == last


def test_the_reference_day_and_the_day_for_the_accounts_are_in_the_calendar(diemen):
    reader = people.actor(diemen, "employee")
    assert told(reader, date(2022, 7, 1), date(2023, 1, 1)) == [
        (date(2022, 7, 14), "report.accounts_sent", ""),
        (date(2022, 12, 31), "report.reference_day", ""),
    ]
    assert told(people.actor(diemen), date(2022, 7, 1), date(2023, 1, 1)) == []


def test_a_joint_organisation_sends_no_accounts_under_the_gemeentewet(db):
    duo = people.organisation("duo", Organisation.Kind.JOINT)
    assert [
        kind for _day, kind, _about in told(people.actor(duo, "employee"), date(2022, 1, 1), date(2023, 1, 1))
    ] == ["report.reference_day"]


def test_a_clock_is_in_the_calendar_of_who_sees_the_breach_and_of_nobody_else(diemen):
    team = factories.team(diemen)
    breach = factories.breach(team)
    day = breach.due_at.astimezone(AMSTERDAM).date()
    week = (day, day + timedelta(days=1))
    assert told(team.director, *week) == [(day, "security.clock", "")]
    assert told(team.employee, *week) == []
    factories.settled_breach(team, breach)
    assert told(team.director, *week) == []


def test_appointments_versions_actions_and_milestones_are_in_the_calendar_with_whom_they_are_about(diemen):
    director = people.actor(diemen, "director", name="Directielid")
    structure.small(diemen, date(2021, 4, 12))
    version = structure.adopted_version(director, effective_on=date(2021, 4, 1), name="De nieuwe")
    structure.transition_action(
        director, version, person_id=director.person_id, what="Uitleggen", due_on=date(2021, 4, 20)
    )
    milestone = structure_actions.add_milestone(
        director, version_id=version.pk, name="Bereikt", due_on=date(2021, 4, 30)
    )
    found = told(director, date(2021, 4, 1), date(2021, 5, 1))
    assert (date(2021, 4, 1), "structure.version", "De nieuwe") in found
    assert (date(2021, 4, 20), "structure.transition_action", "Uitleggen") in found
    assert (date(2021, 4, 30), "structure.milestone", milestone.name) in found
    (begun,) = [one for one in found if one[1] == "structure.appointment_start"]
    assert begun[0] == date(2021, 4, 12)
    assert "Teamleider" in begun[2]


def test_the_last_day_of_an_appointment_is_the_day_before_its_end(diemen):
    director = people.actor(diemen, "director")
    structure.small(diemen, date(2021, 4, 12))
    with reading(diemen.pk):
        row = Appointment.objects.filter(valid_from=date(2021, 4, 12)).get()
    structure_actions.end_appointment(
        director, appointment_id=row.pk, expected_version=row.version, on=date(2021, 9, 1)
    )
    assert [
        day
        for day, kind, _about in told(director, date(2021, 8, 1), date(2021, 9, 1))
        if kind == "structure.appointment_end"
    ] == [date(2021, 8, 31)]
    assert told(director, date(2021, 9, 1), date(2021, 10, 1)) == []


def test_who_is_away_is_told_to_who_keeps_the_structure_and_to_the_one_who_is_away(diemen):
    director = people.actor(diemen, "director", name="Directielid")
    away = people.actor(diemen, "employee", name="Medewerker Een")
    other = people.actor(diemen, "employee", name="Medewerker Twee")
    structure_actions.register_absence(
        director, person_id=away.person_id, valid_from=date(2021, 5, 3), valid_until=date(2021, 5, 8)
    )
    month = (date(2021, 5, 1), date(2021, 6, 1))
    absence = (date(2021, 5, 3), "structure.absence", "Medewerker Een")
    assert told(director, *month) == [absence]
    assert told(away, *month) == [absence]
    assert told(other, *month) == []
    # It lasts into the month that somebody looks at.
    assert told(away, date(2021, 5, 7), date(2021, 5, 8)) == [absence]
    assert told(away, date(2021, 5, 8), date(2021, 5, 9)) == []


def test_a_month_shows_each_thing_on_each_day_that_it_touches(diemen):
    away = people.actor(diemen, "employee")
    structure_actions.register_absence(
        system_actor(diemen),
        person_id=away.person_id,
        valid_from=date(2021, 4, 29),
        valid_until=date(2021, 5, 4),
    )
    first = date(2021, 5, 1)
    with reading(diemen.pk):
        shown = month_of(first, date(2021, 5, 3), queries.points(away, *reach(first)))
    assert [day.day for day in shown.days] == [date(2021, 5, day) for day in (1, 2, 3)]
    assert [day.day for week in shown.weeks for day in week.days if day.points] == [
        date(2021, 4, 29) + timedelta(days=number) for number in range(5)
    ]
    assert [day.day for week in shown.weeks for day in week.days if day.is_today] == [date(2021, 5, 3)]
    assert (shown.before, shown.after) == (date(2021, 4, 1), date(2021, 6, 1))
    assert {
        day.day.day: day.holidays
        for week in shown.weeks
        for day in week.days
        if day.in_month and day.holidays
    }[13] == ("Hemelvaartsdag",)


def test_the_calendar_ends_where_no_month_is(diemen):
    assert month_of(date(2100, 12, 1), date(2021, 1, 1), ()).after is None
    assert month_of(date(2000, 1, 1), date(2021, 1, 1), ()).before is None


def test_a_cell_shows_four_and_says_how_many_more(diemen):
    team = factories.team(diemen)
    for _ in range(6):
        factories.breach(team)
    first = date(2021, 3, 1)
    with reading(diemen.pk):
        shown = month_of(first, first, queries.points(team.ciso, *reach(first)))
    (day,) = shown.days
    assert (len(day.shown), day.more) == (4, 2)


# The page


def page(client, actor, query=""):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client.get(f"/diemen/agenda/{query}")


def test_the_page_shows_a_month_one_kind_of_it_or_a_list(diemen, client):
    team = factories.team(diemen)
    breach = factories.breach(team)
    answer = page(client, team.ciso, "?maand=2021-03")
    assert f"/diemen/beveiliging/datalekken/{breach.pk}/" in answer.content.decode()
    assert list(answer.context["kinds"]) == ["security.clock"]
    shown = page(client, team.ciso, "?maand=2021-03&soort=security.clock&weergave=lijst").content.decode()
    assert "<table" not in shown
    assert "DL-2021-001" in shown
    none = page(client, team.ciso, "?maand=2021-03&soort=iets.anders").content.decode()
    assert "Van deze soort staat er niets in deze maand." in none


@pytest.mark.parametrize("month", ["9999-99", "1999-12", "niets", "%F0%9F%98%80"])
def test_a_month_that_is_none_does_not_exist(diemen, client, month):
    answer = page(client, people.actor(diemen, "employee"), f"?maand={month}")
    assert answer.status_code == 404
    assert "januari 2000" in answer.content.decode()


def test_the_calendar_asks_as_many_queries_for_three_dates_as_for_one(diemen, client):
    team = factories.team(diemen)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            factories.breach(team)
        page(client, team.ciso, "?maand=2021-03")
        with CaptureQueriesContext(connection) as asked:
            client.get("/diemen/agenda/?maand=2021-03")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.key)
def test_who_holds_no_role_has_nothing_in_the_calendar(diemen, module):
    nobody = people.actor(diemen)
    with reading(diemen.pk):
        assert list(module.dates(nobody, date(2000, 1, 1), date(2101, 1, 1))) == []


def test_every_date_has_a_key_of_its_own_module_and_kind(diemen):
    team = factories.team(diemen)
    factories.breach(team)
    structure.small(diemen, date(2021, 4, 12))
    director = people.actor(diemen, "director", "ciso")
    keys = []
    with reading(diemen.pk):
        for module in modules():
            for dated in module.dates(director, date(2021, 1, 1), date(2022, 1, 1)):
                kind, colon, one = dated.key.partition(":")
                assert (kind.partition(".")[0], bool(colon), bool(one)) == (module.key, True, True)
                assert str(dated.kind)
                assert dated.url.startswith("/diemen/")
                keys.append(dated.key)
    assert len(set(keys)) == len(keys) > 2


def test_the_next_dates_leave_out_what_already_stands_among_the_tasks(diemen):
    reader = people.actor(diemen, "employee")
    with reading(diemen.pk):
        found = queries.soon(reader, date(2021, 12, 1), ())
        assert [point.kind for point in found] == ["report.reference_day"]
        assert queries.soon(reader, date(2021, 12, 1), [found[0].dated.url]) == ()


def test_the_rows_of_the_calendar_read_as_what_they_are():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert str(CalendarFeed(pk=3)) == "3"
    assert str(FeedFetch(at=at)) == str(at)
    assert str(LastLook(number=7)) == "7"


def test_what_lasts_says_so_and_a_moment_has_its_hour():
    dated = Dated("a.b:1", "x", date(2026, 1, 1), "/", "k", until=date(2026, 1, 3))
    assert queries.Point(dated, date(2026, 1, 1), date(2026, 1, 2)).lasts
    moment = Dated("a.b:1", "x", datetime(2026, 7, 1, 10, tzinfo=UTC), "/", "k")
    point = queries.Point(moment, date(2026, 7, 1), date(2026, 7, 1))
    assert (point.at.hour, point.lasts) == (12, False)
