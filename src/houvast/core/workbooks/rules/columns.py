"""What a workbook is: its sheets, their columns, and what a cell of each may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import override

HERE = ZoneInfo("Europe/Amsterdam")
EXPLAINED, LISTS, FAULTS = "Uitleg", "Keuzelijsten", "Fouten"
OWN_SHEETS = frozenset({EXPLAINED, LISTS, FAULTS})
"""Sheets that the program adds itself; reading passes them by."""

Values = dict[str, Any]
"""A row by the names of its columns. One that was read has its `place`, the cell of its first column; one that is
written out of a sensitive register its `record`, table and uid, so that it is noted who saw it."""


class Kind(StrEnum):
    """What a cell holds: how it is read, how it is written, and what the column is told to be."""

    TEXT = "tekst"
    DAY = "datum"
    MOMENT = "datum en tijd"
    WHOLE = "heel getal"
    DECIMAL = "getal"
    CHOICE = "keuze"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a sheet.

    name: the field it fills. header: in Dutch, whoever reads it: a workbook goes from hand to hand.
    least, most: bounds of a number. places: decimals of one. longest: signs of a text.
    choices: pairs of value and label. empty: what an empty cell stands for.
    defines: what the cells of this column are codes of; refers: of what a cell has to be a code that exists.
    read: a way of reading of its own, in the place of the kind's; raises CellError.
    """

    name: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[tuple[str, str | Promise], ...] = ()
    longest: int = 200
    least: Decimal | int | None = None
    most: Decimal | int | None = None
    places: int = 2
    help: str = ""
    example: Any = ""
    empty: Any = None
    defines: str = ""
    refers: str = ""
    read: Callable[[Any], Any] | None = None

    @cached_property
    def labels(self) -> dict[str, str]:
        """The choices as they stand in the workbook."""
        with override("nl"):
            return {key: str(label) for key, label in self.choices}

    @cached_property
    def by_word(self) -> dict[str, str]:
        """The choices by what may be written for each, whatever the capitals."""
        return {word.casefold(): key for key, label in self.labels.items() for word in (key, label)}


RowCheck = Callable[[Values], Iterable[tuple[str, str]]]
"""`(name of a column, sentence)` for what is wrong with a row whose cells could be read."""


def _nothing(_row: Values) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class Sheet:
    """A sheet with its columns, in the template's order.

    unique: columns that together name a row, the first of them first; two rows with the same are a fault.
    alike: columns that tell rows apart which have no name yet. check: what a row as a whole has to be.
    """

    name: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    check: RowCheck = field(default=_nothing, compare=False)


LONGEST_SHOWN = 60


def told(column: Column, value: Any) -> str:
    """A value in the words of the workbook, for a preview."""
    if column.choices:
        value = column.labels.get(value, value)
    match value:
        case None:
            written = ""
        case datetime():
            written = f"{value.astimezone(HERE):%d-%m-%Y %H.%M}"
        case date():
            written = f"{value:%d-%m-%Y}"
        case Decimal():
            written = f"{value:f}".replace(".", ",")
        case _:
            written = str(value)
    return written if len(written) <= LONGEST_SHOWN else written[: LONGEST_SHOWN - 1].rstrip() + "…"


Letters = Mapping[str, Mapping[str, str]]
"""By sheet and column: the letter of the column it stood in."""
