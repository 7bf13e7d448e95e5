"""A small register of its own for the tests of workbooks, and files of every sort."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl import load_workbook

from houvast.core.workbooks import opening, reading
from houvast.core.workbooks.rules.columns import Column, Kind, Sheet

NOW = datetime(2021, 12, 31, 12, tzinfo=UTC)


def _in_order(row):
    if row["until"] and row["until"] <= row["start"]:
        yield "until", "De einddatum moet na de begindatum liggen."


CONTRACTS = Sheet(
    "Contracten",
    (
        Column(name="code", header="Nummer", required=True, longest=10),
        Column(name="name", header="Naam", required=True, longest=20),
        Column(
            name="kind", header="Soort", kind=Kind.CHOICE, choices=(("goods", "Levering"), ("work", "Werk"))
        ),
        Column(name="start", header="Begin", kind=Kind.DAY, required=True),
        Column(name="until", header="Einde", kind=Kind.DAY),
        Column(name="value", header="Waarde", kind=Kind.DECIMAL, least=Decimal(-1000), most=Decimal(1000)),
        Column(name="number", header="Aantal", kind=Kind.WHOLE, least=0, most=9),
        Column(name="at", header="Moment", kind=Kind.MOMENT),
        Column(name="unit", header="Onderdeel", refers="Onderdeel"),
    ),
    unique=("code",),
    check=_in_order,
)
HEADERS = [column.header for column in CONTRACTS.columns]
WHOLE = ["C-1", "Contract een", "Levering", date(2021, 1, 1), None, 12.5, 3, None, "team-a"]
KNOWN = {"Onderdeel": ["team-a", "team-jeugd"]}


def book(*rows, headers=HEADERS, name="Contracten"):
    """A workbook with one sheet."""
    made = Book()
    page = made.active
    page.title = name
    page.append(headers)
    for row in rows:
        page.append(row)
    return made


def saved(made, folder, name="contracten.xlsx"):
    """Its file."""
    made.save(folder / name)
    return folder / name


def content(path, *, most_rows=reading.MOST_ROWS):
    """What is read of it, in the process of its own."""
    return reading.content(opening.read(path), [CONTRACTS], KNOWN, most_rows=most_rows)


def faults(path):
    """The faults by their place, in order."""
    return [(fault.place, fault.text) for fault in content(path).faults]


def again(given):
    """A workbook read back from bytes."""
    return load_workbook(BytesIO(given))


def packed(entries, *, kind=zipfile.ZIP_DEFLATED):
    """A zip file of parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, part in entries:
            made.writestr(name, part)
    file.seek(0)
    return file
