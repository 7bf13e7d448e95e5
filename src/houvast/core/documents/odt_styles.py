"""The styles of an ODT file, made in code: what a reader sees in LibreOffice's list of styles."""

from __future__ import annotations

from houvast.core.documents.markup import Markup, element, join
from houvast.core.documents.office import ACCENT, AMBER, FONT, HAIR, INK, LINK, SAND, SOFT, TINT

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    }.items()
)
VERSION = 'office:version="1.3"'
NEW_PAGE = "_20_nieuwe_20_bladzijde"
"""Ends the name of a heading's style that begins a new page."""

BOLD, ITALIC, BOTH, SOFT_TEXT, CLAIM = "Vet", "Cursief", "Vet_20_cursief", "Zacht", "Feit"
_Given = dict[str, str | None]


def _style(key: str, *, name: str = "", parent: str = "Standard", level: int = 0, **groups: _Given) -> Markup:
    """A paragraph style; groups are the attributes of its `paragraph`, `text` and `tabs`."""
    given: _Given = {
        "style:name": key,
        "style:display-name": name or None,
        "style:family": "paragraph",
        "style:parent-style-name": None if key == "Standard" else parent,
        "style:default-outline-level": str(level) if level else None,
        "style:next-style-name": "Standard" if level else None,
    }
    tabs = groups.get("tabs")
    stops = (element("style:tab-stops", None, element("style:tab-stop", tabs)),) if tabs else ()
    paragraph = element("style:paragraph-properties", groups.get("paragraph", {}), *stops)
    return element("style:style", given, paragraph, element("style:text-properties", groups.get("text", {})))


def _space(before: str, after: str, **more: str) -> _Given:
    """Space above and below, with other properties by their name in `fo`."""
    given: _Given = {"fo:margin-top": before, "fo:margin-bottom": after}
    return given | {f"fo:{key.replace('_', '-')}": value for key, value in more.items()}


def _letters(size: str = "", color: str = "", *, bold: bool = False) -> _Given:
    return {
        "fo:font-size": size or None,
        "fo:color": f"#{color}" if color else None,
        "fo:font-weight": "bold" if bold else None,
    }


def _characters(key: str, name: str = "", **given: str) -> Markup:
    properties: _Given = {key.replace("_", ":", 1).replace("_", "-"): value for key, value in given.items()}
    about = {"style:name": key, "style:display-name": name or None, "style:family": "text"}
    return element("style:style", about, element("style:text-properties", properties))


def _default(language: str) -> Markup:
    spoken, _, country = language.partition("-")
    text: _Given = {
        "style:font-name": FONT,
        "fo:font-family": FONT,
        "fo:font-size": "10.5pt",
        "fo:color": f"#{INK}",
        "fo:language": spoken,
        "fo:country": country or "none",
        "fo:hyphenate": "false",
    }
    paragraph: _Given = {"fo:line-height": "118%", "fo:orphans": "2", "fo:widows": "2"}
    return element(
        "style:default-style",
        {"style:family": "paragraph"},
        element("style:paragraph-properties", paragraph),
        element("style:text-properties", text),
    )


def _note(key: str, name: str, line: str, fill: str) -> Markup:
    look = _space(
        "0cm", "0cm", padding="0.2cm", border_left=f"3pt solid #{line}", background_color=f"#{fill}"
    )
    margins: _Given = {"fo:margin-left": "0.3cm", "style:join-border": "true"}
    return _style(key, name=name, paragraph=look | margins)


def _list(key: str, label: Markup) -> Markup:
    return element("text:list-style", {"style:name": key}, label)


def _label(kind: str, given: _Given) -> Markup:
    position = element(
        "style:list-level-label-alignment",
        {"text:label-followed-by": "listtab", "fo:text-indent": "-0.6cm", "fo:margin-left": "0.7cm"},
    )
    properties = element(
        "style:list-level-properties",
        {"text:list-level-position-and-space-mode": "label-alignment"},
        position,
    )
    return element(
        f"text:list-level-style-{kind}",
        {"text:level": "1", "text:style-name": "Lijstteken"} | given,
        properties,
    )


def _named(language: str) -> list[Markup]:
    keep = {"keep_with_next": "always"}
    line = f"0.5pt solid #{HAIR}"
    return [
        _default(language),
        element(
            "style:default-style",
            {"style:family": "table"},
            element("style:table-properties", {"table:border-model": "collapsing"}),
        ),
        _style("Standard", paragraph=_space("0cm", "0.25cm")),
        _style(
            "Organisatie",
            paragraph=_space("0cm", "0.15cm", border_top=f"3pt solid #{ACCENT}", padding_top="0.3cm"),
            text=_letters("11.5pt", ACCENT, bold=True),
        ),
        _style(
            "Title",
            paragraph=_space("0cm", "0.15cm", line_height="105%", **keep),
            text=_letters("23pt", bold=True),
        ),
        _style("Subtitle", paragraph=_space("0cm", "0.2cm"), text=_letters("13pt", SOFT)),
        _style("Kenmerk", paragraph=_space("0cm", "0.03cm")),
        _style("Koplijn", paragraph=_space("0cm", "0.5cm", border_bottom=line), text=_letters("4pt")),
        _style("Heading", paragraph=_space("0.5cm", "0.2cm", **keep), text=_letters("", ACCENT, bold=True)),
        *(
            _style(
                f"Heading_20_{level}",
                name=f"Heading {level}",
                parent="Heading",
                level=level,
                paragraph=_space(before, after, **keep),
                text=_letters(size),
            )
            for level, size, before, after in (
                (1, "16pt", "0.8cm", "0.25cm"),
                (2, "13pt", "0.55cm", "0.15cm"),
                (3, "11.5pt", "0.45cm", "0.12cm"),
            )
        ),
        *(
            _style(
                f"Heading_20_{level}{NEW_PAGE}",
                name=f"Heading {level} nieuwe bladzijde",
                parent=f"Heading_20_{level}",
                level=level,
                paragraph={"fo:break-before": "page"},
            )
            for level in (1, 2, 3)
        ),
        _style(
            "Contents_20_Heading",
            name="Contents Heading",
            parent="Heading",
            paragraph=_space("0.2cm", "0.15cm", **keep),
            text=_letters("14pt"),
        ),
        *(
            _style(
                f"Contents_20_{level}",
                name=f"Contents {level}",
                paragraph=_space(before, "0.04cm", margin_left=indent),
                text=_letters(bold=level == 1),
                tabs={
                    "style:position": f"{16 - float(indent[:-2])}cm",
                    "style:type": "right",
                    "style:leader-style": "dotted",
                    "style:leader-text": ".",
                },
            )
            for level, before, indent in ((1, "0.14cm", "0cm"), (2, "0cm", "0.5cm"))
        ),
        _style("List_20_Bullet", name="List Bullet", paragraph=_space("0cm", "0.12cm")),
        _style("List_20_Number", name="List Number", paragraph=_space("0cm", "0.12cm")),
        _style("Caption", paragraph=_space("0.4cm", "0.15cm", **keep), text=_letters("10pt", bold=True)),
        _style(
            "Table_20_Contents",
            name="Table Contents",
            paragraph=_space("0cm", "0cm", line_height="110%"),
            text=_letters("9.5pt"),
        ),
        _style(
            "Tabelgetal", name="Tabelgetal", parent="Table_20_Contents", paragraph={"fo:text-align": "end"}
        ),
        _style(
            "Table_20_Heading",
            name="Table Heading",
            parent="Table_20_Contents",
            paragraph={},
            text=_letters(bold=True),
        ),
        _style("Tabelkopgetal", parent="Table_20_Heading", paragraph={"fo:text-align": "end"}),
        _style("Figuur", paragraph=_space("0cm", "0.2cm", line_height="100%")),
        _note("Toelichting", "Toelichting", ACCENT, TINT),
        _note("LetOp", "Let op", AMBER, SAND),
        _style("Witregel", paragraph=_space("0cm", "0.2cm", line_height="100%"), text=_letters("4pt")),
        _style("Begrip", paragraph=_space("0.3cm", "0.08cm", **keep)),
        # The line stands below an entry: above it, it would lie against the line under the running title.
        _style(
            "Begripregel",
            paragraph=_space(
                "0cm",
                "0.04cm",
                margin_left="4cm",
                text_indent="-4cm",
                line_height="110%",
                border_bottom=line,
                padding_bottom="0.15cm",
            ),
            text=_letters("9pt"),
            tabs={"style:position": "0cm", "style:type": "left"},
        ),
        _style(
            "Begripregel_20_samen",
            name="Begripregel samen",
            parent="Begripregel",
            paragraph={"fo:keep-with-next": "always", "fo:border-bottom": "none", "fo:padding-bottom": "0cm"},
        ),
        _style(
            "Header",
            paragraph=_space("0cm", "0cm", border_bottom=line, padding_bottom="0.12cm"),
            text=_letters("9pt", SOFT),
        ),
        _style(
            "Footer",
            paragraph=_space("0cm", "0cm"),
            text=_letters("9pt", SOFT),
            tabs={"style:position": "16cm", "style:type": "right"},
        ),
        _characters(BOLD, fo_font_weight="bold"),
        _characters(ITALIC, fo_font_style="italic"),
        _characters(BOTH, "Vet cursief", fo_font_weight="bold", fo_font_style="italic"),
        _characters(SOFT_TEXT, fo_color=f"#{SOFT}"),
        _characters("Lijstteken", fo_color=f"#{ACCENT}"),
        _characters("Inhoudsregel", fo_color=f"#{INK}", style_text_underline_style="none"),
        _characters(
            CLAIM,
            fo_color=f"#{INK}",
            style_text_underline_style="dotted",
            style_text_underline_width="auto",
            style_text_underline_color=f"#{ACCENT}",
        ),
        _characters(
            "Internet_20_link",
            "Internet link",
            fo_color=f"#{LINK}",
            style_text_underline_style="solid",
            style_text_underline_width="auto",
        ),
        _list("Opsomming", _label("bullet", {"text:bullet-char": "•"})),
        _list("Nummering", _label("number", {"style:num-format": "1", "style:num-suffix": "."})),
    ]


def styles(language: str, header: Markup, footer: Markup) -> Markup:
    """The whole styles.xml: named styles, an A4 page, and a first page without running title."""
    page = {
        "fo:page-width": "21cm",
        "fo:page-height": "29.7cm",
        "style:print-orientation": "portrait",
        "fo:margin-left": "2.5cm",
        "fo:margin-right": "2.5cm",
        "fo:margin-top": "1.7cm",
        "fo:margin-bottom": "1.5cm",
    }
    apart = {"header": "fo:margin-bottom", "footer": "fo:margin-top"}
    room = (
        element(
            f"style:{part}-style",
            None,
            element("style:header-footer-properties", {"fo:min-height": "1cm", margin: "0.6cm"}),
        )
        for part, margin in apart.items()
    )
    layout = element(
        "style:page-layout", {"style:name": "A4"}, element("style:page-layout-properties", page), *room
    )
    masters = [
        element(
            "style:master-page",
            {"style:name": "Standard", "style:page-layout-name": "A4"},
            element("style:header", None, header),
            element("style:footer", None, footer),
        ),
        element(
            "style:master-page",
            {
                "style:name": "First_20_Page",
                "style:display-name": "First Page",
                "style:page-layout-name": "A4",
                "style:next-style-name": "Standard",
            },
            element("style:footer", None, footer),
        ),
    ]
    face = element("style:font-face", {"style:name": FONT, "svg:font-family": FONT})
    return join(
        (
            element("office:font-face-decls", None, face),
            element("office:styles", None, *_named(language)),
            element("office:automatic-styles", None, layout),
            element("office:master-styles", None, *masters),
        )
    )


def automatic(tables: list[list[float]]) -> Markup:
    """The styles of places instead of meanings: the first page, cells, and column widths per table in cm."""

    def cell(key: str, line: str) -> Markup:
        properties = {"fo:padding": "0.1cm", "fo:padding-left": "0.15cm", "fo:padding-right": "0.15cm"}
        border: _Given = {"fo:border": "none", "fo:border-bottom": line}
        look = element("style:table-cell-properties", properties | border)
        return element("style:style", {"style:name": key, "style:family": "table-cell"}, look)

    first = element(
        "style:style",
        {
            "style:name": "Eerste",
            "style:family": "paragraph",
            "style:parent-style-name": "Organisatie",
            "style:master-page-name": "First_20_Page",
        },
    )
    row = element(
        "style:style",
        {"style:name": "Rij", "style:family": "table-row"},
        element("style:table-row-properties", {"fo:keep-together": "always"}),
    )
    made = [first, row, cell("Cel", f"0.5pt solid #{HAIR}"), cell("Kopcel", f"1.5pt solid #{ACCENT}")]
    for number, columns in enumerate(tables, start=1):
        width = {"style:width": f"{sum(columns):.3f}cm", "table:align": "left"}
        about = {"style:name": f"Tabel{number}", "style:family": "table"}
        made.append(element("style:style", about, element("style:table-properties", width)))
        for column, size in enumerate(columns, start=1):
            about = {"style:name": f"Tabel{number}.{column}", "style:family": "table-column"}
            look = element("style:table-column-properties", {"style:column-width": f"{size:.3f}cm"})
            made.append(element("style:style", about, look))
    return element("office:automatic-styles", None, *made)
