"""What the two writers for word processors share: column widths, and a zip file without a clock in it."""

from __future__ import annotations

import io
import zipfile

from houvast.core.documents.tree import Table, plain

INK = "162027"
SOFT = "43515A"
HAIR = "C3CDD4"
ACCENT = "12546A"
TINT = "F2F8FA"
AMBER = "B36B00"
SAND = "FFF8E8"
LINK = "0B5CAD"
FONT = "Arial"
"""A font that every office has. Where it lacks, Liberation Sans takes its place and is exactly as wide."""
CALM_NOTES = frozenset({"info"})
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WORD, _LINE, _SHORT, _PADDING = 30, 60, 18, 2
"""In characters: the longest word kept whole, the widest wish, a cell too short to wrap, space around."""
_CHARACTER = 112
"""Average width of a character of 10 points, in twentieths of a point."""


def widths(table: Table, total: int) -> list[int]:
    """Column widths that sum to total: what may not wrap (figures, short cells) first, the rest shared."""
    least, wanted = [], []
    for column, name in enumerate(table.header):
        cells = [name, *(plain(row[column]) for row in (*table.rows, table.footer) if row)]
        longest = max(map(len, cells))
        word = max((len(part) for cell in cells for part in cell.split()), default=1)
        whole = longest <= _SHORT or column in table.numeric
        least.append(min(longest if whole else word, _WORD) + _PADDING)
        wanted.append(max(min(longest, _LINE) + _PADDING, least[-1]))
    room = total / _CHARACTER
    factor = (room - sum(least)) / ((sum(wanted) - sum(least)) or 1)
    exact = [low + max(factor, 0) * (high - low) for low, high in zip(least, wanted, strict=True)]
    made = [int(total * width / sum(exact)) for width in exact]
    made[-1] += total - sum(made)
    return made


def without_clock(made: bytes, first: str = "") -> bytes:
    """The same zip file with one fixed date on every part; `first` comes first and is not compressed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != first, name)):
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return result.getvalue()
