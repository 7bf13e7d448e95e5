from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from houvast.core.report.claims import ClaimSource, Evidence, Kind, Noun, Period, ReportContext, SlotText
from houvast.core.report.forms import FormError, is_singular, rendered
from houvast.core.report.tests.examples import claim, count, of

CONTEXT = ReportContext("diemen", "Diemen", 2021, date(2021, 12, 31), UUID(int=1))


def test_periods_end_on_an_exclusive_day():
    assert Period.year(2021).last_day == date(2021, 12, 31)
    assert Period.quarter(2022, 1) == Period(date(2022, 1, 1), date(2022, 4, 1))
    assert Period.quarter(2022, 4).last_day == date(2022, 12, 31)
    assert Period.month(2020, 2).last_day == date(2020, 2, 29)
    assert Period.month(2021, 12).until == date(2022, 1, 1)
    assert Period.month(2020, 6).text == "juni 2020"
    with pytest.raises(ValueError):
        Period(date(2021, 1, 1), date(2021, 1, 1))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.COUNT, -1),
        (Kind.COUNT, True),
        (Kind.COUNT, "9"),
        (Kind.AMOUNT, "veel"),
        (Kind.AMOUNT, "NaN"),
        (Kind.SHARE, 60),
        (Kind.DATE, "1 oktober"),
        (Kind.DATE, "20211001"),
        (Kind.DATE, 3),
        (Kind.PERIOD, ["2021-01-01"]),
        (Kind.PERIOD, ["2021-01-02", "2021-01-01"]),
        (Kind.PERIOD, ["2021-01-02", "x"]),
        (Kind.NAME, 3),
        (Kind.LIST, ["a", 3]),
        (Kind.LIST, "a"),
        (Kind.QUANTIFIER, {"n": 1}),
        (Kind.QUANTIFIER, {"n": 0, "m": 0}),
        (Kind.QUANTIFIER, {"n": 3, "m": 2}),
        (Kind.QUANTIFIER, {"n": "1", "m": 2}),
        (Kind.QUANTIFIER, 3),
        (Kind.JUDGEMENT, ["goed"]),
    ],
)
def test_a_value_must_have_the_shape_of_its_kind(kind, value):
    with pytest.raises(ValueError):
        claim("x.y", kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "text", "holds"),
    [
        (Kind.COUNT, 9, "negen", True),
        (Kind.COUNT, 0, "geen", False),
        (Kind.AMOUNT, "1234.50", "€\u00a01.234,50", True),
        (Kind.AMOUNT, "0.00", "€\u00a00", False),
        (Kind.SHARE, "5.5", "5,5%", True),
        (Kind.DATE, "2021-10-01", "1 oktober 2021", True),
        (Kind.PERIOD, ["2021-09-27", "2021-10-02"], "27 september tot en met 1 oktober 2021", True),
        (Kind.NAME, "Duo+", "Duo+", True),
        (Kind.NAME, " ", " ", False),
        (Kind.LIST, ["A", "B", "C"], "A, B en C", True),
        (Kind.LIST, [], "geen", False),
        (Kind.QUANTIFIER, {"n": 13, "m": 14}, "13 van de 14", True),
        (Kind.QUANTIFIER, {"n": 0, "m": 14}, "geen", False),
        (Kind.JUDGEMENT, "zeer beperkt", "zeer beperkt", True),
    ],
)
def test_each_kind_has_a_default_text_and_knows_whether_it_says_anything(kind, value, text, holds):
    made = claim("x.y", kind, value)
    assert (made.text, made.holds) == (text, holds)


def test_none_is_a_word_unless_the_prose_asks_for_the_figure():
    none = count("x.y", 0, "datalek", "datalekken", style="cijfer")
    assert (none.text, rendered(none, "cijfer"), rendered(none, "woord")) == ("geen", "0", "geen")


def test_numbers_behind_a_claim():
    assert of("q", 13, 14).number == 13
    assert of("q", 13, 14).out_of == 14
    assert claim("l", Kind.LIST, ["A", "B"]).number == 2
    assert claim("p", Kind.PERIOD, ["2021-01-01", "2022-01-01"]).number == 0
    assert claim("n", Kind.NAME, "x").number == 0
    assert count("c", 3, "a", "b").out_of == 3
    assert claim("s", Kind.SHARE, "60").decimal == Decimal(60)
    assert claim("d", Kind.DATE, "2021-10-01").span == Period(date(2021, 10, 1), date(2021, 10, 2))


def test_open_data_has_exactly_the_agreed_keys():
    made = count(
        "security.breaches",
        17,
        "datalek",
        "datalekken",
        "Datalekken",
        style="cijfer",
        period=Period.year(2021),
    )
    assert made.to_json() == {
        "key": "security.breaches",
        "label": "Datalekken",
        "kind": "count",
        "value": 17,
        "text": "17",
        "unit": "datalekken",
        "as_of": None,
        "period": {"from": "2021-01-01", "until": "2022-01-01"},
        "rows": 1,
        "digest": "d",
    }
    assert claim("a.b", Kind.AMOUNT, "1").to_json()["unit"] == "EUR"
    assert claim("a.b", Kind.SHARE, "1").to_json()["unit"] == "%"
    dated = claim("a.b", Kind.NAME, "x", as_of=date(2021, 12, 31)).to_json()
    assert (dated["as_of"], dated["unit"], dated["period"]) == ("2021-12-31", None, None)


def test_a_source_computes_a_claim_and_says_what_was_counted():
    def compute(context):
        return Evidence(17, 17, "digest", period=context.period, as_of=context.as_of, example_rows=17)

    source = ClaimSource(
        key="security.breaches",
        label="Datalekken",
        kind=Kind.COUNT,
        compute=compute,
        unit=Noun("datalek", "datalekken"),
        style="cijfer",
        explanation="Geteld zijn de geregistreerde datalekken.",
    )
    made = source.claim(CONTEXT, partner="Duo+")
    assert made is not None
    assert (made.text, made.rows, made.example_rows, made.partner) == ("17", 17, 17, "Duo+")
    assert made.explanation == (
        "Geteld zijn de geregistreerde datalekken. Periode: 2021. Peildatum: 31 december 2021."
    )


def test_a_source_without_evidence_makes_no_claim():
    source = ClaimSource(key="a.b", label="x", kind=Kind.COUNT, compute=lambda _: None)
    assert source.claim(CONTEXT) is None


def test_without_explanation_day_or_period_nothing_is_explained():
    source = ClaimSource(key="a.b", label="x", kind=Kind.COUNT, compute=lambda _: Evidence(0, 0, ""))
    made = source.claim(CONTEXT)
    assert made is not None
    assert made.explanation == ""


def test_a_slot_may_go_without_a_heading():
    assert SlotText("security.breaches", "tekst").heading is None


@pytest.mark.parametrize(
    ("kind", "value", "form", "text"),
    [
        (Kind.COUNT, 17, "woord", "zeventien"),
        (Kind.COUNT, 17, "cijfer", "17"),
        (Kind.COUNT, 17, "telling", "zeventien stuks"),
        (Kind.COUNT, 1, "telling-woord", "één stuk"),
        (Kind.AMOUNT, "38400000", "euro-mln", "€\u00a038,4\u00a0mln"),
        (Kind.AMOUNT, "5", "euro", "€\u00a05"),
        (Kind.SHARE, "60", "procent", "60%"),
        (Kind.DATE, "2021-10-01", "dag", "1 oktober 2021"),
        (Kind.DATE, "2021-10-01", "weekdag", "vrijdag 1 oktober 2021"),
        (Kind.DATE, "2021-10-01", "maand", "oktober 2021"),
        (Kind.DATE, "2022-03-31", "kwartaal", "het eerste kwartaal van 2022"),
        (Kind.DATE, "2021-10-01", "jaar", "2021"),
        (Kind.DATE, "2021-02-01", "begin", "begin 2021"),
        (Kind.DATE, "2022-12-31", "eind", "eind 2022"),
        (Kind.PERIOD, ["2022-10-01", "2023-01-01"], "eind", "eind 2022"),
        (Kind.PERIOD, ["2021-09-27", "2021-10-02"], "periode", "27 september tot en met 1 oktober 2021"),
        (Kind.PERIOD, ["2021-09-27", "2021-10-02"], "maand", "september tot en met oktober 2021"),
        (
            Kind.PERIOD,
            ["2021-09-27", "2021-10-02"],
            "kwartaal",
            "het derde tot en met het vierde kwartaal van 2021",
        ),
        (Kind.PERIOD, ["2021-09-27", "2021-10-02"], "jaar", "2021"),
        (Kind.NAME, "Koers", "citaat", "‘Koers’"),
        (Kind.LIST, ["A", "B"], "opsomming", "A en B"),
        (Kind.LIST, ["A", "B"], "opsomming-citaat", "‘A’ en ‘B’"),
        (Kind.LIST, ["A", "B"], "lijst", "A en B"),
        (Kind.LIST, ["A", "B"], "aantal", "twee"),
        (Kind.QUANTIFIER, {"n": 14, "m": 14}, "woord", "alle"),
        (Kind.QUANTIFIER, {"n": 14, "m": 14}, "telling", "14 van de 14"),
        (Kind.JUDGEMENT, "beperkt", "citaat", "‘beperkt’"),
    ],
)
def test_forms(kind, value, form, text):
    assert rendered(claim("x.y", kind, value, unit=("stuk", "stuks")), form) == text


def test_a_count_lists_its_items():
    made = count("p.p", 2, "programma", "programma’s", items=("Grip", "Duurzaamheid"))
    assert rendered(made, "opsomming-citaat") == "‘Grip’ en ‘Duurzaamheid’"


def test_a_form_that_does_not_fit_names_those_that_do():
    with pytest.raises(FormError, match="Kies procent, of laat de vorm weg"):
        rendered(claim("x.y", Kind.SHARE, "60", "Deel"), "telling")


def test_a_count_without_noun_or_names_says_so():
    with pytest.raises(FormError, match="geen zelfstandig naamwoord"):
        rendered(claim("x.y", Kind.COUNT, 3), "telling")
    with pytest.raises(FormError, match="geen namen"):
        rendered(claim("x.y", Kind.COUNT, 3), "opsomming")
    assert rendered(claim("x.y", Kind.COUNT, 0), "opsomming") == "geen"


@pytest.mark.parametrize(
    ("made", "singular"),
    [
        (count("c", 0, "a", "b"), False),
        (count("c", 1, "a", "b"), True),
        (count("c", 2, "a", "b"), False),
        (of("q", 1, 14), True),
        (of("q", 1, 1), False),
        (of("q", 13, 14), False),
        (claim("l", Kind.LIST, ["A"]), True),
    ],
)
def test_verbs_are_singular_only_for_exactly_one(made, singular):
    assert is_singular(made) is singular


def test_only_numbers_decide_between_singular_and_plural():
    with pytest.raises(FormError, match="geen aantal"):
        is_singular(claim("x.y", Kind.NAME, "x"))
