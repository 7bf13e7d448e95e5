"""Values of a setting, and what a change leaves of what was set before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.configuration.rules import Kind, Piece, Setting, WrongValue, left_over, without_overlap

DAY = date(2021, 1, 1)
NUMBER = Setting("test.number", "Aantal", Kind.NUMBER, 5, "Hoeveel.", lowest=1, highest=9, unit="MB")
CHOICE = Setting(
    "test.choice", "Keuze", Kind.CHOICE, "a", "Welke.", choices=(("a", "Eerste"), ("b", "Tweede"))
)
SWITCH = Setting("test.switch", "Aan", Kind.YES_NO, False, "Of.")
TEXT = Setting("test.text", "Tekst", Kind.TEXT, "x", "Wat.")


@pytest.mark.parametrize(
    ("setting", "value", "kept"),
    [(NUMBER, 1, 1), (NUMBER, 9, 9), (CHOICE, "b", "b"), (SWITCH, True, True), (TEXT, " woord ", "woord")],
)
def test_a_setting_takes_its_own_values(setting, value, kept):
    assert setting.clean(value) == kept


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (NUMBER, 0),
        (NUMBER, 10),
        (NUMBER, "5"),
        (NUMBER, True),
        (CHOICE, "c"),
        (SWITCH, 1),
        (TEXT, "  "),
        (TEXT, 3),
    ],
)
def test_a_setting_refuses_every_other_value(setting, value):
    with pytest.raises(WrongValue):
        setting.clean(value)


def test_a_value_is_shown_as_a_reader_says_it():
    shown = [NUMBER.shown(3), CHOICE.shown("b"), SWITCH.shown(True), SWITCH.shown(False), TEXT.shown("y")]
    assert shown == ["3 MB", "Tweede", "Ja", "Nee", "y"]


days = st.integers(min_value=0, max_value=40).map(lambda number: DAY + timedelta(days=number))
pieces = st.builds(
    lambda start, length: Piece(start, None if length is None else start + timedelta(days=length)),
    days,
    st.none() | st.integers(min_value=1, max_value=20),
)


def covers(piece, day):
    return piece.start <= day and (piece.until is None or day < piece.until)


@given(pieces, pieces, days)
def test_every_day_of_the_old_stretch_is_in_what_is_left_or_in_the_new_one(old, new, day):
    left = left_over(old, new)
    assert sum(covers(piece, day) for piece in left) == (covers(old, day) and not covers(new, day))
    assert without_overlap([*left, new])


def test_overlap_is_seen():
    assert not without_overlap([Piece(DAY, None), Piece(DAY + timedelta(days=3), None)])


def test_a_text_that_was_never_set_has_a_dash():
    setting = Setting(key="a.b", label="x", kind=Kind.TEXT, default="", explanation="x")
    assert (setting.shown(""), setting.shown("1234")) == ("–", "1234")
