"""Finding facts by name and value, and sections by heading, in the newest chapter."""

from datetime import date

import pytest

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.report import actions
from houvast.core.report.claims import Kind
from houvast.core.report.finding import search

YEAR = 2021


@pytest.fixture
def told(diemen):
    """Twelve facts: gatherings, and eleven of a kind."""
    entries = [("events.gatherings", "Bijeenkomsten", 17, "bijeenkomst", "bijeenkomsten")]
    entries += [
        (f"talent.course_{letter}", f"Cursus {letter}", place, "deelnemer", "deelnemers")
        for place, letter in enumerate("abcdefghijk")
    ]
    for key, label, value, singular, plural in entries:
        entry = actions.FactEntry(
            key=key,
            label=label,
            kind=Kind.COUNT,
            value=value,
            singular=singular,
            plural=plural,
            source_title="Verslag",
        )
        actions.enter_fact(system_actor(diemen), year=YEAR, entry=entry, today=date(YEAR + 1, 1, 1))
    return people.actor(diemen, "employee")


def found(diemen, actor, typed):
    with reading(diemen.pk):
        return [(hit.kind, hit.label, hit.url) for hit in search(actor, typed)]


FACT = (
    "Feit in de paragraaf van 2021",
    "Bijeenkomsten: 17",
    "/diemen/verantwoording/2021/?feit=events.gatherings",
)


@pytest.mark.parametrize("typed", ["bijeenkomst", "17 bijeenkomsten", "BIJEENKOMSTEN", "17"])
def test_a_fact_is_found_by_its_name_its_noun_and_its_value(diemen, told, typed):
    assert FACT in found(diemen, told, typed)


def test_another_value_is_not_found(diemen, told):
    assert found(diemen, told, "18 bijeenkomsten") == []


def test_a_section_is_found_by_a_part_of_its_heading(diemen, told):
    assert found(diemen, told, "huisvesting") == [
        (
            "Onderdeel van de paragraaf van 2021",
            "Huisvesting",
            "/diemen/verantwoording/2021/#housing",
        )
    ]


def test_the_first_ten_facts_are_given_with_how_many_there_are(diemen, told):
    with reading(diemen.pk):
        hits = search(told, "deelnemers")
    assert len(hits) == 10
    assert {hit.of for hit in hits} == {11}


def test_a_claim_of_a_register_is_computed_for_who_looks_for_it(diemen, told):
    for typed in ("0 datalekken", "geen datalekken"):
        assert [label for kind, label, _url in found(diemen, told, typed) if kind == FACT[0]] == [
            "Datalekken gemeld bij de Autoriteit Persoonsgegevens: 0",
            "Datalekken waarvan is besloten ze niet te melden: 0",
            "Geregistreerde datalekken: 0",
        ]


def test_who_may_not_read_the_chapter_finds_nothing_and_without_a_chapter_there_is_nothing(
    diemen, uithoorn, told
):
    assert found(diemen, people.actor(diemen), "bijeenkomst") == []
    assert found(uithoorn, people.actor(uithoorn, "employee"), "huisvesting") == []
