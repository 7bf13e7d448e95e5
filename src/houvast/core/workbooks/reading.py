"""From what a file holds to rows: every cell read by its column, every fault at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from houvast.core.workbooks.rules import cells
from houvast.core.workbooks.rules.cells import CellError
from houvast.core.workbooks.rules.columns import OWN_SHEETS, Column, Sheet, Values
from houvast.core.workbooks.rules.faults import Fault, cell, in_order
from houvast.core.workbooks.rules.plans import Content, Known

MOST_ROWS = 5_000
"""So many rows are read in while somebody waits; see docs/performance.md for what that takes."""
MOST_FAULTS = 1_000
"""So many faults are told; who sees so many mends the first and sends the workbook again."""

Raw = Mapping[str, Any]


def content(
    raw: Sequence[Raw], sheets: Sequence[Sheet], known: Known, *, most_rows: int = MOST_ROWS
) -> Content:
    """The rows of a workbook by its sheets, with every fault in order of reading."""
    names = [sheet.name for sheet in sheets]
    found = {read["name"]: read for read in raw}
    faults = [*_other_sheets(raw, names)]
    results = {}
    for sheet in sheets:
        result = results[sheet.name] = _Read(sheet)
        if sheet.name in found:
            result.take(found[sheet.name], most_rows)
        else:
            result.fault(
                _("Blad {name} ontbreekt. Gebruik het sjabloon.").format(name=sheet.name), sheet.name
            )
        faults += result.faults
    total = sum(len(result.rows) + len(result.broken) for result in results.values())
    if total > most_rows:
        faults.append(Fault(_too_many(most_rows)))
    faults += _unknown(results.values(), known)
    return Content(
        rows={name: result.rows for name, result in results.items()},
        broken={name: result.broken for name, result in results.items() if result.letters},
        letters={name: result.letters for name, result in results.items()},
        faults=in_order(faults, names),
    )


def _too_many(most: int) -> str:
    told = _("Dit bestand heeft meer dan {number} regels. Splits het en lees de delen na elkaar in.")
    return told.format(number=f"{most:,}".replace(",", "."))


def _other_sheets(raw: Sequence[Raw], names: Sequence[str]) -> Iterable[Fault]:
    for sheet in raw:
        name = sheet["name"]
        if sheet["hidden"]:
            yield Fault(
                _(
                    "Blad {name} is verborgen. Maak het zichtbaar en kijk wat erop staat, of verwijder het."
                ).format(name=name),
                name,
            )
        elif name not in names and name not in OWN_SHEETS and sheet["lines"]:
            told = _("Blad {name} hoort niet in deze werkmap. Verwijder het blad, of geef het de goede naam.")
            yield Fault(told.format(name=name) + cells.nearest(name, names), name)


class _Read:
    """What a sheet held: whole rows, the readable cells of the others, each column's letter, the faults."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[Values] = []
        self.broken: list[Values] = []
        self.letters: dict[str, str] = {}
        self.faults: list[Fault] = []

    def fault(self, text: str, place: str) -> None:
        self.faults.append(Fault(text, place))

    def take(self, raw: Raw, most_rows: int) -> None:
        """Read a sheet whose first line holds the headings, in any order. Empty lines are skipped."""
        lines = raw["lines"]
        left = [None] * raw["left"]
        self._merged(raw["merged"])
        if len(lines) > most_rows + 1:
            self.fault(_too_many(most_rows), self.sheet.name)
            return
        places = self._headings([*left, *lines[0]] if lines else [])
        if not places:
            return
        self.letters = {column.name: get_column_letter(at + 1) for column, at in places.items()}
        odd: Mapping[str, str] = raw["odd"]
        odd_rows = {int(re.sub(r"\D", "", at)) for at in odd}
        for number, line in enumerate(lines[1:], start=2):
            if any(value is not None for value in line) or number in odd_rows:
                self._line(places, number, [*left, *line], odd if number in odd_rows else {})
        self._twice()

    def _merged(self, merged: Iterable[Sequence[int]]) -> None:
        for top, left, bottom, right in merged:
            first, last = (
                f"{get_column_letter(left + 1)}{top + 1}",
                f"{get_column_letter(right + 1)}{bottom + 1}",
            )
            told = _("De cellen {first} tot en met {last} zijn samengevoegd. Hef dat op en vul elke cel in.")
            self.fault(told.format(first=first, last=last), f"{self.sheet.name}!{first}")

    def _headings(self, line: Sequence[Any]) -> dict[Column, int]:
        """Where each column stands; nothing where one is missing, stands twice, or is not one of the template."""
        wanted = {column.header.casefold(): column for column in self.sheet.columns}
        headers = [cells.text(_value(value)) for value in line]
        places: dict[Column, int] = {}
        whole = True
        for at, header in enumerate(headers):
            place = f"{self.sheet.name}!{get_column_letter(at + 1)}1"
            column = wanted.get(" ".join(header.casefold().split()))
            if column in places:
                self.fault(
                    _("Kolom {heading} staat er twee keer. Verwijder er een.").format(heading=header), place
                )
                whole = False
            elif column is not None:
                places[column] = at
            elif header:
                missing = [
                    c.header
                    for c in self.sheet.columns
                    if c.header.casefold() not in map(str.casefold, headers)
                ]
                told = _("Kolom {heading} hoort niet in dit blad. Verwijder de kolom, of verbeter de kop.")
                self.fault(told.format(heading=cells.told(header)) + cells.nearest(header, missing), place)
        for column in self.sheet.columns:
            if column not in places:
                told = _("Kolom {heading} ontbreekt. Neem de koppen uit het sjabloon over.")
                self.fault(told.format(heading=column.header), f"{self.sheet.name}!1")
                whole = False
        return places if whole else {}

    def _line(
        self, places: Mapping[Column, int], number: int, line: Sequence[Any], odd: Mapping[str, str]
    ) -> None:
        name = self.sheet.name
        row: Values = {"place": f"{name}!{self.letters[self.sheet.columns[0].name]}{number}"}
        before = len(self.faults)
        for column, at in places.items():
            place = f"{self.letters[column.name]}{number}"
            if place in odd:
                self.fault(_odd(odd[place]), f"{name}!{place}")
                continue
            try:
                row[column.name] = cells.read(_value(line[at]) if at < len(line) else None, column)
            except CellError as error:
                self.fault(str(error), f"{name}!{place}")
        if len(self.faults) == before:
            for column_name, text in self.sheet.check(row):
                self.fault(text, f"{name}!{self.letters[column_name]}{number}")
        (self.rows if len(self.faults) == before else self.broken).append(row)

    def _twice(self) -> None:
        """Two rows of one name; or that are alike, where they have none yet."""
        first: dict[tuple[Any, ...], str] = {}
        for row in self.rows:
            named = bool(self.sheet.unique) and row[self.sheet.unique[0]] not in {None, ""}
            names = self.sheet.unique if named else self.sheet.alike
            key = (named, *(_folded(row[name]) for name in names))
            if names and (there := first.setdefault(key, row["place"])) != row["place"]:
                told = _("Deze regel staat ook op regel {number}. Verwijder er een.")
                place = cell(row["place"], {self.sheet.name: self.letters}, names[0])
                self.fault(told.format(number=Fault("", there).row), place)


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _odd(error: str) -> str:
    """A cell without a plain value: an error by its name, or a formula that was never calculated."""
    if error:
        return _("In deze cel staat de fout {error}. Verbeter de formule, of vul de waarde zelf in.").format(
            error=error
        )
    return _(
        "De formule in deze cel heeft geen uitkomst. Vul de waarde zelf in, of open en bewaar de werkmap in Excel."
    )


_TAGGED: Mapping[str, Callable[[str], Any]] = {"m": datetime.fromisoformat, "d": date.fromisoformat, "t": str}


def _value(value: Any) -> Any:
    """A cell as Python has it: days and moments came as a pair."""
    return _TAGGED[value[0]](value[1]) if type(value) is list else value


def _unknown(results: Iterable[_Read], known: Known) -> Iterable[Fault]:
    """Cells that name a code which neither the register nor the workbook has."""
    results = list(results)
    for what in sorted(
        {column.refers for result in results for column in result.sheet.columns if column.refers}
    ):
        defining = [result for result in results for column in result.sheet.columns if column.defines == what]
        if any(not result.letters for result in defining):
            continue  # Not read at all, which is told already: every code in it would seem unknown.
        codes = {*known.get(what, ()), *(code for result in defining for code in _codes(result, what))}
        for result in results:
            yield from _unknown_in(result, what, codes)


def _codes(result: _Read, what: str) -> Iterable[str]:
    names = [column.name for column in result.sheet.columns if column.defines == what]
    return (row[name] for row in [*result.rows, *result.broken] for name in names if row.get(name))


def _unknown_in(result: _Read, what: str, codes: set[str]) -> Iterable[Fault]:
    for column in result.sheet.columns:
        if column.refers != what:
            continue
        for row in [*result.rows, *result.broken]:
            if (code := row.get(column.name)) and code not in codes:
                told = _("{what} {code} komt niet voor. Voeg de regel toe, of verbeter de code.")
                place = cell(row["place"], {result.sheet.name: result.letters}, column.name)
                yield Fault(
                    told.format(what=what, code=cells.told(code)) + cells.nearest(code, codes, 0.8), place
                )
