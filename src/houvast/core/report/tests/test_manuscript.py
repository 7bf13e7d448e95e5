"""What the editor shows of a text: findings by number in their place, and which claims stand in it."""

from houvast.core.report.manuscript import Manuscript
from houvast.core.report.tests.examples import CHAPTER


def read(text):
    return Manuscript.read(text, 3, "values.use", CHAPTER)


def test_findings_are_numbered_in_the_order_of_the_text_and_counted_by_weight():
    text = "Er waren 17 datalekken met een uitvoerig verslag."
    made = read(text)
    assert [(mark.number, text[mark.start : mark.end]) for mark in made.marks] == [
        (1, "17"),
        (2, "uitvoerig"),
    ]
    assert (made.errors, made.warnings, made.version) == (1, 1, 3)


def test_a_fix_has_its_own_place_and_the_name_under_which_the_form_asks_for_it():
    bound = read("Er waren 17 datalekken.").marks[0].fixes[0]
    assert (bound.choice, bound.start, bound.end) == ("0.0", 9, 22)
    assert bound.fix.replacement == "[[security.breaches|telling]]"


def test_places_are_counted_as_a_browser_counts_them():
    mark = read("😀 17 datalekken").marks[0]
    assert (mark.start, mark.end, mark.fixes[0].end) == (3, 5, 16)


def test_the_keys_are_those_in_tokens_and_conditions_and_no_other():
    text = (
        "[[als values.values]]a [[security.breaches_notified|woord]] [[als niet a.b]]c[[anders]]d[[einde]]"
        "[[einde]] [[x.y?is/zijn]]"
    )
    assert read(text).keys == {"values.values", "security.breaches_notified", "a.b", "x.y"}


def test_the_marked_copy_is_the_text_cut_at_its_findings():
    pieces = read("Er waren 17 datalekken.").pieces
    assert [(piece.text, piece.number, piece.severity) for piece in pieces] == [
        ("Er waren ", 0, ""),
        ("17", 1, "error"),
        (" datalekken.", 0, ""),
    ]
