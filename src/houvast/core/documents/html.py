"""The HTML writer: one page that needs nothing but itself, opened from disk or from a website.

No script, clock, nonce or random name: the same document gives the same bytes.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from houvast.core.documents.markup import Markup, element, join
from houvast.core.documents.resolve import Resolved, resolve
from houvast.core.documents.tree import (
    Block,
    BulletList,
    Contents,
    Definitions,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Run,
    Runs,
    Table,
)

_STYLE = Path(__file__).with_name("page.css")
_VOID = {"meta", "img"}


def write_html(document: Document) -> bytes:
    """The document as a standalone page, in UTF-8. Raises DocumentError when it cannot be resolved."""
    resolved = resolve(document)
    page = element("html", {"lang": document.language}, "\n", _head(document), "\n", _body(resolved), "\n")
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _tag(name: str, attributes: Mapping[str, str | None] | None = None, *children: str) -> Markup:
    """An element as HTML wants it: empty ones are closed in full, void ones not at all."""
    made = element(name, attributes, *(children or ("",)))
    return Markup(made.removesuffix(f"</{name}>")) if name in _VOID else made


@cache
def _css() -> Markup:
    return Markup("\n" + _STYLE.read_text(encoding="utf-8"))


def _head(document: Document) -> Markup:
    title = f"{document.title} - {document.organisation}" if document.organisation else document.title
    author = _tag("meta", {"name": "author", "content": document.organisation})
    moment = _tag(
        "meta", {"name": "dcterms.date", "content": document.date.isoformat() if document.date else ""}
    )
    return _tag(
        "head",
        None,
        *("\n", _tag("meta", {"charset": "utf-8"})),
        *("\n", _tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})),
        *("\n", _tag("title", None, title)),
        *(("\n", author) if document.organisation else ()),
        *(("\n", moment) if document.date else ()),
        *("\n", _tag("style", None, _css()), "\n"),
    )


def _body(resolved: Resolved) -> Markup:
    document = resolved.document
    blocks = [_block(block, resolved) for block in document.blocks]
    return _tag(
        "body",
        None,
        *("\n", _tag("a", {"class": "skip", "href": "#hv-tekst"}, "Naar de tekst")),
        *("\n", _masthead(document)),
        *(
            "\n",
            _tag(
                "main", {"id": "hv-tekst", "tabindex": "-1"}, *(f for b in blocks for f in (Markup("\n"), b))
            ),
        ),
        *("\n", _tag("footer", None, _tag("p", None, _closing(document))), "\n"),
    )


def _closing(document: Document) -> str:
    return " · ".join(
        part for part in (document.organisation, document.running_title or document.title) if part
    )


def _masthead(document: Document) -> Markup:
    pairs = [
        _tag("div", None, _tag("dt", None, label), _tag("dd", None, value)) for label, value in document.meta
    ]
    parts = [
        _tag("p", {"class": "organisation"}, document.organisation) if document.organisation else Markup(""),
        _tag("h1", None, document.title),
        _tag("p", {"class": "subtitle"}, document.subtitle) if document.subtitle else Markup(""),
        _tag("dl", {"class": "meta"}, *pairs) if pairs else Markup(""),
    ]
    return _tag("header", None, *parts)


def _block(block: Block, resolved: Resolved) -> Markup:  # noqa: C901, PLR0911  (one line per block type)
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _tag("p", {"id": block.anchor or None}, _runs(block.runs))
        case BulletList():
            return _tag("ul", None, *(_tag("li", None, _runs(item)) for item in block.items))
        case NumberedList():
            return _tag("ol", None, *(_tag("li", None, _runs(item)) for item in block.items))
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Note():
            return _note(block)
        case Definitions():
            entries = (_entry(entry) for entry in block.entries)
            return _tag("div", {"class": "entries"}, *entries) if block.entries else Markup("")
        case Contents():
            return _contents(block, resolved.contents)


def _numbered(heading: Heading) -> Markup:
    number = (_tag("span", {"class": "number"}, heading.number), " ") if heading.number else ()
    return join((*number, heading.text))


def _heading(heading: Heading) -> Markup:
    look = {"id": heading.anchor, "class": "new-page" if heading.new_page else None}
    return _tag(f"h{heading.level + 1}", look, _numbered(heading))


def _contents(block: Contents, headings: tuple[Heading, ...]) -> Markup:
    if not headings:
        return Markup("")
    lines = (
        _tag(
            "li",
            {"class": f"level-{heading.level}"},
            _tag("a", {"href": f"#{heading.anchor}"}, _numbered(heading)),
        )
        for heading in headings
    )
    title = _tag("h2", {"id": "hv-inhoud"}, block.title)
    return _tag("nav", {"class": "contents", "aria-labelledby": "hv-inhoud"}, title, _tag("ul", None, *lines))


def _runs(runs: Runs) -> Markup:
    return join(map(_run, runs))


def _run(run: Run) -> Markup:
    words = join((run.text,))
    if run.italic:
        words = _tag("em", None, words)
    if run.bold:
        words = _tag("strong", None, words)
    if run.link:
        return _tag("a", {"id": run.anchor or None, "href": run.link}, words)
    if run.claim:
        attributes = {
            "class": "claim",
            "id": run.anchor,
            "href": f"#{run.claim.anchor}",
            "title": run.claim.title or None,
        }
        return _tag("a", attributes, words)
    return _tag("span", {"id": run.anchor}, words) if run.anchor else words


def _cell(cell: Runs, column: int, table: Table, *, header: bool) -> Markup:
    number = "number" if column in table.numeric else None
    if header:
        return _tag("th", {"scope": "row", "class": number}, _runs(cell))
    return _tag("td", {"class": number}, _runs(cell))


def _row(cells: tuple[Runs, ...], table: Table) -> Markup:
    made = (
        _cell(cell, column, table, header=table.row_headers and column == 0)
        for column, cell in enumerate(cells)
    )
    return _tag("tr", None, *made)


def _table(table: Table) -> Markup:
    """The frame scrolls when the table is wider than the screen, and can then be reached by keyboard."""
    heads = (
        _tag("th", {"scope": "col", "class": "number" if column in table.numeric else None}, name)
        for column, name in enumerate(table.header)
    )
    parts = [
        _tag("caption", None, table.caption),
        _tag("thead", None, _tag("tr", None, *heads)),
        _tag("tbody", None, *(Markup(f"\n{_row(row, table)}") for row in table.rows)),
    ]
    if table.footer:
        parts.append(_tag("tfoot", None, _row(table.footer, table)))
    frame = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": table.caption}
    return _tag("div", frame, _tag("table", {"id": table.anchor or None}, *parts))


def _figure(figure: Figure) -> Markup:
    """The picture as data, not as inline SVG: whatever it holds, it cannot run."""
    data = base64.b64encode(figure.svg.encode()).decode()
    image = _tag("img", {"src": f"data:image/svg+xml;base64,{data}", "alt": figure.alt})
    caption = _tag("figcaption", None, figure.caption)
    rest = (_table(figure.data),) if figure.data else ()
    return _tag("figure", {"id": figure.anchor or None}, caption, image, *rest)


def _note(note: Note) -> Markup:
    title = _tag("p", {"class": "note-title"}, note.heading)
    paragraphs = (_tag("p", None, _runs(runs)) for runs in note.paragraphs)
    return _tag(
        "div", {"class": f"note {note.kind}", "role": "note", "aria-label": note.heading}, title, *paragraphs
    )


def _entry(entry: Entry) -> Markup:
    """The term as a paragraph above the list of what is said about it, so that the link lands on its name."""
    lines = list(entry.body) + ([("In de tekst", entry.back)] if entry.back else [])
    whole = (_tag("p", None, _runs(runs)) for label, runs in lines if not label)
    pairs = [
        _tag("div", None, _tag("dt", None, label), _tag("dd", None, _runs(runs)))
        for label, runs in lines
        if label
    ]
    details = (_tag("dl", None, *pairs),) if pairs else ()
    term = _tag("p", {"class": "term"}, _runs(entry.term))
    return _tag("div", {"class": "entry", "id": entry.anchor or None}, term, *whole, *details)
