"""Words as people look for them: folded, stemmed, and marked where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.search.rules import (
    BODY,
    INSIDE,
    MOST_TERMS,
    REFERENCE,
    TITLE,
    Query,
    fold,
    squeezed,
    stem,
    terms_of,
    words_of,
)

# What stands in the registers of a municipality: the word as it is looked for, and as it is written.
PLURALS = [
    ("datalek", "datalekken"),
    ("incident", "incidenten"),
    ("veiligheidsincident", "veiligheidsincidenten"),
    ("klacht", "klachten"),
    ("besluit", "besluiten"),
    ("melding", "meldingen"),
    ("benoeming", "benoemingen"),
    ("medewerker", "medewerkers"),
    ("teamleider", "teamleiders"),
    ("team", "teams"),
    ("functie", "functies"),
    ("vacature", "vacatures"),
    ("onderdeel", "onderdelen"),
    ("formatieplaats", "formatieplaatsen"),
    ("brief", "brieven"),
    ("dossier", "dossiers"),
    ("termijn", "termijnen"),
    ("afspraak", "afspraken"),
    ("maatregel", "maatregelen"),
    ("gevolg", "gevolgen"),
    ("persoonsgegeven", "persoonsgegevens"),
    ("inwoner", "inwoners"),
    ("telefoon", "telefoons"),
    ("bijlage", "bijlagen"),
    ("raadslid", "raadsleden"),
    ("bestuurslid", "bestuursleden"),
    ("stad", "steden"),
    ("huis", "huizen"),
    ("gemeente", "gemeenten"),
    ("advies", "adviezen"),
    ("fout", "fouten"),
    ("mijlpaal", "mijlpalen"),
    ("overgangsactie", "overgangsacties"),
    ("jaarstuk", "jaarstukken"),
    ("contract", "contracten"),
    ("verwerking", "verwerkingen"),
    ("risico", "risico’s"),
    ("foto", "foto’s"),
    ("wethouder", "wethouders"),
    ("paragraaf", "paragrafen"),
    ("bijeenkomst", "bijeenkomsten"),
    ("cursus", "cursussen"),
]


@pytest.mark.parametrize(("singular", "plural"), PLURALS)
def test_a_word_finds_its_plural_and_the_plural_finds_the_word(singular, plural):
    assert Query(singular).matches(terms_of([(plural, BODY)]))
    assert Query(plural).matches(terms_of([(singular, BODY)]))


@pytest.mark.parametrize(
    ("typed", "text"),
    [("bedreigd", "het bedrijf"), ("klacht", "kracht"), ("20", "2021"), ("202", "2021"), ("da", "datalek")],
)
def test_another_word_a_part_of_a_number_and_two_letters_find_nothing(typed, text):
    assert not Query(typed).matches(terms_of([(text, BODY)]))


@pytest.mark.parametrize("typed", ["beleidsplan", "BELEIDSPLAN", "bel", "beléidsplan", "beleidsplannen"])
def test_case_accents_and_the_first_three_letters_do(typed):
    assert Query(typed).matches(terms_of([("Het Beleidsplan is vastgesteld.", BODY)]))


def test_each_word_has_to_be_there():
    terms = terms_of([("Een telefoon lag in de trein.", BODY)])
    assert Query("trein telefoon").matches(terms)
    assert not Query("trein laptop").matches(terms)
    assert not Query("").matches(terms)


def test_a_word_that_stands_in_every_text_counts_only_when_it_stands_alone():
    assert [word.folded for word in Query("de trein").words] == ["trein"]
    assert [word.folded for word in Query("van de").words] == ["van", "de"]
    assert "de" not in terms_of([("de trein", BODY)])
    assert terms_of([("Van de Velde", TITLE)])["de"] == TITLE


def test_a_name_is_found_by_the_last_part_of_a_long_word_and_a_text_is_not():
    assert terms_of([("Organisatiestructuur", TITLE)])["structuur"] == INSIDE
    assert Query("structuur").matches(terms_of([("Organisatiestructuur 2021", TITLE)]))
    assert not Query("structuur").matches(terms_of([("Organisatiestructuur 2021", BODY)]))
    assert Query("zonneboiler").matches(terms_of([("Zonneboiler2", TITLE)]))


def test_a_word_weighs_by_the_best_place_where_it_stands():
    terms = terms_of([("trein dl", BODY), ("trein", TITLE), ("DL-2021-001", REFERENCE)])
    assert {term: terms[term] for term in ("dl", "2021", "001", "trein")} == {
        "dl": REFERENCE,
        "2021": REFERENCE,
        "001": REFERENCE,
        "trein": TITLE,
    }


def test_of_a_very_long_text_the_first_words_are_kept():
    assert len(terms_of([(" ".join(f"woord{n}" for n in range(5000)), BODY)])) == MOST_TERMS


def test_a_reference_is_known_with_and_without_its_separators():
    assert {squeezed(one) for one in ("DL-2021-014", "dl 2021 014", "DL2021014")} == {"dl2021014"}


def test_single_letters_are_no_words_and_single_digits_are():
    assert list(words_of("’s-Gravenhage: 1 a")) == ["gravenhage", "1"]


DUTCH = st.text(alphabet="abcdefghijklmnopqrstuvwxyzëéïĳĲÉAZ -'’0123456789", max_size=40)


@given(DUTCH)
def test_whatever_is_typed_with_the_ligature_finds_ij_and_the_other_way_round(text):
    with_ligature = text.replace("ij", "ĳ").replace("IJ", "Ĳ")
    with_letters = text.replace("ĳ", "ij").replace("Ĳ", "IJ")
    assert fold(with_ligature) == fold(with_letters)
    assert terms_of([(with_ligature, BODY)]) == terms_of([(with_letters, BODY)])
    if Query(with_letters).words:
        assert Query(with_ligature).matches(terms_of([(with_letters, TITLE)]))


@given(st.text(max_size=60))
def test_folding_once_is_enough_and_a_text_is_found_by_its_own_words(text):
    assert fold(fold(text)) == fold(text)
    query = Query(text)
    if query.words:
        assert query.matches(terms_of([(text, TITLE)]))


@given(st.text(max_size=300), DUTCH)
def test_a_snippet_is_a_piece_of_the_text_and_marks_only_what_was_typed(text, typed):
    query = Query(typed)
    pieces = query.snippet(text)
    shown = "".join(piece for piece, _meant in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert all(query.is_meant(piece) for piece, meant in pieces if meant)
    assert not pieces or any(meant for _piece, meant in pieces)


def test_a_snippet_is_the_sentence_with_most_of_the_words():
    text = "Er was een brief. De brieven lagen bij de foto’s in de trein. Niets meer."
    assert Query("brief foto").snippet(text) == (
        ("De ", False),
        ("brieven", True),
        (" lagen bij de ", False),
        ("foto’s", True),
        (" in de trein.", False),
    )
    assert Query("laptop").snippet(text) == ()


def test_of_a_long_sentence_the_part_around_the_word_is_shown():
    text = f"{'voor ' * 100}telefoon {'na ' * 100}".strip()
    pieces = Query("telefoon").snippet(text)
    assert ("telefoon", True) in pieces
    assert pieces[0][0].startswith("… voor")
    assert pieces[-1][0].endswith(" …")
    assert sum(len(piece) for piece, _meant in pieces) < 260


def test_a_word_that_ends_like_a_plural_and_is_none_keeps_its_own_stem():
    assert not Query("lid").matches(terms_of([("lang geleden", BODY)]))
    assert Query("verleden").matches(terms_of([("het verleden", BODY)]))


def test_numbers_have_no_stem():
    assert stem("2021") == "2021"
