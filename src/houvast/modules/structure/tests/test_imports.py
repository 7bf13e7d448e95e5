"""A structure in a workbook: what it would record, beside what is recorded."""

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.orgs.scope import reading
from houvast.core.workbooks.judging import judged
from houvast.core.workbooks.writing import template, xlsx
from houvast.modules.structure import imports
from houvast.modules.structure.factories import small

NOW = datetime(2021, 12, 31, 12, tzinfo=UTC)


def book_of(**sheets):
    book = load_workbook(BytesIO(template(imports.STRUCTURE)))
    for name, rows in sheets.items():
        for row in rows:
            book[name].append(row)
    return book


def planned(here, book, tmp_path):
    book.save(tmp_path / "structuur.xlsx")
    with reading(here.pk):
        return judged(system_actor(here), imports.STRUCTURE, tmp_path / "structuur.xlsx", NOW)


def faults(here, book, tmp_path):
    return [(fault.place, fault.text) for fault in planned(here, book, tmp_path).faults]


def test_an_empty_template_has_nothing_to_record(diemen, tmp_path):
    assert faults(diemen, book_of(), tmp_path) == [
        ("", "Er staan geen regels in dit bestand. Vul het sjabloon in.")
    ]


def test_a_missing_sheet_and_a_missing_column_are_told(diemen, tmp_path):
    book = book_of()
    del book["Functies"]
    book["Onderdelen"]["A1"] = "Nummer"
    assert faults(diemen, book, tmp_path) == [
        ("Onderdelen!1", "Kolom Code ontbreekt. Neem de koppen uit het sjabloon over."),
        ("Onderdelen!A1", "Kolom Nummer hoort niet in dit blad. Verwijder de kolom, of verbeter de kop."),
        ("Functies", "Blad Functies ontbreekt. Gebruik het sjabloon."),
    ]


def test_columns_in_another_order_are_read_and_named_rightly(diemen, tmp_path):
    book = book_of()
    sheet = book["Formatieplaatsen"]
    for place, heading in enumerate(
        ["Vanaf", "Onderdeel", "Functie", "Code", "Fte", "Tot", "Besluit"], start=1
    ):
        sheet.cell(1, place, heading)
    sheet.append([date(2021, 1, 1), "weg", "ook-weg", "p-1", "", "", ""])
    assert faults(diemen, book, tmp_path) == [
        ("Formatieplaatsen!B2", "Onderdeel weg komt niet voor. Voeg de regel toe, of verbeter de code."),
        ("Formatieplaatsen!C2", "Functie ook-weg komt niet voor. Voeg de regel toe, of verbeter de code."),
    ]


def test_what_refers_to_a_sheet_that_cannot_be_read_is_not_called_unknown(diemen, tmp_path):
    book = book_of(Formatieplaatsen=[["p-1", "tl", "weg", "", date(2021, 1, 1), "", ""]])
    del book["Functies"]
    assert faults(diemen, book, tmp_path) == [
        ("Functies", "Blad Functies ontbreekt. Gebruik het sjabloon."),
        ("Formatieplaatsen!C2", "Onderdeel weg komt niet voor. Voeg de regel toe, of verbeter de code."),
    ]


def test_an_end_before_the_beginning_and_a_text_too_long_are_told(diemen, tmp_path):
    book = book_of(
        Onderdelen=[
            ["team-a", "A", "Team", "", "", date(2021, 6, 1), date(2021, 5, 1), ""],
            [],
            ["x" * 41, "B", "Team", "", "", date(2021, 6, 1), "", ""],
        ]
    )
    assert faults(diemen, book, tmp_path) == [
        ("Onderdelen!G2", "De einddatum moet na de begindatum liggen."),
        ("Onderdelen!A4", "Deze tekst is langer dan 40 tekens. Maak hem korter."),
    ]


def test_what_collides_with_what_is_recorded_is_told_at_its_row(diemen, tmp_path):
    small(diemen, date(2021, 4, 12))
    book = book_of(
        Onderdelen=[["team-1", "Team Dubbel", "Team", "", "", date(2021, 6, 1), "", ""]],
        Benoemingen=[["leader-1", "Iemand", "", date(2021, 6, 1), "", ""]],
    )
    places = [place for place, _text in faults(diemen, book, tmp_path)]
    assert places == ["Onderdelen!A2", "Benoemingen!A2"]


def test_a_name_that_two_people_have_is_not_guessed(diemen, tmp_path):
    from houvast.modules.structure import actions

    loaded = small(diemen, None)
    for _time in range(2):
        actions.add_person(system_actor(diemen), name="Jansen")
    book = book_of(Benoemingen=[["leader-1", "Jansen", "", date(2021, 6, 1), "", ""]])
    assert loaded.posts["leader-1"].pk
    assert [text for _place, text in faults(diemen, book, tmp_path)] == [
        "Er zijn meer medewerkers met de naam Jansen. Leg deze benoeming op het scherm vast."
    ]


def test_somebody_who_is_there_is_not_made_again(diemen, tmp_path):
    small(diemen, None)
    book = book_of(Benoemingen=[["leader-1", "Medewerker 01", "Benoemd", date(2021, 6, 1), "", ""]])
    plan = planned(diemen, book, tmp_path)
    assert plan.faults == ()
    assert plan.more == ()
    with reading(diemen.pk):
        assert set(imports.people_by_name(plan.rows)) == {"Medewerker 01"}


def test_what_was_written_out_and_comes_back_unchanged_records_nothing(diemen, tmp_path):
    small(diemen, date(2021, 4, 12), None)
    actor = system_actor(diemen)
    with reading(diemen.pk):
        content = xlsx(imports.STRUCTURE, imports.written(actor, None))
    book = load_workbook(BytesIO(content))
    plan = planned(diemen, book, tmp_path)
    assert plan.faults == ()
    assert (plan.tally.made, plan.tally.changed) == (0, 0)
    assert plan.tally.left == sum(page.max_row - 1 for page in book.worksheets[:4])
    book["Onderdelen"].append(["team-9", "Team Negen", "Team", "board", "", date(2021, 6, 1), "", ""])
    plan = planned(diemen, book, tmp_path)
    assert [fault.text for fault in plan.faults] == []
    assert plan.tally.made == 1
    assert [row.code for row in plan.rows.units] == ["team-9"]
