import io
import zipfile

import pytest
from lxml import etree

from houvast.core.documents.odt import write_odt
from houvast.core.documents.tests.samples import HARD, chapter
from houvast.core.documents.tree import Document, Heading, Paragraph, Run, table, text

NAMES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}


def part(name, document=None):
    with zipfile.ZipFile(io.BytesIO(write_odt(document or chapter()))) as file:
        return etree.fromstring(file.read(name))


def find(node, path):
    return node.xpath(path, namespaces=NAMES)


@pytest.fixture(scope="module")
def content():
    return part("content.xml")


def test_a_heading_begins_a_new_page_where_that_was_asked():
    made = Document("x", blocks=(Heading(1, "Tekst"), Heading(1, "Bijlage", new_page=True)))
    names = [
        heading.get(f"{{{NAMES['text']}}}style-name")
        for heading in find(part("content.xml", made), "//text:h")
    ]
    assert names == ["Heading_20_1", "Heading_20_1_20_nieuwe_20_bladzijde"]
    style = f"//style:style[@style:name='{names[1]}']"
    styles = part("styles.xml", made)
    assert find(styles, f"{style}/@style:parent-style-name") == ["Heading_20_1"]
    assert find(styles, f"{style}/style:paragraph-properties/@fo:break-before") == ["page"]


def test_the_same_document_gives_the_same_bytes():
    assert write_odt(chapter()) == write_odt(chapter())


def test_the_kind_of_file_stands_first_and_uncompressed():
    with zipfile.ZipFile(io.BytesIO(write_odt(chapter()))) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        named = find(etree.fromstring(file.read("META-INF/manifest.xml")), "//@manifest:full-path")
        assert sorted(named) == sorted({*file.namelist(), "/"} - {"mimetype", "META-INF/manifest.xml"})


def test_the_file_tells_its_title_and_language():
    meta, styles = part("meta.xml"), part("styles.xml")
    assert find(meta, "string(//dc:title)") == "Paragraaf Bedrijfsvoering 2021"
    assert find(meta, "string(//dc:date)") == "2021-12-31T00:00:00"
    default = "//style:default-style[@style:family='paragraph']/style:text-properties"
    assert find(styles, f"{default}/@fo:language") == ["nl"]
    assert find(styles, f"{default}/@fo:country") == ["NL"]


def test_headings_have_their_level_and_style(content):
    headings = [
        (node.get(f"{{{NAMES['text']}}}outline-level"), find(node, "string()"))
        for node in find(content, "//text:h")
    ]
    assert [level for level, _ in headings] == ["1", "2", "1"]
    assert find(content, "//text:h/@text:style-name") == ["Heading_20_1", "Heading_20_2", "Heading_20_1"]


def test_every_style_that_is_used_exists(content):
    known = {*find(content, "//@style:name"), *find(part("styles.xml"), "//@style:name")}
    used = {*find(content, "//@text:style-name"), *find(content, "//@table:style-name")}
    assert used <= known
    assert set(find(part("styles.xml"), "//@style:parent-style-name")) <= known


def test_a_table_repeats_its_header(content):
    assert [len(find(node, "table:table-row")) for node in find(content, "//table:table-header-rows")] == [
        1,
        1,
        1,
    ]
    assert find(content, "(//table:table)[1]/table:table-row[last()]//text:p/text()") == ["Totaal", "€ 12"]


def test_a_picture_has_words_and_lies_in_the_file(content):
    assert find(content, "string(//draw:frame/svg:desc)") == "Staaf van 17."
    path = find(content, "string(//draw:image/@xlink:href)")
    with zipfile.ZipFile(io.BytesIO(write_odt(chapter()))) as file:
        assert file.read(path).startswith(b"\x89PNG")


def test_every_internal_link_has_its_bookmark(content):
    names = set(find(content, "//text:bookmark-start/@text:name"))
    targets = [link for link in find(content, "//text:a/@xlink:href") if link.startswith("#")]
    assert len(targets) == 7  # three lines of contents, two claims, two ways back
    assert {target[1:] for target in targets} <= names
    assert set(find(content, "//text:bookmark-ref/@text:ref-name")) <= names


def test_a_link_keeps_its_address(content):
    outside = {link for link in find(content, "//text:a/@xlink:href") if link.startswith("http")}
    assert outside == {
        "https://wetten.example/a?b=1&c=2",
        "https://houvast.example/diemen/feiten/security.breaches",
    }


def test_bold_and_italic_stay(content):
    assert find(content, "string(//text:list//text:span[@text:style-name='Cursief'])") == "schuin"
    assert find(content, "//text:a//text:span[@text:style-name='Vet']/text()") == ["zeventien"]


def test_what_a_person_types_is_text_and_never_markup():
    made = part(
        "content.xml", chapter(title=HARD, blocks=(Paragraph(text(HARD, Run(f" {HARD}", bold=True))),))
    )
    assert find(made, "//text:p[@text:style-name='Title']/text()") == [HARD]
    assert find(made, "string(//text:p[@text:style-name='Standard'])") == HARD * 2
    assert len(find(made, "//text:p[@text:style-name='Standard']//text:s")) == 1


def test_an_empty_document_and_a_long_table_are_written():
    rows = [[str(number), "x" * 200] for number in range(300)]
    assert find(part("content.xml", Document("Leeg")), "//text:p[@text:style-name='Title']/text()") == [
        "Leeg"
    ]
    made = part("content.xml", Document("Lang", blocks=(table("T", ["A", "B"], rows),)))
    assert len(find(made, "//table:table-row")) == 301
