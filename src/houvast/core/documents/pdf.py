"""The PDF writer: typst lays out, pikepdf adds the one tag that typst cannot (row headers).

The file says that it is PDF/UA-1 and PDF/A-2a. typst checks that while it writes: it refuses a picture
without words or a skipped heading level. Content goes in as data, never as code.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import typst

from houvast.core.documents import pictures
from houvast.core.documents.errors import DocumentError
from houvast.core.documents.resolve import Resolved, outside, resolve
from houvast.core.documents.tree import Document, Figure, Note, Run

_TEMPLATE = Path(__file__).with_name("template.typ")
_LONG_WORD = re.compile(r"\S{33,}")
_PIECE = 16
_ZERO_WIDTH_SPACE = "\u200b"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def write_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1 and PDF/A-2a; equal documents give equal bytes.

    Raises MissingFontError without the fonts, DocumentError when the tree cannot be laid out.
    """
    resolved = resolve(document)
    day = document.date
    try:
        made = typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            font_paths=pictures.fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            sys_inputs={"doc": json.dumps(_data(resolved), ensure_ascii=False)},
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _EPOCH,
        )
    except typst.TypstError as error:
        raise DocumentError(f"De PDF is niet op te maken: {error.message}.") from error
    return _with_row_headers(made, [table.row_headers for table in resolved.tables])


def _data(resolved: Resolved) -> dict[str, Any]:
    document = resolved.document
    data: dict[str, Any] = _plain(document)
    data["running_title"] = data["running_title"] or data["title"]
    data["has_headings"] = bool(resolved.contents)
    return data


def _plain(value: object) -> Any:
    """A node as plain data with every field in it, for typst has no defaults to fall back on."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return made | {"type": type(value).__name__} | _extra(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return _breakable(value)
    return value.isoformat() if isinstance(value, date) else value


def _extra(node: object) -> dict[str, Any]:
    """What must reach the template unbroken or made ready."""
    match node:
        case Run():
            return {"link": outside(node.link), "anchor": node.anchor}
        case Figure():
            return {"svg": node.svg, "width": pictures.size(node.svg)[0], "alt": node.alt}
        case Note():
            return {"heading": node.heading}
        case Document():
            return {"title": node.title, "organisation": node.organisation}
        case _:
            return {"anchor": getattr(node, "anchor", "")}


def _breakable(words: str) -> str:
    """A word longer than a line may break anywhere; typst would let it run off the page."""

    def split(match: re.Match[str]) -> str:
        word = match[0]
        return _ZERO_WIDTH_SPACE.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))

    return _LONG_WORD.sub(split, words)


def _with_row_headers(made: bytes, row_headers: list[bool]) -> bytes:
    """Turn the first cell of each body row into a row header, in the tables that have them."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tables = list(_elements(pdf.Root.StructTreeRoot, "/Table"))
        if len(tables) != len(row_headers):
            raise DocumentError("De PDF bevat niet evenveel tabellen als het document.")
        for node, wanted in zip(tables, row_headers, strict=True):
            if wanted:
                _mark_rows(node)
        result = io.BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return result.getvalue()


def _children(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if "/K" not in node:
        return
    below = node.K
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary):
            yield child


def _elements(node: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """The structure elements of one kind below a node, in reading order."""
    for child in _children(node):
        if child.get("/S") == kind:
            yield child
        yield from _elements(child, kind)


def _mark_rows(table: pikepdf.Object) -> None:
    for row in _elements(table, "/TR"):
        first = next(_children(row), None)
        if first is not None and first.get("/S") == "/TD":
            first.S = pikepdf.Name.TH
            first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
