"""Scenario table of WOR art. 25 lid 6: a month's wait with a decision that departs from the advice."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.law.counting import add_months, is_working_day
from houvast.law.errors import ExtensionError, OutsideValidityError, WrongStartError
from houvast.law.terms import deadline, last_day
from houvast.law.wor import WOR_25_6

day = date.fromisoformat

SCENARIOS = [
    ("2021-01-19", "2021-02-19"),  # a Friday
    ("2021-01-20", "2021-02-22"),  # ends on a Saturday
    ("2021-01-31", "2021-03-01"),  # February has no day 31, and 28 February 2021 is a Sunday
    ("2020-01-31", "2020-03-02"),  # 29 February 2020 is a Saturday
    ("2021-11-25", "2021-12-27"),  # Christmas Day, a Saturday; Boxing Day, a Sunday
    ("2021-03-27", "2021-04-28"),  # King's Day
    ("1999-01-01", "1999-02-01"),  # the first day from which it is reckoned
]


@pytest.mark.parametrize(("told", "last"), SCENARIOS)
def test_wor_25_6_waits_a_month(told, last):
    assert last_day(WOR_25_6, day(told)) == day(last)


def test_the_explanation_names_the_article():
    found = deadline(WOR_25_6, day("2021-01-19"))
    assert {step.source for step in found.because} == {"WOR art. 25 lid 6"}
    assert "in kennis is gesteld" in found.because[0].step


def test_before_its_holidays_are_known_there_is_no_term():
    with pytest.raises(OutsideValidityError, match="geldt vanaf 1 januari 1999"):
        deadline(WOR_25_6, day("1998-12-31"))


def test_it_starts_on_a_day_and_cannot_be_extended():
    with pytest.raises(WrongStartError):
        deadline(WOR_25_6, datetime(2021, 1, 19, 10, tzinfo=UTC))
    with pytest.raises(ExtensionError):
        deadline(WOR_25_6, day("2021-01-19"), extend_weeks=1)


@given(st.dates(min_value=date(1999, 1, 1), max_value=date(2099, 12, 31)))
def test_the_wait_is_never_shorter_than_the_month_and_ends_on_a_working_day(told):
    end = last_day(WOR_25_6, told)
    assert end >= add_months(told, 1)
    assert is_working_day(end)
