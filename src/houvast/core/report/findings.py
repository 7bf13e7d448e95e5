"""What the guard reports: a finding at a place in the text, with the ways to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext as _

Severity = Literal["error", "warning"]


class Rule(StrEnum):
    """Which rule a finding breaks; stable, for addresses, tests and statistics."""

    SYNTAX = "syntax"
    CLAIM = "claim"
    DIGIT = "digit"
    NUMBER_WORD = "number-word"
    LOOSE_NUMBER = "loose-number"
    DATE = "date"
    DATE_WITHOUT_YEAR = "date-without-year"
    WEEKDAY = "weekday"
    VAGUE_TIME = "vague-time"
    QUANTIFIER = "quantifier"
    APPROXIMATION = "approximation"
    JUDGEMENT = "judgement"
    SUBSET = "subset"
    SPELLING = "spelling"
    TERM = "term"
    GRAMMAR = "grammar"


class FixKind(StrEnum):
    """What a fix does: bind to a claim, replace or remove text, or start making a sourced fact."""

    BIND = "bind"
    REPLACE = "replace"
    SOURCE = "source"


@dataclass(frozen=True)
class Fix:
    """One click. Replaces `text[start:end]`, which may reach further than the finding ("17 datalekken").

    Of a SOURCE fix `replacement` is empty: the screen makes the fact first and then puts its token there.
    """

    label: str
    replacement: str
    start: int
    end: int
    kind: FixKind
    key: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something in `text[start:end]`. `message` is Dutch and says what to change."""

    start: int
    end: int
    text: str
    rule: Rule
    severity: Severity
    message: str
    suggestions: tuple[Fix, ...]


def source_fix(start: int, end: int) -> Fix:
    """The offer that is always there: make a sourced fact of what was typed."""
    return Fix(_("Maak een feit met bron"), "", start, end, FixKind.SOURCE)


def apply(text: str, fix: Fix) -> str:
    """The text with a fix carried out. Raises ValueError for a SOURCE fix, which has no token yet."""
    if fix.kind is FixKind.SOURCE:
        raise ValueError("a sourced fact is made on a screen of its own")
    return text[: fix.start] + fix.replacement + text[fix.end :]
