"""What a cell may hold, in the ways in which people write it, and what is said of what cannot be read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from houvast.core.workbooks.rules import cells
from houvast.core.workbooks.rules.cells import CellError
from houvast.core.workbooks.rules.columns import Column, Kind, told

DAY = Column(name="day", header="Dag", kind=Kind.DAY)
MOMENT = Column(name="at", header="Moment", kind=Kind.MOMENT)
WHOLE = Column(name="n", header="Aantal", kind=Kind.WHOLE)
NUMBER = Column(name="n", header="Bedrag", kind=Kind.DECIMAL)
BOUND = Column(name="n", header="Fte", kind=Kind.DECIMAL, least=Decimal("0.01"), most=1)
LEAST = Column(name="n", header="Fte", kind=Kind.WHOLE, least=1)
MOST = Column(name="n", header="Fte", kind=Kind.WHOLE, most=1)
CHOICE = Column(
    name="c", header="Soort", kind=Kind.CHOICE, choices=(("team", "Team"), ("board", "De Directie"))
)
TEXT = Column(name="t", header="Naam", longest=5)
NEEDED = Column(name="t", header="Naam", required=True)
EMPTY = Column(name="t", header="Volgorde", kind=Kind.WHOLE, empty=0)
OWN = Column(name="t", header="Waarde", read=lambda value: f"<{value}>")
LAST = date(2021, 12, 31)


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        *(
            (DAY, written, LAST)
            for written in (
                LAST,
                datetime(2021, 12, 31, 14, 30),  # noqa: DTZ001  a cell has no time zone
                "31-12-2021",
                "31/12/2021",
                "31.12.2021",
                "31 - 12 - 2021",
                "2021-12-31",
                "31 december 2021",
                "31 Dec 2021",
                "31 dec. 2021",
                "vrijdag 31 december 2021",
                "vr 31-12-2021",
                "\u00a031-12-2021\u200b ",
            )
        ),
        (DAY, "1 mrt 2021", date(2021, 3, 1)),
        (DAY, "1 mei 2021", date(2021, 5, 1)),
        (DAY, "1-5-2021", date(2021, 5, 1)),
        *(
            (MOMENT, written, datetime(2021, 7, 1, 12, 30, tzinfo=UTC))
            for written in (
                datetime(2021, 7, 1, 14, 30, 12),  # noqa: DTZ001  a cell has no time zone
                "1-7-2021 14:30",
                "1-7-2021 14.30 uur",
                "1 juli 2021 om 14:30 u.",
                "2021-07-01T14:30:59",
            )
        ),
        (MOMENT, date(2021, 7, 1), datetime(2021, 6, 30, 22, tzinfo=UTC)),
        (MOMENT, "1-7-2021", datetime(2021, 6, 30, 22, tzinfo=UTC)),
        (MOMENT, "31-10-2021 02:30", datetime(2021, 10, 31, 0, 30, tzinfo=UTC)),
        (WHOLE, 10.0, 10),
        (WHOLE, "1.234", 1234),
        (WHOLE, "-3", -3),
        (NUMBER, "1.234,50", Decimal("1234.50")),
        (NUMBER, "€ 12,-", Decimal("12.00")),
        (NUMBER, "-12,50", Decimal("-12.50")),
        (NUMBER, "\u221212,50", Decimal("-12.50")),
        (NUMBER, "0.8", Decimal("0.80")),
        (NUMBER, 0.1 + 0.2, Decimal("0.30")),
        (BOUND, "0,8", Decimal("0.80")),
        (BOUND, 1, Decimal("1.00")),
        (CHOICE, "TEAM", "team"),
        (CHOICE, " de  directie ", "board"),
        (CHOICE, "board", "board"),
        (CHOICE, None, ""),
        (TEXT, 12.0, "12"),
        (TEXT, 1.5, "1.5"),
        (TEXT, True, "Ja"),
        (TEXT, False, "Nee"),
        (TEXT, "'=1+1", "=1+1"),
        (TEXT, "'\t=1", "=1"),
        (TEXT, "'s-G", "'s-G"),
        (TEXT, "'", "'"),
        (DAY, "'31-12-2021", date(2021, 12, 31)),
        (TEXT, "e\u0301", "é"),
        (TEXT, "a\x00b", "ab"),
        (TEXT, "\u200b ", ""),
        (NEEDED, date(2021, 1, 2), "02-01-2021"),
        (NEEDED, datetime(2021, 1, 2, 3, 4), "02-01-2021 03:04"),  # noqa: DTZ001  a cell has no time zone
        (NEEDED, datetime(2021, 1, 2), "02-01-2021"),  # noqa: DTZ001  a cell has no time zone
        (EMPTY, "", 0),
        (DAY, None, None),
        (OWN, 1, "<1>"),
    ],
)
def test_what_a_cell_may_hold(column, value, found):
    assert cells.read(value, column) == found


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (NEEDED, None, "Vul deze cel in."),
        (NEEDED, " \u00a0", "Vul deze cel in."),
        (DAY, "31-02-2021", "“31-02-2021” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
        (DAY, "gisteren", "“gisteren” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
        (DAY, "1 ma 2021", "“1 ma 2021” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
        (DAY, True, "“Ja” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
        (DAY, "31-12-21", "“31-12-21” is een datum zonder eeuw. Schrijf het jaar in vier cijfers."),
        (DAY, 44561.0, "44561 is een getal. Bedoelt u 31 december 2021? Geef de cel dan de opmaak Datum."),
        (DAY, 7.0, "“7” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
        (DAY, date(1899, 1, 1), "Kies een dag van 1 januari 1900 tot en met 31 december 2099."),
        (DAY, "1-1-9999", "Kies een dag van 1 januari 1900 tot en met 31 december 2099."),
        (MOMENT, "1-7-2021 25:00", "“1-7-2021 25:00” is geen tijd. Schrijf bijvoorbeeld 31-12-2021 14:30."),
        (MOMENT, "1-7-2021 14:70", "“1-7-2021 14:70” is geen tijd. Schrijf bijvoorbeeld 31-12-2021 14:30."),
        (
            MOMENT,
            "28-3-2021 02:30",
            "Dit uur bestaat niet: in die nacht ging de klok van twee naar drie uur. Verbeter de tijd.",
        ),
        (WHOLE, "veel", "“veel” is geen getal. Schrijf bijvoorbeeld 17."),
        (WHOLE, "9" * 5000, f"“{'9' * 39}…” is geen getal. Schrijf bijvoorbeeld 17."),
        (WHOLE, True, "“Ja” is geen getal. Schrijf bijvoorbeeld 17."),
        (WHOLE, 1.5, "“1.5” is geen heel getal. Laat de decimalen weg."),
        (NUMBER, "NaN", "“NaN” is geen getal. Schrijf bijvoorbeeld 0,8."),
        (NUMBER, float("inf"), "“inf” is geen getal. Schrijf bijvoorbeeld 0,8."),
        (BOUND, 2, "2 valt buiten de grenzen. Vul een getal in van 0,01 tot en met 1."),
        (BOUND, 0, "0 valt buiten de grenzen. Vul een getal in van 0,01 tot en met 1."),
        (LEAST, 0, "0 is te klein. Vul 1 of meer in."),
        (MOST, 2, "2 is te groot. Vul hoogstens 1 in."),
        (CHOICE, "Taem", "“Taem” is niet bekend. Kies uit: Team, De Directie. Bedoelt u ‘Team’?"),
        (CHOICE, "Ploeg", "“Ploeg” is niet bekend. Kies uit: Team, De Directie."),
        (TEXT, "zeslang", "Deze tekst is langer dan 5 tekens. Maak hem korter."),
    ],
)
def test_what_a_cell_may_not_hold_is_told(column, value, sentence):
    with pytest.raises(CellError) as error:
        cells.read(value, column)
    assert str(error.value) == sentence


def test_who_reads_english_fills_in_the_dutch_workbook():
    from houvast.core.orgs.rules import UnitKind

    column = Column(name="kind", header="Soort", kind=Kind.CHOICE, choices=tuple(UnitKind.choices))
    with override("en"):
        assert cells.read("Afdeling", column) == "department"
        assert told(column, "department") == "Afdeling"


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        (DAY, LAST, "31-12-2021"),
        (MOMENT, datetime(2021, 7, 1, 12, 30, tzinfo=UTC), "01-07-2021 14.30"),
        (NUMBER, Decimal("0.50"), "0,50"),
        (CHOICE, "board", "De Directie"),
        (TEXT, None, ""),
        (TEXT, "t" * 80, "t" * 59 + "…"),
    ],
)
def test_a_preview_tells_a_value_in_the_words_of_the_workbook(column, value, shown):
    assert told(column, value) == shown


@example(value=float("inf"), column=DAY)
@example(value=float("nan"), column=DAY)
@given(
    value=st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.dates(),
        st.datetimes(),
        st.from_regex(r"\A[-0-9./ :,€']{1,30}\Z"),
    ),
    column=st.sampled_from([DAY, MOMENT, WHOLE, NUMBER, BOUND, CHOICE, TEXT, NEEDED, EMPTY]),
)
def test_whatever_a_cell_holds_is_read_or_told(value, column):
    told = ""
    try:
        cells.read(value, column)
    except CellError as error:
        told = str(error)
    assert not told or told.endswith((".", "?"))
    assert len(told) < 200


@pytest.mark.parametrize(
    ("recorded", "found", "same"),
    [
        ("a\r\nb", "a\nb", True),
        (" =1", "=1", True),
        ("'s-Gravenhage", "'s-Gravenhage", True),
        ("cafe\u0301", "café", True),
        ("a", "b", False),
        ("'=1", "=1", False),
        (None, "", False),
        (5, 5, True),
    ],
)
def test_what_a_file_cannot_keep_is_no_change(recorded, found, same):
    assert cells.is_same(recorded, found) is same
