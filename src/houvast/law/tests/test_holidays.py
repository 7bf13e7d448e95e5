"""The table of holidays of the Algemene termijnenwet, against lists written by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.law.errors import OutsideCalendarError
from houvast.law.holidays import DECREES, decree_loaded, easter, holidays_in, why_off

EASTER_SUNDAYS = """
1818-03-22 1943-04-25 1961-04-02 1999-04-04 2000-04-23 2001-04-15 2002-03-31 2003-04-20 2004-04-11 2005-03-27
2006-04-16 2007-04-08 2008-03-23 2009-04-12 2010-04-04 2011-04-24 2012-04-08 2013-03-31 2014-04-20 2015-04-05
2016-03-27 2017-04-16 2018-04-01 2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20
2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25
2036-04-13 2037-04-05 2038-04-25 2285-03-22
"""

# Month-day, in order: New Year, Good Friday, Easter Monday, King's or Queen's Day, Liberation Day, Ascension,
# Whit Monday, both Christmas days, and among them the days designated by royal decree (marked with a star).
TABLES = {
    2006: "01-01 04-14 04-17 04-29 05-05 05-25 06-05 12-25 12-26",
    2013: "01-01 03-29 04-01 04-30 05-05 05-09 05-20 12-25 12-26",
    2014: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2016: "01-01 03-25 03-28 04-27 05-05 05-05 05-16 12-25 12-26",
    2020: "01-01 04-10 04-13 04-27 05-05 05-21 05-22* 06-01 12-25 12-26",
    2021: "01-01 04-02 04-05 04-27 05-05 05-13 05-14* 05-24 12-25 12-26",
    2022: "01-01 04-15 04-18 04-27 05-05 05-26 05-27* 06-06 12-25 12-26",
    2023: "01-01 04-07 04-10 04-27 04-28* 05-05 05-18 05-19* 05-29 12-25 12-26",
    2024: "01-01 03-29 04-01 04-27 05-05 05-09 05-10* 05-20 12-25 12-26 12-27*",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 05-30* 06-09 12-25 12-26",
    2026: "01-01 01-02* 04-03 04-06 04-27 05-05 05-14 05-15* 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-07* 05-17 12-25 12-26",
    2028: "01-01 04-14 04-17 04-27 04-28* 05-05 05-25 05-26* 06-05 12-25 12-26",
    2029: "01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26",
    2031: "01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26",
}


@pytest.mark.parametrize("sunday", EASTER_SUNDAYS.split())
def test_easter_falls_on_the_sundays_of_the_published_table(sunday):
    assert easter(int(sunday[:4])).isoformat() == sunday


@pytest.mark.parametrize("year", TABLES)
def test_the_holidays_of_a_year_are_those_of_the_list_written_by_hand(year):
    found = [f"{day.day:%m-%d}{'*' if 'lid 3' in day.source else ''}" for day in holidays_in(year)]
    assert " ".join(found) == TABLES[year]


@pytest.mark.parametrize(
    ("day", "names", "sources"),
    [
        (date(2026, 4, 3), ["Goede Vrijdag"], ["Atw art. 3 lid 2"]),
        (date(2026, 4, 4), ["weekend"], ["Atw art. 1 lid 1"]),
        (date(2026, 4, 27), ["Koningsdag"], ["Atw art. 3 lid 1"]),
        (date(2025, 4, 26), ["weekend", "Koningsdag"], ["Atw art. 1 lid 1", "Atw art. 3 lid 1"]),
        (date(2013, 4, 30), ["Koninginnedag"], ["Atw art. 3 lid 1"]),
        (date(2016, 5, 5), ["Bevrijdingsdag", "Hemelvaartsdag"], ["Atw art. 3 lid 1", "Atw art. 3 lid 1"]),
        (
            date(2026, 5, 15),
            ["aangewezen bij koninklijk besluit"],
            ["Atw art. 3 lid 3; Stcrt. 2025, 24713"],
        ),
        (date(2026, 12, 24), [], []),
        (date(2026, 12, 31), [], []),
        (date(2025, 4, 28), [], []),
    ],
)
def test_every_day_off_names_its_reason_and_article(day, names, sources):
    assert [reason.name for reason in why_off(day)] == names
    assert [reason.source for reason in why_off(day)] == sources


@pytest.mark.parametrize("year", range(2018, 2032))
def test_the_decrees_of_2020_through_2028_are_loaded(year):
    assert decree_loaded(year) is (2020 <= year <= 2028)


def test_each_decree_designates_working_weekdays_in_its_own_years():
    for decree in DECREES:
        assert all(day.year in decree.years and day.weekday() < 5 for day in decree.days)
        assert all(len(why_off(day)) == 1 for day in decree.days)


def test_a_year_before_the_table_is_refused():
    with pytest.raises(OutsideCalendarError, match="vanaf 1 januari 1999"):
        holidays_in(1998)


@given(st.integers(1999, 9999))
def test_the_birthday_is_never_celebrated_on_a_sunday_and_easter_always_is(year):
    [birthday] = [day for day in holidays_in(year) if day.name in {"Koningsdag", "Koninginnedag"}]
    assert birthday.day.weekday() != 6
    assert birthday.day.weekday() == 5 or birthday.day in {date(year, 4, 27), date(year, 4, 30)}
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)
