"""Reads Dutch number words: "vijfentwintig", "tweeduizend", "dertiende", "anderhalf", "tientallen".

The other way round from `dutch.cardinal`. An unaccented "een" is an article and no number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from houvast.core.report.folding import unaccented
from houvast.core.report.lexicon import words

_UNITS = words(
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien"
)
_TENS = words("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
_IRREGULAR_RANKS = {"een": "eerste", "drie": "derde", "acht": "achtste"}

_FRACTIONS = {
    "half": Decimal("0.5"),
    "halve": Decimal("0.5"),
    "anderhalf": Decimal("1.5"),
    "anderhalve": Decimal("1.5"),
    "kwart": Decimal("0.25"),
    "driekwart": Decimal("0.75"),
}
LONGEST = 90
"""Longer words are no number: the longest below a million has 80 letters."""

_LOOSE = frozenset(
    words(
        "tientallen honderden duizenden tienduizenden honderdduizenden miljoenen miljarden dozijn dozijnen "
        "honderdtallen duizendtallen tweeen drieen tweetjes drietjes verdubbeld verdubbelde verdubbeling "
        "verdubbelen verdubbelt verdrievoudigd verdrievoudiging gehalveerd gehalveerde halvering halveren "
        "tweederde nulde helften"
    )
)
_LARGE = {"miljoen": 10**6, "miljard": 10**9, "biljoen": 10**12}
_SUFFIX = re.compile(
    r"(tal(?:len)?|maal|voud(?:ig)?e?|wekelijkse?|maandelijkse?|jaarlijkse?|daagse?|jarige?|urige?|delige?|"
    r"ledige?|koppige?)$"
)


ROMAN = re.compile(r"(?<!\w)(?:[IVXLCDM]{2,15}|[ivx]{2,15})(?!\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_SHAPE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LONG_ROMAN = 4


def roman(word: str) -> int | None:
    """The number that a Roman numeral stands for; None when it is none, or more likely an abbreviation.

    Two or three letters with L, C, D or M among them are abbreviations in Dutch offices: CD, DIV, MC, MI.
    """
    letters = word.upper()
    if not _ROMAN_SHAPE.fullmatch(letters) or (len(letters) < _LONG_ROMAN and set(letters) - set("IVX")):
        return None
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _rank(word: str) -> str:
    return _IRREGULAR_RANKS.get(word) or word + "de"


@lru_cache(maxsize=1)
def _below_hundred() -> tuple[dict[str, int], dict[str, int]]:
    cardinals = {word: number for number, word in enumerate(_UNITS, 1)}
    ranks = {_rank(word): number for word, number in cardinals.items()}
    for ten, tens in enumerate(_TENS, 2):
        cardinals[tens], ranks[tens + "ste"] = 10 * ten, 10 * ten
        for unit, word in enumerate(_UNITS[:9], 1):
            compound = f"{word}en{tens}"
            cardinals[compound], ranks[compound + "ste"] = 10 * ten + unit, 10 * ten + unit
    return cardinals, ranks


@lru_cache(maxsize=8192)
def _whole(word: str) -> tuple[int, bool] | None:
    """Value of an unaccented number word and whether it is a rank."""
    cardinals, ranks = _below_hundred()
    if word == "nul":
        return 0, False
    if word in cardinals:
        return cardinals[word], False
    if word in ranks:
        return ranks[word], True
    return _scaled(word, "duizend", 1000) or _scaled(word, "honderd", 100)


def _scaled(word: str, scale: str, factor: int) -> tuple[int, bool] | None:
    before, found, after = word.partition(scale)
    if not found:
        return None
    front = _whole(before) if before else (1, False)
    if front is None or front[1]:
        return None
    if after in {"", "ste"}:
        return factor * front[0], bool(after)
    rest = _whole(after.removeprefix("en")) or _whole(after)
    return None if rest is None or rest[0] >= factor else (factor * front[0] + rest[0], rest[1])


@lru_cache(maxsize=8192)
def value(word: str) -> Decimal | None:
    """The number a lower-case word stands for, of ranks too; None when it is none or has no one value."""
    plain = unaccented(word)
    if plain == "een":
        return Decimal(1) if word != plain else None
    if plain in _FRACTIONS:
        return _FRACTIONS[plain]
    if plain in _LARGE:
        return Decimal(_LARGE[plain])
    whole = _whole(plain)
    return None if whole is None else Decimal(whole[0])


def is_rank(word: str) -> bool:
    """Whether the word is an ordinal."""
    whole = _whole(unaccented(word))
    return whole is not None and whole[1]


def is_number(word: str) -> bool:
    """Whether a lower-case word states a number: cardinal, ordinal, part, multiple or round quantity."""
    if len(word) > LONGEST:
        return False
    if value(word) is not None:
        return True
    if unaccented(word) in _LOOSE:
        return True
    suffix = _SUFFIX.search(word)
    # "eenvoudig", "eenmaal" and the like are ordinary words; "éénmaal" is meant as a number.
    return suffix is not None and value(word[: len(word) - len(suffix[0])]) is not None
