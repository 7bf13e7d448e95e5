from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.report import dutch

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nul"),
        (1, "één"),
        (2, "twee"),
        (14, "veertien"),
        (20, "twintig"),
        (21, "eenentwintig"),
        (22, "tweeëntwintig"),
        (101, "honderdeen"),
        (1001, "duizend één"),
        (2021, "tweeduizend eenentwintig"),
    ],
)
def test_cardinals_follow_dutch_spelling(number, words):
    assert dutch.cardinal(number) == words


def test_negative_numbers_have_no_words():
    with pytest.raises(ValueError):
        dutch.cardinal(-1)


@pytest.mark.parametrize(
    ("number", "word"), [(1, "eerste"), (3, "derde"), (8, "achtste"), (13, "dertiende"), (20, "twintigste")]
)
def test_ordinals(number, word):
    assert dutch.ordinal(number) == word


def test_there_is_no_rank_zero():
    with pytest.raises(ValueError):
        dutch.ordinal(0)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "geen"), (1, "één"), (20, "twintig"), (21, "21"), (12345, "12.345")]
)
def test_numbers_are_words_up_to_twenty(number, text):
    assert dutch.number_word(number) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1234.50", "€ 1.234,50"), ("1234", "€ 1.234"), ("0.05", "€ 0,05"), ("38400000", "€ 38.400.000")],
)
def test_amounts(amount, text):
    assert dutch.euro(Decimal(amount)).replace("\u00a0", " ") == text


def test_amounts_in_millions_have_one_decimal():
    assert dutch.euro_millions(Decimal(38_400_000)) == "€\u00a038,4\u00a0mln"


@pytest.mark.parametrize(("percent", "text"), [("60", "60%"), ("5.5", "5,5%"), ("5.50", "5,5%"), ("0", "0%")])
def test_shares(percent, text):
    assert dutch.share(Decimal(percent)) == text


@pytest.mark.parametrize(
    ("number", "words", "text"),
    [
        (0, True, "geen gevallen"),
        (1, True, "één geval"),
        (2, True, "twee gevallen"),
        (20, True, "twintig gevallen"),
        (21, True, "21 gevallen"),
        (0, False, "geen gevallen"),
        (1, False, "1 geval"),
        (2, False, "2 gevallen"),
        (20, False, "20 gevallen"),
        (21, False, "21 gevallen"),
    ],
)
def test_the_noun_agrees_with_its_number(number, words, text):
    assert dutch.counted(number, "geval", "gevallen", words=words) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], "geen"),
        (["A"], "A"),
        (["A", "B"], "A en B"),
        (["A", "B", "C"], "A, B en C"),
        (
            ["kennis", "vaardigheden", "instructies en afspraken"],
            "kennis, vaardigheden, en instructies en afspraken",
        ),
        (["Bouw, groen", "Zorg"], "Bouw, groen; en Zorg"),
    ],
)
def test_lists(items, text):
    assert dutch.listing(items) == text


def test_days_months_quarters():
    on = date(2021, 10, 1)
    assert dutch.day(on) == "1 oktober 2021"
    assert dutch.weekday(on) == "vrijdag 1 oktober 2021"
    assert dutch.month(on) == "oktober 2021"
    assert dutch.quarter(date(2022, 3, 31)) == "het eerste kwartaal van 2022"
    assert dutch.quarter(on) == "het vierde kwartaal van 2021"


@pytest.mark.parametrize(
    ("start", "until", "text"),
    [
        ("2021-09-27", "2021-10-02", "27 september tot en met 1 oktober 2021"),
        ("2021-10-01", "2021-10-06", "1 tot en met 5 oktober 2021"),
        ("2020-12-28", "2021-01-04", "28 december 2020 tot en met 3 januari 2021"),
        ("2021-10-01", "2021-10-02", "1 oktober 2021"),
        ("2021-01-01", "2022-01-01", "2021"),
        ("2020-01-01", "2022-01-01", "2020 tot en met 2021"),
        ("2022-01-01", "2022-04-01", "het eerste kwartaal van 2022"),
        ("2021-01-01", "2021-07-01", "het eerste tot en met het tweede kwartaal van 2021"),
        ("2020-10-01", "2021-04-01", "het vierde kwartaal van 2020 tot en met het eerste kwartaal van 2021"),
        ("2020-06-01", "2020-07-01", "juni 2020"),
        ("2021-02-01", "2021-05-01", "februari tot en met april 2021"),
        ("2020-12-01", "2021-02-01", "december 2020 tot en met januari 2021"),
    ],
)
def test_periods(start, until, text):
    assert dutch.period(date.fromisoformat(start), date.fromisoformat(until)) == text


@given(DAYS, st.integers(1, 800))
def test_a_period_names_the_year_of_its_last_day(start, length):
    until = start + timedelta(days=length)
    text = dutch.period(start, until)
    assert str((until - timedelta(days=1)).year) in text
    assert "  " not in text


@pytest.mark.parametrize(
    ("n", "m", "text"),
    [
        (0, 14, "geen"),
        (1, 14, "1 van de 14"),
        (6, 14, "6 van de 14"),
        (7, 14, "de helft"),
        (8, 14, "de meeste"),
        (12, 14, "de meeste"),
        (13, 14, "13 van de 14"),
        (14, 14, "alle"),
        (0, 1, "geen"),
        (1, 1, "alle"),
        (1, 2, "de helft"),
        (2, 3, "2 van de 3"),
        (3, 5, "de meeste"),
    ],
)
def test_the_quantifier_follows_the_counts(n, m, text):
    assert dutch.quantifier(n, m) == text


@pytest.mark.parametrize(("n", "m"), [(0, 0), (2, 1), (-1, 3)])
def test_there_is_no_quantifier_without_a_whole(n, m):
    with pytest.raises(ValueError):
        dutch.quantifier(n, m)


@given(st.integers(1, 300).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m))))
def test_the_quantifier_never_contradicts_the_counts(counts):
    n, m = counts
    word = dutch.quantifier(n, m)
    holds = {"alle": n == m, "geen": n == 0, "de helft": 2 * n == m, "de meeste": m / 2 < n < m - 1}
    assert holds.get(word, word == f"{n} van de {m}" and 0 < n < m)
    assert all(word == other or not true for other, true in holds.items())


@pytest.mark.parametrize(
    ("text", "capital"),
    [("ijs", "IJs"), ("ĳs", "IJs"), ("één geval", "Eén geval"), ("‘koers’", "‘koers’"), ("9", "9"), ("", "")],
)
def test_capitals_the_dutch_way(text, capital):
    assert dutch.capitalise(text) == capital
