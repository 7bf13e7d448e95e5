import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from houvast.core.documents.docx import write_docx
from houvast.core.documents.tests.samples import HARD, chapter
from houvast.core.documents.tree import Document, Heading, NumberedList, Paragraph, Run, table, text


def opened(document=None):
    return docx.Document(io.BytesIO(write_docx(document or chapter())))


@pytest.fixture(scope="module")
def file():
    return opened()


def styled(file, style):
    return [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == style]


def test_the_same_document_gives_the_same_bytes():
    assert write_docx(chapter()) == write_docx(chapter())


def test_the_file_tells_its_title_author_date_and_language(file):
    core = file.core_properties
    assert (core.title, core.author, core.language) == (
        "Paragraaf Bedrijfsvoering 2021",
        "Gemeente Voorbeeldstad",
        "nl-NL",
    )
    assert core.created == core.modified
    assert core.created.date().isoformat() == "2021-12-31"
    assert file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "nl-NL"


def test_headings_and_lists_are_real_styles(file):
    assert styled(file, "Heading 1") == ["1  Organisatie", "Verantwoording van de feiten"]
    assert styled(file, "Heading 2") == ["1.1  Veiligheid"]
    assert styled(file, "List Bullet") == ["Ook zeventien keer", "vet en schuin"]
    assert styled(file, "List Number") == ["Eerst", "Daarna"]
    assert styled(file, "Caption")[0] == "Tabel 1. Maatregelen"
    assert styled(file, "Title") == ["Paragraaf Bedrijfsvoering 2021"]


@pytest.mark.parametrize("new_page", [True, False])
def test_a_heading_begins_a_new_page_where_that_was_asked(new_page):
    made = opened(Document("x", blocks=(Heading(1, "Bijlage", new_page=new_page),)))
    heading = next(paragraph for paragraph in made.paragraphs if paragraph.text == "Bijlage")
    assert heading.style.name == "Heading 1"
    assert bool(heading.paragraph_format.page_break_before) is new_page


def test_the_line_between_entries_stands_below_them_and_only_there(file):
    lines = {
        paragraph.style.name
        for paragraph in file.paragraphs
        if paragraph.style.element.find(f".//{qn('w:pBdr')}/{qn('w:top')}") is not None
    }
    assert not {name for name in lines if name.startswith("Begrip")}
    (entry,) = {
        paragraph.style.name for paragraph in file.paragraphs if paragraph.text.startswith("In de tekst")
    }
    assert entry == "Begripslot"
    below = file.styles[entry].element.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert below is not None


def test_bold_and_italic_stay(file):
    runs = {run.text: run for paragraph in file.paragraphs for run in paragraph.runs}
    assert runs["vet"].bold
    assert runs["schuin"].italic


def test_each_numbered_list_starts_again():
    made = opened(Document("x", blocks=(NumberedList((text("a"),)), NumberedList((text("b"),)))))
    numbers = [node.get(qn("w:val")) for node in made.element.body.iter(qn("w:numId"))]
    assert len(set(numbers)) == 2
    assert len(list(made.part.numbering_part.element.iter(qn("w:startOverride")))) == 2


def test_a_table_repeats_its_header_and_marks_its_row_headers(file):
    first = file.tables[0]
    assert len(list(first.rows[0]._tr.iter(qn("w:tblHeader")))) == 1
    assert list(first.rows[1]._tr.iter(qn("w:tblHeader"))) == []
    look = first._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert file.tables[1]._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "0"
    assert [[cell.text for cell in row.cells] for row in first.rows][-1] == ["Totaal", "€ 12"]


def test_a_picture_has_words(file):
    assert [node.get("descr") for node in file.element.body.iter(qn("wp:docPr"))] == ["Staaf van 17."]


def test_every_internal_link_has_its_bookmark(file):
    body = file.element.body
    names = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    targets = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink")) if node.get(qn("w:anchor"))]
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)
    assert len(targets) == 7  # three lines of contents, two claims, two ways back
    assert set(targets) <= set(names)


def test_a_link_keeps_its_address(file):
    addresses = {relation.target_ref for relation in file.part.rels.values() if relation.is_external}
    assert addresses == {
        "https://wetten.example/a?b=1&c=2",
        "https://houvast.example/diemen/feiten/security.breaches",
    }


def test_what_a_person_types_is_text_and_never_markup():
    made = opened(
        chapter(title=HARD, organisation=HARD, blocks=(Paragraph(text(HARD, Run(HARD, bold=True))),))
    )
    assert styled(made, "Title") == [HARD]
    assert made.paragraphs[-1].text == HARD * 2
    assert made.core_properties.title == HARD


def test_no_part_of_the_file_bears_the_time():
    with zipfile.ZipFile(io.BytesIO(write_docx(chapter()))) as file:
        assert {part.date_time[0] for part in file.infolist()} == {1980}


def test_an_empty_document_and_a_long_table_are_written():
    rows = [[str(number), "x" * 200] for number in range(300)]
    assert styled(opened(Document("Leeg")), "Title") == ["Leeg"]
    assert len(opened(Document("Lang", blocks=(table("T", ["A", "B"], rows),))).tables[0].rows) == 301
