import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houvast.core.report import prose
from houvast.core.report.claims import Kind
from houvast.core.report.grammar import MAX_DEPTH
from houvast.core.report.prose import (
    Agreement,
    Bullets,
    Condition,
    Paragraph,
    Prose,
    ProseError,
    Ref,
    Run,
    Text,
)
from houvast.core.report.tests.examples import CHAPTER, by_key, claim, count, of


def written(text, claims=CHAPTER):
    return prose.to_text(prose.render(prose.parse(text), claims))


def error(text, claims=CHAPTER):
    with pytest.raises(ProseError) as caught:
        prose.render(prose.parse(text), claims)
    return caught.value


# Reading


def test_prose_is_read_into_a_tree():
    parsed = prose.parse("a [[b.c|woord]][[als niet d]]e[[anders]][[f?is/zijn]][[einde]]")
    assert parsed.nodes == (
        Text("a ", 0),
        Ref("b.c", "woord", 2, 15),
        Condition(
            "d",
            negated=True,
            then=(Text("e", 29),),
            otherwise=(Agreement("f", "is", "zijn", 40, 53),),
            start=15,
            end=29,
        ),
    )
    assert prose.keys(parsed) == ("b.c", "d", "f")


def test_keys_are_named_once():
    assert prose.keys(prose.parse("[[als a]][[a]] [[b]] [[a|woord]][[einde]]")) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("a [[b", (2, 5), "niet gesloten"),
        ("a [[b [[c]]", (2, 6), "niet gesloten"),
        ("a ]] b", (2, 4), "zonder [["),
        ("a [[B]]", (2, 7), "niet te lezen"),
        ("[[9]]", (0, 5), "niet te lezen"),
        ("[[als]]", (0, 7), "niet te lezen"),
        ("[[" + "x " * 40 + "]]", (0, 84), "…"),
        ("a [[b|groot]]", (2, 13), "‘groot’ bestaat niet"),
        ("[[a?/]]", (0, 7), "twee woorden"),
        ("[[a?9/10]]", (0, 10), "cijfer"),
        ("[[als a]]b", (0, 9), "Zet [[einde]]"),
        ("b[[einde]]", (1, 10), "zonder [[als"),
        ("b[[anders]]", (1, 11), "zonder [[als"),
        ("[[als a]][[anders]][[anders]][[einde]]", (19, 29), "één [[anders]]"),
        ("Dit: [[values.values|lijst]]", (5, 28), "alleen op haar regel"),
        ("[[values.values|lijst]].", (0, 23), "alleen op haar regel"),
    ],
)
def test_an_error_says_where_and_what(text, place, part):
    with pytest.raises(ProseError) as caught:
        prose.parse(text)
    assert (caught.value.start, caught.value.end) == place
    assert part in caught.value.message
    assert str(caught.value) == caught.value.message


def test_conditions_nest_to_a_limit():
    deep = "[[als a]]" * MAX_DEPTH + "x" + "[[einde]]" * MAX_DEPTH
    assert written(deep, by_key(count("a", 1, "b", "c"))) == "X"
    with pytest.raises(ProseError, match="Meer dan"):
        prose.parse("[[als a]]" + deep + "[[einde]]")


# Filling in

BREACHES = (
    "In [[report.year]] zijn [[security.breaches|telling]] geregistreerd. "
    "[[als security.breaches_notified]]In [[security.breaches_notified|telling]] "
    "[[security.breaches_notified?is/zijn]] de [[security.breaches_notified?melding/meldingen]] "
    "gedaan bij de AP.[[einde]]"
)


@pytest.mark.parametrize(
    ("breaches", "notified", "text"),
    [
        (
            17,
            2,
            "In 2021 zijn 17 datalekken geregistreerd. In twee gevallen zijn de meldingen gedaan bij de AP.",
        ),
        (
            18,
            3,
            "In 2021 zijn 18 datalekken geregistreerd. In drie gevallen zijn de meldingen gedaan bij de AP.",
        ),
        (
            18,
            1,
            "In 2021 zijn 18 datalekken geregistreerd. In één geval is de melding gedaan bij de AP.",
        ),
        (18, 0, "In 2021 zijn 18 datalekken geregistreerd."),
    ],
)
def test_the_sentence_follows_the_register(breaches, notified, text):
    claims = CHAPTER | by_key(
        count("security.breaches", breaches, "datalek", "datalekken", style="cijfer"),
        count("security.breaches_notified", notified, "geval", "gevallen"),
    )
    assert written(BREACHES, claims) == text


@pytest.mark.parametrize(
    ("number", "figures", "words"),
    [
        (0, "Er zijn geen datalekken.", "Er zijn geen datalekken."),
        (1, "Er is 1 datalek.", "Er is één datalek."),
        (2, "Er zijn 2 datalekken.", "Er zijn twee datalekken."),
        (20, "Er zijn 20 datalekken.", "Er zijn twintig datalekken."),
        (21, "Er zijn 21 datalekken.", "Er zijn 21 datalekken."),
    ],
)
def test_none_is_a_word_before_its_noun_in_every_style_and_the_verb_agrees(number, figures, words):
    def said(token, style):
        made = count("security.breaches", number, "datalek", "datalekken", style=style)
        return written(f"Er [[security.breaches?is/zijn]] {token}.", by_key(made))

    noun = "[[security.breaches?datalek/datalekken]]"
    assert said("[[security.breaches|telling]]", "cijfer") == figures
    assert said(f"[[security.breaches]] {noun}", "cijfer") == figures
    assert said("[[security.breaches|telling]]", "woord") == words
    assert said(f"[[security.breaches]] {noun}", "woord") == words


DIRECTORS = "[[d|telling-woord]][[als v]] en [[v|telling-woord]][[einde]] vormen het directieteam."


def test_a_vacancy_is_named_when_there_is_one():
    def directors(filled, vacant):
        claims = by_key(
            count("d", filled, "directielid", "directieleden"), count("v", vacant, "vacature", "vacatures")
        )
        return written(DIRECTORS, claims)

    assert directors(3, 1) == "Drie directieleden en één vacature vormen het directieteam."
    assert directors(4, 0) == "Vier directieleden vormen het directieteam."


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (14, "Alle teams hebben een plan."),
        (13, "13 van de 14 teams hebben een plan."),
        (8, "De meeste teams hebben een plan."),
        (7, "De helft van de teams hebben een plan."),
        (1, "1 van de 14 teams heeft een plan."),
    ],
)
def test_a_quantifier_reads_well_before_its_noun(n, text):
    assert written("[[q]] teams [[q?heeft/hebben]] een plan.", by_key(of("q", n, 14))) == text


def test_half_needs_no_more_words_where_no_noun_follows():
    claims = by_key(of("q", 7, 14))
    assert (
        written("Dat is [[q]]. Het is [[q]] van de teams.", claims)
        == "Dat is de helft. Het is de helft van de teams."
    )
    assert written("Dus [[q]] [[q?team/teams]].", claims) == "Dus de helft van de teams."
    assert written("Dus [[q|telling]] teams.", claims) == "Dus 7 van de 14 teams."


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("A[[als x]] b[[einde]].", "A."),
        ("A, [[als x]]b[[einde]], c.", "A, c."),
        ("A [[als x]]b[[einde]] c.", "A c."),
        ("A ([[als x]]b[[einde]]) c.", "A c."),
        ("A. [[als x]]B[[einde]]. C.", "A. C."),
        ("A ([[als x]]b, [[einde]]c).", "A (c)."),
        ("[[als x]]Nu [[einde]]waren er.", "Waren er."),
        ("A.\n\n[[als x]]B.[[einde]]\n\nC.", "A.\n\nC."),
        ("A.\n[[als x]]B.[[einde]]\nC.", "A. C."),
        ("- a\n[[als x]]- b[[einde]]\n- c", "- a\n- c"),
        ("- [[als x]]b[[einde]]\n- c", "- c"),
        ("[[als x]]b[[einde]].", ""),
        ("[[als niet x]]B[[anders]]C[[einde]].", "B."),
        ("[[als x]]B[[anders]]C[[einde]].", "C."),
        ("A[[als x]]B[[einde]] .NET", "A .NET"),
        ("‘ [[als x]]b[[einde]] ’ A ;", "A;"),
    ],
)
def test_what_falls_away_leaves_no_trace(text, result):
    assert written(text) == result


def test_the_items_of_a_claim_are_left_as_they_are():
    claims = by_key(claim("l", Kind.LIST, ["A", "B", "C"]), claim("n", Kind.NAME, "Zo , maar  dan\nanders"))
    assert written("Dit zijn [[l]].", claims) == "Dit zijn A, B en C."
    assert written("Het heet [[n]].", claims) == "Het heet Zo , maar dan anders."


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("[[d]] leden. [[d]] teams! En [[d]].", "Vier leden. Vier teams! En vier."),
        ("Zie o.a. [[d]] leden en bijv. [[d]] teams.", "Zie o.a. vier leden en bijv. vier teams."),
        ("Hij zei ‘ja.’ [[d]] leden.", "Hij zei ‘ja.’ Vier leden."),
        ("- [[d]] leden", "- Vier leden"),
        ("Team-[[d]] (o.a. [[d]])", "Team-vier (o.a. vier)"),
        ("[[als d]]het[[einde]] team", "Het team"),
        ("Ja. [[als d]]het[[einde]] team", "Ja. Het team"),
        ("Dr. A. [[d]]", "Dr. A. vier"),
    ],
)
def test_a_sentence_that_starts_with_a_token_gets_a_capital(text, result):
    assert written(text, by_key(count("d", 4, "lid", "leden"))) == result


def test_blocks_tell_which_words_are_claims():
    text = (
        "De kernwaarden:\n\n[[values.values|lijst]]\n- en\n  meer\n\n\nIn [[report.year]] zijn er\r\nhooguit."
    )
    assert prose.render(prose.parse(text), CHAPTER) == (
        Paragraph((Run("De kernwaarden:"),)),
        Bullets(
            (
                (Run("Bewust doen", "values.values"),),
                (Run("Met lef", "values.values"),),
                (Run("Leergierig", "values.values"),),
                (Run("en meer"),),
            )
        ),
        Paragraph((Run("In "), Run("2021", "report.year"), Run(" zijn er hooguit."))),
    )


def test_agreement_may_be_an_ending():
    assert (
        written("De teamleider[[c?/s]] kwam[[c?/en]].", by_key(count("c", 1, "a", "b")))
        == "De teamleider kwam."
    )


def test_an_empty_list_leaves_nothing():
    assert written("A\n\n[[l|lijst]]\n\nB", by_key(claim("l", Kind.LIST, []))) == "A\n\nB"


def test_a_list_may_stand_in_a_condition():
    assert (
        written("[[als values.values]][[values.values|lijst]][[einde]]")
        == "- Bewust doen\n- Met lef\n- Leergierig"
    )


def test_text_is_composed_and_printable():
    assert written("Cafe\u0301\x00 \U000f0000ok\ud800.") == "Café ok."


def test_a_missing_claim_names_its_key():
    caught = error("Er zijn [[security.unknown]] gevallen.")
    assert "security.unknown" in caught.message
    assert (caught.start, caught.end) == (8, 28)


def test_a_form_that_does_not_fit_names_those_that_do():
    caught = error("Op [[report.year|woord]].")
    assert "Kies periode, maand, kwartaal, jaar, begin en eind" in caught.message
    assert "geen aantal" in error("[[report.year?is/zijn]]").message
    assert "geen namen" in error("[[security.breaches|lijst]]").message


def test_all_problems_are_found_at_once_in_all_branches():
    text = "[[a]][[als b]][[b]] [[c|woord]][[anders]][[b]][[einde]][[als niet d]]x[[anders]][[d]][[einde]]"
    found = prose.problems(prose.parse(text), by_key(claim("c", Kind.NAME, "x")))
    assert [(problem.start, problem.end) for problem in found] == [(0, 5), (20, 31), (41, 46)]


# Properties


def read(text) -> Prose | ProseError:
    try:
        return prose.parse(text)
    except ProseError as caught:
        return caught


WORDS = st.text(alphabet="abé ,.-\n’", max_size=12)
TOKENS = st.sampled_from(
    [
        "[[security.breaches]]",
        "[[security.breaches|telling]]",
        "[[security.none|telling]]",
        "[[security.none?is/zijn]]",
        "[[values.values]]",
        "[[structure.teams_with_leader]]",
        "[[events.week]]",
        "[[security.impact]]",
        "\n\n[[values.values|lijst]]\n\n",
    ]
)
CONDITION_KEYS = st.sampled_from(["security.breaches", "security.none", "niet security.none", "absent.key"])
GRAMMAR = st.recursive(
    WORDS | TOKENS,
    lambda inner: (
        st.lists(inner, max_size=4).map("".join)
        | st.builds(
            lambda key, yes, no: f"[[als {key}]]{yes}[[anders]]{no}[[einde]]", CONDITION_KEYS, inner, inner
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(GRAMMAR)
def test_valid_prose_always_renders_tidily(text):
    parsed = read(text)
    if isinstance(parsed, ProseError):
        assert "alleen op haar regel" in parsed.message  # words may have come beside the list
        return
    blocks = prose.render(parsed, CHAPTER)
    for block in blocks:
        for runs in block.items if isinstance(block, Bullets) else (block.runs,):
            line = "".join(run.text for run in runs)
            assert line.strip() == line
            assert line
            assert "  " not in line
            assert not re.search(r" [,.;](?!\w)", line)
            assert all(run.text for run in runs)


@settings(deadline=None)
@given(st.text(alphabet="[]|?/ als niet anders einde.9\n", max_size=80))
def test_any_text_is_read_or_refused_with_a_place(text):
    parsed = read(text)
    if isinstance(parsed, ProseError):
        assert 0 <= parsed.start < parsed.end <= len(text)
        assert parsed.message.endswith((".", "?"))
    else:
        assert parsed.source == text
