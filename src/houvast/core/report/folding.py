"""A text made easy to search: lower case, composed, without invisible signs, tokens blanked.

Every place in the folded text leads back to its place in the text that was typed, so that a finding
can point at it however the letters were composed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

TOKEN = re.compile(r"\[\[[^\[\]]*\]\]")
BLANK = "\x00"
"""What a token becomes: no letter, no digit, no space."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-"))
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\t", " "))
_SIGNS = {**_QUOTES, **_DASHES, **_SPACES}


@dataclass(frozen=True)
class Folded:
    """`text` to search in; `origin[i]` is where its i-th sign starts in the text as typed."""

    text: str
    origin: tuple[int, ...]
    source: str

    @cached_property
    def plain(self) -> str:
        """The text without accents, sign for sign: emphasis ("álle") hides nothing."""
        return self.text if self.text.isascii() else "".join(map(_base, self.text))

    @cached_property
    def masked(self) -> str:
        """The source as typed, sign for sign, with its tokens blanked."""
        return TOKEN.sub(lambda token: BLANK * len(token.group()), self.source)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The other way round: where a stretch of the source lies in the folded text."""
        return bisect_left(self.origin, start), bisect_left(self.origin, end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of a stretch of the folded text."""
        return self.origin[start], self.origin[self.whole(start, end)]

    def whole(self, start: int, end: int) -> int:
        """The end of a stretch, moved up where it would cut a sign that unfolds into several ("½")."""
        while start < end and self.origin[end] == self.origin[end - 1]:
            end += 1
        return end


def fold(source: str) -> Folded:
    """Fold a text; linear in its length."""
    signs: list[str] = []
    origin: list[int] = []
    for start, end, cluster in _clusters(source):
        folded = BLANK * (end - start) if cluster is None else _fold_cluster(cluster)
        signs.append(folded)
        origin += range(start, end) if cluster is None else [start] * len(folded)
    origin.append(len(source))
    return Folded("".join(signs), tuple(origin), source)


def _clusters(source: str) -> list[tuple[int, int, str | None]]:
    """Letters with their accents, one by one; a token as a whole, without its text."""
    found: list[tuple[int, int, str | None]] = []
    position = 0
    for token in TOKEN.finditer(source):
        found += _letters(source, position, token.start())
        found.append((token.start(), token.end(), None))
        position = token.end()
    return found + _letters(source, position, len(source))


def _letters(source: str, start: int, end: int) -> list[tuple[int, int, str | None]]:
    found: list[tuple[int, int, str | None]] = []
    while start < end:
        after = start + 1
        while after < end and source[after] > "\u02ff" and unicodedata.combining(source[after]):
            after += 1
        found.append((start, after, source[start:after]))
        start = after
    return found


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    sign = cluster[0]
    if len(cluster) == 1 and BLANK < sign < "\u00aa":
        return sign.lower().translate(_SIGNS)
    if sign.isnumeric() and not unicodedata.category(sign).startswith("L"):
        return _numeral(sign)
    if unicodedata.category(sign) in {"Cf", "Mn"} or sign == BLANK:  # invisible
        return ""
    plain = unicodedata.normalize("NFC", cluster.translate(_SIGNS))
    return unicodedata.normalize("NFKC", plain).lower().translate(_SIGNS)


def _numeral(sign: str) -> str:
    """Digits of other scripts, fractions, circled and Roman numerals, as plain digits."""
    compatible = unicodedata.normalize("NFKC", sign)
    if all(part.isascii() or part == "\u2044" for part in compatible) and any(map(str.isdigit, compatible)):
        return compatible.replace("\u2044", "/")
    return str(int(unicodedata.numeric(sign)))


def unaccented(word: str) -> str:
    """Without accents and diaereses: "één" becomes "een"."""
    return "".join(part for part in unicodedata.normalize("NFD", word) if not unicodedata.combining(part))


@lru_cache(maxsize=4096)
def _base(sign: str) -> str:
    base = unaccented(sign)
    return base if len(base) == 1 else sign
