"""What is wrong in a workbook, and in which cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase, digits

from houvast.core.workbooks.rules.columns import Letters


@dataclass(frozen=True)
class Fault:
    """Something that keeps a workbook from being read in: what is wrong and what to do, in one or two sentences.

    place: `Blad!B3` for a cell, `Blad!1` for a line, `Blad` for a sheet, nothing for the workbook as a whole.
    """

    text: str
    place: str = ""

    @property
    def sheet(self) -> str:
        """The sheet it lies in."""
        return self.place.partition("!")[0]

    @property
    def column(self) -> str:
        """The letter of its column; empty where it lies in no single cell."""
        return self.place.partition("!")[2].rstrip(digits)

    @property
    def row(self) -> int:
        """The number of its line; 0 where it lies in none."""
        return int(self.place.partition("!")[2].lstrip(ascii_uppercase) or 0)


def cell(place: str, letters: Letters, name: str) -> str:
    """The cell of another column in the row of a place."""
    sheet, _bang, there = place.partition("!")
    return f"{sheet}!{letters.get(sheet, {}).get(name, 'A')}{there.lstrip(ascii_uppercase)}"


def in_order(faults: Iterable[Fault], sheets: Sequence[str]) -> tuple[Fault, ...]:
    """By sheet, row and column, each once; what lies in no cell comes first."""

    def order(fault: Fault) -> tuple[int, int, int, str]:
        at = sheets.index(fault.sheet) if fault.sheet in sheets else -1
        return at, fault.row, len(fault.column), fault.column

    return tuple(sorted(dict.fromkeys(faults), key=order))
