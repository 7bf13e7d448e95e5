"""The one door to the writers: a document in, a file out, in each format that Houvast knows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from houvast.core.documents.docx import write_docx
from houvast.core.documents.errors import UnknownFormatError
from houvast.core.documents.html import write_html
from houvast.core.documents.odt import write_odt
from houvast.core.documents.pdf import write_pdf
from houvast.core.documents.tree import Document

FORMATS: dict[str, Callable[[Document], bytes]] = {
    "html": write_html,
    "pdf": write_pdf,
    "docx": write_docx,
    "odt": write_odt,
}
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


def write(document: Document, format: str) -> bytes:  # noqa: A002  (the word that callers and commands use)
    """The document as a file.

    Raises UnknownFormatError, and what the writers raise: DocumentError, MissingFontError.
    """
    if format not in FORMATS:
        raise UnknownFormatError(f"De vorm ‘{format}’ bestaat niet; kies uit {', '.join(FORMATS)}.")
    return FORMATS[format](document)


def write_all_or_nothing(
    document: Document,
    formats: Iterable[str],
    directory: Path,
    stem: str,
    extra: dict[str, bytes] | None = None,
    around: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> list[Path]:
    """Write `<directory>/<stem>.<format>` for each format, in the order given, and return the paths.

    extra: other files by their extension (`{"json": b"…"}`), which are written together with the rest.
    around: what to do around the making of each format, such as telling that it takes long.
    Everything is made and put on disk beside its place first, so an error leaves what was there untouched.
    Raises what `write` raises, and OSError when the folder cannot be written.
    """
    made = {}
    for kind in dict.fromkeys(formats):
        with around(kind):
            made[kind] = write(document, kind)
    return put(made | (extra or {}), directory, stem)


def put(made: dict[str, bytes], directory: Path, stem: str) -> list[Path]:
    """Put files that were made at their place, all or none, and return their paths. Raises OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{stem}-", dir=directory) as folder:
        ready = []
        for kind, data in made.items():
            path = Path(folder) / f"{stem}.{kind}"
            path.write_bytes(data)
            ready.append(path)
        return [path.replace(directory / path.name) for path in ready]
