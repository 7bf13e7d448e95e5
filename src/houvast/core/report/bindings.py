"""Which claims fit what was typed by hand, in the form that reads closest to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from houvast.core.report.claims import Claim, Kind
from houvast.core.report.findings import Fix, FixKind
from houvast.core.report.folding import Folded
from houvast.core.report.forms import rendered

MAX_SUGGESTIONS = 5

Choice = Callable[[Claim], tuple[str, ...]]
"""The forms in which a claim could stand for what was typed, best first; empty when it could not."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Stretch:
    """What was typed: a stretch of the folded text."""

    folded: Folded
    start: int
    end: int

    @property
    def text(self) -> str:
        """As typed, folded."""
        return self.folded.text[self.start : self.end]

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the source."""
        return self.folded.span(self.start, self.end)

    def reaching(self, end: int) -> Stretch:
        """The same stretch, up to another end."""
        return Stretch(self.folded, self.start, end)

    @cached_property
    def next_words(self) -> list[tuple[str, int]]:
        """Up to three words that follow in the sentence, with their ends."""
        after = re.split(r"[.!?;\n\x00]", self.folded.text[self.end : self.end + 90], maxsplit=1)[0]
        return [(word.group(), self.end + word.end()) for word in _WORD.finditer(after)][:3]

    def noun_end(self, claim: Claim) -> int | None:
        """Where the noun of the claim ends, when it is one of the next words."""
        if claim.unit is None:
            return None
        nouns = {claim.unit.singular.lower(), claim.unit.plural.lower()}
        return next((end for word, end in self.next_words if word in nouns), None)

    def noun_follows(self, claim: Claim) -> bool:
        """Whether the noun of the claim comes straight after."""
        words = self.next_words[:1]
        return bool(words) and self.noun_end(claim) == words[0][1]


def parse_figure(text: str) -> Decimal | None:
    """The number in Dutch figures: "12.345", "5,5", "2021"; None when it is no plain number."""
    if len(text) > 30:
        return None
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def token(claim: Claim, form: str | None) -> str:
    """The token for a claim in a form; the form is left out where it says the same."""
    if form is None or rendered(claim, form) == claim.text:
        return f"[[{claim.key}]]"
    return f"[[{claim.key}|{form}]]"


def bind(claim: Claim, form: str | None, stretch: Stretch, *, label: str = "") -> Fix:
    """The fix that puts a claim in the place of a stretch."""
    label = label or _("Koppel aan ‘{}’").format(claim.label)
    return Fix(label, token(claim, form), *stretch.span, FixKind.BIND, claim.key)


def _plain(text: str) -> str:
    return text.lower().replace("\u00a0", " ")


def _closest(claim: Claim, forms: Iterable[str], typed: str) -> tuple[bool, str]:
    """Whether a form reads exactly as typed, and the form."""
    options = list(forms)
    same = next((form for form in options if _plain(rendered(claim, form)) == typed), None)
    return (True, same) if same else (False, options[0])


def matching(claims: Iterable[Claim], stretch: Stretch, choice: Choice) -> tuple[Fix, ...]:
    """A binding for each claim, all of which fit: nouns that stand near first, then exact readings."""
    ranked = []
    for claim in claims:
        exact, form = _closest(claim, choice(claim), stretch.text)
        near = stretch.noun_end(claim) is not None
        fix = bind(claim, form, stretch)
        ranked.append(((not near, not exact, "|" in fix.replacement, claim.label, claim.key), fix))
    return tuple(fix for _, fix in sorted(ranked, key=lambda pair: pair[0])[:MAX_SUGGESTIONS])


class Index:
    """The claims by what they state, so that a long text with many numbers stays quick."""

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        self.claims = tuple(claims.values())
        self._by_number: dict[tuple[Kind, Decimal], list[Claim]] = {}
        for claim in self.claims:
            # What is not told is not told by an offer to bind the same number either.
            if claim.kind in _NUMERIC and not claim.is_small:
                number = Decimal(claim.number) if claim.kind in _COUNTED else claim.decimal
                self._by_number.setdefault((claim.kind, number), []).append(claim)
        self.datable = tuple(claim for claim in self.claims if claim.kind in {Kind.DATE, Kind.PERIOD})
        self._dates: dict[object, tuple[Claim, ...]] = {}

    def of(self, kind: Kind) -> list[Claim]:
        return [claim for claim in self.claims if claim.kind is kind]

    def with_number(self, kind: Kind, number: Decimal | None) -> list[Claim]:
        return [] if number is None else self._by_number.get((kind, number), [])

    def dated(self, what: object, choice: Choice) -> tuple[Claim, ...]:
        """Date and period claims that fit; `what` names the question so that it is answered once."""
        if what not in self._dates:
            self._dates[what] = tuple(claim for claim in self.datable if choice(claim))
        return self._dates[what]

    def counts(self, number: Decimal | None, stretch: Stretch) -> tuple[Fix, ...]:
        """Bindings for a number: counts with their noun where it follows, else the number alone."""
        counts = self.with_number(Kind.COUNT, number)
        with_noun = [fix for claim in counts if (fix := _with_noun(claim, stretch))]
        keys = {fix.key for fix in with_noun}
        rest = [claim for claim in counts if claim.key not in keys]
        alone = matching(rest, stretch, lambda _: ("cijfer", "woord"))
        lists = matching(self.with_number(Kind.LIST, number), stretch, lambda _: ("aantal",))
        return (*with_noun, *alone, *lists)[:MAX_SUGGESTIONS]


_COUNTED = frozenset({Kind.COUNT, Kind.LIST})
_NUMERIC = _COUNTED | {Kind.AMOUNT, Kind.SHARE}


def _with_noun(claim: Claim, stretch: Stretch) -> Fix | None:
    """Number and noun together, so that the noun keeps agreeing; None when it would read otherwise.

    A typed 0 may become "geen": that is how none is written before a noun.
    """
    if not stretch.noun_follows(claim):
        return None
    whole = stretch.reaching(stretch.next_words[0][1])
    exact, form = _closest(claim, ("telling", "telling-woord"), " ".join(whole.text.split()))
    return bind(claim, form, whole) if exact or claim.number == 0 else None
