"""The files of an adopted year: the frozen bytes, or with the footnotes of confirmed corrections added to them."""

from __future__ import annotations

import orjson

from houvast.core.documents import encode, writers
from houvast.core.report.adoption import frozen
from houvast.core.report.adoption.notes import with_notes
from houvast.core.report.adoption.queries import Adopted, part
from houvast.core.report.adoption.rules import Body


class Lost(LookupError):  # noqa: N818  it is an answer, not a fault
    """The edition lacks a part that it was made with: `verify` tells which."""


def frozen_bytes(found: Adopted, name: str) -> bytes:
    """A part exactly as it was frozen. Raises Lost."""
    content = part(found.edition, name)
    if content is None:
        raise Lost(name)
    return content


def file_of(found: Adopted, form: str, *, with_corrections: bool = True) -> bytes:
    """The chapter in a form (`html`, `pdf`, `docx`, `odt`, `json`).

    Without confirmed corrections these are the frozen bytes; with them the same document and its footnotes.
    """
    if not (found.footnotes and with_corrections):
        return frozen_bytes(found, frozen.name_of(form))
    if form == "json":
        data = orjson.loads(frozen_bytes(found, frozen.OPEN_DATA))
        notes = [note.to_json(found.chapter.claims) for note in found.footnotes]
        return frozen.open_data(data | {"corrections": notes})
    tree = encode.from_json(frozen_bytes(found, frozen.TREE).decode())
    return writers.write(with_notes(tree, found.footnotes), form)


def said(found: Adopted) -> str:
    """Which edition it is and who decided, in a Dutch sentence."""
    last = found.last
    number = len(found.footnotes)
    notes = "" if not number else ", met één correctie" if number == 1 else f", met {number} correcties"
    by = "de raad" if last.body == Body.RAAD else "het college"
    return (
        f"Vastgesteld door {by} op {last.decided_on:%d-%m-%Y} ({last.reference}), "
        f"editie {found.edition.number}{notes}."
    )
