import pytest

from houvast.core.documents.errors import DocumentError
from houvast.core.documents.resolve import resolve
from houvast.core.documents.tests.samples import BREACHES, chapter
from houvast.core.documents.tree import (
    BulletList,
    ClaimRef,
    Definitions,
    Document,
    Entry,
    Heading,
    Paragraph,
    Run,
    plain,
    table,
    text,
)


def test_headings_get_an_address_of_their_own():
    blocks = (Heading(1, "Één kop"), Heading(1, "Eén kop"), Heading(1, "ĳ"), Heading(1, "Ω"))
    anchors = [heading.anchor for heading in resolve(Document("x", blocks=blocks)).contents]
    assert anchors == ["kop-een-kop", "kop-een-kop-2", "kop-ij", "kop-zonder-letters"]


def test_tables_and_figures_are_numbered_in_order():
    blocks = resolve(chapter()).document.blocks
    captions = [block.caption for block in blocks if hasattr(block, "caption")]
    assert captions == ["Tabel 1. Maatregelen", "Tabel 2. Zonder rijkoppen", "Figuur 1. Datalekken"]


def test_each_place_of_a_claim_has_an_address_and_its_entry_leads_back_there():
    blocks = resolve(chapter()).document.blocks
    bullets = next(block for block in blocks if isinstance(block, BulletList))
    entry = next(block for block in blocks if isinstance(block, Definitions)).entries[0]
    assert bullets.items[0][1].anchor == "plaats-security.breaches-2"
    assert plain(entry.back) == "1.1 Veiligheid; 1.1 Veiligheid (2)"
    assert [run.link for run in entry.back if run.link] == [
        "#plaats-security.breaches-1",
        "#plaats-security.breaches-2",
    ]


def test_a_claim_that_the_document_does_not_account_for_is_plain_text():
    document = Document("x", blocks=(Paragraph(text(Run("17", claim=BREACHES))),))
    assert resolve(document).document.blocks == (Paragraph(text("17")),)


def test_a_link_into_the_application_is_made_whole_when_its_address_is_known():
    blocks = (Paragraph(text(Run("x", link="/diemen"))),)
    paragraph = resolve(Document("x", base_url="https://h.nl/app/", blocks=blocks)).document.blocks[0]
    assert paragraph.runs[0].link == "https://h.nl/app/diemen"
    assert resolve(Document("x", blocks=blocks)).document.blocks == blocks


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        ((Heading(2, "Eerst"),), "slaat een niveau over"),
        ((Heading(1, "A"), Heading(3, "B")), "slaat een niveau over"),
        ((Paragraph((), anchor="a"), Paragraph((), anchor="a")), "meer dan één keer"),
        ((Paragraph(text(Run("x", link="#nergens"))),), "leidt nergens heen"),
        ((Definitions((Entry((), (), "a"),)), table("T", ["A"], [], anchor="a")), "meer dan één keer"),
    ],
)
def test_a_document_whose_addresses_do_not_fit_is_refused(blocks, message):
    with pytest.raises(DocumentError, match=message):
        resolve(Document("x", blocks=blocks))


def test_two_claims_may_share_an_entry():
    ref = ClaimRef("a.c", anchor="feit-a.b")
    blocks = (Paragraph(text(Run("x", claim=ref))), Definitions((Entry(text("A"), (), "feit-a.b"),)))
    resolved = resolve(Document("x", blocks=blocks)).document.blocks
    assert plain(resolved[1].entries[0].back) == "begin van de tekst"
