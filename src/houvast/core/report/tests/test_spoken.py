"""Days as people say them."""

from datetime import date

import pytest

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.claims import Period
from houvast.core.report.spoken import parse_term


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("Q1-2022", Period(date(2022, 1, 1), date(2022, 4, 1))),
        ("q4 2022", Period(date(2022, 10, 1), date(2023, 1, 1))),
        ("K2-2022", Period(date(2022, 4, 1), date(2022, 7, 1))),
        ("1e kwartaal 2022", Period(date(2022, 1, 1), date(2022, 4, 1))),
        ("het eerste kwartaal van 2022", Period(date(2022, 1, 1), date(2022, 4, 1))),
        ("derde kwartaal 2022", Period(date(2022, 7, 1), date(2022, 10, 1))),
        ("begin 2022", Period(date(2022, 1, 1), date(2022, 4, 1))),
        ("eind 2022", Period(date(2022, 10, 1), date(2023, 1, 1))),
        ("Einde van 2022", Period(date(2022, 10, 1), date(2023, 1, 1))),
        ("maart 2022", Period(date(2022, 3, 1), date(2022, 4, 1))),
        ("December 2022", Period(date(2022, 12, 1), date(2023, 1, 1))),
        ("2022", Period(date(2022, 1, 1), date(2023, 1, 1))),
        ("27-9-2021 t/m 1-10-2021", Period(date(2021, 9, 27), date(2021, 10, 2))),
        ("maart 2022 tot en met Q3-2022", Period(date(2022, 3, 1), date(2022, 10, 1))),
        ("31-3-2022", Period(date(2022, 3, 31), date(2022, 4, 1))),
        ("  31   maart  2022 ", Period(date(2022, 3, 31), date(2022, 4, 1))),
    ],
)
def test_a_term_is_read_as_people_write_it(typed, period):
    assert parse_term(typed) == period


@pytest.mark.parametrize("typed", ["", "   "])
def test_no_term_is_allowed(typed):
    assert parse_term(typed) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("binnenkort", "Schrijf een termijn als Q1-2022"),
        ("Q5-2022", "Schrijf een termijn als Q1-2022"),
        ("22", "Schrijf een termijn als Q1-2022"),
        ("٢٠٢٢", "Schrijf een termijn als Q1-2022"),
        ("2022 t/m 2021", "Het einde ligt voor het begin"),
        ("2021 t/m 2022 t/m 2023", "Schrijf een termijn als Q1-2022"),
        ("31-2-2022", "Deze dag bestaat niet."),
        ("1-13-2022", "Deze dag bestaat niet."),
        ("0000", "Deze dag bestaat niet."),
        ("9999", "Deze dag bestaat niet."),
        ("1812", "Kies een termijn tussen 1900 en 2099."),
        ("2150", "Kies een termijn tussen 1900 en 2099."),
    ],
)
def test_what_is_no_term_is_refused_with_an_example(typed, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        parse_term(typed)
    assert refused.value.field == "term"
