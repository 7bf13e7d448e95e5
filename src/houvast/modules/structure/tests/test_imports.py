"""Workbooks that are too large, wrong, or written in another order."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.orgs.scope import reading
from houvast.modules.structure import imports
from houvast.modules.structure.factories import DAY, small
from houvast.modules.structure.rules import workbook as cells
from houvast.modules.structure.rules.rows import Structure
from houvast.modules.structure.rules.spans import NotPossible


def packed(entries):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in entries:
            book.writestr(name, content)
    file.seek(0)
    return file


def test_a_file_that_unpacks_far_larger_is_refused_before_it_is_read():
    with pytest.raises(NotPossible, match="uitgepakt te groot"):
        imports.check_size(packed([("a.xml", b"0" * 5_000_000)]))


def test_a_file_of_too_many_parts_is_refused():
    with pytest.raises(NotPossible, match="te veel onderdelen"):
        imports.check_size(packed([(f"{number}.xml", b"x") for number in range(1001)]))


def test_a_zip_that_is_no_workbook_is_refused(diemen):
    with reading(diemen.pk), pytest.raises(NotPossible, match="kan niet worden gelezen"):
        imports.read(packed([("a.txt", b"tekst")]))


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (cells.day, datetime(2021, 5, 1, 12, tzinfo=UTC), date(2021, 5, 1)),
        (cells.day, date(2021, 5, 1), date(2021, 5, 1)),
        (cells.day, "1-5-2021", date(2021, 5, 1)),
        (cells.day, "2021-05-01", date(2021, 5, 1)),
        (cells.day, "", None),
        (cells.fte, "0,8", Decimal("0.80")),
        (cells.fte, 1.0, Decimal("1.00")),
        (cells.fte, None, None),
        (cells.order, 10.0, 10),
        (cells.order, "", 0),
        (cells.text, 12.0, "12"),
        (cells.text, None, ""),
        (cells.acting, "Waarnemend", True),
        (cells.acting, "", False),
        (cells.acting, "benoemd", False),
    ],
)
def test_what_a_cell_may_hold(read, value, found):
    assert read(value) == found


@pytest.mark.parametrize(
    ("read", "value", "text"),
    [
        (cells.day, "31-02-2021", "geen datum"),
        (cells.fte, "veel", "geen getal"),
        (cells.fte, 0, "groter dan 0"),
        (cells.fte, "NaN", "groter dan 0"),
        (cells.order, "eerst", "geen volgorde"),
        (cells.order, 32768, "van 0 tot en met 32767"),
        (cells.order, "9" * 5000, "geen volgorde"),
        (cells.day, "1-1-0001", "van 1 januari 1900 tot en met 31 december 2099"),
        (cells.day, date(9999, 12, 31), "van 1 januari 1900 tot en met 31 december 2099"),
        (cells.acting, "misschien", "Kies uit: Benoemd, Waarnemend"),
    ],
)
def test_what_a_cell_may_not_hold_is_told(read, value, text):
    with pytest.raises(cells.CellError, match=text):
        read(value)


def book_of(**sheets):
    book = load_workbook(BytesIO(imports.template()))
    for name, rows in sheets.items():
        for row in rows:
            book[name].append(row)
    return book


def saved(book):
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def faults(here, book):
    with reading(here.pk):
        return [(fault.place, fault.text) for fault in imports.read(saved(book)).faults]


def test_who_reads_english_fills_in_the_dutch_template():
    kind = next(column for column in cells.UNITS.columns if column.name == "kind")
    with override("en"):
        assert kind.read("Afdeling") == "department"
        with pytest.raises(cells.CellError, match="Afdeling"):
            kind.read("Ploeg")


def test_an_empty_template_has_nothing_to_record(diemen):
    assert faults(diemen, book_of()) == [("", "Er staan geen regels in dit bestand. Vul het sjabloon in.")]


def test_a_missing_sheet_and_a_missing_column_are_told(diemen):
    book = book_of()
    del book["Functies"]
    book["Onderdelen"]["A1"] = "Nummer"
    assert faults(diemen, book) == [
        ("Onderdelen!1", "Kolom Code ontbreekt. Neem de koppen uit het sjabloon over."),
        ("Functies", "Blad Functies ontbreekt. Gebruik het sjabloon."),
    ]


def test_columns_in_another_order_are_read_and_named_rightly(diemen):
    book = book_of()
    sheet = book["Formatieplaatsen"]
    for place, heading in enumerate(
        ["Vanaf", "Onderdeel", "Functie", "Code", "Fte", "Tot", "Besluit"], start=1
    ):
        sheet.cell(1, place, heading)
    sheet.append([date(2021, 1, 1), "weg", "ook-weg", "p-1", "", "", ""])
    assert faults(diemen, book) == [
        ("Formatieplaatsen!B2", "Onderdeel weg komt niet voor. Voeg de regel toe, of verbeter de code."),
        ("Formatieplaatsen!C2", "Functie ook-weg komt niet voor. Voeg de regel toe, of verbeter de code."),
    ]


def test_what_refers_to_a_sheet_that_cannot_be_read_is_not_called_unknown(diemen):
    book = book_of(Formatieplaatsen=[["p-1", "tl", "weg", "", date(2021, 1, 1), "", ""]])
    del book["Functies"]
    assert faults(diemen, book) == [
        ("Functies", "Blad Functies ontbreekt. Gebruik het sjabloon."),
        ("Formatieplaatsen!C2", "Onderdeel weg komt niet voor. Voeg de regel toe, of verbeter de code."),
    ]


def test_an_end_before_the_beginning_and_a_text_too_long_are_told(diemen):
    book = book_of(
        Onderdelen=[
            ["team-a", "A", "Team", "", "", date(2021, 6, 1), date(2021, 5, 1), ""],
            [],
            ["x" * 41, "B", "Team", "", "", date(2021, 6, 1), "", ""],
        ]
    )
    assert faults(diemen, book) == [
        ("Onderdelen!G2", "De einddatum moet na de begindatum liggen."),
        ("Onderdelen!A4", "Deze tekst is langer dan 40 tekens. Maak hem korter."),
    ]


def test_what_collides_with_what_is_recorded_is_told_at_its_row(diemen):
    small(diemen, date(2021, 4, 12))
    book = book_of(
        Onderdelen=[["team-1", "Team Dubbel", "Team", "", "", date(2021, 6, 1), "", ""]],
        Benoemingen=[["leader-1", "Iemand", "", date(2021, 6, 1), "", ""]],
    )
    places = [place for place, _text in faults(diemen, book)]
    assert places == ["Onderdelen!A2", "Benoemingen!A2"]


def test_a_name_that_two_people_have_is_not_guessed(diemen):
    from houvast.modules.structure import actions

    loaded = small(diemen, None)
    for _time in range(2):
        actions.add_person(system_actor(diemen), name="Jansen")
    book = book_of(Benoemingen=[["leader-1", "Jansen", "", date(2021, 6, 1), "", ""]])
    assert loaded.posts["leader-1"].pk
    assert [text for _place, text in faults(diemen, book)] == [
        "Er zijn meer medewerkers met de naam Jansen. Leg deze benoeming op het scherm vast."
    ]


def test_somebody_who_is_there_is_not_made_again(diemen):
    small(diemen, None)
    book = book_of(Benoemingen=[["leader-1", "Medewerker 01", "Benoemd", date(2021, 6, 1), "", ""]])
    with reading(diemen.pk):
        preview = imports.read(saved(book))
        assert preview.faults == ()
        assert preview.structure.persons == ()
        assert set(imports.people_by_name(preview.structure)) == {"Medewerker 01"}


def test_a_sealed_structure_comes_back_as_it_was(diemen):
    from houvast.modules.structure.factories import structure_of

    structure = structure_of([date(2021, 4, 12), None], since=DAY)
    assert imports.unseal(imports.seal(structure, "diemen"), "diemen") == structure
    with pytest.raises(NotPossible, match="andere organisatie"):
        imports.unseal(imports.seal(Structure(), "diemen"), "uithoorn")
