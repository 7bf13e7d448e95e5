"""What a setting is, which values it takes, and what a change does to its periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Value = bool | int | str


class Kind(StrEnum):
    """What a setting's value is."""

    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


class WrongValue(ValueError):  # noqa: N818  it is an answer, not a fault
    """The setting does not take this value; the sentence says which ones it does."""


@dataclass(frozen=True)
class Setting:
    """A setting (instelling) that an organisation may change from a day on.

    key: stable, `module.name`. default: what holds where nothing was set.
    choices: value and Dutch word, for a choice. lowest, highest: bounds of a number, both included.
    explanation: one Dutch sentence on what it decides.
    preview: what changes in words, from the old and the new value and the day; it may query, and runs in
      the organisation's scope.
    """

    key: str
    label: StrOrPromise
    kind: Kind
    default: Value
    explanation: StrOrPromise
    choices: tuple[tuple[str, StrOrPromise], ...] = ()
    lowest: int | None = None
    highest: int | None = None
    unit: str = ""
    preview: Callable[[Any, Any, date], str] | None = None

    def clean(self, value: object) -> Value:
        """The value, when the setting takes it. Raises WrongValue."""
        match self.kind:
            case Kind.YES_NO if isinstance(value, bool):
                return value
            case Kind.NUMBER if isinstance(value, int) and not isinstance(value, bool):
                self._require_bounds(value)
                return value
            case Kind.CHOICE if isinstance(value, str) and value in dict(self.choices):
                return value
            case Kind.TEXT if isinstance(value, str) and value.strip():
                return value.strip()
        raise WrongValue(_("Deze waarde past niet bij ‘%(label)s’.") % {"label": self.label})

    def _require_bounds(self, value: int) -> None:
        if self.lowest is not None and value < self.lowest:
            raise WrongValue(_("Kies %(number)s of meer.") % {"number": self.lowest})
        if self.highest is not None and value > self.highest:
            raise WrongValue(_("Kies %(number)s of minder.") % {"number": self.highest})

    def shown(self, value: Value) -> str:
        """The value as a reader sees it."""
        if isinstance(value, bool):
            return _("Ja") if value else _("Nee")
        text = str(dict(self.choices).get(str(value), value))
        return f"{text} {self.unit}".strip() or "–"


@dataclass(frozen=True)
class Piece:
    """A stretch of days [start, until) with a value; an open end is None."""

    start: date
    until: date | None


def left_over(old: Piece, new: Piece) -> tuple[Piece, ...]:
    """What remains of an old stretch beside a new one: nothing, one piece, or one on each side."""
    pieces = []
    if old.start < new.start:
        pieces.append(Piece(old.start, new.start if old.until is None else min(old.until, new.start)))
    if new.until is not None and (old.until is None or new.until < old.until):
        pieces.append(Piece(max(old.start, new.until), old.until))
    return tuple(pieces)


def without_overlap(pieces: Iterable[Piece]) -> bool:
    """Whether no day lies in two of the stretches."""
    ordered = sorted(pieces, key=lambda piece: piece.start)
    return all(a.until is not None and a.until <= b.start for a, b in pairwise(ordered))
