"""A count about so few people that it is not told: in no form, in no file, and by no offer of the guard."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from houvast.core.access.actor import system_actor
from houvast.core.configuration import actions as configuration
from houvast.core.documents import tree
from houvast.core.orgs.scope import reading
from houvast.core.report.bindings import Index
from houvast.core.report.claims import Claim, ClaimSource, Evidence, Kind, Noun, Period, ReportContext
from houvast.core.report.document import _account, no_links
from houvast.core.report.finding import _claim_terms, _value
from houvast.core.report.forms import FormError, is_singular, names, rendered

NOUN = Noun("melding", "meldingen")
DIGEST = "0" * 64


def claim(value, *, fewer_than=5, style="woord", **more):
    return Claim(
        key="test.reports",
        label="Meldingen",
        kind=Kind.COUNT,
        value=value,
        rows=value,
        digest=DIGEST,
        unit=NOUN,
        style=style,
        fewer_than=fewer_than,
        as_of=date(2021, 12, 31),
        **more,
    )


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1, None, "minder dan vijf"),
        (4, None, "minder dan vijf"),
        (4, "woord", "minder dan vijf"),
        (4, "cijfer", "minder dan 5"),
        (4, "telling", "minder dan vijf meldingen"),
        (1, "telling-woord", "minder dan vijf meldingen"),
        (0, None, "geen"),
        (0, "telling", "geen meldingen"),
        (5, None, "vijf"),
        (5, "cijfer", "5"),
        (5, "telling", "vijf meldingen"),
    ],
)
def test_a_small_number_is_told_as_fewer_than_in_every_form_and_none_is_none(value, form, text):
    assert rendered(claim(value), form) == text


def test_a_style_in_figures_says_the_threshold_in_figures():
    assert claim(3, style="cijfer").text == "minder dan 5"


def test_a_verb_beside_it_does_not_tell_that_it_is_one():
    assert not is_singular(claim(1))
    assert is_singular(claim(1, fewer_than=0))


def test_what_it_counts_is_not_listed():
    with pytest.raises(FormError, match="zo klein"):
        names(claim(2, items=("A", "B")))
    assert names(claim(5, items=tuple("ABCDE"))) == tuple("ABCDE")


def test_open_data_holds_neither_the_number_nor_how_many_rows():
    told = claim(3).to_json()
    assert (told["value"], told["rows"], told["text"]) == (None, None, "minder dan vijf")
    told = claim(7).to_json()
    assert (told["value"], told["rows"]) == (7, 7)


def test_the_account_of_the_chapter_gives_no_number_of_rows():
    entry = _account(claim(3, example_rows=3), no_links)
    assert "3" not in "".join(run.text for _label, runs in entry.body for run in runs).replace(
        DIGEST, ""
    ).replace("31", "")
    assert isinstance(entry, tree.Entry)


def test_neither_search_nor_the_guard_tells_that_a_guess_was_right():
    small = claim(3, items=("Jansen", "Pietersen", "Klaassen"))
    assert "3" not in _claim_terms(small)
    assert "jansen" not in _claim_terms(small)
    assert "3" in _claim_terms(claim(3, fewer_than=0))
    assert _value(small) == "minder dan vijf"
    assert _value(claim(7)) == "7"
    assert Index({small.key: small}).with_number(Kind.COUNT, 3) == []


def source(value, **more):
    return ClaimSource(
        key="test.reports",
        label="Meldingen",
        kind=Kind.COUNT,
        compute=lambda context: Evidence(value, value, DIGEST, period=Period.year(context.year)),
        unit=NOUN,
        **more,
    )


def test_a_source_says_so_and_the_organisation_sets_from_which_number_on(diemen):
    context = ReportContext("diemen", "Diemen", 2021, date(2021, 12, 31), uuid4())
    with reading(diemen.pk):
        assert source(4, small_cells=True).claim(context).text == "minder dan vijf"
        assert source(4).claim(context).text == "vier"
    configuration.change(system_actor(diemen), key="privacy.threshold", value=3, valid_from=date(2021, 1, 1))
    with reading(diemen.pk):
        assert source(4, small_cells=True).claim(context).text == "vier"
        assert source(2, small_cells=True).claim(context).text == "minder dan drie"


def test_only_a_count_can_be_too_small_to_tell():
    with pytest.raises(ValueError, match="only a count"):
        ClaimSource(
            key="test.name", label="Naam", kind=Kind.NAME, compute=lambda _context: None, small_cells=True
        )
