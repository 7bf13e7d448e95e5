"""What the law refuses is told in the language of the reader, with the article as the law calls it."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from houvast.core.terms.words import refusal
from houvast.law.avg import AVG_33
from houvast.law.catalogue import TERMS, calculate
from houvast.law.counting import Length, Unit
from houvast.law.errors import LawError
from houvast.law.model import Extension, Term, Variant
from houvast.law.terms import deadline

AWB = TERMS["awb-9:11"][-1]
PAST = Term(
    key="x",
    name="x",
    source="Awb art. 1",
    starts_with="x",
    length=6,
    unit=Unit.WEEKS,
    valid_from=date(2020, 1, 1),
    valid_until=date(2021, 1, 1),
    variants={"one": Variant("x", 7, "x"), "other": Variant("x", 8, "x")},
    extension=Extension(1, "Awb art. 2", "x"),
)


def refused(ask):
    with pytest.raises(LawError) as told:
        ask()
    return told.value


CASES = [
    (
        lambda: calculate("awb-9:8", "2026-02-02", extend_weeks=1),
        "awb-9:8 (Awb art. 9:8 lid 3) cannot be extended; leave out the extension.",
    ),
    (
        lambda: calculate("awb-9:11", "2026-02-02", extend_weeks=5),
        "awb-9:11 can be extended by 4 weeks at most (Awb art. 9:11 lid 2); give 1, 2, 3 or 4.",
    ),
    (
        lambda: PAST.require_extension(2),
        "x can be extended by 1 week at most (Awb art. 2); give 1.",
    ),
    (
        lambda: calculate("avg-33", "2026-03-27T12:00", advisory_committee=True),
        "The term of AVG art. 33 lid 1 always lasts 72 hours; leave out the advisory committee.",
    ),
    (
        lambda: PAST.length_for("third"),
        "The only other length that the term of Awb art. 1 has is one or other.",
    ),
    (
        lambda: PAST.require_in_force(date(2026, 2, 2)),
        (
            "The term of Awb art. 1 holds from 1 January 2020 until 1 January 2021; choose a beginning in that time "
            "instead of 2 February 2026."
        ),
    ),
    (
        lambda: deadline(AVG_33, datetime(2026, 3, 29, 2, 30)),  # noqa: DTZ001  on the clock of Amsterdam
        (
            "The time Sunday 29 March 2026 at 02.30 does not exist, because the clock then goes forward an hour to "
            "summer time; give a time that did stand on the clock."
        ),
    ),
    (
        lambda: calculate("awb-9:11", "gisteren"),
        "The beginning ‘gisteren’ cannot be read; give a day that exists as yyyy-mm-dd, for example 2026-02-02.",
    ),
    (
        lambda: deadline(AWB, date(9999, 12, 31)),
        "The term runs outside the calendar, the years 1 to 9999; choose another beginning.",
    ),
]


@pytest.mark.parametrize(("ask", "english"), CASES)
def test_a_refusal_is_told_in_english_and_keeps_its_article(ask, english):
    error = refused(ask)
    with override("en"):
        assert refusal(error) == english


@pytest.mark.parametrize("ask", [ask for ask, _english in CASES])
def test_in_dutch_it_is_what_the_law_says(ask):
    error = refused(ask)
    assert refusal(error) == str(error)


@pytest.mark.parametrize(
    ("unit", "one", "more"),
    [
        (Unit.HOURS, "1 hour", "2 hours"),
        (Unit.DAYS, "1 day", "2 days"),
        (Unit.WORKING_DAYS, "1 working day", "2 working days"),
        (Unit.WEEKS, "1 week", "2 weeks"),
        (Unit.MONTHS, "1 month", "2 months"),
        (Unit.YEARS, "1 year", "2 years"),
    ],
)
def test_a_length_is_told_in_either_language(unit, one, more):
    for number, said in ((1, one), (2, more)):
        error = LawError("{length}", length=Length(number, unit))
        assert refusal(error) == unit.words(number)
        with override("en"):
            assert refusal(error) == said
