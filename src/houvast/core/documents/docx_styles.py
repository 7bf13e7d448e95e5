"""The styles of a DOCX file, made in code: what a reader sees in Word's list of styles."""

from __future__ import annotations

from houvast.core.documents.markup import Markup, element
from houvast.core.documents.office import ACCENT, AMBER, FONT, HAIR, INK, LINK, SAND, SOFT, TINT

BULLET, NUMBER = "1", "2"
"""Ids of the two abstract numberings."""


def _font() -> Markup:
    return element("w:rFonts", {f"w:{side}": FONT for side in ("ascii", "hAnsi", "cs", "eastAsia")})


def defaults(language: str) -> Markup:
    """Font, size, spacing and the language for spelling, for the whole document."""
    run = element(
        "w:rPr",
        None,
        _font(),
        element("w:color", {"w:val": INK}),
        element("w:sz", {"w:val": "21"}),
        element("w:szCs", {"w:val": "21"}),
        element("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"}),
    )
    paragraph = element("w:pPr", None, _spacing(0, 140, 276))
    return element(
        "w:docDefaults",
        None,
        element("w:rPrDefault", None, run),
        element("w:pPrDefault", None, paragraph),
    )


def _spacing(before: int, after: int, line: int = 276) -> Markup:
    """Space before and after in twentieths of a point; line in 240ths of a line."""
    given = {"w:before": str(before), "w:after": str(after), "w:line": str(line), "w:lineRule": "auto"}
    return element("w:spacing", given)


def _letters(size: int = 0, color: str = "", *, bold: bool = False) -> Markup:
    """Size in half points; zero and empty leave it to the style below."""
    parts = []
    if bold:
        parts.append(element("w:b"))
    if color:
        parts.append(element("w:color", {"w:val": color}))
    if size:
        parts += [element("w:sz", {"w:val": str(size)}), element("w:szCs", {"w:val": str(size)})]
    return element("w:rPr", None, *parts)


def _style(key: str, name: str, paragraph: tuple[Markup, ...], run: Markup, *, after: str = "") -> Markup:
    """A paragraph style. The children of w:style and w:pPr have a fixed order in the schema."""
    return element(
        "w:style",
        {"w:type": "paragraph", "w:styleId": key, "w:default": "1" if key == "Normal" else None},
        element("w:name", {"w:val": name}),
        *(() if key == "Normal" else (element("w:basedOn", {"w:val": "Normal"}),)),
        *((element("w:next", {"w:val": after}),) if after else ()),
        element("w:qFormat"),
        element("w:pPr", None, *paragraph),
        run,
    )


def _border(side: str, size: int, color: str, space: int = 0) -> Markup:
    """A line. size in eighths of a point, space in points."""
    given = {"w:val": "single", "w:sz": str(size), "w:space": str(space), "w:color": color}
    return element(f"w:{side}", given)


def _heading(level: int, size: int, before: int, after: int) -> Markup:
    paragraph = (
        element("w:keepNext"),
        element("w:keepLines"),
        _spacing(before, after, 252),
        element("w:outlineLvl", {"w:val": str(level - 1)}),
    )
    run = _letters(size, ACCENT, bold=True)
    return _style(f"Heading{level}", f"heading {level}", paragraph, run, after="Normal")


def _list(key: str, name: str, number: str) -> Markup:
    numbering = element(
        "w:numPr",
        None,
        element("w:ilvl", {"w:val": "0"}),
        element("w:numId", {"w:val": number}),
    )
    return _style(key, name, (numbering, _spacing(0, 70)), element("w:rPr"))


def _note(key: str, name: str, line: str, fill: str) -> Markup:
    paragraph = (
        element("w:keepLines"),
        element("w:pBdr", None, _border("left", 24, line, 8)),
        element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}),
        _spacing(0, 0, 300),
        element("w:ind", {"w:left": "200", "w:right": "60"}),
    )
    return _style(key, name, paragraph, element("w:rPr"))


def _term_line(name: str, *line: Markup) -> Markup:
    paragraph = (
        element("w:keepLines"),
        *line,
        _tab(2300, kind="left"),
        _spacing(0, 20, 252),
        element("w:ind", {"w:left": "2300", "w:hanging": "2300"}),
    )
    return _style(name, name, paragraph, _letters(18))


def _tab(position: int, *, kind: str = "right") -> Markup:
    given = {"w:val": kind, "w:pos": str(position)}
    return element("w:tabs", None, element("w:tab", given))


def _character(key: str, name: str, *parts: Markup) -> Markup:
    return element(
        "w:style",
        {"w:type": "character", "w:styleId": key, "w:customStyle": None if key == "Hyperlink" else "1"},
        element("w:name", {"w:val": name}),
        element("w:uiPriority", {"w:val": "99"}),
        element("w:rPr", None, *parts),
    )


def _table() -> Markup:
    """Lines between rows only; the header and the closing row stand out, also without colour."""
    cells = element(
        "w:tblCellMar",
        None,
        *(
            element(f"w:{side}", {"w:w": width, "w:type": "dxa"})
            for side, width in (("top", "60"), ("left", "85"), ("bottom", "60"), ("right", "85"))
        ),
    )
    borders = element("w:tblBorders", None, _border("bottom", 4, HAIR), _border("insideH", 4, HAIR))
    return element(
        "w:style",
        {"w:type": "table", "w:styleId": "HouvastTabel", "w:customStyle": "1"},
        element("w:name", {"w:val": "Houvast tabel"}),
        element("w:basedOn", {"w:val": "TableNormal"}),
        element("w:qFormat"),
        element("w:tblPr", None, borders, cells),
        _band("firstRow", _border("bottom", 12, ACCENT)),
        _band("lastRow", _border("bottom", 12, ACCENT)),
    )


def _band(kind: str, line: Markup) -> Markup:
    return element(
        "w:tblStylePr",
        {"w:type": kind},
        element("w:rPr", None, element("w:b")),
        element("w:tcPr", None, element("w:tcBorders", None, line)),
    )


def styles() -> list[Markup]:
    """Every style that the writer uses."""
    return [
        _style("Normal", "Normal", (_spacing(0, 140),), element("w:rPr")),
        _style(
            "Organisatie",
            "Organisatie",
            (element("w:pBdr", None, _border("top", 24, ACCENT, 10)), _spacing(0, 80)),
            _letters(23, ACCENT, bold=True),
        ),
        _style("Title", "Title", (element("w:keepNext"), _spacing(0, 80, 240)), _letters(46, "", bold=True)),
        _style("Subtitle", "Subtitle", (_spacing(0, 120),), _letters(26, SOFT)),
        _style("Kenmerk", "Kenmerk", (_spacing(0, 20),), element("w:rPr")),
        _style(
            "Koplijn",
            "Koplijn",
            (element("w:pBdr", None, _border("bottom", 4, HAIR, 1)), _spacing(0, 240, 120)),
            _letters(8),
        ),
        _heading(1, 32, 420, 140),
        _heading(2, 26, 300, 80),
        _heading(3, 23, 240, 60),
        _style(
            "TOCHeading",
            "TOC Heading",
            (element("w:keepNext"), _spacing(120, 100)),
            _letters(28, ACCENT, bold=True),
        ),
        _style("TOC1", "toc 1", (_spacing(80, 20),), _letters(0, "", bold=True)),
        _style(
            "TOC2",
            "toc 2",
            (_spacing(0, 20), element("w:ind", {"w:left": "280"})),
            element("w:rPr"),
        ),
        _list("ListBullet", "List Bullet", BULLET),
        _list("ListNumber", "List Number", NUMBER),
        _style(
            "Caption",
            "caption",
            (element("w:keepNext"), _spacing(240, 80)),
            _letters(20, INK, bold=True),
        ),
        _style("Tabeltekst", "Tabeltekst", (_spacing(0, 0, 252),), _letters(19)),
        _style("Figuur", "Figuur", (element("w:keepNext"), _spacing(0, 120, 240)), element("w:rPr")),
        _note("Toelichting", "Toelichting", ACCENT, TINT),
        _note("LetOp", "Let op", AMBER, SAND),
        _style("Witregel", "Witregel", (_spacing(0, 100, 120),), _letters(8)),
        _style("Begrip", "Begrip", (element("w:keepNext"), _spacing(160, 40)), element("w:rPr")),
        _term_line("Begripregel"),
        # The line stands below an entry: above it, it would lie against the line under the running title.
        _term_line("Begripslot", element("w:pBdr", None, _border("bottom", 4, HAIR, 5))),
        _style(
            "Header",
            "header",
            (element("w:pBdr", None, _border("bottom", 4, HAIR, 4)), _spacing(0, 0)),
            _letters(18, SOFT),
        ),
        _style("Footer", "footer", (_tab(9070), _spacing(0, 0)), _letters(18, SOFT)),
        _character(
            "Hyperlink", "Hyperlink", element("w:color", {"w:val": LINK}), element("w:u", {"w:val": "single"})
        ),
        _character(
            "Inhoudsregel",
            "Inhoudsregel",
            element("w:color", {"w:val": INK}),
            element("w:u", {"w:val": "none"}),
        ),
        _character("Feit", "Feit", element("w:u", {"w:val": "dotted", "w:color": ACCENT})),
        _character("Zacht", "Zacht", element("w:color", {"w:val": SOFT})),
        _table(),
    ]


def numbering() -> list[Markup]:
    """Bullets and numbers. Each numbered list gets a numbering of its own, which starts at 1."""

    def abstract(key: str, kind: str, sign: str) -> Markup:
        level = element(
            "w:lvl",
            {"w:ilvl": "0"},
            element("w:start", {"w:val": "1"}),
            element("w:numFmt", {"w:val": kind}),
            element("w:lvlText", {"w:val": sign}),
            element("w:lvlJc", {"w:val": "left"}),
            element("w:pPr", None, element("w:ind", {"w:left": "397", "w:hanging": "340"})),
            element("w:rPr", None, element("w:color", {"w:val": ACCENT})),
        )
        kind_of = element("w:multiLevelType", {"w:val": "singleLevel"})
        return element("w:abstractNum", {"w:abstractNumId": key}, kind_of, level)

    return [
        abstract(BULLET, "bullet", "•"),
        abstract(NUMBER, "decimal", "%1."),
        element("w:num", {"w:numId": BULLET}, element("w:abstractNumId", {"w:val": BULLET})),
        element("w:num", {"w:numId": NUMBER}, element("w:abstractNumId", {"w:val": NUMBER})),
    ]


def restarted(number: int) -> Markup:
    """A numbering that starts at 1 again."""
    start = element("w:startOverride", {"w:val": "1"})
    return element(
        "w:num",
        {"w:numId": str(number)},
        element("w:abstractNumId", {"w:val": NUMBER}),
        element("w:lvlOverride", {"w:ilvl": "0"}, start),
    )
