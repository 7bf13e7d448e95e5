"""Time left in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from houvast.core.ui.clocks import TimeLeft, days_left, hours_left

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "words", "urgency"),
    [
        (-3, "3 dagen te laat", "late"),
        (-1, "1 dag te laat", "late"),
        (0, "Vandaag", "near"),
        (1, "Nog 1 dag", "near"),
        (3, "Nog 3 dagen", "near"),
        (4, "Nog 4 dagen", ""),
    ],
)
def test_days_are_counted_in_words(days, words, urgency):
    left = days_left(TODAY + timedelta(days=days), TODAY)
    assert (left.words, left.urgency) == (words, urgency)


def test_the_last_day_is_named():
    assert days_left(date(2026, 11, 26), TODAY).until == "tot en met donderdag 26 november"


@pytest.mark.parametrize(
    ("minutes", "words", "urgency"),
    [
        (28 * 60 + 30, "Nog 28 uur", "near"),
        (59, "Minder dan een uur", "near"),
        (0, "Net verlopen", "late"),
        (-5 * 60, "5 uur te laat", "late"),
        (48 * 60 + 59, "Nog 48 uur", "near"),
        (49 * 60, "Nog 49 uur", ""),
        (71 * 60 + 59, "Nog 71 uur", ""),
        (72 * 60 + 59, "Nog 72 uur", ""),
        (73 * 60, "Nog 3 dagen", ""),
        (-72 * 60, "72 uur te laat", "late"),
        (-73 * 60, "3 dagen te laat", "late"),
        (-4171 * 60, "174 dagen te laat", "late"),
    ],
)
def test_hours_are_counted_in_words(minutes, words, urgency):
    left = hours_left(NOW + timedelta(minutes=minutes), NOW)
    assert (left.words, left.urgency) == (words, urgency)


def test_a_moment_is_named_in_local_time():
    assert hours_left(NOW + timedelta(hours=28, minutes=40), NOW) == TimeLeft(
        "Nog 28 uur", "tot dinsdag 24 november, 13.40 uur", "near"
    )


def test_a_day_in_another_year_is_named_with_its_year():
    assert days_left(date(2025, 11, 24), TODAY).until == "tot en met maandag 24 november 2025"
    assert hours_left(
        datetime(2025, 12, 31, 23, 30, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    ) == TimeLeft("24 uur te laat", "tot donderdag 1 januari, 00.30 uur", "late")
