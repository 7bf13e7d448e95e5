"""Sourced facts out of a workbook: as the form would read them, and checked by a second person as always."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.report import actions, imports
from houvast.core.report.models import SourcedFact
from houvast.core.workbooks.judging import judged
from houvast.core.workbooks.rules.plans import Refused, Sent, Tally
from houvast.core.workbooks.writing import template, xlsx

NOW = datetime(2021, 12, 31, 12, tzinfo=UTC)
FACT = [
    2021,
    "",
    "Teams met een teamplan",
    "Aantal",
    17,
    "",
    "",
    "",
    None,
    None,
    date(2021, 12, 31),
    "Jaarverslag",
    "",
    None,
    "",
]


def changed(**cells):
    return [cells.get("ABCDEFGHIJKLMNO"[at], value) for at, value in enumerate(FACT)]


def plan(here, rows, tmp_path, book=None):
    book = book or load_workbook(BytesIO(template(imports.FACTS)))
    for row in rows:
        book["Feiten"].append(row)
    book.save(tmp_path / "feiten.xlsx")
    with reading(here.pk):
        return judged(system_actor(here), imports.FACTS, tmp_path / "feiten.xlsx", NOW)


def written(here, query=""):
    with reading(here.pk):
        return load_workbook(
            BytesIO(xlsx(imports.FACTS, imports.written(system_actor(here), QueryDict(query))))
        )


def sent(found):
    return Sent(uuid4(), NOW, "report.facts", "feiten.xlsx", "0" * 64, found.tally)


@pytest.fixture
def author(diemen):
    return people.actor(diemen, "controller", name="Controller")


ROWS = [
    FACT,
    changed(C="Verzuim", D="Percentage", E=5.5, K=None, B="mensen.verzuim"),
    changed(C="Inhuur", D="Bedrag in euro", E="1.234,50"),
    changed(C="Vastgesteld", D="Dag", E=date(2021, 7, 1)),
    changed(C="Looptijd", D="Periode", E=None, I=date(2021, 1, 1), J=date(2021, 12, 31)),
    changed(C="Waarden", D="Opsomming", E=None, F="open\nbetrouwbaar"),
    changed(C="Oordeel", D="Oordeel uit de bron", E="ruim voldoende"),
]


def test_the_facts_of_a_year_are_recorded_and_wait_for_a_second_person(diemen, author, tmp_path):
    found = plan(diemen, ROWS, tmp_path)
    assert found.faults == ()
    assert found.doubts == ()
    imports.record(author, found.rows, sent(found))
    with reading(diemen.pk):
        facts = SourcedFact.objects.order_by("pk")
        assert [(fact.key, fact.kind, fact.value) for fact in facts] == [
            ("report.teams_met_een_teamplan", "count", 17),
            ("mensen.verzuim", "share", "5.5"),
            ("report.inhuur", "amount", "1234.50"),
            ("report.vastgesteld", "date", "2021-07-01"),
            ("report.looptijd", "period", ["2021-01-01", "2022-01-01"]),
            ("report.waarden", "list", ["open", "betrouwbaar"]),
            ("report.oordeel", "judgement", "ruim voldoende"),
        ]
        assert {(fact.entered_by_id, fact.checked_by_id) for fact in facts} == {(author.account_id, None)}


def test_facts_that_were_written_out_come_back_left_and_changed_and_lose_their_check(
    diemen, author, tmp_path
):
    found = plan(diemen, ROWS, tmp_path)
    imports.record(author, found.rows, sent(found))
    checker = people.actor(diemen, "editor", name="Redacteur")
    with reading(diemen.pk):
        fact = SourcedFact.objects.get(key="mensen.verzuim")
    actions.check_fact(checker, fact_id=fact.pk, expected_version=1, at=NOW)
    back = plan(diemen, [], tmp_path, written(diemen, "jaar=2021"))
    assert back.faults == ()
    assert back.tally == Tally(made=0, changed=0, left=7)
    book = written(diemen, "jaar=niets")
    row = next(row[0].row for row in book["Feiten"].iter_rows() if row[1].value == "mensen.verzuim")
    book["Feiten"][f"E{row}"] = "5,6"
    back = plan(diemen, [], tmp_path, book)
    assert back.tally == Tally(made=0, changed=1, left=6)
    imports.record(author, back.rows, sent(back))
    with reading(diemen.pk):
        fact = SourcedFact.objects.get(key="mensen.verzuim")
        assert (fact.value, fact.checked_by_id, fact.version) == ("5.6", None, 3)
    assert list(written(diemen, "jaar=2020")["Feiten"].iter_rows(min_row=2)) == []


def test_what_the_form_would_say_is_told_at_the_cell(diemen, author, tmp_path):
    first = plan(diemen, [FACT], tmp_path)
    imports.record(author, first.rows, sent(first))
    rows = [
        FACT,
        changed(A=2040, C="Later"),
        changed(C="Getal", E="veel"),
        changed(C="Zonder", E=None),
        changed(C="Sleutel", B="Fout"),
        changed(C="Deel", D="Percentage", E="120"),
        changed(C="Periode", D="Periode", E=None),
    ]
    found = plan(diemen, rows, tmp_path)
    assert [(fault.place.partition("!")[2], fault.text) for fault in found.faults] == [
        (
            "B2",
            (
                "Dit feit staat er al, met sleutel report.teams_met_een_teamplan. Verwijder de regel, of vul de "
                "sleutel in."
            ),
        ),
        ("A3", "Een verslagjaar ligt tussen 2004 en 2022."),
        ("E4", "Vul een heel getal in, bijvoorbeeld 17."),
        ("E5", "Vul de waarde in."),
        ("B6", "Een sleutel heeft de vorm onderwerp.naam, in kleine letters."),
        (
            "E7",
            (
                "Een deel van een geheel is 0 tot en met 100 procent. Is dit groei of een vergelijking? Zeg dan in de "
                "toelichting waarmee is vergeleken."
            ),
        ),
        ("I8", "Vul de eerste en de laatste dag van de periode in."),
    ]


def test_a_percentage_that_a_spreadsheet_keeps_as_a_fraction_is_asked_about(diemen, tmp_path):
    found = plan(diemen, [changed(D="Percentage", E=0.055)], tmp_path)
    assert found.faults == ()
    assert [(doubt.place, doubt.text) for doubt in found.doubts] == [
        (
            "Feiten!E2",
            "0,055 procent is heel weinig. Staat de cel in procenten? Schrijf dan 5,5 en niet 5,5%.",
        )
    ]


def test_what_the_action_refuses_after_all_is_told(diemen, author, tmp_path):
    found = plan(diemen, [FACT], tmp_path)
    imports.record(author, found.rows, sent(found))
    with pytest.raises(Refused, match="al een feit met deze sleutel"):
        imports.record(author, found.rows, sent(found))
    with reading(diemen.pk):
        assert SourcedFact.objects.count() == 1
