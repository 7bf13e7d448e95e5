from hypothesis import given
from hypothesis import strategies as st

from houvast.core.report import diff
from houvast.core.report.diff import Change


def test_a_changed_word_is_deleted_and_inserted():
    assert diff.diff("In 2022 zijn 3 leiders benoemd.", "In 2022 zijn 2 leiders benoemd.") == (
        Change("same", "In 2022 zijn "),
        Change("del", "3"),
        Change("ins", "2"),
        Change("same", " leiders benoemd."),
    )


def test_changes_run_on_over_lines():
    assert diff.diff("a\nb c", "a\nb d") == (Change("same", "a\nb "), Change("del", "c"), Change("ins", "d"))


def test_equal_texts_have_no_changes():
    assert diff.diff("a\n\nb", "a\n\nb") == (Change("same", "a\n\nb"),)
    assert diff.diff("", "") == ()


def test_a_long_rewrite_is_one_deletion_and_one_insertion():
    old, new = "a " * (diff.MAX_WORDS + 1), "b " * (diff.MAX_WORDS + 1)
    assert diff.diff(old, new) == (Change("del", old), Change("ins", new))


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_both_texts_can_be_read_back(old, new):
    changes = diff.diff(old, new)
    assert "".join(change.text for change in changes if change.op != "ins") == old
    assert "".join(change.text for change in changes if change.op != "del") == new
