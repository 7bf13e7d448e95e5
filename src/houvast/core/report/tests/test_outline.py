"""An organisation has the sections of the chapter in its own way from a year on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.report import actions
from houvast.core.report.models import SectionPlacing
from houvast.core.report.outline import OUTLINE, Placing, Section, arranged, require_arrangement, walk
from houvast.core.report.queries import chapter, headings_of_years, outline_of, placings_stamp
from houvast.core.report.tests.test_actions import TODAY, editor, entry

__all__ = ["editor"]

KEYS = [section.key for _depth, section in walk()]
TREE = (
    Section("a", "A", ("a.text",), (Section("a.b", "B", children=(Section("a.b.c", "C"),)),)),
    Section("d", "D"),
)


def _arrange(actor, year=2021, stamp="", **sections):
    placed = {key.replace("__", "."): placing for key, placing in sections.items()}
    return actions.arrange(actor, year=year, sections=placed, expected_stamp=stamp, today=TODAY)


@pytest.mark.parametrize(
    ("placings", "expected"),
    [
        ({}, ["A", "B", "C", "D"]),
        ({"a": Placing("Anders")}, ["Anders", "B", "C", "D"]),
        ({"d": Placing("D", included=False)}, ["A", "B", "C"]),
        # What stood under a section that is left out comes in its place.
        ({"a": Placing("A", included=False)}, ["B", "C", "D"]),
        ({"a": Placing("A", included=False), "a.b": Placing("B", included=False)}, ["C", "D"]),
        ({"a.b.c": Placing("C", included=False)}, ["A", "B", "D"]),
    ],
)
def test_a_section_has_the_organisations_heading_or_is_left_out(placings, expected):
    assert [section.heading for _depth, section in walk(arranged(TREE, placings))] == expected


def test_what_stood_under_a_section_that_is_left_out_rises():
    tree = arranged(TREE, {"a": Placing("A", included=False)})
    assert [(depth, section.key) for depth, section in walk(tree)] == [(0, "a.b"), (1, "a.b.c"), (0, "d")]


@given(st.sets(st.sampled_from(KEYS)))
def test_leaving_sections_out_keeps_the_others_in_their_order(left_out):
    placings = {key: Placing("Kop", included=False) for key in left_out}
    kept = [section.key for _depth, section in walk(arranged(OUTLINE, placings))]
    assert kept == [key for key in KEYS if key not in left_out]


@pytest.mark.parametrize(
    ("placings", "field"),
    [
        ({"no.such": Placing("Kop")}, ""),
        ({"structure": Placing("  ")}, "structure"),
        ({"structure": Placing("K" * 121)}, "structure"),
        ({key: Placing("Kop", included=False) for key in KEYS}, ""),
    ],
)
def test_an_outline_that_cannot_be_is_refused(placings, field):
    with pytest.raises(Refusal) as refused:
        require_arrangement(placings)
    assert refused.value.field == field


def test_a_heading_holds_from_its_year_on_and_not_before(editor):
    _arrange(editor, 2021, talent=Placing("Talent voor iedereen"))
    with reading(editor.organisation.pk):
        stamp = placings_stamp(2022)
    _arrange(editor, 2022, stamp, talent=Placing("Leren"))
    with reading(editor.organisation.pk):
        talent = next(section for section in OUTLINE if section.key == "talent")
        told = headings_of_years()
        assert [told(talent, year) for year in (2020, 2021, 2022, 2023)] == [
            "Leren en ontwikkelen",
            "Talent voor iedereen",
            "Leren",
            "Leren",
        ]
        assert [section.heading for section in outline_of(2021) if section.key == "talent"] == [
            "Talent voor iedereen"
        ]


def test_only_what_changes_is_written_and_leaves_a_trail(editor):
    rows = _arrange(
        editor, structure=Placing("Organisatiestructuur"), housing=Placing("Huisvesting", included=False)
    )
    assert [row.section for row in rows] == ["housing"]
    with reading(editor.organisation.pk):
        entry = AuditEntry.objects.get(action="report.arrange")
        assert entry.changes == {
            "section": "housing",
            "from_year": 2021,
            "heading": "Huisvesting",
            "included": False,
        }
        assert "housing" not in [section.key for section in outline_of(2021)]


def test_the_same_year_is_changed_in_place(editor):
    _arrange(editor, talent=Placing("Een"))
    with reading(editor.organisation.pk):
        stamp = placings_stamp(2021)
    _arrange(editor, 2021, stamp, talent=Placing("Twee"))
    with reading(editor.organisation.pk):
        assert list(SectionPlacing.objects.values_list("from_year", "heading", "version")) == [
            (2021, "Twee", 2)
        ]


def test_nothing_changed_is_refused(editor):
    with pytest.raises(Refusal):
        _arrange(editor, talent=Placing("Leren en ontwikkelen"))


def test_two_people_at_once_are_told(editor):
    _arrange(editor, talent=Placing("Een"))
    with pytest.raises(Conflict):
        _arrange(editor, talent=Placing("Twee"))
    with reading(editor.organisation.pk):
        assert SectionPlacing.objects.get().heading == "Een"


def test_a_year_without_a_chapter_has_no_outline(editor):
    with pytest.raises(Refusal):
        _arrange(editor, 2003, talent=Placing("Een"))


def test_the_chapter_is_made_by_the_outline_of_its_year(editor):
    actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    _arrange(
        editor, partnership=Placing("Samen", included=False), partnership__staff=Placing("S", included=False)
    )
    with reading(editor.organisation.pk):
        made = chapter(editor.organisation, 2021)
    top = [section.key for section in made.sections if section.depth == 0]
    assert top[-3:] == ["partnership.governance", "partnership.control", "partnership.security"]
