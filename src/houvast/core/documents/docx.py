"""The DOCX writer: real styles, so that an official can go on working in the file.

python-docx gives the package, relations and properties; the body is written as markup at once, since
building it cell by cell takes time that grows with the square of a table's length.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from houvast.core.documents import docx_styles, pictures
from houvast.core.documents.markup import Markup, element, join
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
"""Twentieths of a point between the margins."""
_EMU = 12700
"""English metric units in a point."""
_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_SPACE = {"xml:space": "preserve"}
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def write_docx(document: Document) -> bytes:
    """The document for Word; equal documents give equal bytes.

    Raises DocumentError, and MissingFontError when it holds a drawing and the font lacks.
    """
    resolved = resolve(document)
    package = docx.Document()
    _set_properties(package, document)
    _set_styles(package, document)
    _set_page(package, document)
    writer = _Writer(package, resolved)
    body = package.element.body
    section = body.sectPr
    for child in list(body):
        if child is not section:
            body.remove(child)
    made = join([_masthead(document), *map(writer.block, resolved.document.blocks)])
    for child in _parsed(made):
        section.addprevious(child)
    result = io.BytesIO()
    package.save(result)
    return without_clock(result.getvalue(), "[Content_Types].xml")


def _parsed(made: Markup) -> list[Any]:
    """The markup as elements of python-docx. Namespaces are declared once, around everything."""
    return list(parse_xml(f"<w:body {_NAMESPACES}>{made}</w:body>"))


def _set_properties(package: Any, document: Document) -> None:
    day = document.date
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _UNDATED
    core = package.core_properties
    core.title, core.subject, core.language = document.title, document.subtitle, document.language
    core.author = core.last_modified_by = document.organisation
    core.created = core.modified = core.last_printed = moment.replace(tzinfo=None)
    core.comments = core.keywords = core.category = ""
    core.revision = 1


def _set_styles(package: Any, document: Document) -> None:
    """Replace the package's own styles of the same name; the rest of the list stays as Word users know it."""
    root = package.styles.element
    root.replace(root.find(qn("w:docDefaults")), _parsed(docx_styles.defaults(document.language))[0])
    new = _parsed(join(docx_styles.styles()))
    names = {style.get(qn("w:styleId")) for style in new}
    for old in root.findall(qn("w:style")):
        if old.get(qn("w:styleId")) in names:
            root.remove(old)
    root.extend(new)
    numbering = package.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    numbering.extend(_parsed(join(docx_styles.numbering())))
    for part in (root, package.settings.element):
        for language in part.iter(qn("w:themeFontLang")):
            language.set(qn("w:val"), document.language)


def _set_page(package: Any, document: Document) -> None:
    section = package.sections[0]
    section.page_width, section.page_height = 11906 * 635, 16838 * 635
    section.left_margin = section.right_margin = 1418 * 635
    section.top_margin, section.bottom_margin = 1500 * 635, 1400 * 635
    section.different_first_page_header_footer = True
    footer = _paragraph("Footer", _page_number(document.organisation))
    running = _paragraph("Header", _words(document.running_title or document.title))
    for part, made in (
        (section.header, running),
        (section.footer, footer),
        (section.first_page_footer, footer),
    ):
        part.is_linked_to_previous = False
        root = part._element  # noqa: SLF001  (python-docx has no other way to put whole paragraphs there)
        for child in list(root):
            root.remove(child)
        root.extend(_parsed(made))


def _page_number(organisation: str) -> Markup:
    tab = element("w:r", None, element("w:tab"))
    parts = (
        _words(organisation),
        tab,
        _words("Pagina "),
        _field("PAGE"),
        _words(" van "),
        _field("NUMPAGES"),
    )
    return join(parts)


def _field(code: str) -> Markup:
    return element("w:fldSimple", {"w:instr": f" {code} "}, _words("1"))


def _paragraph(style: str, *children: Markup, keep: bool = False, new_page: bool = False) -> Markup:
    """keep: stays on one page with the paragraph after it. new_page: begins one."""
    look = [element("w:pStyle", {"w:val": style})]
    if keep:
        look.append(element("w:keepNext"))
    if new_page:
        look.append(element("w:pageBreakBefore"))
    return element("w:p", None, element("w:pPr", None, *look), *children)


def _words(words: str, *, style: str = "", bold: bool = False, italic: bool = False) -> Markup:
    marks = [
        element("w:rStyle", {"w:val": style}) if style else Markup(""),
        element("w:b") if bold else Markup(""),
        element("w:i") if italic else Markup(""),
    ]
    return element("w:r", None, element("w:rPr", None, *marks), element("w:t", _SPACE, words))


def _masthead(document: Document) -> Markup:
    parts = [_paragraph("Organisatie", _words(document.organisation))] if document.organisation else []
    parts.append(_paragraph("Title", _words(document.title)))
    if document.subtitle:
        parts.append(_paragraph("Subtitle", _words(document.subtitle)))
    for label, value in document.meta:
        parts.append(_paragraph("Kenmerk", _words(f"{label}  ", style="Zacht"), _words(value, bold=True)))
    return join([*parts, _paragraph("Koplijn")])


@dataclass
class _Writer:
    """Writes blocks, and keeps what a DOCX file wants numbered: bookmarks, pictures and lists."""

    package: Any
    resolved: Resolved
    bookmarks: dict[str, str] = field(default_factory=dict)
    marked: int = 0
    drawings: int = 0
    lists: int = int(docx_styles.NUMBER)

    def block(self, block: Block) -> Markup:  # noqa: C901, PLR0911  (one line per block type)
        match block:
            case Heading():
                inside = self.marked_as(block.anchor, self.heading(block))
                return _paragraph(f"Heading{block.level}", inside, new_page=block.new_page)
            case Paragraph():
                return _paragraph("Normal", self.marked_as(block.anchor, self.runs(block.runs)))
            case BulletList():
                return join(_paragraph("ListBullet", self.runs(item)) for item in block.items)
            case NumberedList():
                return self.numbered(block)
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

    def bookmark(self, anchor: str) -> str:
        """Word's names are short and know neither dot nor dash, so each anchor gets a number as well."""
        if anchor not in self.bookmarks:
            plain = "".join(sign if sign.isalnum() else "_" for sign in anchor)
            self.bookmarks[anchor] = f"hv{len(self.bookmarks) + 1}_{plain}"[:40]
        return self.bookmarks[anchor]

    def marked_as(self, anchor: str, inside: Markup) -> Markup:
        if not anchor:
            return inside
        self.marked += 1
        start = element("w:bookmarkStart", {"w:id": str(self.marked), "w:name": self.bookmark(anchor)})
        return join((start, inside, element("w:bookmarkEnd", {"w:id": str(self.marked)})))

    def heading(self, heading: Heading) -> Markup:
        number = _words(f"{heading.number}  ", style="Zacht") if heading.number else Markup("")
        return join((number, _words(heading.text)))

    def runs(self, runs: Runs) -> Markup:
        return join(map(self.run, runs))

    def run(self, run: Run) -> Markup:
        link = outside(run.link)
        style = "Hyperlink" if link else "Feit" if run.claim else ""
        made = _words(run.text, style=style, bold=run.bold, italic=run.italic)
        if link.startswith("#"):
            made = element("w:hyperlink", {"w:anchor": self.bookmark(link[1:]), "w:history": "1"}, made)
        elif link:
            key = self.package.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            made = element("w:hyperlink", {"r:id": key, "w:history": "1"}, made)
        elif run.claim:
            given = {
                "w:anchor": self.bookmark(run.claim.anchor),
                "w:tooltip": run.claim.title[:255] or None,
                "w:history": "1",
            }
            made = element("w:hyperlink", given, made)
        return self.marked_as(run.anchor, made)

    def numbered(self, block: NumberedList) -> Markup:
        self.lists += 1
        numbering = self.package.part.numbering_part.element
        numbering.extend(_parsed(docx_styles.restarted(self.lists)))
        number = element(
            "w:numPr",
            None,
            element("w:ilvl", {"w:val": "0"}),
            element("w:numId", {"w:val": str(self.lists)}),
        )
        look = element("w:pPr", None, element("w:pStyle", {"w:val": "ListNumber"}), number)
        return join(element("w:p", None, look, self.runs(item)) for item in block.items)

    def contents(self, block: Contents) -> Markup:
        """Links instead of page numbers: those would be wrong until somebody lets Word count its pages."""
        if not self.resolved.contents:
            return Markup("")
        lines = [
            _paragraph(
                f"TOC{heading.level}",
                element(
                    "w:hyperlink",
                    {"w:anchor": self.bookmark(heading.anchor), "w:history": "1"},
                    _words(heading.label, style="Inhoudsregel"),
                ),
            )
            for heading in self.resolved.contents
        ]
        return join([_paragraph("TOCHeading", _words(block.title)), *lines, _paragraph("Witregel")])

    def table(self, table: Table) -> Markup:
        columns = widths(table, _TEXT_WIDTH)
        look = element(
            "w:tblLook",
            {
                "w:val": "04A0",
                "w:firstRow": "1",
                "w:lastRow": "1" if table.footer else "0",
                "w:firstColumn": "1" if table.row_headers else "0",
                "w:lastColumn": "0",
                "w:noHBand": "1",
                "w:noVBand": "1",
            },
        )
        settings = element(
            "w:tblPr",
            None,
            element("w:tblStyle", {"w:val": "HouvastTabel"}),
            element("w:tblW", {"w:w": str(sum(columns)), "w:type": "dxa"}),
            element("w:tblLayout", {"w:type": "fixed"}),
            look,
            element("w:tblCaption", {"w:val": table.caption}),
        )
        grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": str(width)}) for width in columns))
        header = tuple((Run(name, bold=True),) for name in table.header)
        rows = [self.row(header, table, columns, header=True)]
        rows += [self.row(row, table, columns) for row in table.rows]
        if table.footer:
            footer = tuple(tuple(replace(run, bold=True) for run in cell) for cell in table.footer)
            rows.append(self.row(footer, table, columns))
        caption = _paragraph("Caption", self.marked_as(table.anchor, _words(table.caption)))
        return join((caption, element("w:tbl", None, settings, grid, *rows), _paragraph("Witregel")))

    def row(
        self, cells: tuple[Runs, ...], table: Table, columns: list[int], *, header: bool = False
    ) -> Markup:
        repeated = element("w:tblHeader") if header else Markup("")
        settings = element("w:trPr", None, element("w:cantSplit"), repeated)
        made = (
            self.cell(cell, columns[column], right=column in table.numeric, keep=header)
            for column, cell in enumerate(cells)
        )
        return element("w:tr", None, settings, *made)

    def cell(self, runs: Runs, width: int, *, right: bool, keep: bool) -> Markup:
        look = element(
            "w:pPr",
            None,
            element("w:pStyle", {"w:val": "Tabeltekst"}),
            element("w:keepNext") if keep else Markup(""),
            element("w:jc", {"w:val": "right"}) if right else Markup(""),
        )
        size = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
        return element("w:tc", None, size, element("w:p", None, look, self.runs(runs)))

    def figure(self, figure: Figure) -> Markup:
        self.drawings += 1
        picture = io.BytesIO(pictures.png(figure.svg))
        key, _ = self.package.part.get_or_add_image(picture)
        width, height = (str(round(length * _EMU)) for length in pictures.size(figure.svg))
        drawing = _drawing(key, str(self.drawings), figure, width, height)
        parts = [
            _paragraph("Caption", self.marked_as(figure.anchor, _words(figure.caption))),
            _paragraph("Figuur", element("w:r", None, drawing)),
        ]
        return join([*parts, self.table(figure.data)] if figure.data else parts)

    def note(self, note: Note) -> Markup:
        style = "Toelichting" if note.kind in CALM_NOTES else "LetOp"
        last = len(note.paragraphs) - 1
        lines = [_paragraph(style, _words(note.heading, bold=True), keep=True)]
        lines += [
            _paragraph(style, self.runs(runs), keep=number < last)
            for number, runs in enumerate(note.paragraphs)
        ]
        return join([_paragraph("Witregel"), *lines, _paragraph("Witregel")])

    def entry(self, entry: Entry) -> Markup:
        lines = list(entry.body) + ([("In de tekst", entry.back)] if entry.back else [])
        made = [_paragraph("Begrip", self.marked_as(entry.anchor, self.runs(entry.term)))]
        for number, (label, runs) in enumerate(lines, start=1):
            keep = number < len(lines)
            if label:
                tab = element("w:r", None, element("w:tab"))
                words = (_words(label, style="Zacht"), tab, self.runs(runs))
                made.append(_paragraph("Begripregel" if keep else "Begripslot", *words, keep=keep))
            else:
                made.append(_paragraph("Tabeltekst", self.runs(runs), keep=keep))
        return join(made)


def _drawing(key: str, number: str, figure: Figure, width: str, height: str) -> Markup:
    """A picture in the line of the text, with its words for who cannot see it."""
    named = {"id": number, "name": f"Figuur {number}", "descr": figure.alt, "title": figure.caption}
    extent = {"cx": width, "cy": height}
    shape = element(
        "pic:spPr",
        None,
        element("a:xfrm", None, element("a:off", {"x": "0", "y": "0"}), element("a:ext", extent)),
        element("a:prstGeom", {"prst": "rect"}, element("a:avLst")),
    )
    fill = element(
        "pic:blipFill",
        None,
        element("a:blip", {"r:embed": key}),
        element("a:stretch", None, element("a:fillRect")),
    )
    about = element(
        "pic:nvPicPr",
        None,
        element("pic:cNvPr", {"id": number, "name": f"Figuur {number}"}),
        element("pic:cNvPicPr"),
    )
    picture = element("pic:pic", None, about, fill, shape)
    data = element("a:graphicData", {"uri": _PICTURE}, picture)
    inline = element(
        "wp:inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        element("wp:extent", extent),
        element("wp:docPr", named),
        element("a:graphic", None, data),
    )
    return element("w:drawing", None, inline)
