"""Words as search sees them: folded and brought back to their stem. `stam.js` does the same with what somebody types.

The stem is the Dutch one of the Snowball project (Porter), with one more step for both sides: a consonant that is
left double goes single, so that "gevallen" and "geval" meet. A test reads every word through both.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_DOUBLE = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")
_stemmer = snowballstemmer.stemmer("dutch_porter")


def fold(text: str) -> str:
    """Lower case without accents; ĳ is ij."""
    apart = unicodedata.normalize("NFKD", text).lower()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word."""
    found: str = _stemmer.stemWord(word)
    return _DOUBLE.sub(r"\1", found)


def postings(texts: Iterable[str]) -> list[list[object]]:
    """`[word, stem, places]` for each word, in order of the word; a place is the number of a text."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in dict.fromkeys(words(text)):
            found[word].append(place)
    return [[word, stem(word), places] for word, places in sorted(found.items())]
