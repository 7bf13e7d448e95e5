"""A claim beside its value of the year before: the difference by kind, and the break where the definition changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from houvast.core.report.adoption import series
from houvast.core.report.adoption.comparing import Value, compare
from houvast.core.report.adoption.notes import Footnote, corrected
from houvast.core.report.adoption.series import comparisons, is_drawn
from houvast.core.report.claims import ClaimSource, Definition, Evidence, Kind
from houvast.core.report.tests.examples import claim, count, of

NOW, BEFORE = 2022, 2021


def between(now, before):
    return compare(Value(NOW, now), Value(BEFORE, before))


def one(kind, value):
    return claim("x.y", kind, value, "Iets")


@pytest.mark.parametrize(
    ("kind", "now", "before", "difference"),
    [
        (Kind.COUNT, 17, 14, "+3"),
        (Kind.COUNT, 2, 1017, "−1.015"),
        (Kind.COUNT, 3, 3, "="),
        (Kind.AMOUNT, "1234.50", "1000", "+€\u00a0234,50"),
        (Kind.SHARE, "5.5", "6", "−0,5 procentpunt"),
        (Kind.SHARE, "5.5", "5.5", "="),
        (Kind.DATE, "2022-05-02", "2022-05-01", "1 dag later"),
        (Kind.DATE, "2021-05-01", "2021-05-11", "10 dagen eerder"),
        (Kind.DATE, "2021-05-01", "2021-05-01", "="),
        (Kind.PERIOD, ["2021-01-01", "2021-04-01"], ["2021-01-01", "2021-05-01"], "anders"),
        (Kind.NAME, "Koers", "Koers", "="),
        (Kind.JUDGEMENT, "beperkt", "zeer beperkt", "anders"),
        (Kind.QUANTIFIER, {"n": 13, "m": 14}, {"n": 9, "m": 12}, "13 van de 14, was 9 van de 12"),
        (Kind.QUANTIFIER, {"n": 9, "m": 14}, {"n": 9, "m": 14}, "="),
        (Kind.LIST, ["A", "B"], ["B", "C", "D"], "erbij: A; eraf: C en D"),
        (Kind.LIST, ["A"], ["A"], "="),
    ],
)
def test_the_difference_is_told_by_kind(kind, now, before, difference):
    assert between(one(kind, now), one(kind, before)).difference == difference


def test_nothing_is_compared_where_a_year_has_no_value():
    found = between(one(Kind.COUNT, 3), None)
    assert (found.difference, found.breaks, found.label, found.key) == ("", "", "Iets", "x.y")
    assert compare(Value(NOW, None), Value(BEFORE, None)).label == ""
    assert compare(Value(NOW, None), Value(BEFORE, None)).key == ""


@pytest.mark.parametrize(("now", "before"), [(2, 1), (1, 2)])
def test_another_definition_breaks_the_series_and_says_why(now, before):
    told = {1: "", 2: "Inhuur telt voortaan mee."}
    claims = [
        replace(one(Kind.COUNT, 9), definition=version, definition_change=told[version])
        for version in (now, before)
    ]
    found = between(*claims)
    assert found.difference == ""
    assert found.breaks == "Andere definitie (versie 2): Inhuur telt voortaan mee."


def test_another_kind_breaks_the_series_too():
    assert between(one(Kind.COUNT, 9), one(Kind.SHARE, "9")).breaks == "De soort van het feit is veranderd."


def test_a_source_uses_the_definition_of_its_year():
    source = ClaimSource(
        key="x.y",
        label="Iets",
        kind=Kind.COUNT,
        compute=lambda _context: Evidence(1, 0, ""),
        definitions=(Definition(2, 2021, "Met inhuur."), Definition(3, 2023, "Zonder stagiairs.")),
    )
    assert [source.definition_in(year).version for year in (2020, 2021, 2022, 2023)] == [1, 2, 2, 3]


def test_the_value_of_a_correction_goes_before_the_adopted_one():
    note = Footnote(number=1, text="", reference="", decided_on=date(2022, 1, 1), claim_key="x.y", value=18)
    assert corrected(one(Kind.COUNT, 17), [note]).value == 18
    assert corrected(one(Kind.COUNT, 17), [replace(note, value=None)]).value == 17
    assert corrected(one(Kind.COUNT, 17), [replace(note, claim_key="x.z")]).value == 17


def test_a_year_is_compared_by_label_without_the_chapters_own_claims():
    now = {"b.b": Value(NOW, claim("b.b", Kind.COUNT, 2, "beta")), "report.year": Value(NOW, None)}
    before = {"a.a": Value(BEFORE, claim("a.a", Kind.COUNT, 1, "Alfa"))}
    assert [found.key for found in comparisons(now, before, NOW)] == ["a.a", "b.b"]


def test_a_chart_needs_two_numbers_of_one_kind():
    number, share = Value(2021, count("x.y", 3, "a", "b")), Value(2022, one(Kind.SHARE, "3"))
    assert is_drawn([number, Value(2022, of("x.y", 3, 4))]) is False
    assert is_drawn([number, replace(number, year=2022)]) is True
    assert is_drawn([number, share]) is False
    assert is_drawn([Value(2021, one(Kind.DATE, "2021-01-01"))] * 2) is False
    assert is_drawn([number, Value(2022, None)]) is False
    assert series.MOST_YEARS == 10


def test_a_number_that_is_too_small_to_tell_has_no_point_in_a_chart_and_no_difference():
    def told(number):
        return count("x.y", number, "geval", "gevallen", fewer_than=5)

    assert [Value(2021, told(number)).number for number in (0, 4, 5)] == [0, None, 5]
    assert compare(Value(2021, told(4)), Value(2020, told(9))).difference == "niet te zeggen"
    assert compare(Value(2021, told(9)), Value(2020, told(4))).difference == "niet te zeggen"
    assert compare(Value(2021, told(9)), Value(2020, told(6))).difference == "+3"
