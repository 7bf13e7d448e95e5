from lxml import html

from houvast.core.documents.html import write_html
from houvast.core.documents.tests.samples import HARD, chapter
from houvast.core.documents.tree import Document, Heading, Paragraph, Run, text


def page(document=None):
    return html.fromstring(write_html(document or chapter()))


def test_the_same_document_gives_the_same_bytes():
    assert write_html(chapter()) == write_html(chapter())


def test_what_a_person_types_is_text_and_never_markup():
    made = page()
    assert HARD in made.xpath("string(//main)")
    assert page(Document('"><script>x</script>')).xpath("//script") == []


def test_a_heading_begins_a_new_page_on_paper_where_that_was_asked():
    made = page(Document("x", blocks=(Heading(1, "Tekst"), Heading(1, "Bijlage", new_page=True))))
    assert [(head.text, head.get("class")) for head in made.xpath("//main//h2")] == [
        ("Tekst", None),
        ("Bijlage", "new-page"),
    ]
    assert ".new-page { break-before: page; }" in made.xpath("string(//style)")


def test_the_page_needs_nothing_but_itself():
    made = page()
    assert made.xpath("//script | //link | //iframe | //@style | //@onclick") == []
    assert all(address.startswith("data:image/svg+xml") for address in made.xpath("//@src"))


def test_the_page_tells_its_language_landmarks_and_headings():
    made = page()
    assert made.get("lang") == "nl-NL"
    assert [len(made.xpath(f"//{name}")) for name in ("header", "main", "footer", "nav", "h1")] == [
        1,
        1,
        1,
        1,
        1,
    ]
    levels = [int(heading.tag[1]) for heading in made.iter("h1", "h2", "h3", "h4")]
    assert levels == [1, 2, 2, 3, 2]
    assert made.xpath("//a[1]/@href")[0] == "#hv-tekst"


def test_every_internal_link_leads_somewhere():
    made = page()
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in made.xpath("//@href") if link.startswith("#")} <= set(ids)


def test_a_claim_opens_its_account():
    claim = page().xpath("//a[@class='claim']")[0]
    assert (claim.get("href"), claim.get("title")) == ("#feit-security.breaches", "Datalekken: 17")


def test_a_claim_in_a_bullet_keeps_its_style():
    assert page().xpath("string(//ul/li/a[@class='claim']/strong)") == "zeventien"


def test_the_appendix_links_to_the_rows_and_back_to_the_text():
    links = page().xpath("//div[@id='feit-security.breaches']//a/@href")
    assert links[0] == "https://houvast.example/diemen/feiten/security.breaches"
    assert links[1:] == ["#plaats-security.breaches-1", "#plaats-security.breaches-2"]


def test_a_link_into_the_application_stays_relative_without_its_address():
    made = page(Document("x", blocks=(Paragraph(text(Run("r", link="/diemen"))),)))
    assert made.xpath("//main//a/@href") == ["/diemen"]


def test_a_table_names_its_columns_and_rows():
    made = page()
    assert made.xpath("//table[1]/thead//th/@scope")[:2] == ["col", "col"]
    assert made.xpath("(//table)[1]/tbody//th[@scope='row']/text()") == ["Slot", "Sleutel"]
    assert made.xpath("(//table)[1]/tfoot//text()") == ["Totaal", "€ 12"]
    assert made.xpath("(//table)[2]/tbody//th") == []


def test_a_picture_has_words():
    assert page().xpath("//img/@alt") == ["Staaf van 17."]


def test_an_empty_document_is_a_page():
    assert page(Document("Leeg")).xpath("string(//h1)") == "Leeg"
