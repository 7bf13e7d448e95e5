"""The process in which a stranger's file is opened: little memory, little time, and nothing of the application.

`python -m houvast.core.workbooks.child read FILE` writes what the sheets hold as JSON; `mark FILE` takes faults as
JSON and writes the same workbook with those cells marked. It imports no Django, so it starts at once and knows no
secret. Exit 4: it is too large; 5: it cannot be read.
"""

from __future__ import annotations

import resource
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.etree.ElementTree import fromstring
from xml.parsers import expat

import orjson
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY, SECONDS = 512 * 1024 * 1024, 60
UNPACKED, RATIO, ENTRIES = 300 * 1024 * 1024, 100, 1_000
CHUNK = 1 << 18
TOO_LARGE, UNREADABLE = 4, 5
COLUMNS = 200
"""More columns than any register has; what stands further to the right is not read."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class TooLarge(Exception):  # noqa: N818  it is an answer, not a fault
    """It unpacks to more than is taken in. Says why: entries, size or ratio."""


def look(packed: zipfile.ZipFile, size: int) -> None:
    """Judge the list of what is packed; nothing is unpacked. Raises TooLarge."""
    entries = packed.infolist()
    if len(entries) > ENTRIES:
        raise TooLarge("entries")
    whole = sum(entry.file_size for entry in entries)
    # Beside the file itself: in a bomb of overlapping parts each part claims the same packed bytes.
    if whole > UNPACKED or whole > RATIO * max(1, size):
        raise TooLarge("size")


def count(file: IO[bytes], packed: zipfile.ZipFile, size: int) -> Iterator[tuple[str, bytes]]:
    """Every part in pieces, counted as it comes out, whatever the list claimed. Raises TooLarge, zlib.error."""
    left = min(UNPACKED, RATIO * max(1, size))
    for entry in packed.infolist():
        for piece in _pieces(file, entry):
            left -= len(piece)
            if left < 0:
                raise TooLarge("size")
            yield entry.filename, piece


def _pieces(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(entry.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04" or entry.flag_bits & 1:
        raise zipfile.BadZipFile
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    file.seek(name + extra, 1)
    todo = entry.compress_size
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    unpacker = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while todo and (raw := file.read(min(CHUNK, todo))):
        todo -= len(raw)
        if unpacker is None:
            yield raw
            continue
        yield unpacker.decompress(raw, CHUNK)
        while unpacker.unconsumed_tail:
            yield unpacker.decompress(unpacker.unconsumed_tail, CHUNK)


def read(path: str) -> dict[str, Any]:
    """What the workbook holds: sheets with their cells, and what of them is no plain value."""
    with open(path, "rb") as file, zipfile.ZipFile(file) as packed:  # noqa: PTH123  a file to seek in
        size = file.seek(0, 2)
        look(packed, size)
        suspect = _suspects(count(file, packed, size))
        parts = _parts(packed)
        odd = {name: _odd_cells(packed, part) for name, part in parts.items() if part in suspect}
    book = CalamineWorkbook.from_path(path)
    sheets = []
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        sheets.append(
            {
                "name": about.name,
                "hidden": about.visible is not SheetVisibleEnum.Visible,
                "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or ()],
                "odd": odd.get(about.name, {}),
                # Lines begin at the first column that holds something anywhere; all of them are given.
                "left": (sheet.start or (0, 0))[1],
                "lines": [[_plain(value) for value in line[:COLUMNS]] for line in sheet.iter_rows()],
            }
        )
    return {"sheets": sheets}


def _plain(value: Any) -> Any:
    """A cell as JSON: text, number, yes or no, nothing; days and times as a pair that no cell can hold."""
    kind = type(value)
    if kind is str:
        return value or None
    if kind is datetime:
        return ["m", value.isoformat()]
    if kind is date:
        return ["d", value.isoformat()]
    if kind is time or kind is timedelta:
        return ["t", str(value)]
    return value


def _suspects(pieces: Iterable[tuple[str, bytes]]) -> set[str]:
    """The parts in which a cell holds a formula or an error."""
    found: set[str] = set()
    before, tail = "", b""
    for name, piece in pieces:
        seen = (tail if name == before else b"") + piece
        if name not in found and (b"<f" in seen or b":f" in seen or b't="e"' in seen or b"t='e'" in seen):
            found.add(name)
        before, tail = name, piece[-8:]
    return found


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """The part in which each sheet lies, by the sheet's name."""
    relations = {
        element.get("Id"): element.get("Target", "")
        for element in fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  counted, and expat refuses bombs
    }
    sheets = fromstring(packed.read("xl/workbook.xml"))  # noqa: S314  as above
    found = {}
    for element in sheets.iter():
        target = relations.get(element.get(_RELATION))
        if element.tag.endswith("}sheet") and target:
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


class _Odd:
    """Listens to a sheet: which cells hold an error (by its name), or a formula nobody has calculated yet ("")."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._cell = self._kind = self._value = ""
        self._formula = self._inside = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._cell, self._kind = attributes.get("r", ""), attributes.get("t", "")
            self._formula, self._value = False, ""
        self._formula = self._formula or local == "f"
        self._inside = local == "v"

    def end(self, name: str) -> None:
        self._inside = False
        if name.rpartition(":")[2] != "c":
            return
        value = self._value.strip()
        if self._kind == "e":
            self.found[self._cell] = value
        elif self._formula and not value and self._kind != "str":
            self.found[self._cell] = ""

    def text(self, data: str) -> None:
        if self._inside:
            self._value += data


def _odd_cells(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The cells of a sheet without a plain value, see `_Odd`."""
    listener, parser = _Odd(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = listener.begin, listener.end
    parser.CharacterDataHandler = listener.text
    with packed.open(part) as stream:
        parser.ParseFile(stream)
    return listener.found


def mark(path: str, faults: list[tuple[str, str]], words: dict[str, str]) -> bytes:
    """The workbook with each fault at its cell, and a sheet that lists them. `words`: what the sheet says."""
    from houvast.core.workbooks.marking import marked  # noqa: PLC0415  reading has no use for openpyxl

    with open(path, "rb") as file, zipfile.ZipFile(file) as packed:  # noqa: PTH123  a file to seek in
        size = file.seek(0, 2)
        look(packed, size)
        for _name, _piece in count(file, packed, size):
            pass
    return marked(path, faults, words)


def limit() -> None:
    """Take the limits; they hold from here on, whatever the file makes the libraries do."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Do what was asked; the exit code says why not."""
    limit()
    what, path = arguments
    work: dict[str, Callable[[], bytes]] = {
        "read": lambda: orjson.dumps(read(path)),
        "mark": lambda: mark(path, **orjson.loads(sys.stdin.buffer.read())),
    }
    try:
        answer = work[what]()
    except (TooLarge, MemoryError):
        return TOO_LARGE
    except BaseException as error:  # noqa: BLE001  whatever a stranger's file makes a library raise
        print(type(error).__name__, file=sys.stderr)
        return UNREADABLE
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
