"""Scenario table of AVG art. 33: 72 elapsed hours, also where summer time begins or ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.law.avg import AVG_33
from houvast.law.errors import NonexistentHourError, OutsideValidityError, WrongStartError
from houvast.law.moments import AMSTERDAM
from houvast.law.terms import deadline, last_day, last_moment

at = datetime.fromisoformat

SCENARIOS = [
    ("2026-03-27T12:00", "2026-03-30T13:00:00+02:00"),  # summer time begins on the 29th
    ("2026-10-23T12:00", "2026-10-26T11:00:00+01:00"),  # summer time ends on the 25th
    ("2026-06-05T17:45", "2026-06-08T17:45:00+02:00"),  # over a weekend
    ("2026-12-24T23:59:30", "2026-12-27T23:59:30+01:00"),  # over Christmas; ends on a Sunday
    ("2026-03-26T02:30", "2026-03-29T03:30:00+02:00"),  # 02:30 does not exist that night
    ("2026-03-27T12:00+01:00", "2026-03-30T13:00:00+02:00"),
    ("2026-03-27T11:00+00:00", "2026-03-30T13:00:00+02:00"),  # the same moment, as stored
    ("2018-05-25T00:00", "2018-05-28T00:00:00+02:00"),  # the first moment on which the AVG applies
]


@pytest.mark.parametrize(("start", "last"), SCENARIOS)
def test_avg_33_gives_seventy_two_elapsed_hours(start, last):
    found = deadline(AVG_33, at(start))
    assert found.last_moment is not None
    assert found.last_day is None
    assert found.last_moment.isoformat() == last
    assert found.end == found.nominal_end == found.last_moment
    assert found.warnings == ()


def test_the_explanation_tells_of_the_clock_going_forward():
    found = deadline(AVG_33, at("2026-03-27T12:00"))
    assert [(str(step.day), step.step) for step in found.because] == [
        (
            "2026-03-27",
            "De termijn begint met de kennisname van het datalek: vrijdag 27 maart 2026 om 12.00 uur.",
        ),
        (
            "2026-03-30",
            "Tussendoor gaat de klok een uur vooruit; geteld worden de uren die echt verstrijken.",
        ),
        (
            "2026-03-30",
            "72 uur later is het maandag 30 maart 2026 om 13.00 uur. Weekenden en feestdagen tellen mee.",
        ),
    ]
    assert {step.source for step in found.because} == {"AVG art. 33 lid 1"}


def test_the_explanation_tells_of_the_clock_going_back_and_else_says_nothing_of_it():
    back = deadline(AVG_33, at("2026-10-23T12:00"))
    assert "een uur achteruit" in back.because[1].step
    assert len(deadline(AVG_33, at("2026-06-05T12:00")).because) == 2


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_an_hour_that_the_clock_skips_is_refused(minute):
    with pytest.raises(NonexistentHourError, match="Het tijdstip zondag 29 maart 2026 om 02"):
        deadline(AVG_33, at(f"2026-03-29T02:{minute:02}"))


def test_an_hour_that_occurs_twice_is_the_earlier_with_a_warning():
    found = deadline(AVG_33, at("2026-10-25T02:30").replace(fold=1))
    assert found.start.isoformat() == "2026-10-25T02:30:00+02:00"
    assert found.end.isoformat() == "2026-10-28T01:30:00+01:00"
    assert len(found.warnings) == 1
    assert "de eerste keer" in found.warnings[0]


def test_with_its_offset_an_hour_that_occurs_twice_is_clear():
    found = deadline(AVG_33, at("2026-10-25T02:30+01:00"))
    assert found.end.isoformat() == "2026-10-28T02:30:00+01:00"
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("start", "last", "which"),
    [
        ("2026-10-22T02:30", "2026-10-25T02:30:00+02:00", "eindigt de eerste keer"),
        ("2026-10-22T03:30", "2026-10-25T02:30:00+01:00", "eindigt de tweede keer"),
    ],
)
def test_an_end_in_the_hour_that_occurs_twice_says_which_of_the_two(start, last, which):
    found = deadline(AVG_33, at(start))
    assert found.end.isoformat() == last
    assert which in found.warnings[0]


def test_a_moment_before_the_avg_applied_is_refused():
    with pytest.raises(OutsideValidityError, match="geldt vanaf 25 mei 2018"):
        deadline(AVG_33, at("2018-05-24T23:59"))


def test_a_day_is_no_start_for_a_term_in_hours():
    with pytest.raises(WrongStartError, match="geef ook het tijdstip, bijvoorbeeld 2026-03-27T12:00"):
        deadline(AVG_33, date(2026, 3, 27))
    with pytest.raises(WrongStartError, match="avg-33"):
        last_day(AVG_33, date(2026, 3, 27))


MOMENTS = st.datetimes(
    min_value=at("2018-05-26T00:00"), max_value=at("2200-01-01T00:00"), timezones=st.just(UTC)
)


@given(MOMENTS)
def test_exactly_seventy_two_hours_elapse(start):
    found = last_moment(AVG_33, start)
    assert found.astimezone(UTC) - start == timedelta(hours=72)
    assert found.tzinfo is AMSTERDAM


@given(MOMENTS, MOMENTS)
def test_a_later_moment_never_ends_earlier(one, other):
    assert (one <= other) == (last_moment(AVG_33, one) <= last_moment(AVG_33, other))


@given(st.datetimes(min_value=at("2018-05-26T00:00"), max_value=at("2100-01-01T00:00")))
def test_a_local_time_either_exists_on_the_clock_or_is_refused(local):
    try:
        start = deadline(AVG_33, local).start
    except NonexistentHourError:
        assert local.month == 3
        assert local.hour == 2
    else:
        assert start.replace(tzinfo=None) == local
