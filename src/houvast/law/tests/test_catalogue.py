"""The catalogue as the command and the screen ask it, with the questions people type wrongly."""

from datetime import date, datetime
from itertools import pairwise

import pytest

from houvast.law import catalogue
from houvast.law.awb import AWB_9_8
from houvast.law.catalogue import TERMS, calculate, term_on, versions
from houvast.law.counting import Unit
from houvast.law.dutch import enumeration
from houvast.law.errors import LawError, UnknownTermError, WrongStartError
from houvast.law.model import Term


def test_the_catalogue_holds_the_terms_by_key():
    assert list(TERMS) == ["awb-9:8", "awb-9:11", "awb-9:24", "avg-33", "wor-25:6"]
    assert all(term.key == key for key, known in TERMS.items() for term in known)


def test_an_unknown_key_names_the_keys_there_are():
    with pytest.raises(UnknownTermError) as caught:
        calculate("awb-9:12", "2026-02-02")
    assert str(caught.value) == (
        "De termijn ‘awb-9:12’ is niet bekend; kies awb-9:8, awb-9:11, awb-9:24, avg-33 of wor-25:6."
    )


def test_a_question_in_words_gets_the_same_answer_as_the_rule():
    found = calculate("awb-9:11", " 2026-05-02 ", advisory_committee=True, extend_weeks=2)
    assert found.as_json() == {
        "key": "awb-9:11",
        "source": "Awb art. 9:11 lid 1",
        "start": "2026-05-02",
        "nominal_end": "2026-07-25",
        "last_day": "2026-07-27",
        "warnings": [],
        "because": [
            {"day": step.day.isoformat(), "step": step.step, "source": step.source} for step in found.because
        ],
    }
    assert len(found.because) == 10


def test_a_moment_comes_out_with_its_offset():
    found = calculate("avg-33", "2026-03-27T12:00").as_json()
    assert found["start"] == "2026-03-27T12:00:00+01:00"
    assert found["last_moment"] == found["nominal_end"] == "2026-03-30T13:00:00+02:00"
    assert "last_day" not in found


@pytest.mark.parametrize("start", ["2026-03-27T11:00Z", "2026-03-27T12:00:00+01:00", "2026-03-27T12:00:00"])
def test_a_moment_may_carry_seconds_and_an_offset(start):
    assert calculate("avg-33", start).end == datetime.fromisoformat("2026-03-30T13:00+02:00")


@pytest.mark.parametrize(
    ("key", "start", "says"),
    [
        ("awb-9:11", "", "niet te lezen"),
        ("awb-9:11", "gisteren", "jjjj-mm-dd, bijvoorbeeld 2026-02-02"),
        ("awb-9:11", "02-02-2026", "jjjj-mm-dd"),
        ("awb-9:11", "20260202", "jjjj-mm-dd"),
        ("awb-9:11", "2026-W06-1", "jjjj-mm-dd"),
        ("awb-9:11", "２０２６-02-02", "jjjj-mm-dd"),
        ("awb-9:11", "2026-02-30", "2026-02-30 bestaat niet"),
        ("awb-9:11", "0000-01-01", "bestaat niet"),
        ("awb-9:11", "2026-02-02T10:00", "geef alleen de dag"),
        ("avg-33", "2026-02-02", "geef ook het tijdstip"),
        ("avg-33", "2026-02-30T10:00", "bestaat niet"),
        ("avg-33", "2026-02-02T25:00", "bestaat niet"),
        ("avg-33", "2026-02-02T24:00", "niet te lezen"),
        ("avg-33", "2026-02-02 10:00", "jjjj-mm-ddTuu:mm"),
        ("avg-33", "2026-03-29T02:30", "bestaat niet"),
    ],
)
def test_a_start_that_cannot_be_says_how_to_write_it(key, start, says):
    with pytest.raises(WrongStartError) as caught:
        calculate(key, start)
    assert says in str(caught.value)


def test_every_error_is_a_law_error_in_one_line():
    for key, start in [
        ("x", "2026-02-02"),
        ("awb-9:11", "x"),
        ("awb-9:11", "1998-01-01"),
        ("awb-9:24", "9999-01-02"),
    ]:
        with pytest.raises(LawError) as caught:
            calculate(key, start)
        assert "\n" not in str(caught.value)


def test_the_version_of_the_law_on_the_day_of_the_start_decides(monkeypatch):
    def version(length, valid_from, valid_until):
        return Term(
            key="proef",
            name="Een proef",
            source=f"Proefwet {valid_from.year}",
            starts_with="de ontvangst",
            length=length,
            unit=Unit.WEEKS,
            valid_from=valid_from,
            valid_until=valid_until,
        )

    old = version(4, date(2020, 1, 1), date(2026, 1, 1))
    new = version(6, date(2026, 1, 1), None)
    monkeypatch.setattr(catalogue, "TERMS", {"proef": (old, new)})
    assert calculate("proef", "2025-12-31").source == "Proefwet 2020"
    assert calculate("proef", "2026-01-01").source == "Proefwet 2026"
    assert term_on("proef", date(2019, 1, 1)) is new
    with pytest.raises(LawError, match="geldt vanaf 1 januari 2026"):
        calculate("proef", "2019-01-01")


def test_versions_are_in_order_of_validity_without_overlap():
    for key in TERMS:
        known = versions(key)
        assert all(a.valid_until is not None and a.valid_until <= b.valid_from for a, b in pairwise(known))
        assert {term.unit for term in known} == {known[0].unit}
    assert versions("awb-9:8") == (AWB_9_8,)


def test_an_enumeration_of_one_word_is_that_word():
    assert enumeration(["maandag"]) == "maandag"
    assert enumeration(["a", "b", "c"], "of") == "a, b of c"
