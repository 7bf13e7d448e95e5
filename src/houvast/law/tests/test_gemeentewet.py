"""Gemeentewet art. 200: the adopted accounts are sent before 15 July of the year after."""

from datetime import date

import pytest

from houvast.law.gemeentewet import last_day_to_send_accounts


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2003, None),
        (2004, date(2005, 7, 14)),
        (2021, date(2022, 7, 14)),
        # 14 July 2024 is a Sunday: a day that the law names does not move.
        (2023, date(2024, 7, 14)),
    ],
)
def test_the_accounts_are_sent_before_15_july_of_the_year_after(year, last):
    assert last_day_to_send_accounts(year) == last
