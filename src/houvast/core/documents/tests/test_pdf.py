import io

import pikepdf
import pytest

from houvast.core.documents import pictures
from houvast.core.documents.errors import DocumentError, MissingFontError
from houvast.core.documents.pdf import write_pdf
from houvast.core.documents.tests.samples import HARD, chapter
from houvast.core.documents.tree import Contents, Document, Figure, Heading, Paragraph, Run, table, text


def opened(document=None):
    return pikepdf.open(io.BytesIO(write_pdf(document or chapter())))


def below(node):
    kids = node.get("/K", [])
    return [
        kid
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
        if isinstance(kid, pikepdf.Dictionary)
    ]


def elements(node, kind):
    for kid in below(node):
        if kid.get("/S") == kind:
            yield kid
        yield from elements(kid, kind)


@pytest.fixture(scope="module")
def pdf():
    return opened()


@pytest.fixture(scope="module")
def tree(pdf):
    return pdf.Root.StructTreeRoot


def test_the_same_document_gives_the_same_bytes():
    assert write_pdf(chapter()) == write_pdf(chapter())


def test_the_file_tells_its_language_title_and_author(pdf):
    assert pdf.Root.Lang == "nl-NL"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo.Title == "Paragraaf Bedrijfsvoering 2021"
    assert pdf.docinfo.Author == "Gemeente Voorbeeldstad"
    assert str(pdf.docinfo.CreationDate).startswith("D:20211231")


def test_the_file_says_which_standards_it_meets(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_headings_lists_and_contents_are_tagged(tree):
    assert [str(node.T) for node in elements(tree, "/H1")] == [
        "Inhoud",
        "1 Organisatie",
        "Verantwoording van de feiten",
    ]
    assert [str(node.T) for node in elements(tree, "/H2")] == ["1.1 Veiligheid"]
    assert [len(list(elements(node, "/LI"))) for node in elements(tree, "/L")] == [2, 2]
    assert len(list(elements(tree, "/TOCI"))) == 3


def test_headers_say_whether_they_name_a_column_or_a_row(tree):
    def scopes(node):
        return [
            str(cell.A.Scope if isinstance(cell.A, pikepdf.Dictionary) else cell.A[0].Scope)
            for cell in elements(node, "/TH")
        ]

    first, second, third = elements(tree, "/Table")
    assert scopes(first) == ["/Column", "/Column", "/Row", "/Row", "/Row"]
    assert scopes(second) == ["/Column", "/Column"]
    assert scopes(third) == ["/Column", "/Column", "/Row"]


def test_a_picture_has_words_and_links_say_where_they_lead(pdf, tree):
    assert [str(node.Alt) for node in elements(tree, "/Figure")] == ["Staaf van 17."]
    assert len(list(elements(tree, "/Link"))) >= 6
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert links
    assert all(str(note.Contents) for note in links)
    addresses = {str(note.A.URI) for note in links if "/URI" in note.get("/A", {})}
    assert addresses == {
        "https://wetten.example/a?b=1&c=2",
        "https://houvast.example/diemen/feiten/security.breaches",
    }


def test_what_a_person_types_is_text_and_never_code():
    document = chapter(title=HARD, organisation=HARD, meta=((HARD, HARD),), blocks=(Heading(1, HARD, HARD),))
    with opened(document) as pdf:
        assert pdf.docinfo.Title == HARD
        assert [str(node.T) for node in elements(pdf.Root.StructTreeRoot, "/H1")] == [f"{HARD} {HARD}"]


def test_a_long_table_goes_on_over_pages_and_keeps_its_row_headers():
    rows = [[f"Regel {number}", "tekst " * 12] for number in range(120)]
    document = Document("x", blocks=(table("Lang", ["A", "B"], rows, row_headers=True),))
    with opened(document) as pdf:
        heads = list(elements(pdf.Root.StructTreeRoot, "/TH"))
        assert len(pdf.pages) >= 4
        assert len(heads) == 122


@pytest.mark.parametrize(("new_page", "pages"), [(True, 2), (False, 1)])
def test_a_heading_begins_a_new_page_where_that_was_asked(new_page, pages):
    blocks = (Heading(1, "Tekst"), Paragraph(text("Kort.")), Heading(1, "Bijlage", new_page=new_page))
    with opened(Document("x", blocks=blocks)) as pdf:
        assert len(pdf.pages) == pages


def test_a_heading_that_would_begin_a_new_page_leaves_no_empty_one():
    with opened(Document("x", blocks=(Heading(1, "Bijlage", new_page=True),))) as pdf:
        assert len(pdf.pages) == 2
    blocks = (Heading(1, "Een", new_page=True), Heading(1, "Twee", new_page=True))
    with opened(Document("x", blocks=blocks)) as pdf:
        assert len(pdf.pages) == 3


def test_an_empty_document_and_very_long_words_are_written():
    long = "x" * 400
    blocks = (
        Contents(),
        Paragraph(()),
        Paragraph(text(long)),
        table("T", ["A", "B"], [[long, "1"]], numeric=[1]),
    )
    with opened(Document("Leeg")) as pdf:
        assert len(pdf.pages) == 1
    with opened(Document("Lang", blocks=blocks)) as pdf:
        assert len(pdf.pages) == 1


def test_without_the_font_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(pictures, "FONT_FOLDER", tmp_path)
    with pytest.raises(MissingFontError, match="Source Sans 3"):
        write_pdf(Document("x"))


@pytest.mark.parametrize("svg", ["<svg></svg>", "geen tekening", '<svg viewBox="0 0 10 10"><rect'])
def test_a_drawing_that_cannot_be_read_is_an_error_in_one_sentence(svg):
    with pytest.raises(DocumentError):
        write_pdf(Document("x", blocks=(Figure(svg, "Beeld", "Bijschrift"),)))


def test_a_link_into_the_application_is_plain_text_without_its_address():
    with opened(Document("x", blocks=(Paragraph(text(Run("rijen", link="/diemen"))),))) as pdf:
        assert list(elements(pdf.Root.StructTreeRoot, "/Link")) == []
