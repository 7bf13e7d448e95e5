"""The engine for every unit the law counts in, beyond the terms the catalogue holds today."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.law.counting import is_working_day
from houvast.law.errors import OutsideCalendarError, OutsideValidityError, WrongStartError
from houvast.law.terms import Deadline, Extension, Term, Unit, Variant, deadline, last_day, last_moment

at = datetime.fromisoformat

FOUR_WEEKS_MORE = Extension(max_weeks=4, source="lid 2", notice="Laat het weten.")


def term(length, unit, **others):
    return Term(
        key="proef",
        name="Een proef",
        source="Proefwet art. 1",
        starts_with="de ontvangst",
        length=length,
        unit=unit,
        **{"valid_from": date(1999, 1, 1), **others},
    )


SCENARIOS = [
    # length, unit, start, nominal end, last day
    (1, Unit.DAYS, "2026-05-13", "2026-05-14", "2026-05-18"),
    (2, Unit.DAYS, "2026-04-02", "2026-04-04", "2026-04-07"),  # art. 2 is not for two days
    (3, Unit.DAYS, "2026-04-02", "2026-04-05", "2026-04-08"),  # art. 2: the 7th and 8th are working days
    (3, Unit.DAYS, "2026-02-06", "2026-02-09", "2026-02-10"),  # Friday: one working day in three
    (3, Unit.DAYS, "2026-02-02", "2026-02-05", "2026-02-05"),
    (14, Unit.DAYS, "2026-02-02", "2026-02-16", "2026-02-16"),
    (90, Unit.DAYS, "2026-02-21", "2026-05-22", "2026-05-22"),
    (90, Unit.DAYS, "2026-02-22", "2026-05-23", "2026-05-26"),  # Saturday, Sunday, Whit Monday
    (91, Unit.DAYS, "2026-02-21", "2026-05-23", "2026-05-23"),  # more than 90 days: stays
    (5, Unit.WORKING_DAYS, "2026-02-02", "2026-02-09", "2026-02-09"),
    (2, Unit.WORKING_DAYS, "2026-05-13", "2026-05-19", "2026-05-19"),
    (12, Unit.WEEKS, "2026-02-28", "2026-05-23", "2026-05-26"),
    (13, Unit.WEEKS, "2026-02-21", "2026-05-23", "2026-05-23"),
    (1, Unit.MONTHS, "2026-01-31", "2026-02-28", "2026-03-02"),
    (3, Unit.MONTHS, "2026-02-23", "2026-05-23", "2026-05-26"),
    (3, Unit.MONTHS, "2026-11-30", "2027-02-28", "2027-03-01"),
    (4, Unit.MONTHS, "2026-01-23", "2026-05-23", "2026-05-23"),
    (12, Unit.MONTHS, "2026-12-31", "2027-12-31", "2027-12-31"),
    (2, Unit.YEARS, "2026-05-23", "2028-05-23", "2028-05-23"),
    (4, Unit.YEARS, "2024-02-29", "2028-02-29", "2028-02-29"),
    (1, Unit.YEARS, "2024-02-29", "2025-02-28", "2025-02-28"),
]


@pytest.mark.parametrize(("length", "unit", "start", "nominal", "last"), SCENARIOS)
def test_each_unit_is_counted_from_the_day_after_the_start(length, unit, start, nominal, last):
    found = deadline(term(length, unit), date.fromisoformat(start))
    assert (str(found.nominal_end), str(found.last_day)) == (nominal, last)


@pytest.mark.parametrize(
    ("length", "unit", "rolls"),
    [
        (90, Unit.DAYS, True),
        (91, Unit.DAYS, False),
        (5, Unit.WORKING_DAYS, True),
        (12, Unit.WEEKS, True),
        (13, Unit.WEEKS, False),
        (3, Unit.MONTHS, True),
        (4, Unit.MONTHS, False),
        (1, Unit.YEARS, False),
        (1, Unit.HOURS, False),
    ],
)
def test_atw_article_four_leaves_out_hours_long_terms_and_years(length, unit, rolls):
    assert term(length, unit).rolls is rolls


def test_the_step_for_a_missing_day_of_the_month_says_so():
    texts = [step.step for step in deadline(term(1, Unit.MONTHS), date(2026, 1, 31)).because]
    assert "Die maand heeft geen dag 31; de termijn eindigt op de laatste dag van de maand." in texts
    texts = [step.step for step in deadline(term(1, Unit.MONTHS), date(2026, 1, 30)).because]
    assert "Die maand heeft geen dag 30; de termijn eindigt op de laatste dag van de maand." in texts


def test_article_two_names_the_days_it_adds():
    found = deadline(term(3, Unit.DAYS), date(2026, 4, 2))
    added = [str(step.day) for step in found.because if step.source == "Atw art. 2"]
    assert added == ["2026-04-06", "2026-04-07", "2026-04-08"]


def test_working_days_list_every_day_passed_over():
    found = deadline(term(2, Unit.WORKING_DAYS), date(2026, 5, 13))
    passed = [str(step.day) for step in found.because if "telt niet mee als werkdag" in step.step]
    assert passed == ["2026-05-14", "2026-05-15", "2026-05-16", "2026-05-17"]


@pytest.mark.parametrize(
    ("length", "unit", "start", "years"),
    [
        (90, Unit.DAYS, "2019-12-01", []),  # the end alone decides, and that is in 2020
        (3, Unit.DAYS, "2019-12-30", [2019]),  # 31 December 2019 decides whether two working days are held
        (30, Unit.WORKING_DAYS, "2028-12-20", [2029]),
        (91, Unit.DAYS, "2031-01-01", []),
        (1, Unit.YEARS, "2031-01-01", []),
    ],
)
def test_only_years_whose_holidays_decide_the_end_are_warned_for(length, unit, start, years):
    warnings = "".join(deadline(term(length, unit), date.fromisoformat(start)).warnings)
    assert [year for year in range(2018, 2033) if f"Of voor {year} dagen" in warnings] == years


@pytest.mark.parametrize(
    ("start", "holds"), [("2019-12-31", False), ("2020-01-01", True), ("2020-12-31", True)]
)
def test_a_rule_holds_from_its_first_day(start, holds):
    dated = term(1, Unit.WEEKS, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    assert dated.in_force_on(date.fromisoformat(start)) is holds


def test_a_rule_that_was_replaced_says_until_when_it_held():
    dated = term(1, Unit.WEEKS, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    with pytest.raises(OutsideValidityError, match="vanaf 1 januari 2020 tot 1 januari 2021"):
        deadline(dated, date(2021, 1, 1))


@pytest.mark.parametrize(
    ("length", "unit"), [(1, Unit.YEARS), (6, Unit.WEEKS), (1, Unit.MONTHS), (9, Unit.WORKING_DAYS)]
)
def test_a_term_past_the_calendar_is_refused(length, unit):
    with pytest.raises(OutsideCalendarError, match="9999"):
        deadline(term(length, unit), date(9999, 12, 31))


def test_hours_past_the_calendar_are_refused():
    with pytest.raises(OutsideCalendarError, match="9999"):
        deadline(term(72, Unit.HOURS), at("9999-12-31T12:00"))


def test_holidays_before_the_table_are_refused():
    with pytest.raises(OutsideCalendarError, match="1999"):
        deadline(term(1, Unit.WEEKS, valid_from=date(1990, 1, 1)), date(1998, 5, 1))


def test_a_moment_is_no_start_for_a_term_in_days():
    with pytest.raises(WrongStartError, match="geef alleen de dag, bijvoorbeeld 2026-02-02"):
        deadline(term(1, Unit.WEEKS), at("2026-02-02T10:00"))
    with pytest.raises(WrongStartError, match="geef alleen de dag"):
        last_moment(term(1, Unit.WEEKS), at("2026-02-02T10:00"))


def test_terms_that_cannot_be_counted_are_refused_at_once():
    with pytest.raises(ValueError, match="at least one unit"):
        term(0, Unit.WEEKS)
    with pytest.raises(ValueError, match="only a term in weeks"):
        term(1, Unit.MONTHS, extension=FOUR_WEEKS_MORE)
    with pytest.raises(ValueError, match="only a term in weeks"):
        term(1, Unit.DAYS, variants={"other": Variant(name="Anders", length=2, source="lid 3")})


def test_the_end_is_the_last_day_or_the_last_moment():
    day = deadline(term(1, Unit.WEEKS), date(2026, 2, 2))
    assert isinstance(day, Deadline)
    assert day.end == day.last_day == date(2026, 2, 9)
    assert day.last_moment is None


STARTS = st.dates(min_value=date(1999, 1, 1), max_value=date(2150, 1, 1))
ROLLING = st.one_of(
    st.builds(term, st.integers(1, 90), st.just(Unit.DAYS)),
    st.builds(term, st.integers(1, 30), st.just(Unit.WORKING_DAYS)),
    st.builds(term, st.integers(1, 12), st.just(Unit.WEEKS)),
    st.builds(term, st.integers(1, 3), st.just(Unit.MONTHS)),
)
STAYING = st.one_of(
    st.builds(term, st.integers(91, 400), st.just(Unit.DAYS)),
    st.builds(term, st.integers(13, 60), st.just(Unit.WEEKS)),
    st.builds(term, st.integers(4, 40), st.just(Unit.MONTHS)),
    st.builds(term, st.integers(1, 10), st.just(Unit.YEARS)),
)


@given(ROLLING, STARTS)
def test_a_term_that_rolls_ends_on_a_working_day(rule, start):
    assert is_working_day(last_day(rule, start))


@given(STAYING, STARTS)
def test_a_term_that_does_not_roll_ends_at_its_nominal_end(rule, start):
    found = deadline(rule, start)
    assert found.last_day == found.nominal_end
    assert found.warnings == ()


@given(st.one_of(ROLLING, STAYING), STARTS, STARTS)
def test_a_later_start_never_ends_earlier(rule, one, other):
    first, second = sorted((one, other))
    assert last_day(rule, first) <= last_day(rule, second)


@given(st.one_of(ROLLING, STAYING), STARTS)
def test_the_explanation_lists_every_day_between_the_nominal_and_the_last(rule, start):
    found = deadline(rule, start)
    told = {step.day for step in found.because}
    moved = (found.last_day - found.nominal_end).days
    assert {found.nominal_end + timedelta(days=number) for number in range(moved + 1)} <= told
    assert found.because[0].day == start
    assert found.because[-1].step.endswith("is de laatste dag.")
    assert all(step.step and step.source for step in found.because)
    assert all(start <= step.day <= found.last_day for step in found.because)


@given(st.integers(1, 30), STARTS)
def test_working_days_hold_exactly_their_number_and_list_the_rest(number, start):
    found = deadline(term(number, Unit.WORKING_DAYS), start)
    days = [start + timedelta(days=count + 1) for count in range((found.last_day - start).days)]
    assert sum(is_working_day(day) for day in days) == number
    passed = [step.day for step in found.because if "telt niet mee als werkdag" in step.step]
    assert passed == [day for day in days if not is_working_day(day)]


@given(st.integers(3, 90), STARTS)
def test_a_term_of_three_days_or_more_holds_two_working_days(number, start):
    end = last_day(term(number, Unit.DAYS), start)
    days = [start + timedelta(days=count + 1) for count in range((end - start).days)]
    assert sum(is_working_day(day) for day in days) >= 2


@given(STARTS, st.integers(1, 4), st.integers(1, 12))
def test_an_extension_counts_from_the_start_and_never_shortens(start, weeks, length):
    rule = term(length, Unit.WEEKS, extension=FOUR_WEEKS_MORE)
    extended = deadline(rule, start, extend_weeks=weeks)
    assert extended.nominal_end == start + timedelta(weeks=length + weeks)
    assert extended.last_day > last_day(rule, start)
    assert (extended.last_day == extended.nominal_end) or length + weeks <= 12
