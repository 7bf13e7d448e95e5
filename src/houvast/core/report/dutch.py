"""Dutch as a good official writes it: number words, lists, dates, periods, amounts, quantifiers.

Pure functions from values to words. They hold no claim and ask no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from num2words import num2words

LARGEST_WORD = 20
"""Up to and including this number a text uses words, above it figures."""

_ONE_DAY = timedelta(days=1)
_MILLION = Decimal(1_000_000)


def cardinal(number: int) -> str:
    """The number in words: "één", "tweeëntwintig", "tweeduizend eenentwintig". Raises ValueError below 0."""
    if number < 0:
        raise ValueError(f"no words for a negative number: {number}")
    if number == 1:
        return "één"
    words = str(num2words(number, lang="nl"))
    # The library accents the last "een" of a compound; only a "één" that stands by itself has accents.
    words = words.replace("éé", "ee").replace("duizend", "duizend ").replace("  ", " ").strip()
    return words.removesuffix(" een") + " één" if words.endswith(" een") else words


def ordinal(number: int) -> str:
    """The rank in words: "eerste", "dertiende". Raises ValueError below 1."""
    if number < 1:
        raise ValueError(f"no rank: {number}")
    return str(num2words(number, lang="nl", to="ordinal"))


def figure(number: int) -> str:
    """The number in figures, thousands marked: "17", "12.345"."""
    return str(format_decimal(number, locale="nl"))


def number_word(number: int) -> str:
    """A number as words in a sentence: "geen" for none, words up to twenty, figures above."""
    if number == 0:
        return "geen"
    return cardinal(number) if number <= LARGEST_WORD else figure(number)


def decimal(number: Decimal) -> str:
    """A decimal number: "5,5", "1.234"."""
    return str(format_decimal(number, format="#,##0.######", locale="nl"))


def share(percent: Decimal) -> str:
    """A share in percent: "60%", "5,5%"."""
    return f"{decimal(percent)}%"


def euro(amount: Decimal) -> str:
    """An amount: "€ 1.234,50"; whole euros without cents. The space does not break."""
    pattern = "¤\u00a0#,##0" if amount == amount.to_integral_value() else "¤\u00a0#,##0.00"
    return str(format_currency(amount, "EUR", format=pattern, locale="nl", currency_digits=False))


def euro_millions(amount: Decimal) -> str:
    """An amount in millions, one decimal: "€ 38,4 mln"."""
    millions = format_decimal(amount / _MILLION, format="#,##0.#", locale="nl")
    return f"€\u00a0{millions}\u00a0mln"


def counted(number: int, singular: str, plural: str, *, words: bool) -> str:
    """A number with its noun: "één geval", "17 datalekken", and for none always "geen meldingen"."""
    text = number_word(number) if words or number == 0 else figure(number)
    return f"{text} {singular if number == 1 else plural}"


def quote(text: str) -> str:
    """‘…’ as Dutch print quotes."""
    return f"‘{text}’"


def listing(items: Sequence[str]) -> str:
    """Write "A, B en C". An unquoted item that holds "en", or one with a comma, gets a clearer last separator."""
    if not items:
        return "geen"
    if len(items) == 1:
        return items[0]
    separator, last = ", ", " en "
    if any("," in item for item in items):
        separator, last = "; ", "; en "
    elif len(items) > 2 and any(" en " in item and not item.startswith("‘") for item in items):
        last = ", en "
    return separator.join(items[:-1]) + last + items[-1]


def day(on: date) -> str:
    """Write "1 oktober 2021"."""
    return str(format_date(on, "d MMMM y", locale="nl"))


def weekday(on: date) -> str:
    """Write "vrijdag 1 oktober 2021"."""
    return str(format_date(on, "EEEE d MMMM y", locale="nl"))


def month(on: date) -> str:
    """Write "oktober 2021"."""
    return str(format_date(on, "MMMM y", locale="nl"))


def quarter_of(on: date) -> int:
    """The quarter (1 to 4) a day lies in."""
    return (on.month + 2) // 3


def quarter(on: date) -> str:
    """Write "het eerste kwartaal van 2022"."""
    return f"het {ordinal(quarter_of(on))} kwartaal van {on.year}"


def year(on: date) -> str:
    """Write "2021"."""
    return str(on.year)


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return month(last)
    if first.year == last.year:
        return f"{format_date(first, 'MMMM', locale='nl')} tot en met {month(last)}"
    return f"{month(first)} tot en met {month(last)}"


def _quarters(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{quarter(first)} tot en met {quarter(last)}"
    if quarter_of(first) == quarter_of(last):
        return quarter(last)
    return f"het {ordinal(quarter_of(first))} tot en met {quarter(last)}"


def period_in_days(first: date, until: date) -> str:
    """Both ends by day, `until` exclusive: "27 september tot en met 1 oktober 2021"."""
    last = until - _ONE_DAY
    if first == last:
        return day(first)
    if first.year != last.year:
        start = day(first)
    elif first.month != last.month:
        start = str(format_date(first, "d MMMM", locale="nl"))
    else:
        start = str(first.day)
    return f"{start} tot en met {day(last)}"


def period_in_months(first: date, until: date) -> str:
    """The months a period touches: "oktober 2021", "september tot en met oktober 2021"."""
    return _months(first, until - _ONE_DAY)


def period_in_quarters(first: date, until: date) -> str:
    """The quarters a period touches: "het eerste kwartaal van 2022"."""
    return _quarters(first, until - _ONE_DAY)


def period_in_years(first: date, until: date) -> str:
    """The years a period touches: "2021", "2020 tot en met 2021"."""
    last = until - _ONE_DAY
    return year(last) if first.year == last.year else f"{first.year} tot en met {last.year}"


def period(first: date, until: date) -> str:
    """A period by its shortest full name: whole years, quarters and months by name, else by day."""
    if first.day != 1 or until.day != 1:
        return period_in_days(first, until)
    if first.month == until.month == 1:
        return period_in_years(first, until)
    if first.month % 3 == until.month % 3 == 1:
        return period_in_quarters(first, until)
    return period_in_months(first, until)


def proportion(n: int, m: int) -> str:
    """Write "13 van de 14", always in figures so that it is read at a glance."""
    return f"{figure(n)} van de {figure(m)}"


def quantifier(n: int, m: int) -> str:
    """The word for n of m: "geen", "de helft", "de meeste", "alle", else "n van de m".

    Of two, one is "de helft". Of one, one is "alle" and none is "geen". Of none there is nothing to
    say: ValueError, as when n lies outside 0 to m; the claim should then be absent.
    """
    if m < 1 or not 0 <= n <= m:
        raise ValueError(f"no quantifier for {n} of {m}")
    if n == 0:
        return "geen"
    if n == m:
        return "alle"
    if 2 * n == m:
        return "de helft"
    if 2 * n > m and n <= m - 2:
        return "de meeste"
    return proportion(n, m)


def capitalise(text: str) -> str:
    """The first letter as a capital, the Dutch way: "IJs", "Eén"; a quotation is left alone."""
    if text[:2] in {"ij", "Ij"}:
        return "IJ" + text[2:]
    if text[:1] == "ĳ":
        return "IJ" + text[1:]
    if text[:2] == "éé":
        return "Eé" + text[2:]
    return text[:1].upper() + text[1:]
