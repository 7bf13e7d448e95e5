"""Hiding small numbers in a table of figures, so that no hidden number can be reckoned from the others.

What a reader knows: every number that is shown, that the totals are totals, and what the word in the place of a
hidden number means. A hidden number is safe when at least two values fit all that. A table with its totals is a
network in which whatever flows in flows out; a hidden number can be another one exactly when it lies on a cycle of
hidden numbers that can each go up or down by one. That is tested, not estimated, and numbers are hidden along the
cheapest such cycle until every one is safe.

Zero is shown: it is about nobody. Where hiding what is not zero does not do, zeros are hidden too, and then no
word says how small a number is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heappop, heappush
from typing import Final

LOWEST_THRESHOLD: Final = 3
"""Below it "minder dan 2" would say that it is one."""
UNBOUNDED: Final = 10**9


class Hidden(StrEnum):
    """What stands in the place of a number."""

    SMALL = "small"  # more than zero and less than the threshold
    PROTECTED = "protected"  # the threshold or more: shown, it would give a small one away
    ALL = "all"  # any number, also zero: of this table nothing can be shown


Shown = int | Hidden


@dataclass(frozen=True)
class Masked:
    """A table as it may be shown: the cells, the totals of rows and columns, and the total.

    safe: whether no hidden number can be reckoned. It is not where the total is shown and is that number.
    """

    cells: tuple[tuple[Shown, ...], ...]
    rows: tuple[Shown, ...]
    columns: tuple[Shown, ...]
    total: Shown
    safe: bool = True


@dataclass
class _Arc:
    """A number of the table as a flow from one place to another."""

    tail: str
    head: str
    value: int
    fixed: bool = False
    hidden: Hidden | None = None

    def bounds(self, threshold: int) -> tuple[int, int]:
        """Between which values a reader of its word knows a hidden number to be."""
        low = {Hidden.SMALL: 1, Hidden.PROTECTED: threshold}.get(self.hidden or Hidden.ALL, 0)
        return low, threshold - 1 if self.hidden is Hidden.SMALL else UNBOUNDED


@dataclass
class _Net:
    """The table as a network, with what is hidden of it."""

    arcs: dict[tuple[int, int], _Arc]
    threshold: int
    leaving: dict[str, list[_Arc]] = field(default_factory=dict)
    entering: dict[str, list[_Arc]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for arc in self.arcs.values():
            self.leaving.setdefault(arc.tail, []).append(arc)
            self.entering.setdefault(arc.head, []).append(arc)

    def hide_small(self) -> None:
        for arc in self.arcs.values():
            if 0 < arc.value < self.threshold and not arc.fixed:
                arc.hidden = Hidden.SMALL

    def hide_all(self) -> None:
        for arc in self.arcs.values():
            arc.hidden = None if arc.fixed else Hidden.ALL

    def given_away(self) -> _Arc | None:
        """A hidden number that can be reckoned, the smallest; None where all are safe."""
        found = [arc for arc in self.arcs.values() if arc.hidden and not self._is_safe(arc)]
        return min(found, key=lambda arc: arc.value, default=None)

    def _is_safe(self, arc: _Arc) -> bool:
        found = self._way(arc)
        return found is not None and not found

    def protect(self, arc: _Arc) -> bool:
        """Hide along the cheapest cycle through the number; whether there is one."""
        way = self._way(arc)
        for other in way or ():
            other.hidden = Hidden.PROTECTED
        return way is not None

    def _way(self, arc: _Arc) -> list[_Arc] | None:
        """What has to be hidden so that the number can be one more, or one less: the cheapest; None: cannot be."""
        low, high = arc.bounds(self.threshold)
        ways = []
        if arc.value < high:
            ways.append(self._cheapest(arc.head, arc.tail, arc))
        if arc.value > low:
            ways.append(self._cheapest(arc.tail, arc.head, arc))
        found = [way for way in ways if way is not None]
        return min(found, key=lambda way: sum(arc.value for arc in way), default=None)

    def _cheapest(self, start: str, end: str, without: _Arc) -> list[_Arc] | None:
        queue: list[tuple[int, int, str, list[_Arc]]] = [(0, 0, start, [])]
        seen: set[str] = set()
        number = 0
        while queue:
            cost, _number, place, way = heappop(queue)
            if place == end:
                return way
            if place in seen:
                continue
            seen.add(place)
            for arc, after in self._steps(place, without):
                number += 1
                more = [] if arc.hidden else [arc]
                heappush(queue, (cost + sum(one.value for one in more), number, after, [*way, *more]))
        return None

    def _steps(self, place: str, without: _Arc) -> Iterator[tuple[_Arc, str]]:
        """The numbers that can go one up (along) or down (against) from here, shown ones if they were hidden."""
        for arc in self.leaving.get(place, ()):
            if arc is not without and self._can(arc, 1):
                yield arc, arc.head
        for arc in self.entering.get(place, ()):
            if arc is not without and self._can(arc, -1):
                yield arc, arc.tail

    def _can(self, arc: _Arc, step: int) -> bool:
        if arc.hidden is None and (arc.fixed or arc.value < self.threshold):
            return False
        low, high = (self.threshold, UNBOUNDED) if arc.hidden is None else arc.bounds(self.threshold)
        return low <= arc.value + step <= high

    def shown(self, place: tuple[int, int]) -> Shown:
        arc = self.arcs[place]
        return arc.hidden or arc.value


def hide(cells: Sequence[Sequence[int]], threshold: int, *, total_is_known: bool = False) -> Masked:
    """The table with its small numbers hidden, and as many others as that takes.

    cells: rows of columns, without totals; with one column the total of a row is the number itself and is not shown.
    total_is_known: the total stands elsewhere, so that it is shown here whatever it is. Raises ValueError for a
    threshold under 3, a negative number, and rows of unequal length.
    """
    _check(cells, threshold)
    net = _Net(_arcs(cells, total_is_known), threshold)
    net.hide_small()
    while (arc := net.given_away()) is not None:
        if not net.protect(arc):
            net.hide_all()
            break
    height, width = len(cells), len(cells[0]) if cells else 0
    inner = tuple(tuple(net.shown((row, column)) for column in range(width)) for row in range(height))
    many = width > 1
    return Masked(
        cells=inner,
        rows=tuple(net.shown((row, width)) for row in range(height)) if many else tuple(r[0] for r in inner),
        columns=tuple(net.shown((height, column)) for column in range(width))
        if many
        else (net.shown(TOTAL),),
        total=net.shown(TOTAL),
        safe=net.given_away() is None,
    )


def plain(cells: Sequence[Sequence[int]]) -> Masked:
    """The table with its totals as it is, for who may see the rows. Raises ValueError as `hide` does."""
    _check(cells, LOWEST_THRESHOLD)
    rows = tuple(map(sum, cells))
    columns = tuple(map(sum, zip(*cells, strict=True))) or (0,)
    return Masked(tuple(map(tuple, cells)), rows, columns, sum(rows))


TOTAL: Final = (-1, -1)


def _check(cells: Sequence[Sequence[int]], threshold: int) -> None:
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"the threshold is {LOWEST_THRESHOLD} at least")
    if len({len(row) for row in cells}) > 1 or any(not row for row in cells):
        raise ValueError("every row has as many columns, and one at least")
    if any(number < 0 for row in cells for number in row):
        raise ValueError("a count is not negative")


def _arcs(cells: Sequence[Sequence[int]], total_is_known: bool) -> dict[tuple[int, int], _Arc]:
    """Each number as a flow: from its row to its column, onward to the total, and back to the rows."""
    height, width = len(cells), len(cells[0]) if cells else 0
    grand = sum(map(sum, cells))
    if width <= 1:
        found = {(row, 0): _Arc("rows", "total", number) for row, (number,) in enumerate(cells)}
        return {**found, TOTAL: _Arc("total", "rows", grand, fixed=total_is_known)}
    found = {
        (row, column): _Arc(f"row {row}", f"column {column}", cells[row][column])
        for row in range(height)
        for column in range(width)
    }
    for row in range(height):
        found[row, width] = _Arc("total", f"row {row}", sum(cells[row]))
    for column in range(width):
        found[height, column] = _Arc(f"column {column}", "columns", sum(row[column] for row in cells))
    return {**found, TOTAL: _Arc("columns", "total", grand, fixed=total_is_known)}
