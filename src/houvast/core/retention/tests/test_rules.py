"""When a term is over, and which step of a list follows which."""

from datetime import date

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.orgs.refusal import Refusal
from houvast.core.retention import rules
from houvast.core.retention.models import DestructionList, Hold
from houvast.core.retention.redaction import emptied
from houvast.core.retention.rules import STEPS, ListStatus, check_step, check_term, due_on, latest_start

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
YEARS = st.integers(0, rules.LONGEST_TERM)


@pytest.mark.parametrize(
    ("start", "years", "end_of_year", "due"),
    [
        (date(2021, 3, 1), 5, False, date(2026, 3, 1)),
        (date(2021, 3, 1), 5, True, date(2027, 1, 1)),
        (date(2021, 12, 31), 5, True, date(2027, 1, 1)),
        (date(2021, 1, 1), 5, True, date(2027, 1, 1)),
        (date(2024, 2, 29), 1, False, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, False, date(2028, 2, 29)),
        (date(2021, 3, 1), 0, False, date(2021, 3, 1)),
        (date(2021, 3, 1), 0, True, date(2022, 1, 1)),
    ],
)
def test_a_record_is_due_so_many_years_after_its_start_or_after_that_year(start, years, end_of_year, due):
    assert due_on(start, years, end_of_year=end_of_year) == due


@given(DAYS, DAYS, YEARS, st.booleans())
def test_what_started_up_to_the_latest_start_is_due_and_nothing_later(start, day, years, end_of_year):
    is_due = due_on(start, years, end_of_year=end_of_year) <= day
    assert is_due == (start <= latest_start(day, years, end_of_year=end_of_year))


@pytest.mark.parametrize(
    ("day", "years", "end_of_year", "latest"),
    [
        (date(2024, 2, 29), 1, False, date(2023, 2, 28)),
        (date(2024, 2, 29), 4, False, date(2020, 2, 29)),
        (date(2025, 3, 1), 1, False, date(2024, 3, 1)),
        (date(2027, 1, 1), 5, True, date(2021, 12, 31)),
        (date(2026, 12, 31), 5, True, date(2020, 12, 31)),
        (date(100, 6, 1), 150, False, date(1, 6, 1)),
        (date(100, 6, 1), 150, True, date(1, 12, 31)),
    ],
)
def test_the_latest_start_of_which_the_time_is_over(day, years, end_of_year, latest):
    assert latest_start(day, years, end_of_year=end_of_year) == latest


@given(DAYS, YEARS, st.booleans())
def test_nothing_is_due_before_its_years_are_over(start, years, end_of_year):
    due = due_on(start, years, end_of_year=end_of_year)
    assert (due.year - start.year, due.month, due.day) >= (years, start.month, start.day) or due.year > (
        start.year + years
    )


@pytest.mark.parametrize("now", ListStatus)
@pytest.mark.parametrize("then", ListStatus)
def test_a_list_takes_the_agreed_steps_and_no_others(now, then):
    if then in STEPS[now]:
        assert check_step(now, then) == then
    else:
        with pytest.raises(Refusal, match=str(now.label)):
            check_step(now, then)


def test_every_status_can_be_reached():
    assert set().union(*STEPS.values()) | {ListStatus.DRAFT} == set(ListStatus)


@pytest.mark.parametrize("years", [None, 0, 150])
def test_a_term_is_a_number_of_years_or_for_ever(years):
    assert check_term(years) == years


@pytest.mark.parametrize("years", [-1, 151])
def test_a_term_that_cannot_be_is_refused(years):
    with pytest.raises(Refusal, match="150"):
        check_term(years)


def test_a_reason_is_more_than_space():
    assert rules.require_text("  om deze reden ", "x") == "om deze reden"
    with pytest.raises(Refusal, match="Geef een reden"):
        rules.require_text("  ", "Geef een reden")


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        (models.TextField(), "Een naam", "[vernietigd]"),
        (models.TextField(blank=True), "", ""),
        (models.TextField(null=True), "Een naam", None),
        (models.CharField(max_length=200), "Een naam", "[vernietigd]"),
        (models.CharField(max_length=5), "Naam", ""),
        (models.EmailField(), "iemand@example.org", ""),
        (models.PositiveIntegerField(null=True), 3, None),
    ],
)
def test_a_column_loses_its_content_and_says_so_where_it_can(field, value, left):
    assert emptied(field, value) == left


def test_a_column_that_can_hold_neither_nothing_nor_a_word_is_refused():
    with pytest.raises(TypeError):
        emptied(models.PositiveIntegerField(), 3)


def test_what_people_wrote_in_a_list_or_a_hold_is_not_copied_into_the_trail():
    assert DestructionList.unrecorded_fields == {"withdrawal"}
    assert Hold.unrecorded_fields == {"reason"}
