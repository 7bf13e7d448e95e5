"""The typed block tree that every document is made of, whatever file it ends up in.

A tree holds meaning only (a heading, a claim, a table with row headers) and no layout. All nodes are frozen
and hashable; their text is cleaned when they are made, so that each writer can trust it. `encode` (encode.py)
stores a tree as canonical JSON, `resolve` (resolve.py) numbers and links it, `write` (writers.py) writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date as Date  # noqa: N812  (a field below is called `date`)
from typing import Any

from houvast.core.documents.errors import DocumentError

# What XML 1.0 cannot hold; pasted text brings it along, and one such character breaks DOCX and ODT.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s]+|#[^\s]+|/(?!/)[^\s]*", re.ASCII)
_ANCHOR = re.compile(r"[A-Za-z][\w.\-]*", re.ASCII)


def _cleaned(value: object) -> object:
    """One line of text without what XML refuses; layout belongs to the blocks, not to characters."""
    if isinstance(value, str):
        # Spaces are folded again: a sign that goes may have stood between two of them.
        return _SPACES.sub(" ", _NOT_XML.sub("", _SPACES.sub(" ", value)))
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    return value


@dataclass(frozen=True)
class Node:
    """A part of the tree. Cleans its own text."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            cleaned = _cleaned(value)
            if cleaned != value:
                object.__setattr__(self, field.name, cleaned)


def _check_anchor(anchor: str) -> None:
    if anchor and not _ANCHOR.fullmatch(anchor):
        raise DocumentError(
            f"Het anker ‘{anchor}’ mag alleen letters, cijfers, punt, streepje en laag streepje bevatten."
        )


@dataclass(frozen=True)
class ClaimRef(Node):
    """The claim (feit) that some words stand for.

    key: the claim's stable key (`security.breaches`).
    title: what it says in words, shown when a reader points at it.
    anchor: where the document accounts for it; `feit-<key>` when left out.
    """

    key: str
    title: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.anchor:
            object.__setattr__(self, "anchor", f"feit-{self.key}")
        _check_anchor(self.anchor)


@dataclass(frozen=True)
class Run(Node):
    """Words in one style. Whitespace inside is one space; a leading or trailing space counts.

    link: `https://…`, `mailto:…`, `/path` in the application, or `#anchor` in this document.
    anchor: makes this very place addressable.
    Raises DocumentError for any other link (a `javascript:` one above all).
    """

    text: str
    bold: bool = False
    italic: bool = False
    claim: ClaimRef | None = None
    link: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_anchor(self.anchor)
        if self.link and not _SAFE_LINK.fullmatch(self.link):
            raise DocumentError(f"De verwijzing ‘{self.link}’ is geen veilig adres.")


Runs = tuple[Run, ...]


def text(*parts: str | Run) -> Runs:
    """Runs out of plain strings and runs: `text("In ", Run("2021", claim=…), " …")`."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts if part != "")


def plain(runs: Iterable[Run]) -> str:
    """The bare words of some runs."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Heading(Node):
    """A heading. Level 1 is the first level under the document's title; the deepest is 3.

    number: as it is printed ("3.1"), given by the author of the tree; may be empty.
    anchor: made from the text by `resolve` when left out.
    new_page: it begins a new page, as an appendix does.
    """

    level: int
    text: str
    number: str = ""
    anchor: str = ""
    new_page: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_anchor(self.anchor)
        if self.level not in {1, 2, 3}:
            raise DocumentError(f"Een kop heeft niveau 1, 2 of 3, niet {self.level}.")
        if not self.text.strip():
            raise DocumentError("Een kop zonder tekst kan niet.")

    @property
    def label(self) -> str:
        """Number and text together."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Paragraph(Node):
    """An alinea."""

    runs: Runs
    anchor: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_anchor(self.anchor)


@dataclass(frozen=True)
class BulletList(Node):
    """A list in which the order means nothing."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class NumberedList(Node):
    """A list in which the order means something. Each list starts at 1."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Table(Node):
    """A table of figures or facts.

    caption: always there, for it is what a screen reader announces first; `resolve` numbers it.
    row_headers: the first cell of each row names the row.
    numeric: indexes of the columns that are set to the right.
    footer: one closing row (a total), empty when there is none.
    Raises DocumentError when a row has not as many cells as the header.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    row_headers: bool = False
    numeric: tuple[int, ...] = ()
    footer: tuple[Runs, ...] = ()
    anchor: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_anchor(self.anchor)
        width = len(self.header)
        if not self.header or not self.caption.strip():
            raise DocumentError("Een tabel heeft een bijschrift en ten minste één kolom met een naam.")
        if any(len(row) != width for row in self.rows) or len(self.footer) not in {0, width}:
            raise DocumentError(
                f"In de tabel ‘{self.caption}’ heeft een rij niet evenveel cellen als de kopregel."
            )
        if any(column not in range(width) for column in self.numeric):
            raise DocumentError(f"In de tabel ‘{self.caption}’ bestaat een kolom met getallen niet.")


def table(
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str | Runs]],
    *,
    row_headers: bool = False,
    numeric: Sequence[int] = (),
    footer: Sequence[str | Runs] = (),
    anchor: str = "",
) -> Table:
    """A Table whose cells may be plain strings."""

    def cells(row: Sequence[str | Runs]) -> tuple[Runs, ...]:
        return tuple(text(cell) if isinstance(cell, str) else cell for cell in row)

    return Table(
        caption, tuple(header), tuple(map(cells, rows)), row_headers, tuple(numeric), cells(footer), anchor
    )


@dataclass(frozen=True)
class Figure(Node):
    """A chart or drawing, with the figures behind it.

    svg: the whole picture as SVG, with its own size or viewBox; never from outside the application.
    alt: what the picture says, for who cannot see it. Obliged.
    data: the same figures as a table, shown below the picture.
    """

    svg: str
    alt: str
    caption: str
    data: Table | None = None
    anchor: str = ""

    def __post_init__(self) -> None:
        svg = self.svg
        super().__post_init__()
        object.__setattr__(self, "svg", _NOT_XML.sub("", svg))
        _check_anchor(self.anchor)
        if not self.alt.strip() or not self.caption.strip():
            raise DocumentError("Een figuur heeft een bijschrift en een beschrijving in woorden.")


NOTE_KINDS = {
    "info": "Toelichting",
    "warning": "Let op",
    "concept": "Concept",
    "example": "Voorbeeldgegevens",
}


@dataclass(frozen=True)
class Note(Node):
    """A framed remark. kind: one of NOTE_KINDS, which also gives the title when none is given."""

    kind: str
    paragraphs: tuple[Runs, ...]
    title: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind not in NOTE_KINDS:
            raise DocumentError(f"Een kader is van de soort {', '.join(NOTE_KINDS)}, niet ‘{self.kind}’.")

    @property
    def heading(self) -> str:
        """The word that tells what sort of remark this is, never colour alone."""
        return self.title or NOTE_KINDS[self.kind]


@dataclass(frozen=True)
class Entry(Node):
    """A term with what is said about it; with an anchor, a place where claims point to.

    body: pairs of a label ("Peildatum") and runs; an empty label is a sentence on its own.
    back: links back to the places that refer here; filled by `resolve`.
    """

    term: Runs
    body: tuple[tuple[str, Runs], ...]
    anchor: str = ""
    back: Runs = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_anchor(self.anchor)


@dataclass(frozen=True)
class Definitions(Node):
    """A list of terms: a glossary, or the appendix that accounts for the claims."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Contents(Node):
    """The table of contents, made of the headings of level 1 and 2."""

    title: str = "Inhoud"


Block = Heading | Paragraph | BulletList | NumberedList | Table | Figure | Note | Definitions | Contents
BLOCKS: tuple[type[Any], ...] = (
    Heading,
    Paragraph,
    BulletList,
    NumberedList,
    Table,
    Figure,
    Note,
    Definitions,
    Contents,
)
_TAGS = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True)
class Document(Node):
    """A whole document.

    organisation: its author, as printed ("Gemeente Diemen").
    language: BCP 47; a bare "nl" becomes "nl-NL", which word processors need for spelling.
    running_title: on top of every page but the first; the title when left out.
    date: the as-of date (peildatum). It is also the date in the file's properties: the clock is never asked.
        Without one those say 1 January 2000, since PDF/A wants a date.
    meta: pairs of label and value below the title.
    base_url: where the application lives ("https://houvast.diemen.nl"). A link `/path` is made whole with it;
        without it such a link stays as it is in HTML and becomes plain text in PDF, DOCX and ODT.
    """

    title: str
    organisation: str = ""
    subtitle: str = ""
    language: str = "nl-NL"
    running_title: str = ""
    date: Date | None = None
    meta: tuple[tuple[str, str], ...] = ()
    base_url: str = ""
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.title.strip():
            raise DocumentError("Een document zonder titel kan niet.")
        object.__setattr__(self, "language", _TAGS.get(self.language, self.language))
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
        if self.base_url and not re.fullmatch(r"https?://[^\s#?]+", self.base_url):
            raise DocumentError(f"‘{self.base_url}’ is geen webadres.")


def fact(  # noqa: PLR0913  (each is a line that the reader of the appendix sees)
    ref: ClaimRef,
    *,
    label: str,
    value: str,
    counted: str = "",
    moment: str = "",
    rows: int | None = None,
    digest: str = "",
    source: str = "",
    link: str = "",
) -> Entry:
    """The entry that accounts for one claim in the appendix.

    counted: in words, what was counted. moment: the as-of date or period in words. rows: how many register
    rows it rests on. digest: the HMAC of those rows. source: the document behind a sourced fact.
    link: address of the rows in the application. What is empty gets no line.
    """
    amount = "" if rows is None else str(rows)
    register = text(Run("bekijk de rijen", link=link)) if link else ()
    body = [
        ("Wat is geteld", text(counted)),
        ("Peildatum of periode", text(moment)),
        ("Bron", text(source)),
        ("Rijen", text(amount, ", " if amount and link else "") + register),
        ("Controlegetal", text(digest)),
        ("Sleutel", text(ref.key)),
    ]
    term = text(f"{label}: ", Run(value, bold=True))
    return Entry(term, tuple((name, runs) for name, runs in body if runs), ref.anchor)
