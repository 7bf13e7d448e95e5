"""What it takes to read in a workbook of incidents, beside the least that any program does.

The floor: python-calamine gives the rows, and one `executemany` writes them into a table without keys. Ours: the
parts counted, the child process, every cell judged, and each record written by its action with its audit entry.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from openpyxl import Workbook as Book
from python_calamine import CalamineWorkbook

from houvast.core.access.actor import system_actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading as look
from houvast.core.workbooks import opening, reading
from houvast.core.workbooks.rules.plans import Sent
from houvast.modules.security.imports import INCIDENT_SHEET, INCIDENTS
from houvast.project.bench.measure import peak_memory
from houvast.project.bench.pages import HERE

START = datetime(2019, 1, 1, 9, tzinfo=UTC)
COLUMNS = len(INCIDENT_SHEET.columns)


def measured(options: dict[str, Any]) -> dict[str, Any]:
    """Seconds for the floor, for reading and judging, and for recording `recorded` of the rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "incidenten.xlsx"
        _write(path, options["rows"])
        few = Path(folder) / "minder.xlsx"
        _write(few, options["recorded"])
        floor = min(_seconds(lambda: _floor(path)) for _turn in range(3))
        judged = min(_seconds(lambda: _judge(path, options["rows"])) for _turn in range(3))
        peak = peak_memory()
        recorded = _seconds(lambda: _record(few, options["recorded"]))
        return {
            "bytes": path.stat().st_size,
            "floor_seconds": floor,
            "judged_seconds": judged,
            "judged_ratio": judged / floor,
            "peak_mb": peak,
            "recorded_rows": options["recorded"],
            "recorded_seconds": recorded,
        }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _write(path: Path, rows: int) -> None:
    book = Book(write_only=True)
    sheet = book.create_sheet(INCIDENT_SHEET.name)
    sheet.append([column.header for column in INCIDENT_SHEET.columns])
    for number in range(rows):
        at = START + timedelta(minutes=number)
        plain = at.replace(tzinfo=None)
        told = f"Een brief is bij een verkeerd adres bezorgd, melding {number}."
        start = [None, plain.date(), plain, plain.date(), "Verkeerd verstuurd", told, "Nee", "Laag"]
        sheet.append([*start, "Teruggehaald.", None, plain.date()])
    book.save(path)


def _floor(path: Path) -> None:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    with sqlite3.connect(path.with_name("floor.sqlite3")) as database:
        database.execute("DROP TABLE IF EXISTS rows")
        names = ", ".join(f"c{at}" for at in range(COLUMNS))
        database.execute(f"CREATE TABLE rows ({names})")
        database.executemany(
            f"INSERT INTO rows VALUES ({', '.join('?' * COLUMNS)})",  # noqa: S608  own names
            ([str(value) for value in row] + [""] * (COLUMNS - len(row)) for row in rows),
        )


def _judge(path: Path, most: int) -> Any:
    here = Organisation.objects.get(slug=HERE)
    with look(here.pk):
        actor = system_actor(here)
        found = reading.content(opening.read(path), INCIDENTS.sheets, INCIDENTS.known(actor), most_rows=most)
        plan = INCIDENTS.plan(actor, found, datetime.now(UTC))
        assert not found.faults
        assert not plan.faults
        return plan


def _record(path: Path, most: int) -> None:
    plan = _judge(path, most)
    sent = Sent(uuid4(), datetime.now(UTC), INCIDENTS.key, path.name, "0" * 64, plan.tally)
    INCIDENTS.record(system_actor(Organisation.objects.get(slug=HERE)), plan.rows, sent)
