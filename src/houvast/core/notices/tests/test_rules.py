"""When a reminder goes out, and what is one and the same message."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.notices.rules import key_of, message_id, reached

DUE = date(2026, 5, 20)
ABOUT = UUID("11111111-1111-4111-8111-111111111111")


@pytest.mark.parametrize(
    ("days", "before", "moment"),
    [
        ((7, 1, -1), 8, None),
        ((7, 1, -1), 7, 7),
        ((7, 1, -1), 3, 7),
        ((7, 1, -1), 1, 1),
        ((7, 1, -1), 0, 1),
        ((7, 1, -1), -1, -1),
        ((7, 1, -1), -400, -1),
        ((0,), 1, None),
        ((0,), 0, 0),
        ((1, 7), 7, 7),
        ((), -1, None),
    ],
)
def test_a_reminder_is_the_last_whose_moment_has_come(days, before, moment):
    assert reached(days, DUE, DUE - timedelta(days=before)) == moment


@given(st.sets(st.integers(-90, 365), max_size=6), st.integers(-500, 500))
def test_day_after_day_each_moment_comes_once_in_order_and_never_goes_back(days, start):
    seen = [reached(days, DUE, DUE + timedelta(days=start + step)) for step in range(900)]
    told = [moment for place, moment in enumerate(seen) if moment is not None and moment not in seen[:place]]
    assert told == sorted(told, reverse=True)
    assert set(told) <= days
    if start <= -366:
        assert set(told) == {moment for moment in days if -moment < start + 900}


def test_the_key_of_a_message_is_person_kind_subject_rule_and_day():
    parts = (1, "a.b", ABOUT, "7", DUE)
    others = [
        (2, "a.b", ABOUT, "7", DUE),
        (1, "a.c", ABOUT, "7", DUE),
        (1, "a.b", UUID(int=2), "7", DUE),
        (1, "a.b", ABOUT, "1", DUE),
        (1, "a.b", ABOUT, "7", None),
    ]
    assert key_of(*parts) == key_of(*parts)
    assert len({key_of(*other) for other in [parts, *others]}) == 6


def test_the_message_id_follows_from_the_organisation_and_the_key_and_tells_nothing():
    one, key = UUID(int=1), key_of(1, "a.b", ABOUT, "7", DUE)
    told = message_id(one, key, "example.org")
    assert told == message_id(one, key, "example.org")
    assert told != message_id(UUID(int=2), key, "example.org")
    assert told.endswith("@example.org>")
    assert key[:8] not in told
