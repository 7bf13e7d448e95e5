"""Small numbers are hidden, and none of them can be reckoned: proved against every table that fits."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from houvast.core.privacy.rules import Hidden, hide, plain
from houvast.core.privacy.words import words

S, P, A = Hidden.SMALL, Hidden.PROTECTED, Hidden.ALL


@pytest.mark.parametrize(
    ("cells", "shown", "total"),
    [
        # Nothing small: nothing hidden. Zero is shown.
        ([[5], [8]], ((5,), (8,)), 13),
        ([[0], [8]], ((0,), (8,)), 8),
        ([[0], [0]], ((0,), (0,)), 0),
        # One small number would be the total less the other, so that the other goes too.
        ([[3], [8], [20]], ((S,), (P,), (20,)), 31),
        # Two small ones hide each other, where more than one pair adds up to what is left.
        ([[2], [3], [20]], ((S,), (S,), (20,)), 25),
        # One and one are two, and nothing else is: a third goes too.
        ([[1], [1], [20]], ((S,), (S,), (P,)), 22),
        # With one other only and that at the threshold, six is one and five: the total goes.
        ([[1], [5]], ((S,), (5,)), P),
        # A total that is small itself is hidden as small.
        ([[3]], ((S,),), S),
        ([[1], [0]], ((S,), (0,)), S),
    ],
)
def test_small_numbers_of_a_list_are_hidden_with_as_few_others_as_that_takes(cells, shown, total):
    found = hide(cells, 5)
    assert (found.cells, found.total, found.safe) == (shown, total, True)


def test_in_a_table_a_small_number_is_hidden_with_a_rectangle_of_others():
    found = hide([[3, 20, 30], [10, 12, 40], [50, 60, 70]], 5)
    assert found.cells == ((S, P, 30), (P, P, 40), (50, 60, 70))
    assert (found.rows, found.columns, found.total) == ((53, 62, 180), (63, 92, 140), 295)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        # Only the total of three is known: which of them it was is not.
        ([[3], [0]], ((A,), (A,))),
        # One and five are six: nothing but hiding all of it does.
        ([[1], [5]], ((A,), (A,))),
    ],
)
def test_where_the_total_is_known_elsewhere_zeros_are_hidden_when_nothing_else_does(cells, shown):
    found = hide(cells, 5, total_is_known=True)
    assert (found.cells, found.total, found.safe) == (shown, sum(map(sum, cells)), True)


def test_a_single_group_whose_total_is_known_cannot_be_hidden_and_is_told_to_be_unsafe():
    assert hide([[3]], 5, total_is_known=True).safe is False
    assert hide([[8]], 5, total_is_known=True).safe is True


def test_a_table_without_rows_has_nothing_to_hide():
    found = hide([], 5)
    assert (found.cells, found.total, found.safe) == ((), 0, True)


def test_who_may_see_the_rows_sees_the_table_as_it_is():
    found = plain([[3, 0], [1, 2]])
    assert (found.cells, found.rows, found.columns, found.total) == (((3, 0), (1, 2)), (3, 3), (4, 2), 6)
    assert plain([]).total == 0


@pytest.mark.parametrize(("cells", "threshold"), [([[1]], 2), ([[1, 2], [3]], 5), ([[]], 5), ([[-1]], 5)])
def test_what_is_no_table_of_counts_is_refused(cells, threshold):
    with pytest.raises(ValueError, match=r"threshold|columns|negative"):
        hide(cells, threshold)


@pytest.mark.parametrize(("shown", "told"), [(7, "7"), (0, "0"), (S, "minder dan 5"), (P, "niet getoond")])
def test_a_reader_sees_the_number_or_why_there_is_none(shown, told):
    assert words(shown, 5) == told


# Against every table that fits what a reader sees.


def fits(shown, number, threshold):
    """Whether a reader who sees this can believe that it is that number."""
    match shown:
        case Hidden.SMALL:
            return 0 < number < threshold
        case Hidden.PROTECTED:
            return number >= threshold
        case Hidden.ALL:
            return number >= 0
    return shown == number


def everything(cells):
    """The numbers of a table with all its totals."""
    rows = [sum(row) for row in cells]
    columns = [sum(row[place] for row in cells) for place in range(len(cells[0]))]
    inner = [number for row in cells for number in row]
    return [*inner, *(rows if len(cells[0]) > 1 else []), *(columns if len(cells[0]) > 1 else []), sum(rows)]


def readings(masked, cells, threshold, around=1):
    """Every table near the real one that a reader can believe: its numbers with all totals."""
    width = len(cells[0])
    flat = [
        (shown, number)
        for shown_row, row in zip(masked.cells, cells, strict=True)
        for shown, number in zip(shown_row, row, strict=True)
    ]
    choices = [
        [
            other
            for other in range(max(number - around, 0), number + around + 1)
            if fits(shown, other, threshold)
        ]
        if isinstance(shown, Hidden)
        else [number]
        for shown, number in flat
    ]
    told = [shown for shown, _number in flat]
    told += [*masked.rows, *masked.columns] if width > 1 else []
    told.append(masked.total)
    for chosen in product(*choices):
        table = [chosen[start : start + width] for start in range(0, len(chosen), width)]
        numbers = everything(table)
        if all(fits(shown, number, threshold) for shown, number in zip(told, numbers, strict=True)):
            yield told, numbers


SIZES = st.sampled_from([(1, 1), (2, 1), (3, 1), (5, 1), (1, 2), (2, 2), (2, 3), (3, 2)])


@st.composite
def tables(draw):
    height, width = draw(SIZES)
    numbers = st.integers(0, 9)
    return [[draw(numbers) for _column in range(width)] for _row in range(height)]


@given(tables(), st.integers(3, 5), st.booleans())
@hypothesis_settings(max_examples=200)
def test_no_hidden_number_is_the_only_one_that_fits_what_is_shown(cells, threshold, total_is_known):
    masked = hide(cells, threshold, total_is_known=total_is_known)
    found = list(readings(masked, cells, threshold))
    told, real = found[0][0], everything(cells)
    assert any(numbers == real for _told, numbers in found), "the real table fits what is shown"
    for place, shown in enumerate(told):
        if isinstance(shown, Hidden):
            values = {numbers[place] for _told, numbers in found}
            assert (len(values) > 1) or not masked.safe


@given(tables(), st.integers(3, 5), st.booleans())
def test_what_is_shown_is_right_and_never_small(cells, threshold, total_is_known):
    masked = hide(cells, threshold, total_is_known=total_is_known)
    for shown_row, row in zip(masked.cells, cells, strict=True):
        for shown, number in zip(shown_row, row, strict=True):
            assert fits(shown, number, threshold)
            assert isinstance(shown, Hidden) or shown == 0 or shown >= threshold
    assert fits(masked.total, sum(map(sum, cells)), threshold)
    assert not total_is_known or masked.total == sum(map(sum, cells))


@given(tables(), st.integers(3, 5))
def test_a_table_that_is_hidden_with_its_total_is_always_safe(cells, threshold):
    assert hide(cells, threshold).safe


@given(st.lists(st.lists(st.integers(5, 99), min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_table_without_small_numbers_is_shown_as_it_is(cells):
    masked = hide(cells, 5)
    assert masked.cells == tuple(map(tuple, cells))
    assert masked.total == sum(map(sum, cells))
