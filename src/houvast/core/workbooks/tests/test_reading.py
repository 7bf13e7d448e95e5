"""A whole workbook: every fault at its cell, the marked workbook, and files that are not let in."""

import struct
import time
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from houvast.core.workbooks import child, marking, opening
from houvast.core.workbooks.opening import NotOpened
from houvast.core.workbooks.tests.books import CONTRACTS, WHOLE, again, book, content, faults, packed, saved

RED = marking.COLOUR


def with_faults():
    """One workbook with more than ten kinds of faults."""
    made = book(
        WHOLE,
        [None, "Zonder nummer", "Levering", date(2021, 1, 1), None, None, None, None, None],
        [
            "C-3",
            "Naam die veel te lang is voor hier",
            "Levring",
            "31-02-2021",
            None,
            5000,
            3.5,
            None,
            "team-jeugt",
        ],
        ["C-1", "Dubbel", "Werk", "1 mei 2021", date(2021, 4, 1), "veel", 10, "1-7-2021 25:00", ""],
        ["c-1", "Ook dubbel", "Werk", 44561, None, None, None, None, None],
        ["C-6", "Formule", "Werk", "=A1", None, "=1+1", None, None, None],
        ["C-7 ", " Goed\u00a0", "werk", "31 dec 2021", None, "-12,50", None, None, None],
        headers=[
            "Nummer",
            "Naam",
            "Soort",
            "Begin",
            "Einde",
            "Waarde",
            "Aantal",
            "Moment",
            "Onderdeel",
            "Onderdel",
        ],
    )
    page = made["Contracten"]
    page["G6"].value, page["G6"].data_type = "#REF!", "e"
    page["B4"].font = Font(bold=True, color="FF0000FF")
    page["A2"].comment = Comment("Van onszelf", "Iemand")
    page.merge_cells("H2:I3")
    made.create_sheet("Geheim").append(["x"])
    made["Geheim"].sheet_state = "hidden"
    made.create_sheet("Contractn").append(["x"])
    return made


FOUND = [
    ("Geheim", "Blad Geheim is verborgen. Maak het zichtbaar en kijk wat erop staat, of verwijder het."),
    (
        "Contractn",
        (
            "Blad Contractn hoort niet in deze werkmap. Verwijder het blad, of geef het de goede naam. "
            "Bedoelt u ‘Contracten’?"
        ),
    ),
    ("Contracten!J1", "Kolom Onderdel hoort niet in dit blad. Verwijder de kolom, of verbeter de kop."),
    ("Contracten!H2", "De cellen H2 tot en met I3 zijn samengevoegd. Hef dat op en vul elke cel in."),
    ("Contracten!A3", "Vul deze cel in."),
    ("Contracten!B4", "Deze tekst is langer dan 20 tekens. Maak hem korter."),
    ("Contracten!C4", "“Levring” is niet bekend. Kies uit: Levering, Werk. Bedoelt u ‘Levering’?"),
    ("Contracten!D4", "“31-02-2021” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
    ("Contracten!F4", "5000 valt buiten de grenzen. Vul een getal in van -1000 tot en met 1000."),
    ("Contracten!G4", "“3.5” is geen heel getal. Laat de decimalen weg."),
    (
        "Contracten!I4",
        "Onderdeel team-jeugt komt niet voor. Voeg de regel toe, of verbeter de code. Bedoelt u ‘team-jeugd’?",
    ),
    ("Contracten!F5", "“veel” is geen getal. Schrijf bijvoorbeeld 0,8."),
    ("Contracten!G5", "10 valt buiten de grenzen. Vul een getal in van 0 tot en met 9."),
    ("Contracten!H5", "“1-7-2021 25:00” is geen tijd. Schrijf bijvoorbeeld 31-12-2021 14:30."),
    ("Contracten!D6", "44561 is een getal. Bedoelt u 31 december 2021? Geef de cel dan de opmaak Datum."),
    ("Contracten!G6", "In deze cel staat de fout #REF!. Verbeter de formule, of vul de waarde zelf in."),
    (
        "Contracten!D7",
        "De formule in deze cel heeft geen uitkomst. Vul de waarde zelf in, of open en bewaar de werkmap in Excel.",
    ),
    (
        "Contracten!F7",
        "De formule in deze cel heeft geen uitkomst. Vul de waarde zelf in, of open en bewaar de werkmap in Excel.",
    ),
]


def test_every_fault_is_told_at_its_cell_in_one_go(tmp_path):
    assert faults(saved(with_faults(), tmp_path)) == FOUND


def test_what_is_normal_in_a_row_is_read_as_it_is_meant(tmp_path):
    last = content(saved(with_faults(), tmp_path)).rows["Contracten"][-1]
    assert (last["code"], last["name"], last["kind"], last["start"]) == (
        "C-7",
        "Goed",
        "work",
        date(2021, 12, 31),
    )
    assert str(last["value"]) == "-12.50"
    assert last["place"] == "Contracten!A8"


def test_two_rows_of_one_name_an_end_before_its_begin_and_a_row_in_full(tmp_path):
    late = ["C-2", "Eind", "Werk", date(2021, 5, 1), date(2021, 4, 1), None, None, None, None]
    assert faults(saved(book(WHOLE, ["c-1", *WHOLE[1:]], late), tmp_path)) == [
        ("Contracten!A3", "Deze regel staat ook op regel 2. Verwijder er een."),
        ("Contracten!E4", "De einddatum moet na de begindatum liggen."),
    ]


def test_a_missing_sheet_a_missing_a_double_and_a_misspelt_column_are_told(tmp_path):
    headers = ["Nummer", "Naam", "Naam", "Begn", "Einde", "Waarde", "Aantal", "Moment", "Onderdeel"]
    assert faults(saved(book(WHOLE, headers=headers), tmp_path)) == [
        ("Contracten!1", "Kolom Soort ontbreekt. Neem de koppen uit het sjabloon over."),
        ("Contracten!1", "Kolom Begin ontbreekt. Neem de koppen uit het sjabloon over."),
        ("Contracten!C1", "Kolom Naam staat er twee keer. Verwijder er een."),
        (
            "Contracten!D1",
            "Kolom Begn hoort niet in dit blad. Verwijder de kolom, of verbeter de kop. Bedoelt u ‘Begin’?",
        ),
    ]


def test_a_workbook_without_the_sheet_says_which(tmp_path):
    assert faults(saved(book(WHOLE, name="Blad1"), tmp_path)) == [
        ("Blad1", "Blad Blad1 hoort niet in deze werkmap. Verwijder het blad, of geef het de goede naam."),
        ("Contracten", "Blad Contracten ontbreekt. Gebruik het sjabloon."),
    ]


def test_more_rows_than_are_read_at_once_are_refused_in_a_sentence(tmp_path):
    path = saved(book(*([f"C-{n}", *WHOLE[1:]] for n in range(4))), tmp_path)
    found = content(path, most_rows=3)
    assert [(fault.place, fault.text) for fault in found.faults] == [
        ("Contracten", "Dit bestand heeft meer dan 3 regels. Splits het en lees de delen na elkaar in.")
    ]
    assert content(path, most_rows=4).faults == ()


def test_a_table_that_begins_further_down_or_to_the_right_keeps_its_places(tmp_path):
    made = book()
    page = made["Contracten"]
    page.insert_cols(1, 2)
    page["C4"] = "C-1"
    assert faults(saved(made, tmp_path)) == [
        ("Contracten!D4", "Vul deze cel in."),
        ("Contracten!F4", "Vul deze cel in."),
    ]


def test_a_formula_with_its_outcome_is_read_and_one_in_a_text_is_no_formula(tmp_path):
    path = saved(book([*WHOLE]), tmp_path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b"<v>3</v>" in parts[sheet]
    parts[sheet] = parts[sheet].replace(b"<v>3</v>", b"<f>1+2</f><v>3</v>")
    path.write_bytes(packed(parts.items()).getvalue())
    assert content(path).faults == ()
    assert content(path).rows["Contracten"][0]["number"] == 3


# The marked workbook


def marked(path):
    return again(opening.mark(path, content(path).faults))


def test_the_same_workbook_comes_back_with_each_fault_at_its_cell(tmp_path):
    back = marked(saved(with_faults(), tmp_path))
    page = back["Contracten"]
    for place, text in FOUND:
        sheet, _bang, cell = place.partition("!")
        found = back[sheet][cell or "A1"]
        assert found.comment.text == text, place
        assert found.fill.start_color.rgb == RED, place
    filled = {cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.start_color.rgb == RED}
    assert filled == {place.partition("!")[2] for place, _text in FOUND if "!" in place}
    assert page["B4"].font.bold
    assert page["B4"].value == "Naam die veel te lang is voor hier"
    assert page["A2"].comment.text == "Van onszelf"
    assert back["Geheim"].sheet_state == "hidden"


def test_the_marked_workbook_lists_its_faults_with_links(tmp_path):
    back = marked(saved(with_faults(), tmp_path))
    assert back.sheetnames[0] == "Fouten"
    page = back["Fouten"]
    told = [(row[0].value, row[1].value) for row in page.iter_rows(min_row=2)]
    assert told == FOUND
    assert page["A5"].hyperlink.location == "'Contracten'!H2"
    assert page["A2"].hyperlink.location == "'Geheim'!A1"


def test_a_mended_workbook_that_comes_back_is_read_and_loses_its_marks(tmp_path):
    path = saved(book(["C-1", None, *WHOLE[2:]], ["C-2", *WHOLE[1:7], "x", "team-a"]), tmp_path)
    path.write_bytes(opening.mark(path, content(path).faults))
    made = again(path.read_bytes())
    made["Contracten"]["B2"] = "Nu wel"
    made.save(path)
    assert [place for place, _text in faults(path)] == ["Contracten!H3"]
    page = marked(path)["Contracten"]
    assert page["B2"].comment is None
    assert page["B2"].fill == PatternFill()
    assert page["H3"].comment.text.count("geen datum") == 1


def test_a_fault_that_quotes_a_formula_stays_text_in_the_list(tmp_path):
    path = saved(book(["C-1", "x", "'=HYPERLINK(1)", date(2021, 1, 1)]), tmp_path)
    page = marked(path)["Fouten"]
    assert page["B2"].data_type == "s"
    assert page["B2"].value.startswith("“=HYPERLINK(1)” is niet bekend.")


# What is not let in


def refused(file):
    with pytest.raises(NotOpened) as refusal:
        opening.check(file)
    return str(refusal.value)


def test_a_file_that_unpacks_far_larger_is_refused_before_anything_is_unpacked(monkeypatch):
    bomb = packed([("xl/worksheets/sheet1.xml", b"0" * 50_000_000)])
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert (
        refused(bomb) == "Dit bestand is uitgepakt te groot. Verwijder wat er niet in hoort, of splits het."
    )


def test_a_file_of_too_many_parts_and_one_that_is_no_zip_are_refused():
    many = packed([(f"{number}.xml", b"x") for number in range(1001)])
    assert refused(many) == "Dit bestand bestaat uit te veel onderdelen. Gebruik het sjabloon."
    assert (
        refused(BytesIO(b"geen werkmap")) == "Dit is geen Excel-bestand (.xlsx). Sla de werkmap op als .xlsx."
    )


def test_a_file_that_lies_about_its_size_is_refused_while_it_is_counted(tmp_path):
    path = saved(book(WHOLE), tmp_path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"0" * 80_000_000
    raw = bytearray(packed(parts.items()).getvalue())
    at = raw.rfind(b"PK\x01\x02" + raw[raw.rfind(b"PK\x01\x02") + 4 :][:0])
    while at >= 0:
        if struct.unpack_from("<I", raw, at + 24)[0] == 80_000_000:
            struct.pack_into("<I", raw, at + 24, 1000)
        at = raw.rfind(b"PK\x01\x02", 0, at)
    path.write_bytes(raw)
    with path.open("rb") as file:
        opening.check(file)
    with pytest.raises(NotOpened, match="uitgepakt te groot"):
        opening.read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", b"tekst", packed([("a.txt", b"x")]).getvalue()])
def test_what_is_no_workbook_is_told_and_nothing_of_the_library(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotOpened) as refusal:
        opening.read(path)
    assert str(refusal.value) == "Dit bestand kan niet worden gelezen. Sla het opnieuw op als .xlsx."


def test_what_needs_more_memory_than_it_gets_ends_the_child_alone(tmp_path):
    made = book(WHOLE)
    made["Contracten"]["XFD1048576"] = 1  # one cell, for which a reader makes room for all cells before it
    with pytest.raises(NotOpened, match="uitgepakt te groot"):
        opening.read(saved(made, tmp_path))


def test_what_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "SECONDS", 0.01)
    begun = time.monotonic()
    with pytest.raises(NotOpened, match="duurt te lang"):
        opening.read(saved(book(WHOLE), tmp_path))
    assert begun < time.monotonic()


HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "@SUM(1)", "#REF!", "-" * 50, "\u202e1-1-2021", "🦆" * 40, "'", "''=1"]
    ),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.dates(date(1900, 3, 1)),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(HOSTILE, min_size=9, max_size=9), min_size=1, max_size=40))
def test_whatever_cells_hold_is_read_told_and_marked(tmp_path, rows):
    made = book()
    page = made["Contracten"]
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            cell = page.cell(number, at, value)
            if isinstance(value, str):
                cell.data_type = "s"
    path = saved(made, tmp_path)
    found = content(path)
    places = {fault.place for fault in found.faults}
    whole = len(found.rows["Contracten"]) + len(found.broken["Contracten"])
    assert whole <= len(rows)
    assert all(place.startswith(f"{CONTRACTS.name}!") for place in places)
    back = again(opening.mark(path, found.faults))["Contracten"]
    assert all(back[place.partition("!")[2]].comment for place in places)
