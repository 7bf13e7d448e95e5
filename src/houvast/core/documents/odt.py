"""The ODT writer: real styles, so that an official can go on working in the file.

odfdo keeps the package; the parts in it are written as markup at once, since building a table cell by
cell costs seconds. Page numbers in the contents are fields, which LibreOffice fills in on opening.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import odfdo

from houvast.core.documents import odt_styles, pictures
from houvast.core.documents.markup import Markup, element, join
from houvast.core.documents.odt_styles import NAMESPACES, VERSION
from houvast.core.documents.office import CALM_NOTES, widths, without_clock
from houvast.core.documents.resolve import Resolved, outside, resolve
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

_TEXT_WIDTH = 9070
_TWIPS_PER_CM = 1440 / 2.54
_POINTS_PER_CM = 72 / 2.54
_TEXT = "application/vnd.oasis.opendocument.text"
_UNDATED = "2000-01-01"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_odt(document: Document) -> bytes:
    """The document for LibreOffice; equal documents give equal bytes.

    Raises DocumentError, and MissingFontError when it holds a drawing and the font lacks.
    """
    resolved = resolve(document)
    writer = _Writer(resolved)
    body = join([_masthead(document), *map(writer.block, resolved.document.blocks)])
    content = join((odt_styles.automatic(writer.tables), _body(body)))
    running = _paragraph("Header", document.running_title or document.title)
    styles = odt_styles.styles(document.language, running, _footer(document.organisation))
    parts = {
        "content.xml": _part("document-content", content),
        "styles.xml": _part("document-styles", styles),
        "meta.xml": _part("document-meta", _meta(document)),
        "settings.xml": _part("document-settings", Markup("")),
        **writer.pictures,
    }
    return _packed(parts)


def _part(name: str, inside: Markup) -> bytes:
    return f"{_XML}<office:{name} {NAMESPACES} {VERSION}>{inside}</office:{name}>".encode()


def _packed(parts: dict[str, bytes]) -> bytes:
    container = odfdo.Container()
    container.set_part("mimetype", _TEXT.encode())
    for name, data in parts.items():
        container.set_part(name, data)
    container.set_part("META-INF/manifest.xml", _manifest(list(parts)))
    result = io.BytesIO()
    container.save(result)
    return without_clock(result.getvalue(), "mimetype")


def _manifest(names: list[str]) -> bytes:
    kinds = {"/": _TEXT}
    kinds |= {name: "image/png" if name.endswith(".png") else "text/xml" for name in names}
    entries = (
        element("manifest:file-entry", {"manifest:full-path": name, "manifest:media-type": kind})
        for name, kind in kinds.items()
    )
    given = {"xmlns:manifest": _MANIFEST, "manifest:version": "1.3"}
    return f"{_XML}{element('manifest:manifest', given, *entries)}".encode()


def _meta(document: Document) -> Markup:
    moment = f"{document.date.isoformat() if document.date else _UNDATED}T00:00:00"
    return element(
        "office:meta",
        None,
        element("meta:generator", None, "Houvast"),
        element("dc:title", None, document.title),
        element("dc:subject", None, document.subtitle),
        element("meta:initial-creator", None, document.organisation),
        element("dc:creator", None, document.organisation),
        element("meta:creation-date", None, moment),
        element("dc:date", None, moment),
        element("dc:language", None, document.language),
    )


def _body(inside: Markup) -> Markup:
    return element("office:body", None, element("office:text", None, inside))


def _paragraph(style: str, *children: str) -> Markup:
    return element("text:p", {"text:style-name": style}, *children)


def _span(style: str, *children: str) -> Markup:
    return element("text:span", {"text:style-name": style}, *children)


def _spaced(words: str) -> str | Markup:
    """ODF drops a space at the edge of a paragraph and beside another one, unless it is an element."""
    if not words.startswith(" ") and not words.endswith(" "):
        return words
    start = element("text:s") if words.startswith(" ") else Markup("")
    end = element("text:s") if words.endswith(" ") and words.strip(" ") else Markup("")
    return join((start, words.strip(" "), end))


def _footer(organisation: str) -> Markup:
    number = element("text:page-number", {"text:select-page": "current"}, "1")
    count = element("text:page-count", None, "1")
    return _paragraph("Footer", organisation, element("text:tab"), "Pagina ", number, " van ", count)


def _masthead(document: Document) -> Markup:
    parts = [_paragraph("Eerste", document.organisation), _paragraph("Title", document.title)]
    if document.subtitle:
        parts.append(_paragraph("Subtitle", document.subtitle))
    for label, value in document.meta:
        name = _span(odt_styles.SOFT_TEXT, label, element("text:s", {"text:c": "2"}))
        parts.append(_paragraph("Kenmerk", name, _span(odt_styles.BOLD, value)))
    return join([*parts, _paragraph("Koplijn")])


@dataclass
class _Writer:
    """Writes blocks, and collects the pictures and the widths of tables that other parts of the file hold."""

    resolved: Resolved
    pictures: dict[str, bytes] = field(default_factory=dict)
    tables: list[list[float]] = field(default_factory=list)

    def block(self, block: Block) -> Markup:  # noqa: C901, PLR0911  (one line per block type)
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return _paragraph("Standard", self.marked(block.anchor, self.runs(block.runs)))
            case BulletList():
                return self.listed(block.items, "Opsomming", "List_20_Bullet")
            case NumberedList():
                return self.listed(block.items, "Nummering", "List_20_Number")
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Note():
                return self.note(block)
            case Definitions():
                return join(map(self.entry, block.entries))
            case Contents():
                return self.contents(block)

    def marked(self, anchor: str, inside: Markup) -> Markup:
        if not anchor:
            return inside
        name = {"text:name": anchor}
        return join((element("text:bookmark-start", name), inside, element("text:bookmark-end", name)))

    def heading(self, heading: Heading) -> Markup:
        number = _span(odt_styles.SOFT_TEXT, heading.number, element("text:s")) if heading.number else ""
        given = {
            "text:style-name": f"Heading_20_{heading.level}"
            + (odt_styles.NEW_PAGE if heading.new_page else ""),
            "text:outline-level": str(heading.level),
        }
        return element("text:h", given, self.marked(heading.anchor, join((number, heading.text))))

    def runs(self, runs: Runs) -> Markup:
        return join(map(self.run, runs))

    def run(self, run: Run) -> Markup:
        look = {
            (True, False): odt_styles.BOLD,
            (False, True): odt_styles.ITALIC,
            (True, True): odt_styles.BOTH,
        }
        made = join((_spaced(run.text),))
        if run.bold or run.italic:
            made = _span(look[run.bold, run.italic], made)
        if link := outside(run.link):
            made = _link(link, "Internet_20_link", made)
        elif run.claim:
            made = _link(f"#{run.claim.anchor}", odt_styles.CLAIM, made, run.claim.title)
        return self.marked(run.anchor, made)

    def listed(self, items: tuple[Runs, ...], style: str, paragraph: str) -> Markup:
        made = (element("text:list-item", None, _paragraph(paragraph, self.runs(item))) for item in items)
        return element("text:list", {"text:style-name": style}, *made) if items else Markup("")

    def contents(self, block: Contents) -> Markup:
        if not self.resolved.contents:
            return Markup("")
        title = _paragraph("Contents_20_Heading", block.title)
        lines = (
            _paragraph(
                f"Contents_20_{heading.level}",
                _link(f"#{heading.anchor}", "Inhoudsregel", join((heading.label,))),
                element("text:tab"),
                element(
                    "text:bookmark-ref",
                    {"text:reference-format": "page", "text:ref-name": heading.anchor},
                    "1",
                ),
            )
            for heading in self.resolved.contents
        )
        return join((title, *lines, _paragraph("Witregel")))

    def table(self, table: Table) -> Markup:
        self.tables.append([width / _TWIPS_PER_CM for width in widths(table, _TEXT_WIDTH)])
        name = f"Tabel{len(self.tables)}"
        columns = (
            element("table:table-column", {"table:style-name": f"{name}.{number}"})
            for number in range(1, len(table.header) + 1)
        )
        header = self.row(tuple((Run(word),) for word in table.header), table, strong=True)
        rows = [self.row(row, table) for row in table.rows]
        if table.footer:
            rows.append(self.row(table.footer, table, strong=True))
        given = {"table:name": name, "table:style-name": name}
        about = element("table:title", None, table.caption)
        heads = element("table:table-header-rows", None, header)
        made = element("table:table", given, about, *columns, heads, *rows)
        caption = _paragraph("Caption", self.marked(table.anchor, join((table.caption,))))
        return join((caption, made, _paragraph("Witregel")))

    def row(self, cells: tuple[Runs, ...], table: Table, *, strong: bool = False) -> Markup:
        styles = ("Table_20_Heading", "Tabelkopgetal") if strong else ("Table_20_Contents", "Tabelgetal")
        given = {"table:style-name": "Kopcel" if strong else "Cel", "office:value-type": "string"}
        made = (
            element("table:table-cell", given, _paragraph(styles[column in table.numeric], self.runs(cell)))
            for column, cell in enumerate(cells)
        )
        return element("table:table-row", {"table:style-name": "Rij"}, *made)

    def figure(self, figure: Figure) -> Markup:
        number = len(self.pictures) + 1
        path = f"Pictures/figuur-{number}.png"
        self.pictures[path] = pictures.png(figure.svg)
        width, height = (length / _POINTS_PER_CM for length in pictures.size(figure.svg))
        given = {
            "draw:name": f"Figuur {number}",
            "text:anchor-type": "as-char",
            "svg:width": f"{width:.3f}cm",
            "svg:height": f"{height:.3f}cm",
        }
        image = {"xlink:href": path, "xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
        frame = element(
            "draw:frame",
            given,
            element("draw:image", image),
            element("svg:title", None, figure.caption),
            element("svg:desc", None, figure.alt),
        )
        caption = _paragraph("Caption", self.marked(figure.anchor, join((figure.caption,))))
        rest = self.table(figure.data) if figure.data else ""
        return join((caption, _paragraph("Figuur", frame), rest))

    def note(self, note: Note) -> Markup:
        style = "Toelichting" if note.kind in CALM_NOTES else "LetOp"
        lines = [_paragraph(style, _span(odt_styles.BOLD, note.heading))]
        lines += [_paragraph(style, self.runs(runs)) for runs in note.paragraphs]
        return join([_paragraph("Witregel"), *lines, _paragraph("Witregel")])

    def entry(self, entry: Entry) -> Markup:
        lines = list(entry.body) + ([("In de tekst", entry.back)] if entry.back else [])
        made = [_paragraph("Begrip", self.marked(entry.anchor, self.runs(entry.term)))]
        for number, (label, runs) in enumerate(lines, start=1):
            style = "Begripregel_20_samen" if number < len(lines) else "Begripregel"
            start = (_span(odt_styles.SOFT_TEXT, label), element("text:tab")) if label else ()
            made.append(_paragraph(style if label else "Table_20_Contents", *start, self.runs(runs)))
        return join(made)


def _link(address: str, style: str, inside: Markup, title: str = "") -> Markup:
    given = {
        "xlink:type": "simple",
        "xlink:href": address,
        "office:title": title or None,
        "text:style-name": style,
        "text:visited-style-name": style,
    }
    return element("text:a", given, _span(style, inside))
