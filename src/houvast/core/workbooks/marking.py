"""The workbook that was sent, with each fault at its cell. Runs in the child process; knows no Django."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from string import ascii_uppercase, digits
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

AUTHOR, COLOUR = "Houvast", "FFFFC7CE"
FAULTS = "Fouten"
FILL = PatternFill("solid", start_color=COLOUR, end_color=COLOUR)


def marked(path: str, faults: list[tuple[str, str]], words: dict[str, str]) -> bytes:
    """Fill and note at each cell with a fault; the sheet `Fouten` lists all of them, with links."""
    with open(path, "rb") as file:  # noqa: PTH123  by its content: a stored file's name has no ending
        book = load_workbook(file)
    for page in book.worksheets:
        _unmark(page)
    if FAULTS in book.sheetnames:
        del book[FAULTS]
    at: defaultdict[Any, list[str]] = defaultdict(list)
    for place, text in faults:
        sheet, cell = _target(place)
        if sheet in book.sheetnames:
            at[sheet, cell].append(text)
    for (sheet, cell), texts in at.items():
        _mark(book[sheet], cell, "\n".join(texts))
    _list(book, faults, words)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _target(place: str) -> tuple[str, str]:
    """The cell to mark: of a line or a sheet its first one."""
    sheet, _bang, cell = place.partition("!")
    column, row = cell.rstrip(digits) or "A", cell.lstrip(ascii_uppercase) or "1"
    return sheet, f"{column}{row}"


def _unmark(page: Any) -> None:
    """Take away what an earlier marking left, so that a cell that was mended looks so."""
    for row in page.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.start_color.rgb == COLOUR:
                    cell.fill = PatternFill()


def _mark(page: Any, place: str, text: str) -> None:
    cell = page[place]
    if isinstance(cell, MergedCell):
        merged = next(ranges for ranges in page.merged_cells.ranges if place in ranges)
        cell = page.cell(merged.min_row, merged.min_col)
    if cell.comment is not None:
        text = f"{text}\n\n{cell.comment.text}"
    cell.fill = FILL
    cell.comment = Comment(text, AUTHOR, width=320, height=120)


def _list(book: Any, faults: list[tuple[str, str]], words: dict[str, str]) -> None:
    page = book.create_sheet(FAULTS, 0)
    page.append([words["place"], words["fault"]])
    for head in page[1]:
        head.font = Font(bold=True)
    for row, (place, text) in enumerate(faults, start=2):
        sheet, cell = _target(place)
        link = page.cell(row, 1, place or "–")
        told = page.cell(row, 2, text)
        # A sentence quotes what was typed: it is text, whatever it begins with.
        link.data_type = told.data_type = "s"
        told.alignment = Alignment(wrap_text=True, vertical="top")
        if sheet in book.sheetnames:
            quoted = sheet.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{cell}")
            link.style = "Hyperlink"
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 100
    page.freeze_panes = "A2"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
