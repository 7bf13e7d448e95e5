import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houvast.core.documents.encode import from_json, to_json
from houvast.core.documents.errors import DocumentError
from houvast.core.documents.tests.samples import FIGURES, HARD, SVG, chapter
from houvast.core.documents.tree import (
    BulletList,
    ClaimRef,
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
    Table,
    fact,
    plain,
    table,
    text,
)

words = st.text(max_size=20)
some_words = words.filter(lambda value: value.strip())
claims = st.builds(ClaimRef, st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}", fullmatch=True), words)
links = st.sampled_from(["", "https://voorbeeld.nl/a", "/diemen", "#feit-a.b", "mailto:a@b.nl"])
runs = st.lists(
    st.builds(Run, words, st.booleans(), st.booleans(), st.none() | claims, links), max_size=4
).map(tuple)
items = st.lists(runs, max_size=3).map(tuple)
tables = st.builds(
    lambda rows, footer: Table("Tabel", ("A", "B"), rows, numeric=(1,), footer=footer),
    st.lists(st.tuples(runs, runs), max_size=3).map(tuple),
    st.just(()) | st.tuples(runs, runs),
)
blocks = st.one_of(
    st.builds(Heading, st.integers(1, 3), st.sampled_from(["Kop", HARD]), words),
    st.builds(Paragraph, runs),
    st.builds(BulletList, items),
    st.builds(NumberedList, items),
    tables,
    st.builds(Figure, st.just(SVG), st.just("Beeld"), st.just("Bijschrift"), st.none() | tables),
    st.builds(Note, st.sampled_from(["info", "warning"]), items, words),
    st.builds(Definitions, st.lists(st.builds(Entry, runs, st.just((("", ()),))), max_size=2).map(tuple)),
    st.just(Contents()),
)
documents = st.builds(
    Document,
    st.just("Titel"),
    words,
    subtitle=words,
    date=st.none() | st.dates(),
    meta=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    blocks=st.lists(blocks, max_size=4).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(documents)
def test_a_stored_tree_is_the_tree_that_was_stored_and_stores_the_same_again(document):
    stored = to_json(document)
    assert from_json(stored) == document
    assert to_json(from_json(stored)) == stored


def test_a_whole_chapter_survives_storage():
    assert from_json(to_json(chapter())) == chapter()


def test_json_is_canonical_and_leaves_defaults_out():
    document = Document("Ĳ", blocks=(Paragraph(text("a")),))
    assert (
        to_json(document) == '{"blocks":[{"runs":[{"text":"a"}],"type":"Paragraph"}],"title":"Ĳ","version":1}'
    )


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "{}",
        '{"version":2,"title":"x"}',
        '{"version":1}',
        '{"version":1,"title":1}',
        '{"version":1,"title":"x","colour":"red"}',
        '{"version":1,"title":"x","blocks":[{"type":"Video"}]}',
        '{"version":1,"title":"x","blocks":"Kop"}',
    ],
)
def test_something_else_than_a_stored_document_is_refused(stored):
    with pytest.raises(DocumentError):
        from_json(stored)


def test_text_loses_what_xml_cannot_hold_and_keeps_single_spaces():
    assert Run("a\x00\x0bb\n\tc\ud800 ").text == "a b c "
    assert Run("a \x1f b").text == "a b"


def test_an_svg_keeps_its_lines():
    assert Figure(SVG, "Beeld", "Bijschrift").svg == SVG


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "www.x.nl", "http://a b"]
)
def test_an_unsafe_link_is_refused(link):
    with pytest.raises(DocumentError, match="veilig adres"):
        Run("x", link=link)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Document(" "),
        lambda: Document("x", base_url="javascript:x"),
        lambda: Heading(4, "Te diep"),
        lambda: Heading(1, ""),
        lambda: Paragraph((), anchor='"><script>'),
        lambda: ClaimRef("spatie hier"),
        lambda: table("Tabel", ["A"], [["1", "2"]]),
        lambda: table("Tabel", ["A"], [], numeric=[1]),
        lambda: table("", ["A"], []),
        lambda: Figure(SVG, "", "Bijschrift"),
        lambda: Note("schreeuw", ()),
    ],
)
def test_what_no_document_can_hold_is_refused_when_it_is_made(make):
    with pytest.raises(DocumentError):
        make()


def test_a_bare_language_becomes_a_full_one():
    assert Document("x", language="nl").language == "nl-NL"


def test_a_fact_tells_only_what_is_known():
    entry = fact(ClaimRef("year"), label="Jaar", value="2021")
    assert plain(entry.term) == "Jaar: 2021"
    assert [label for label, _ in entry.body] == ["Sleutel"]


def test_a_fact_links_to_its_rows():
    entry = fact(ClaimRef("a.b"), label="A", value="1", rows=3, link="/diemen/feiten/a.b")
    assert entry.body[0] == ("Rijen", text("3", ", ", Run("bekijk de rijen", link="/diemen/feiten/a.b")))


def test_cells_may_be_plain_strings():
    assert FIGURES.rows == ((text("2021"), text("17")),)
