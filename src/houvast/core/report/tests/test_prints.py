"""Prints of rows: 24 bytes each, and what changed, went or came counted by row."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.report.evidence import seal_values
from houvast.core.report.prints import SIZE, RowChanges, compare, watched

ORGANISATION = UUID(int=7)


def packed(*rows):
    with watched() as prints:
        digest = seal_values(ORGANISATION, [(UUID(int=row).hex, said, 0) for row, said in rows]).digest
    return prints[digest].packed


def test_nothing_is_kept_while_nobody_watches():
    seal_values(ORGANISATION, [("x", 0)])
    with watched() as prints:
        assert prints == {}


def test_a_row_takes_24_bytes_and_begins_with_its_uid():
    found = packed((1, "a"), (2, "b"))
    assert (len(found), SIZE) == (48, 24)
    assert found[:16] == UUID(int=1).bytes


def test_a_line_that_names_no_row_is_known_by_what_it_says():
    with watched() as prints:
        digest = seal_values(ORGANISATION, [("geen uid", 0)]).digest
    assert len(prints[digest].packed) == SIZE


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        ([(1, "a"), (2, "b"), (3, "c")], RowChanges(3, 0, 0, 0)),
        ([(3, "c"), (1, "a"), (2, "b")], RowChanges(3, 0, 0, 0)),
        ([(1, "A"), (2, "b"), (3, "c")], RowChanges(3, 1, 0, 0)),
        ([(1, "a"), (2, "b")], RowChanges(3, 0, 1, 0)),
        ([(1, "a"), (2, "b"), (3, "c"), (4, "d")], RowChanges(3, 0, 0, 1)),
        ([(1, "A"), (3, "c"), (4, "d"), (5, "e")], RowChanges(3, 1, 1, 2)),
        ([], RowChanges(3, 0, 3, 0)),
    ],
)
def test_what_became_of_the_rows_is_counted(now, changes):
    found = compare(packed((1, "a"), (2, "b"), (3, "c")), packed(*now) if now else b"", none)
    assert found == changes
    assert found.any is bool(changes.changed or changes.gone or changes.added)


@pytest.mark.parametrize(
    ("now", "over", "changes"),
    [
        ([(1, "A"), (2, "b")], {1, 3}, RowChanges(3, 0, 0, 0, destroyed=2)),
        ([(1, "A"), (2, "b")], {1}, RowChanges(3, 0, 1, 0, destroyed=1)),
        ([(1, "A"), (2, "b"), (3, "c"), (4, "d")], {3, 4}, RowChanges(3, 1, 0, 1)),
    ],
)
def test_what_its_term_took_counts_as_destroyed_and_not_as_changed_or_gone(now, over, changes):
    asked = []

    def destroyed(uids):
        asked.extend(uids)
        return {uid for uid in uids if uid.int in over}

    assert compare(packed((1, "a"), (2, "b"), (3, "c")), packed(*now), destroyed) == changes
    assert UUID(int=2) not in asked
    assert changes.any


def none(uids):
    """Nothing was destroyed; and nothing is asked about rows that are as they were."""
    assert uids
    return set()


def test_a_row_that_stands_there_twice_is_counted_by_line():
    before, now = packed((1, "a"), (1, "b")), packed((1, "a"), (1, "c"), (1, "d"))
    assert compare(before, now, none) == RowChanges(2, 1, 0, 1)


@given(
    st.dictionaries(st.integers(0, 30), st.integers(0, 3)),
    st.dictionaries(st.integers(0, 30), st.integers(0, 3)),
)
def test_changes_add_up_whatever_the_rows(before, now):
    old = packed(*((row, str(said)) for row, said in before.items())) if before else b""
    new = packed(*((row, str(said)) for row, said in now.items())) if now else b""
    found = compare(old, new, none)
    assert found.was == len(before)
    assert found.gone == len(before.keys() - now.keys())
    assert found.added == len(now.keys() - before.keys())
    assert found.changed == sum(before[row] != now[row] for row in before.keys() & now.keys())
