"""Writing a workbook: the empty template, and the register in the same columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.timezone import localtime
from django.utils.translation import override
from openpyxl import Workbook as Book
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from houvast.core.ui.exports import plain
from houvast.core.ui.plain_text import safe_text
from houvast.core.workbooks.rules.columns import EXPLAINED, LISTS, Column, Kind, Sheet, Values
from houvast.core.workbooks.rules.plans import Workbook

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
FORMATS: Final = {
    Kind.DAY: "DD-MM-YYYY",
    Kind.MOMENT: "DD-MM-YYYY HH:MM",
    Kind.WHOLE: "0",
    Kind.DECIMAL: "0.00",
}
LAST_LINE: Final = 5_001
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook would read as one sign by its number; written so that it stays what it is."""
_HEAD: Final = PatternFill("solid", start_color="FFE8EEF5", end_color="FFE8EEF5")
_WIDTHS: Final = {Kind.TEXT: 28, Kind.CHOICE: 24}


def xlsx(workbook: Workbook, rows: Mapping[str, Iterable[Values]]) -> bytes:
    """A workbook with those rows by sheet; without rows it is the template."""
    book = Book(write_only=True)
    lists = _lists(workbook)
    for sheet in workbook.sheets:
        _sheet(book, sheet, rows.get(sheet.name, ()), lists)
    _explanation(book, workbook)
    if lists:
        _list_sheet(book, workbook, lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(sheet: Sheet, rows: Iterable[Values]) -> bytes:
    """One sheet with semicolons, decimal commas and a byte order mark: what a Dutch spreadsheet opens at once."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(column.header) for column in sheet.columns])
    for row in rows:
        writer.writerow([plain(_written(column, row.get(column.name))) for column in sheet.columns])
    return stream.getvalue().encode("utf-8-sig")


def _written(column: Column, value: Any) -> Any:
    """A value as a cell holds it: words of choices, safe texts, local moments, and days and numbers as they are."""
    if value in (None, ""):
        return None
    if column.choices:
        return safe_text(column.labels.get(value, str(value)))
    match value:
        case datetime():
            return localtime(value).replace(tzinfo=None)
        case date() | int() | Decimal():
            return value
        case _:
            return safe_text(str(value))


def _sheet(book: Book, sheet: Sheet, rows: Iterable[Values], lists: Mapping[str, str]) -> None:
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    for at, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = _WIDTHS.get(column.kind, 16)
        if column.kind in FORMATS:
            page.column_dimensions[letter].number_format = FORMATS[column.kind]
        if validation := _validation(sheet, column, lists):
            validation.add(f"{letter}2:{letter}{LAST_LINE}")
            page.data_validations.append(validation)
    page.append([_head(page, column.header, required=column.required) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, column, _written(column, row.get(column.name))) for column in sheet.columns])


def _head(page: Any, text: str, *, required: bool = False) -> Cell:
    head = WriteOnlyCell(page, value=text)
    head.font, head.fill = Font(bold=True, underline="single" if required else None), _HEAD
    return head


def _cell(page: Any, column: Column, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        value = _ESCAPE.sub("_x005F_", value)
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # Never a formula, whatever it begins with.
    else:
        cell.number_format = FORMATS.get(column.kind, "General")
    return cell


def _lists(workbook: Workbook) -> dict[str, str]:
    """Where the choices of each column stand, by sheet and column."""
    found: dict[str, str] = {}
    at = 0
    for sheet in workbook.sheets:
        for column in sheet.columns:
            if column.choices:
                at += 1
                letter = get_column_letter(at)
                found[f"{sheet.name}.{column.name}"] = (
                    f"'{LISTS}'!${letter}$2:${letter}${len(_options(column)) + 1}"
                )
    return found


def _options(column: Column) -> list[str]:
    return [label for label in column.labels.values() if label]


def _validation(sheet: Sheet, column: Column, lists: Mapping[str, str]) -> DataValidation | None:
    """What the spreadsheet itself offers and warns of; days may also be written in words, so it only warns."""
    if source := lists.get(f"{sheet.name}.{column.name}"):
        found = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        found.error = "Kies een woord uit de lijst."
    elif column.help:
        found = DataValidation(allow_blank=True)
    else:
        return None
    found.promptTitle, found.prompt = column.header[:32], column.help[:250]
    found.showInputMessage = bool(column.help)
    return found


def _explanation(book: Book, workbook: Workbook) -> None:
    page = book.create_sheet(EXPLAINED)
    page.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", (20, 24, 11, 16, 60, 40, 24), strict=True):
        page.column_dimensions[letter].width = width
    page.append(
        [
            _head(page, text)
            for text in ("Blad", "Kolom", "Verplicht", "Soort", "Uitleg", "Keuzes", "Voorbeeld")
        ]
    )
    for sheet in workbook.sheets:
        for column in sheet.columns:
            shape = FORMATS.get(column.kind, "General")
            example = WriteOnlyCell(page, value=column.example if column.example != "" else None)
            example.number_format = shape
            told = WriteOnlyCell(page, value=column.help)
            told.alignment = Alignment(wrap_text=True, vertical="top")
            page.append(
                [
                    sheet.name,
                    column.header,
                    "ja" if column.required else "nee",
                    column.kind.value,
                    told,
                    ", ".join(_options(column)),
                    example,
                ]
            )


def _list_sheet(book: Book, workbook: Workbook, lists: Mapping[str, str]) -> None:
    page = book.create_sheet(LISTS)
    page.freeze_panes = "A2"
    columns = [
        (sheet, column)
        for sheet in workbook.sheets
        for column in sheet.columns
        if f"{sheet.name}.{column.name}" in lists
    ]
    page.append([_head(page, column.header) for _sheet, column in columns])
    options = [_options(column) for _sheet, column in columns]
    for at in range(max(map(len, options))):
        page.append([words[at] if at < len(words) else None for words in options])


def template(workbook: Workbook) -> bytes:
    """The empty workbook, in Dutch whoever asks for it."""
    with override("nl"):
        return xlsx(workbook, {})
