"""Over which months the organogram can be looked at, and which days it offers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.orgs.rules import FIRST_DAY, LAST_DAY
from houvast.modules.structure.rules.timeline import MOST_MONTHS, Timeline, jumps, month_number, timeline

TODAY = date(2021, 12, 15)
NEW = date(2021, 2, 1)


def ends(line: Timeline) -> tuple[str, str]:
    return f"{line.day(0):%Y-%m}", f"{line.day(line.last):%Y-%m}"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([date(2016, 1, 1), NEW], ("2016-01", "2022-12")),  # a year after today
        ([date(2016, 1, 1), date(2025, 6, 1)], ("2016-01", "2025-06")),  # what is planned later
        ([date(1950, 1, 1), NEW], ("2001-12", "2022-12")),  # the old end goes first
        (
            [NEW, date(2099, 12, 31)],
            ("2021-02", "2051-02"),
        ),  # a slip of the pen does not take the slider along
        ([date(1900, 1, 1), date(2099, 12, 31)], ("2001-12", "2031-12")),
        ([date(2022, 12, 1)], ("2022-12", "2023-01")),  # never a single place
        ([date(2090, 1, 1)], ("2090-01", "2090-02")),
    ],
)
def test_the_slider_runs_over_a_sensible_stretch(changes, found):
    assert ends(timeline(changes, TODAY)) == found


def test_a_place_gives_the_first_of_its_month_and_a_day_gives_its_place():
    line = timeline([date(2016, 1, 20), NEW], TODAY)
    assert line.day(0) == date(2016, 1, 1)
    assert line.day(line.place(date(2021, 5, 20))) == date(2021, 5, 1)


def test_what_lies_outside_stands_at_the_nearest_end():
    line = timeline([date(2016, 1, 1)], TODAY)
    assert line.place(date(1900, 1, 1)) == 0
    assert line.place(date(2099, 1, 1)) == line.last
    assert line.day(-5) == date(2016, 1, 1)
    assert line.day(10**20) == date(2022, 12, 1)


within = st.dates(min_value=FIRST_DAY, max_value=LAST_DAY)


@given(st.lists(within, min_size=1, max_size=6), within)
def test_the_slider_never_has_more_than_thirty_years_and_always_two_places(days, today):
    line = timeline(sorted(days), today)
    assert 1 <= line.last <= MOST_MONTHS
    assert line.first >= month_number(min(days))
    assert all(line.place(line.day(place)) == place for place in (0, line.last))


DAYS = [date(2021, month, 1) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2020, 1, 1), 1, 4),
        (date(2021, 1, 1), 1, 4),
        (date(2021, 6, 15), 5, 8),
        (date(2021, 6, 1), 5, 8),
        (date(2025, 1, 1), 9, 12),
    ],
)
def test_the_jumps_lie_around_the_day(day, first, last):
    assert jumps(DAYS, day, [], 4) == DAYS[first - 1 : last]


def test_the_days_of_a_new_structure_always_stand_among_the_jumps():
    assert jumps(DAYS, date(2025, 1, 1), [NEW], 2) == [NEW, DAYS[10], DAYS[11]]
    assert jumps(DAYS, NEW, [NEW], 2) == [NEW, DAYS[2]]


def test_with_few_changes_all_are_offered():
    assert jumps(DAYS[:3], date(2025, 1, 1), [], 8) == DAYS[:3]
    assert jumps([], NEW, [], 8) == []
