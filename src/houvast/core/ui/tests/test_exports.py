"""A file made from a table: no cell can become a formula, numbers stay numbers."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from houvast.core.ui.exports import safe_cell, safe_text
from houvast.core.ui.tables import Column, Kind, Table


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6 1234", "'+31 6 1234"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\tgewoon", "'\tgewoon"),
        ("\x00=1", "'=1"),
        ("\x00gewoon", "'gewoon"),
        ('"=1', "'\"=1"),
        ("'=1", "''=1"),
        ("“=1", "'“=1"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        ("- punt", "'- punt"),
        ("-5", "-5"),
        ("-1.234,56", "-1.234,56"),
        ("-12,5%", "-12,5%"),
        ("+3", "+3"),
        ("-5+3", "'-5+3"),
        ("a=b", "a=b"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ('"citaat"', '"citaat"'),
        ("", ""),
        ("bel\x07", "bel"),
    ],
)
def test_text_stays_text(text, written):
    assert safe_text(text) == written


@given(st.text())
def test_no_text_starts_a_formula_once_a_spreadsheet_skipped_what_it_may(text):
    written = safe_text(text)
    bare = written.lstrip(' \t\r\n"')
    assert not bare.startswith(("=", "@")) or written.startswith("'")
    assert "\x00" not in written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-5, -5),
        (Decimal("-1.5"), Decimal("-1.5")),
        (True, "Ja"),
        (None, None),
        (date(2021, 10, 5), date(2021, 10, 5)),
    ],
)
def test_values_keep_their_type(value, written):
    assert safe_cell(value) == written


def test_a_moment_is_written_in_local_time():
    assert safe_cell(datetime(2021, 7, 1, 12, 0, tzinfo=UTC)) == datetime(2021, 7, 1, 14, 0)  # noqa: DTZ001  as a sheet has it


@pytest.fixture
def answer(db):
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        [ContentType(pk=7, app_label="=1+1", model="x"), ContentType(pk=8, app_label="b", model="y")]
    )
    table = Table(
        name="Soorten",
        columns=(
            Column(key="app_label", label="=App"),
            Column(key="model", label="Model", choices={"x": "Kruis"}),
            Column(key="pk", label="Nummer", kind=Kind.NUMBER, export=lambda pk: -pk),
        ),
        order="pk",
        size=1,
    )

    def get(form):
        return table.respond(RequestFactory().get("/", {"formaat": form}), ContentType.objects.all())

    return get


def test_a_workbook_holds_every_row_and_no_formula(answer):
    response = answer("xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="soorten.xlsx"'
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())
    assert [[cell.value for cell in row] for row in rows] == [
        ["'=App", "Model", "Nummer"], ["'=1+1", "Kruis", -7], ["b", "y", -8],
    ]  # fmt: skip
    assert {cell.data_type for row in rows for cell in row} == {"s", "n"}


def test_a_csv_opens_in_a_dutch_spreadsheet(answer):
    text = answer("csv").content.decode("utf-8")
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]), delimiter=";"))[1:] == [
        ["'=1+1", "Kruis", "-7"],
        ["b", "y", "-8"],
    ]


def test_an_unknown_format_is_the_page(answer):
    assert not isinstance(answer("exe"), HttpResponse)
