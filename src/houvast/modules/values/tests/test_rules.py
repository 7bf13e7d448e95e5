"""One vision at a time, values within their set, and counts that say nothing about a person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.claims import Period
from houvast.modules.values import rules
from houvast.modules.values.rules import InstrumentKind, Precision, Span

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 1, 1))
TODAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("day", "precision", "expected"),
    [
        (date(2009, 1, 1), Precision.YEAR, Period.year(2009)),
        (date(2020, 6, 1), Precision.MONTH, Period.month(2020, 6)),
        (date(2021, 10, 1), Precision.DAY, Period(date(2021, 10, 1), date(2021, 10, 2))),
    ],
)
def test_a_moment_is_told_as_exactly_as_it_is_known(day, precision, expected):
    assert rules.moment_of(day, precision) == expected


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Span(date(2009, 1, 1), date(2021, 1, 1)), Span(date(2021, 1, 1), None), False),
        (Span(date(2009, 1, 1), date(2021, 1, 2)), Span(date(2021, 1, 1), None), True),
        (Span(date(2009, 1, 1), None), Span(date(2021, 1, 1), None), True),
        (Span(date(2021, 1, 1), None), Span(date(2009, 1, 1), date(2010, 1, 1)), False),
    ],
)
def test_two_sets_share_a_day_or_not(one, other, meet):
    assert one.meets(other) is meet
    assert other.meets(one) is meet


@given(DAYS, DAYS, DAYS)
def test_a_span_meets_one_that_begins_on_a_day_it_holds(start, day, other):
    span = Span(min(start, day), None)
    assert span.meets(Span(day, None))
    assert span.meets(Span(other, None))


def test_a_second_set_on_the_same_days_is_refused():
    rules.check_alone(Span(date(2021, 1, 1), None), [Span(date(2009, 1, 1), date(2021, 1, 1))])
    with pytest.raises(Refusal) as refused:
        rules.check_alone(Span(date(2020, 1, 1), None), [Span(date(2009, 1, 1), date(2021, 1, 1))])
    assert refused.value.field == "valid_from"


@pytest.mark.parametrize(
    ("span", "allowed"),
    [
        (Span(date(2021, 1, 1), date(2025, 1, 1)), True),
        (Span(date(2023, 1, 1), date(2025, 1, 1)), True),
        (Span(date(2020, 12, 31), date(2025, 1, 1)), False),
        (Span(date(2021, 1, 1), date(2025, 1, 2)), False),
        (Span(date(2021, 1, 1), None), False),
    ],
)
def test_a_value_holds_within_the_days_of_its_set(span, allowed):
    whole = Span(date(2021, 1, 1), date(2025, 1, 1))
    if allowed:
        rules.check_within(span, whole, "valid_from")
    else:
        with pytest.raises(Refusal):
            rules.check_within(span, whole, "valid_from")


def test_a_period_ends_after_it_begins():
    with pytest.raises(Refusal):
        rules.check_span(date(2021, 1, 1), date(2021, 1, 1))


def test_a_value_stands_once_in_a_set():
    rules.check_name_free("Met lef", ["Verbindend"])
    with pytest.raises(Refusal):
        rules.check_name_free("MET LEF", ["Met lef"])


@pytest.mark.parametrize(
    ("day", "body", "decision", "field"),
    [
        (None, "", "", None),
        (date(2021, 2, 1), "college", "Z21-1", None),
        (date(2021, 2, 1), "", "Z21-1", "adopted_by"),
        (None, "college", "", "adopted_on"),
        (date(2021, 2, 1), "college", " ", "decision"),
        (date(2022, 3, 2), "college", "Z22-1", "adopted_on"),
    ],
)
def test_a_decision_is_told_wholly_and_was_taken(day, body, decision, field):
    if field is None:
        rules.check_adoption(day, body, decision, TODAY)
    else:
        with pytest.raises(Refusal) as refused:
            rules.check_adoption(day, body, decision, TODAY)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "year", "total", "covered", "unit", "field"),
    [
        (InstrumentKind.INTERVIEW, 2021, 9, 9, False, None),
        (InstrumentKind.INTERVIEW, 2021, 5, 0, True, None),
        # Of four talks in one team a count is about people.
        (InstrumentKind.INTERVIEW, 2021, 4, 4, True, "unit_id"),
        (InstrumentKind.EVALUATION, 2021, 1, 1, True, "unit_id"),
        (InstrumentKind.INTRODUCTION, 2021, 4, 2, True, "unit_id"),
        (InstrumentKind.INTERVIEW, 2021, 4, 4, False, None),
        # A team plan is of a team, not of a person.
        (InstrumentKind.TEAM_PLAN, 2021, 1, 1, True, None),
        (InstrumentKind.TEAM_PLAN, 2021, 0, 0, False, "total"),
        (InstrumentKind.TEAM_PLAN, 2021, 3, 4, False, "covered"),
        (InstrumentKind.TEAM_PLAN, 2023, 3, 3, False, "year"),
        (InstrumentKind.TEAM_PLAN, 2003, 3, 3, False, "year"),
    ],
)
def test_a_count_is_possible_and_about_no_person(kind, year, total, covered, unit, field):
    if field is None:
        rules.check_count(kind, year, total, covered, unit=unit, today=TODAY)
    else:
        with pytest.raises(Refusal) as refused:
            rules.check_count(kind, year, total, covered, unit=unit, today=TODAY)
        assert refused.value.field == field


def test_a_guide_asks_something():
    rules.check_questions([("Wat deed u?", 1)])
    with pytest.raises(Refusal):
        rules.check_questions([])


@pytest.mark.parametrize(
    ("day", "today", "years"),
    [
        (date(2009, 1, 1), date(2021, 12, 31), 12),
        (date(2009, 6, 1), date(2021, 5, 31), 11),
        (date(2020, 2, 29), date(2021, 2, 28), 0),
    ],
)
def test_an_age_is_in_whole_years(day, today, years):
    assert rules.years_since(day, today) == years
