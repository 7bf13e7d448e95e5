"""What the chapter says about its own facts: which are examples, which nobody checked, which cannot be read."""

from datetime import date
from uuid import UUID

from houvast.core.documents import tree
from houvast.core.report.chapter import Text, compose
from houvast.core.report.claims import Claim, Kind, Noun, ReportContext
from houvast.core.report.document import EXAMPLE, document
from houvast.core.report.outline import Section

CONTEXT = ReportContext("diemen", "Diemen", 2026, date(2026, 12, 31), UUID(int=1))


def counted(key, rows, examples):
    return Claim(
        key=key,
        label=key,
        kind=Kind.COUNT,
        value=rows,
        rows=rows,
        digest="d",
        unit=Noun("rij", "rijen"),
        example_rows=examples,
    )


def made(*claims, text="", unreadable=None):
    held = {claim.key: claim for claim in claims}
    source = text or " ".join(f"[[{key}]]" for key in held)
    outline = (Section("a", "A", ("a.a",)),)
    return compose(CONTEXT, held, {"a.a": Text(source)}, outline, unreadable=unreadable)


def notes(chapter):
    blocks = document(chapter).blocks
    return ["".join(run.text for run in b.paragraphs[0]) for b in blocks if isinstance(b, tree.Note)]


def test_rows_that_were_really_recorded_are_not_called_made_up():
    chapter = made(counted("x.a", 5, 2), counted("x.b", 3, 3), counted("x.c", 7, 0))
    assert chapter.example_part == (5, 8)
    assert notes(chapter) == [
        (
            "Een deel van de aantallen in deze tekst rust op voorbeeldrijen: 5 van de 8 rijen achter die feiten, per "
            "feit geteld. De inhoud van die rijen is verzonnen om ze te kunnen tellen; de andere zijn echt vastgelegd. "
            "Het overzicht achterin zegt om welke feiten het gaat."
        )
    ]


def test_facts_that_rest_on_example_rows_alone_are_told_without_a_part():
    chapter = made(counted("x.b", 3, 3), counted("x.c", 7, 0))
    assert chapter.example_part is None
    assert notes(chapter) == [EXAMPLE]


def test_without_example_rows_nothing_is_said():
    chapter = made(counted("x.c", 7, 0))
    assert (chapter.example_part, notes(chapter)) == (None, [])


def test_several_unchecked_facts_are_counted_in_the_note():
    claims = [
        Claim(key=k, label=k, kind=Kind.NAME, value="x", rows=1, digest="d", unchecked=True)
        for k in ("x.a", "x.b")
    ]
    assert notes(made(*claims)) == [
        (
            "2 feiten in deze tekst zijn nog niet gecontroleerd door een tweede persoon. "
            "Het overzicht achterin zegt welke."
        )
    ]


def test_a_text_that_cannot_be_parsed_keeps_its_own_problem_beside_unreadable_facts():
    chapter = made(text="[[als", unreadable={"x.a": "Dat feit niet."})
    assert chapter.problems[0][1] != "Dat feit niet."
    assert chapter.reads(chapter.sections[0])


def test_an_unreadable_fact_is_told_where_it_stands_and_only_there():
    assert made(text="[[x.a]]", unreadable={"x.a": "Dat feit niet."}).problems == (("a.a", "Dat feit niet."),)
    assert made(text="Gewoon.", unreadable={"x.a": "Dat feit niet."}).problems == ()
