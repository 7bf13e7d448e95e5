"""When turns fall, through the nights on which the clock is moved too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.jobs.rules import AMSTERDAM, DailyAt, Every, fingerprint, share


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "after", "following"),
    [
        # An ordinary winter and summer day: one hour and two hours before the clock of Amsterdam.
        (DailyAt(7, 30), utc(2026, 1, 5, 6, 0), utc(2026, 1, 5, 6, 30)),
        (DailyAt(7, 30), utc(2026, 1, 5, 6, 30), utc(2026, 1, 6, 6, 30)),
        (DailyAt(7, 30), utc(2026, 7, 1, 4, 0), utc(2026, 7, 1, 5, 30)),
        # 29 March 2026: from 2.00 to 3.00 the clock is skipped; half past two is taken an hour later.
        (DailyAt(2, 30), utc(2026, 3, 28, 12, 0), utc(2026, 3, 29, 1, 30)),
        (DailyAt(2, 30), utc(2026, 3, 29, 1, 30), utc(2026, 3, 30, 0, 30)),
        # 25 October 2026: half past two comes twice, and the first is taken.
        (DailyAt(2, 30), utc(2026, 10, 24, 12, 0), utc(2026, 10, 25, 0, 30)),
        (DailyAt(2, 30), utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)),
        (DailyAt(0, 0), utc(2026, 12, 31, 22, 59), utc(2026, 12, 31, 23, 0)),
    ],
)
def test_a_daily_turn_falls_at_its_time_of_the_clock_in_amsterdam(at, after, following):
    assert at.following(after) == following


def test_a_turn_every_so_many_minutes_knows_no_clock():
    assert Every(10).following(utc(2026, 3, 29, 0, 55)) == utc(2026, 3, 29, 1, 5)


@given(st.dates(date(2000, 1, 2), date(2090, 12, 30)), st.integers(0, 23), st.integers(0, 59))
def test_each_day_of_amsterdam_has_one_turn_and_the_days_follow_each_other(day, hour, minute):
    at = DailyAt(hour, minute)
    moment = at.on(day)
    local = moment.astimezone(AMSTERDAM)
    assert local.date() == day
    # Where the clock skips the hour the turn is an hour later, and nowhere else.
    assert (local.hour - hour, local.minute) in {(0, minute), (1, minute)}
    assert at.following(moment) == at.on(day + timedelta(days=1))
    assert at.following(moment - timedelta(seconds=1)) == moment
    assert timedelta(hours=22) < at.following(moment) - moment < timedelta(hours=26)


@pytest.mark.parametrize(
    ("done", "of", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (9, 3, 100), (5, 0, 0)]
)
def test_progress_is_told_in_whole_percents(done, of, percent):
    assert share(done, of) == percent


def test_the_same_job_is_the_same_kind_starter_and_arguments_in_any_order():
    one = fingerprint("a.b", 1, {"year": 2021, "unit": "x"})
    assert one == fingerprint("a.b", 1, {"unit": "x", "year": 2021})
    others = [
        fingerprint("a.c", 1, {"year": 2021, "unit": "x"}),
        fingerprint("a.b", None, {"year": 2021, "unit": "x"}),
        fingerprint("a.b", 1, {"year": 2022, "unit": "x"}),
    ]
    assert len({one, *others}) == 4
