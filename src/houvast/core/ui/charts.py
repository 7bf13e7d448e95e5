"""Small charts as SVG with the same figures as a table beside them. No library, script or style attribute.

The same string goes into HTML and, through the documents, into PDF: colours and letters are presentation
attributes, and classes let a theme repaint them on screen. Every number is Dutch, every chart deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from html import escape
from math import ceil, floor, log10
from typing import Final

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houvast.core.ui.markup import safe
from houvast.core.ui.tables import dutch_number

Number = int | float | Decimal

# A family of which a word starts with a digit is invalid CSS unless quoted: without quotes text vanishes.
FONT: Final = "&quot;Source Sans 3&quot;,sans-serif"
INK: Final = "#2c373f"
LINE: Final = "#586771"
FAINT: Final = "#dde4e8"
# Fill and outline, from dark to light: told apart without colour as well, and in black and white.
FILLS: Final = (
    ("#12546a", "#12546a"),
    ("#bfdde6", "#1c6a83"),
    ("#f3b229", "#7a4e00"),
    ("#ffffff", "#586771"),
    ("#586771", "#2c373f"),
    ("#e2f4e6", "#157b31"),
)
WIDTH: Final = 640
LEFT: Final = 48
RIGHT: Final = 12


class Form(StrEnum):
    """How the figures are drawn."""

    GROUPED = "grouped"
    STACKED = "stacked"
    HORIZONTAL = "horizontal"
    LINE = "line"


@dataclass(frozen=True)
class Series:
    """A row of figures with a name; None where there is no figure."""

    label: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Chart:
    """Figures with a title, drawn in one form. `unit` stands in the table's heading, e.g. "fte"."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    form: Form = Form.GROUPED
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        if not self.categories or not self.series:
            raise ValueError("A chart needs at least one category and one series.")
        if any(len(series.values) != len(self.categories) for series in self.series):
            raise ValueError("Every series needs one value per category.")
        if self.form is Form.STACKED and any(value < 0 for value in self._present()):
            raise ValueError("A stacked chart cannot show negative values.")

    def _present(self) -> Iterable[Number]:
        return (value for series in self.series for value in series.values if value is not None)

    @cached_property
    def said(self) -> str:
        """The chart in words, for who cannot see it."""
        if self.description:
            return self.description
        figures = (
            f"{series.label}: " + ", ".join(map(_pair, self.categories, series.values))
            for series in self.series
        )
        return "; ".join(figures) + "."

    @cached_property
    def svg(self) -> SafeString:
        """The drawing, complete with `<title>` and `<desc>`."""
        draw = {Form.HORIZONTAL: _horizontal, Form.LINE: _line}.get(self.form, _columns)
        height, body = draw(self)
        return _frame(self.title, self.said, height, body)

    @cached_property
    def table(self) -> SafeString:
        """The same figures as a table: series as rows, categories as columns."""
        heads = "".join(f'<th scope="col" class="hv-num">{escape(name)}</th>' for name in self.categories)
        series = _("Reeks")
        corner = escape(self.unit) or f'<span class="hv-hidden">{escape(series)}</span>'
        rows = "".join(map(_table_row, self.series))
        return safe(
            '<table class="hv-table hv-table--plain">'
            f'<caption class="hv-hidden">{escape(self.title)}</caption>'
            f'<thead><tr><th scope="col">{corner}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        )


def _table_row(series: Series) -> str:
    cells = "".join(f'<td class="hv-num">{_said(value)}</td>' for value in series.values)
    return f'<tr><th scope="row">{escape(series.label)}</th>{cells}</tr>'


def grouped_bars(title: str, categories: Sequence[str], *series: Series, unit: str = "") -> Chart:
    """Columns beside each other per category."""
    return Chart(title, tuple(categories), series, Form.GROUPED, unit)


def stacked_bars(title: str, categories: Sequence[str], *series: Series, unit: str = "") -> Chart:
    """Columns on top of each other per category. Raises ValueError on a negative value."""
    return Chart(title, tuple(categories), series, Form.STACKED, unit)


def horizontal_bars(title: str, categories: Sequence[str], *series: Series, unit: str = "") -> Chart:
    """Bars from left to right, for long names."""
    return Chart(title, tuple(categories), series, Form.HORIZONTAL, unit)


def line_chart(title: str, categories: Sequence[str], *series: Series, unit: str = "") -> Chart:
    """Values through time; a missing value breaks the line."""
    return Chart(title, tuple(categories), series, Form.LINE, unit)


def sparkline(values: Sequence[Number]) -> SafeString:
    """A line of a few centimetres beside a figure; decorative, so the figure must be there as text."""
    if len(values) < 2:
        return safe("")
    low, high = float(min(values)), float(max(values))
    span = high - low or 1.0
    step = 76 / (len(values) - 1)
    points = [(2 + step * i, 28 - 24 * (float(value) - low) / span) for i, value in enumerate(values)]
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    x, y = points[-1]
    return safe(
        '<svg class="hv-spark" viewBox="0 0 80 32" aria-hidden="true" focusable="false">'
        f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="2.5"'
        ' stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="3" fill="currentColor"/></svg>'
    )


# --- drawing ------------------------------------------------------------------------------------------------


def _n(number: float) -> str:
    """A coordinate with at most one decimal, the same on every machine."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")


def _said(value: Number | None) -> str:
    return "–" if value is None else dutch_number(value)


def _pair(category: str, value: Number | None) -> str:
    return f"{category} {_said(value)}"


def _text(
    x: float, y: float, words: str, *, anchor: str = "middle", bold: bool = False, fill: str = INK
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{weight} fill="{fill}">{escape(words)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, index: int) -> str:
    fill, outline = FILLS[index % len(FILLS)]
    return (
        f'<rect class="hv-fill-{index % len(FILLS)}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}"'
        f' height="{_n(height)}" fill="{fill}" stroke="{outline}"/>'
    )


def _frame(title: str, said: str, height: float, body: str) -> SafeString:
    return safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" role="img"'
        f' aria-label="{escape(title)}" font-family="{FONT}" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>{body}</svg>"
    )


def _step(reach: float, *, whole: bool) -> float:
    """A round distance between the lines of an axis so that about four reach `reach`; whole for counts."""
    if reach <= 0:
        return 1.0
    power = 10.0 ** floor(log10(reach / 4))
    steps = (power * part for part in (1, 2, 2.5, 5, 10, 20, 50, 100))
    return next(step for step in steps if step * 4 >= reach and (not whole or step == int(step)))


@dataclass(frozen=True)
class _Scale:
    """From values to heights: `low` and `high` are whole steps and include zero."""

    low: float
    high: float
    step: float
    top: float
    bottom: float

    def at(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def axis(self) -> str:
        """A line with its value at every step."""
        marks = [self.low + self.step * part for part in range(round((self.high - self.low) / self.step) + 1)]
        return "".join(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_n(self.at(mark))}" y2="{_n(self.at(mark))}"'
            f' stroke="{LINE if mark == 0 else FAINT}"/>'
            + _text(LEFT - 6, self.at(mark) + 4, _said(_tidy(mark)), anchor="end", fill=LINE)
            for mark in marks
        )


def _tidy(value: float) -> Number:
    """Whole numbers without a decimal point, others without the noise of binary fractions."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _scale(values: Iterable[Number], top: float, bottom: float) -> _Scale:
    found = [0.0, *map(float, values)]
    high, low = max(found), min(found)
    step = _step(high - low, whole=all(value == int(value) for value in found))
    highest = max(ceil(high / step), 0 if low < 0 else 1)
    return _Scale(floor(low / step) * step, highest * step, step, top, bottom)


def _legend(series: Sequence[Series]) -> tuple[float, str]:
    """Names of the series above the drawing, and how much room they take."""
    if len(series) == 1:
        return 8.0, ""
    parts, x, y = [], float(LEFT), 14.0
    for index, one in enumerate(series):
        width = 30 + 7 * len(one.label)
        if x + width > WIDTH and x > LEFT:
            x, y = float(LEFT), y + 20
        parts.append(_rect(x, y - 10, 12, 12, index) + _text(x + 18, y, one.label, anchor="start"))
        x += width
    return y + 14, "".join(parts)


def _category_labels(categories: Sequence[str], slot: float, y: float) -> str:
    """Names under the columns; where they would run together, only every so many-th."""
    longest = max(map(len, categories))
    every = max(1, ceil(longest * 7 / slot))
    return "".join(
        _text(LEFT + slot * (index + 0.5), y, name)
        for index, name in enumerate(categories)
        if index % every == 0
    )


def _columns(chart: Chart) -> tuple[float, str]:
    top, legend = _legend(chart.series)
    bottom, slot = top + 214, (WIDTH - LEFT - RIGHT) / len(chart.categories)
    stacked = chart.form is Form.STACKED
    if stacked:
        columns = zip(*(one.values for one in chart.series), strict=True)
        values = [float(sum(value or 0 for value in column)) for column in columns]
    else:
        values = [float(value) for value in chart._present()]  # noqa: SLF001  same file
    scale = _scale(values, top + 14, bottom)
    bars = "".join(
        (_stack if stacked else _group)(chart, index, slot, scale) for index in range(len(chart.categories))
    )
    return bottom + 26, legend + scale.axis() + bars + _category_labels(chart.categories, slot, bottom + 18)


def _group(chart: Chart, category: int, slot: float, scale: _Scale) -> str:
    room = slot * 0.76
    width = min(room / len(chart.series), 56)
    start = LEFT + slot * (category + 0.5) - width * len(chart.series) / 2
    parts: list[str] = []
    for index, one in enumerate(chart.series):
        value = one.values[category]
        if value is None:
            continue
        x, zero, y = start + index * width, scale.at(0), scale.at(float(value))
        parts.append(_rect(x + 1, min(zero, y), width - 2, abs(zero - y), index))
        if width >= 18:
            parts.append(_text(x + width / 2, y + (14 if value < 0 else -5), _said(value), bold=index == 0))
    return "".join(parts)


def _stack(chart: Chart, category: int, slot: float, scale: _Scale) -> str:
    width, total, parts = min(slot * 0.6, 72), 0.0, []
    x = LEFT + slot * (category + 0.5) - width / 2
    for index, one in enumerate(chart.series):
        value = one.values[category]
        if value:
            base, total = total, total + float(value)
            parts.append(_rect(x, scale.at(total), width, scale.at(base) - scale.at(total), index))
    parts.append(_text(x + width / 2, scale.at(total) - 5, _said(_tidy(total)), bold=True))
    return "".join(parts)


def _horizontal(chart: Chart) -> tuple[float, str]:
    top, legend = _legend(chart.series)
    label = min(240.0, 16 + 7 * max(map(len, chart.categories)))
    low = min(0.0, *(float(value) for value in chart._present()), 0.0)  # noqa: SLF001  same file
    if low < 0:
        raise ValueError("A horizontal chart cannot show negative values.")
    high = max(1e-9, *(float(value) for value in chart._present()), 0.0)  # noqa: SLF001  same file
    per_pixel = (WIDTH - label - 64) / high
    thickness = 18 if len(chart.series) == 1 else 14
    step = thickness * len(chart.series) + 12
    parts = [legend]
    for index, name in enumerate(chart.categories):
        y = top + index * step
        parts.append(_text(label - 8, y + step / 2 - 1, name, anchor="end"))
        for number, one in enumerate(chart.series):
            value = one.values[index]
            if value is not None:
                width, at = float(value) * per_pixel, y + number * thickness
                parts.append(_rect(label, at, width, thickness - 2, number))
                parts.append(
                    _text(label + width + 6, at + thickness - 5, _said(value), anchor="start", bold=True)
                )
    return top + step * len(chart.categories), "".join(parts)


def _line(chart: Chart) -> tuple[float, str]:
    top, legend = _legend(chart.series)
    bottom, slot = top + 214, (WIDTH - LEFT - RIGHT) / len(chart.categories)
    scale = _scale((float(value) for value in chart._present()), top + 14, bottom)  # noqa: SLF001  same file
    lines = "".join(_one_line(one, index, slot, scale) for index, one in enumerate(chart.series))
    return bottom + 26, legend + scale.axis() + lines + _category_labels(chart.categories, slot, bottom + 18)


_DASHES: Final = ("", "7 4", "2 4", "10 3 2 3")


def _one_line(series: Series, index: int, slot: float, scale: _Scale) -> str:
    """A line told apart by its dashes; missing values leave a gap; the last value stands beside its point."""
    outline = FILLS[index % len(FILLS)][1]
    points = [
        None if value is None else (LEFT + slot * (at + 0.5), scale.at(float(value)), value)
        for at, value in enumerate(series.values)
    ]
    path, pen_up = [], True
    for point in points:
        if point is not None:
            path.append(f"{'M' if pen_up else 'L'}{_n(point[0])} {_n(point[1])}")
        pen_up = point is None
    dash = f' stroke-dasharray="{_DASHES[index % 4]}"' if index % 4 else ""
    there = [point for point in points if point is not None]
    dots = "".join(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="3" fill="{outline}"/>' for x, y, _value in there)
    last = _text(there[-1][0], there[-1][1] - 8, _said(there[-1][2]), bold=True) if there else ""
    return (
        f'<path class="hv-line-{index}" d="{"".join(path)}" fill="none" stroke="{outline}"'
        f' stroke-width="2.5"{dash}/>{dots}{last}'
    )


# --- through time -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """Something that lasts from a day up to, not including, another; None is open. outside: it came from elsewhere."""

    label: str
    start: date
    until: date | None = None
    outside: bool = False


@dataclass(frozen=True)
class Mark:
    """Something on a day: reached, or still to be."""

    label: str
    on: date
    reached: bool = True


@dataclass(frozen=True)
class Timeline:
    """What lasts as bars through time, what happens on a day as diamonds, and today as a line; with a table.

    Raises ValueError without anything that lasts.
    """

    title: str
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    today: date

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("A timeline needs something that lasts.")

    @cached_property
    def _ends(self) -> tuple[date, date]:
        """The first of January of the year in which it begins, and the one after all ends."""
        days = [day for span in self.spans for day in (span.start, span.until) if day is not None]
        days += [mark.on for mark in self.marks]
        last = max(days)
        open_ended = any(span.until is None for span in self.spans)
        closes_on_new_year = (last.month, last.day) == (1, 1) and not open_ended
        return date(min(days).year, 1, 1), date(last.year + (not closes_on_new_year), 1, 1)

    def _x(self, day: date) -> float:
        first, end = self._ends
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (end - first).days

    @cached_property
    def said(self) -> str:
        """The picture in words."""
        lasting = (f"{span.label}: {_days(span)}" for span in self.spans)
        marks = (f"{mark.label}: {_dutch_day(mark.on)}" for mark in self.marks)
        return "; ".join((*lasting, *marks)) + "."

    @cached_property
    def svg(self) -> SafeString:
        """The drawing, complete with `<title>` and `<desc>`."""
        first, end = self._ends
        top, row = 24.0, 42.0
        height = top + row * len(self.spans) + (row if self.marks else 0) + 6
        parts = [self._year(date(year, 1, 1), height) for year in range(first.year, end.year)]
        parts += [self._bar(span, place, top + row * place) for place, span in enumerate(self.spans)]
        parts += [self._diamond(mark, top + row * len(self.spans) + 22) for mark in self.marks]
        if first <= self.today < end:
            x = _n(self._x(self.today))
            parts.append(
                f'<line x1="{x}" x2="{x}" y1="{_n(top - 4)}" y2="{_n(height)}" stroke="{INK}"'
                ' stroke-dasharray="3 3"/>'
            )
        return _frame(self.title, self.said, height, "".join(parts))

    def _year(self, day: date, height: float) -> str:
        x = self._x(day)
        line = f'<line x1="{_n(x)}" x2="{_n(x)}" y1="4" y2="{_n(height)}" stroke="{FAINT}"/>'
        return line + _text(x + 5, 15, str(day.year), anchor="start", fill=LINE)

    def _bar(self, span: Span, place: int, y: float) -> str:
        _first, end = self._ends
        x, until = self._x(span.start), self._x(span.until or end)
        # Its name stands above the bar, and keeps within the picture where the bar begins late.
        at, anchor = (x, "start") if x < WIDTH / 2 else (WIDTH - RIGHT, "end")
        index = 3 if span.outside else place % 2
        name = _text(at, y + 13, span.label, anchor=anchor, bold=not span.outside)
        return name + _rect(x, y + 18, max(until - x, 2), 14, index)

    def _diamond(self, mark: Mark, y: float) -> str:
        x = self._x(mark.on)
        fill = FILLS[0][0] if mark.reached else FILLS[3][0]
        points = f"{_n(x)},{_n(y - 8)} {_n(x + 8)},{_n(y)} {_n(x)},{_n(y + 8)} {_n(x - 8)},{_n(y)}"
        shape = f'<polygon points="{points}" fill="{fill}" stroke="{FILLS[0][1]}">'
        return f"{shape}<title>{escape(mark.label)}</title></polygon>"

    @cached_property
    def table(self) -> SafeString:
        """The same as a table: what, and when."""
        rows = [(span.label, _days(span)) for span in self.spans]
        rows += [
            (
                mark.label,
                _dutch_day(mark.on) if mark.reached else _("gepland: {day}").format(day=_dutch_day(mark.on)),
            )
            for mark in self.marks
        ]
        cells = "".join(
            f'<tr><th scope="row">{escape(what)}</th><td>{escape(when)}</td></tr>' for what, when in rows
        )
        what, when = escape(_("Wat")), escape(_("Wanneer"))
        return safe(
            '<table class="hv-table hv-table--plain">'
            f'<caption class="hv-hidden">{escape(self.title)}</caption>'
            f'<thead><tr><th scope="col">{what}</th><th scope="col">{when}</th></tr></thead>'
            f"<tbody>{cells}</tbody></table>"
        )


def _dutch_day(day: date) -> str:
    return date_format(day, "j F Y")


def _days(span: Span) -> str:
    start = _dutch_day(span.start)
    if span.until is None:
        return _("vanaf {start}").format(start=start)
    last = _dutch_day(span.until - timedelta(days=1))
    return _("{start} tot en met {last}").format(start=start, last=last)
