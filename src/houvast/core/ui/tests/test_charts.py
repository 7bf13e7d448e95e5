"""Charts: exact drawings, Dutch numbers, the same figures as a table, and nothing a strict policy refuses."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from houvast.core.ui import charts
from houvast.core.ui.charts import Mark, Series, Span, Timeline

parse = ET.fromstring  # only drawings that this package made
SVG = "{http://www.w3.org/2000/svg}"
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
THIS, LAST = Series("2021", (3, 5, 4, 5)), Series("2020", (4, 3, 4, 3))
ALL = (charts.grouped_bars, charts.stacked_bars, charts.horizontal_bars, charts.line_chart)


@pytest.mark.parametrize("make", ALL)
def test_a_chart_is_sound_svg_with_title_and_description(make):
    root = parse(make("Lekken <per> kwartaal", QUARTERS, THIS, LAST).svg)
    assert root.find(f"{SVG}title").text == "Lekken <per> kwartaal"
    assert root.find(f"{SVG}desc").text == "2021: Q1 3, Q2 5, Q3 4, Q4 5; 2020: Q1 4, Q2 3, Q3 4, Q4 3."
    assert root.get("font-family") == '"Source Sans 3",sans-serif'
    assert root.get("role") == "img"


@pytest.mark.parametrize("make", ALL)
def test_a_chart_has_no_style_script_or_handler(make):
    for element in parse(make("x", QUARTERS, THIS, LAST).svg).iter():
        assert element.tag not in {f"{SVG}style", f"{SVG}script"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_the_table_beside_it_holds_the_same_figures():
    chart = charts.grouped_bars("Verzuim", ("2020", "2021"), Series("Ruimte & co", (4.5, None)), unit="%")
    assert chart.table == (
        '<table class="hv-table hv-table--plain"><caption class="hv-hidden">Verzuim</caption><thead><tr>'
        '<th scope="col">%</th>'
        '<th scope="col" class="hv-num">2020</th><th scope="col" class="hv-num">2021</th>'
        '</tr></thead><tbody><tr><th scope="row">Ruimte &amp; co</th><td class="hv-num">4,5</td>'
        '<td class="hv-num">–</td></tr></tbody></table>'
    )


def test_a_column_is_as_high_as_its_value():
    root = parse(charts.grouped_bars("x", ("a", "b"), Series("s", (2, 4))).svg)
    low, high = [float(bar.get("height")) for bar in root.iter(f"{SVG}rect")]
    assert high == 2 * low
    assert [text.text for text in root.iter(f"{SVG}text")][:5] == ["0", "1", "2", "3", "4"]


def test_stacks_add_up():
    root = parse(charts.stacked_bars("x", ("a",), Series("s", (2,)), Series("t", (6,))).svg)
    bars = [(float(bar.get("y")), float(bar.get("height"))) for bar in root.iter(f"{SVG}rect")][2:]
    (lower_y, lower), (upper_y, upper) = bars
    assert (upper, round(upper_y + upper, 1)) == (3 * lower, lower_y)
    assert "8" in [text.text for text in root.iter(f"{SVG}text")]


def test_counts_get_whole_lines_and_big_numbers_dutch_points():
    words = [
        text.text
        for text in parse(charts.line_chart("x", ("a", "b"), Series("s", (1, 5))).svg).iter(f"{SVG}text")
    ]
    assert [word for word in words if "," in word] == []
    assert "1.250.000" in charts.horizontal_bars("x", ("a",), Series("s", (1_250_000,))).svg


def test_a_missing_value_breaks_the_line():
    path = parse(charts.line_chart("x", QUARTERS, Series("s", (1, None, 2, 3))).svg).find(f"{SVG}path")
    assert path.get("d").count("M") == 2
    assert path.get("d").count("L") == 1


@pytest.mark.parametrize("values", [(0, 0), (-3, 2), (-3, -1), (None, None), (0.001, 0.002)])
def test_odd_figures_still_draw(values):
    for make in (charts.grouped_bars, charts.line_chart):
        assert "nan" not in make("x", ("a", "b"), Series("s", values)).svg.lower()


def test_impossible_charts_are_refused():
    for make, values in (
        (charts.stacked_bars, (-1,)),
        (charts.horizontal_bars, (-1,)),
        (charts.grouped_bars, (1, 2)),
    ):
        with pytest.raises(ValueError, match=r"chart|series"):
            _ = make("x", ("a",), Series("s", values)).svg
    with pytest.raises(ValueError, match="at least one"):
        charts.grouped_bars("x", ())


def test_a_sparkline_is_decorative_and_needs_two_values():
    assert charts.sparkline([1]) == ""
    assert 'points="2,28 40,4 78,16" ' in charts.sparkline([0, 2, 1])
    assert 'aria-hidden="true"' in charts.sparkline([1, 1])


def test_a_timeline_shows_what_lasts_what_is_reached_and_today_with_the_same_as_a_table():
    made = Timeline(
        "Fasen",
        (
            Span("Fase 1", date(2020, 6, 1), date(2021, 9, 27)),
            Span("Fase 2", date(2021, 9, 27)),
            Span("Crisis", date(2020, 4, 1), date(2021, 10, 1), outside=True),
        ),
        (Mark("Begin", date(2021, 9, 27)), Mark("Eind <b>", date(2022, 12, 1), reached=False)),
        date(2021, 12, 31),
    )
    assert made.said == (
        "Fase 1: 1 juni 2020 tot en met 26 september 2021; Fase 2: vanaf 27 september 2021; "
        "Crisis: 1 april 2020 tot en met 30 september 2021; Begin: 27 september 2021; Eind <b>: 1 december 2022."
    )
    assert [year in made.svg for year in (">2019<", ">2020<", ">2021<", ">2022<", ">2023<")] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert made.svg.count("<polygon") == 2
    assert 'stroke-dasharray="3 3"' in made.svg
    assert "Eind &lt;b&gt;" in made.svg
    assert '<th scope="row">Eind &lt;b&gt;</th><td>gepland: 1 december 2022</td>' in made.table


def test_a_timeline_ends_with_the_year_and_has_no_line_for_a_day_outside_it():
    made = Timeline("Fasen", (Span("Fase 1", date(2020, 6, 1), date(2021, 1, 1)),), (), date(2021, 1, 1))
    assert ">2021<" not in made.svg
    assert "stroke-dasharray" not in made.svg


def test_a_timeline_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs something that lasts"):
        Timeline("Leeg", (), (), date(2021, 1, 1))
