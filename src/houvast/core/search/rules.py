"""Words as people look for them: without case and accents, ĳ as ij, Dutch plurals as their singular."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import snowballstemmer

REFERENCE, TITLE, INSIDE, BODY = 4, 3, 2, 1
"""How much a word weighs by where it stands: a reference number, a name, within a word of a name, the rest."""
COMPOUND = 8
"""A word of a name with so many letters may be put together of several, and is found by its last part too."""
SHORTEST_PART = 4
SHORTEST_PREFIX = 3
LONGEST_TERM = 40
MOST_TERMS = 600
"""So many different words of one record are kept; a text of ten thousand signs has about so many."""
MOST_WORDS = 8
"""So many words of what was typed count."""
SNIPPET = 220

_WORD = re.compile(r"[^\W_]+")
# As it stands in a text: with the apostrophe of "foto’s" and accents that are signs of their own.
_IN_TEXT = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f'’ʼ])*")
# "foto’s" is more than one "foto".
_PLURAL_S = re.compile(r"(?<=[^\W_])['’ʼ‘`´]s(?![^\W_])", re.IGNORECASE)
# The stemmer takes "maatregelen" for a long vowel; in a word of some length that tells no two apart.
_LONG_VOWEL = re.compile(r"(?<=....)([aeou])\1(?=[^aeou]+$)")
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ‘`´"))
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]?\s*")

# They stand in every text and find nothing; in a name they count.
_STOP_WORDS = """
aan als bij dat de den der die dit door een en er het hij ik in is met naar niet of om onder op
over te tot uit van voor was wat we werd wij worden wordt zij zijn
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
# The stemmer goes by endings, and these change within.
_WITHIN = (("leden", "lid"), ("steden", "stad"), ("gegevens", "gegeven"))
_NO_PLURAL = ("geleden", "verleden", "overleden", "besteden")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case, without accents and apostrophes, compatible signs as their letters: `Ĳ` becomes `ij`."""
    letters = unicodedata.normalize("NFKD", _PLURAL_S.sub("", text).translate(_APOSTROPHES)).casefold()
    return "".join(one for one in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(one))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded Dutch word: the same for `datalek` and `datalekken`. Numbers stay as they are."""
    if not word.isalpha():
        return word
    if not word.endswith(_NO_PLURAL):
        for plural, singular in _WITHIN:
            if word.endswith(plural):
                word = word.removesuffix(plural) + singular
    # Made anew each time: a stemmer keeps its place in the word, and threads would meet in it.
    found = str(snowballstemmer.stemmer("dutch").stemWord(word)) or word
    return _LONG_VOWEL.sub(r"\1", found)


def words_of(text: str) -> Iterator[str]:
    """The folded words of a text, in order; single letters are none, single digits are."""
    for found in _WORD.finditer(fold(text)):
        word = found.group()[:LONGEST_TERM]
        if len(word) > 1 or word.isdigit():
            yield word


def squeezed(reference: str) -> str:
    """A reference number without its separators: `DL-2021-014` becomes `dl2021014`."""
    return "".join(words_of(reference))[:LONGEST_TERM]


def terms_of(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Each word and each stem of the texts, with the most that it weighs; the heaviest first where there are many.

    Of a name also the ends of long words, since Dutch writes as one word what others write as several.
    """
    found: dict[str, int] = {}
    inside: list[str] = []
    for text, weight in sorted(texts, key=lambda pair: -pair[1]):
        for word in words_of(text):
            if weight == BODY and word in STOP_WORDS:
                continue
            for term in (word, stem(word)):
                if len(found) < MOST_TERMS:
                    found.setdefault(term, weight)
            if weight == TITLE:
                inside += _parts(word)
    for term in inside[: MOST_TERMS - len(found)]:
        found[term] = max(found.get(term, 0), INSIDE)
    return found


def _parts(word: str) -> list[str]:
    """The ends of a long word: `organisatiestructuur` is found by `structuur`."""
    if len(word) < COMPOUND or not word.isalpha():
        return []
    return [word[at:] for at in range(1, len(word) - SHORTEST_PART + 1)]


@dataclass(frozen=True)
class Word:
    """A word that somebody typed: it matches its stem, and what begins with it from three letters on."""

    folded: str

    @property
    def stem(self) -> str:
        return stem(self.folded)

    @property
    def is_prefix(self) -> bool:
        """Whether it also stands for longer words. A number is a whole one: 20 is not 2021."""
        return len(self.folded) >= SHORTEST_PREFIX and not self.folded.isdigit()

    def matches(self, term: str) -> bool:
        """Whether a term of a text is what was meant."""
        whole = term in {self.folded, self.stem}
        return whole or (self.is_prefix and term.startswith(self.folded))


@dataclass(frozen=True)
class Query:
    """What somebody typed, as words that all have to be there."""

    typed: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words; those that stand in every text only where nothing else was typed."""
        found = list(dict.fromkeys(words_of(self.typed)))
        telling = [word for word in found if word not in STOP_WORDS] or found
        return tuple(map(Word, telling[:MOST_WORDS]))

    @property
    def reference(self) -> str:
        """As if the whole were a reference number."""
        return squeezed(self.typed)

    def matches(self, terms: Mapping[str, int] | Iterable[str]) -> bool:
        """Whether each word is among the terms of a text."""
        found = tuple(terms)
        return bool(self.words) and all(any(word.matches(term) for term in found) for word in self.words)

    def is_meant(self, word: str) -> bool:
        """Whether a word of a text, as it stands there, is one that was typed."""
        return any(
            one.matches(term)
            for folded in words_of(word)
            for term in (folded, stem(folded))
            for one in self.words
        )

    def snippet(self, text: str) -> tuple[tuple[str, bool], ...]:
        """The sentence of the text with most of the words, in pieces of which True is what was typed; or nothing."""
        sentences = [found.group().strip() for found in _SENTENCE.finditer(text)]
        best = max(sentences, key=self._hits, default="")
        return tuple(self._pieces(self._cut(best))) if self._hits(best) else ()

    def _hits(self, sentence: str) -> int:
        terms = set(terms_of([(sentence, TITLE)]))
        return sum(any(word.matches(term) for term in terms) for word in self.words)

    def _cut(self, sentence: str) -> str:
        """So much of a long sentence as fits around the first word that was typed, at whole words."""
        if len(sentence) <= SNIPPET:
            return sentence
        first = next(found.start() for found in _IN_TEXT.finditer(sentence) if self.is_meant(found.group()))
        start = max(0, min(first - SNIPPET // 3, len(sentence) - SNIPPET))
        start = sentence.rfind(" ", 0, start) + 1 if start else 0
        end = sentence.find(" ", start + SNIPPET)
        return f"{'… ' if start else ''}{sentence[start : end if end > 0 else None]}{' …' if end > 0 else ''}"

    def _pieces(self, sentence: str) -> Iterator[tuple[str, bool]]:
        done = 0
        for found in _IN_TEXT.finditer(sentence):
            if self.is_meant(found.group()):
                if found.start() > done:
                    yield sentence[done : found.start()], False
                yield found.group(), True
                done = found.end()
        if done < len(sentence):
            yield sentence[done:], False
