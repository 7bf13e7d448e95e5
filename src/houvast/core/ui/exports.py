"""A table as a file: XLSX and CSV, with cells that a spreadsheet cannot mistake for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from houvast.core.ui.plain_text import safe_text
from houvast.core.ui.tables import Column, Kind, Table, dutch_date, dutch_moment


def safe_cell(value: object) -> object:
    """A value for a cell: numbers and dates keep their type, all else becomes safe text."""
    match value:
        case None:
            return None
        case bool():
            return _("Ja") if value else _("Nee")
        case datetime():
            return localtime(value).replace(tzinfo=None) if value.tzinfo else value
        case int() | float() | Decimal() | date():
            return value
        case _:
            return safe_text(str(value))


def _exported(column: Column, values: dict[str, Any]) -> object:
    value = values[column.key]
    if column.export is not None:
        return safe_cell(column.export(value, *(values[key] for key in column.needs)))
    if column.choices is not None and value in column.choices:
        return safe_cell(str(column.choices[value]))
    return safe_cell(value)


def _rows(table: Table, queryset: QuerySet[Any, Any]) -> Iterator[list[object]]:
    order = table.find_order(queryset.model, "")
    for row in (
        queryset.order_by(*order.by(backward=False)).values_list(*table.fetched).iterator(chunk_size=2000)
    ):
        values = dict(zip(table.fetched, row, strict=True))
        yield [_exported(column, values) for column in table.columns]


def _file(table: Table, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"{table.id}.{ending}"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


_NUMBER_FORMATS: Final = {
    Kind.DATE: "DD-MM-YYYY",
    Kind.MOMENT: "DD-MM-YYYY HH:MM",
    Kind.AMOUNT: "#,##0.00",
    Kind.NUMBER: "General",
}


def xlsx(table: Table, queryset: QuerySet[Any, Any]) -> HttpResponse:
    """A workbook with one sheet: heading row fixed, dates and amounts as real dates and numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", str(table.name))[:31] or "Blad")
    sheet.freeze_panes = "A2"
    for position, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = 16 if column.kind != Kind.TEXT else 28
    heads = [WriteOnlyCell(sheet, value=safe_text(str(column.label))) for column in table.columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in _rows(table, queryset):
        sheet.append([_typed(sheet, value, column) for value, column in zip(row, table.columns, strict=True)])
    stream = io.BytesIO()
    book.save(stream)
    return _file(
        table, stream.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    )


def _typed(sheet: Any, value: Any, column: Column) -> object:
    """Text is written as text and never as a formula; other values get the notation of their column."""
    if isinstance(value, str) or (value is not None and column.kind in _NUMBER_FORMATS):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        else:
            cell.number_format = _NUMBER_FORMATS[column.kind]
        return cell
    return value


def plain(value: object) -> str:
    """A value as a Dutch spreadsheet reads it from text: days as dd-mm-jjjj, decimals behind a comma."""
    match value:
        case None:
            return ""
        case datetime():
            return dutch_moment(value) if value.tzinfo else f"{dutch_date(value)} {value:%H.%M}"
        case date():
            return dutch_date(value)
        case float() | Decimal():
            return f"{value}".replace(".", ",")
        case _:
            return str(value)


def write_csv(table: Table, queryset: QuerySet[Any, Any]) -> HttpResponse:
    """Semicolons, decimal comma and a byte order mark: what a Dutch spreadsheet opens without asking."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(str(column.label)) for column in table.columns])
    writer.writerows([plain(value) for value in row] for row in _rows(table, queryset))
    return _file(table, stream.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


FORMATS: Final[dict[str, Callable[[Table, QuerySet[Any, Any]], HttpResponse]]] = {
    "xlsx": xlsx,
    "csv": write_csv,
}
