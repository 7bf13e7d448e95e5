"""The organogram as a drawing: boxes and lines in pixels, for an SVG that stands on its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.orgs.rules import UnitKind
from houvast.modules.structure.rules.organogram import Node, Organogram

WIDTH, GAP, MARGIN, INDENT = 230, 24, 24, 16
LINE, HEAD, PADDING, BETWEEN = 18, 22, 10, 14
LONGEST = 32
RAIL = MARGIN // 2
COLUMNS = 6
"""So many columns fit beside each other; more branches go on in the next row."""


@dataclass(frozen=True)
class TextLine:
    """A line of text in a box, with the height of its foot."""

    text: str
    y: int
    missing: bool = False


@dataclass(frozen=True)
class Box:
    """A unit in the drawing. `style` is "top", "unit", "team" or "gap"."""

    x: int
    y: int
    width: int
    height: int
    title: str
    style: str
    lines: tuple[TextLine, ...]

    @property
    def text_x(self) -> int:
        """Where its text begins."""
        return self.x + PADDING

    @property
    def title_y(self) -> int:
        """The foot of its title."""
        return self.y + HEAD


@dataclass(frozen=True)
class Drawing:
    """Everything to draw, and how large it is. `lines` are SVG paths."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def shorten(text: str) -> str:
    """As much of a text as fits in a box."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def told(node: Node) -> tuple[tuple[str, bool], ...]:
    """What stands under a unit's name: who leads it, what is vacant. True marks what is missing."""
    found: list[tuple[str, bool]] = []
    for post in node.heads:
        if post.holder:
            found.append(
                (
                    _("{function} sinds {day}").format(
                        function=post.function, day=f"{post.holder.since:%d-%m-%Y}"
                    ),
                    False,
                )
            )
        elif post.acting:
            found.append((_("{function}: waarneming").format(function=post.function), True))
    if node.lacks_leader:
        found.append((_("Geen teamleider"), True))
    vacant = len(node.vacancies)
    if vacant:
        found.append(
            (ngettext("{number} vacature", "{number} vacatures", vacant).format(number=vacant), True)
        )
    if node.fte is not None:
        found.append((_("{number} fte").format(number=number_format(node.fte, 1)), False))
    return tuple(found)


@dataclass(frozen=True)
class Chart:
    """The organogram as it is laid out.

    above: the units stacked at the top, down to where the tree first branches.
    branches: what hangs under the last of them, each with all under it.
    loose: units at the top beside the main tree, under which nothing of it hangs.
    """

    above: tuple[Node, ...]
    branches: tuple[Node, ...]
    loose: tuple[Node, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether the branches are too many for one column each."""
        return len(self.branches) > COLUMNS


def chart(organogram: Organogram) -> Chart:
    """Lay the tree out. Of several units at the top the main one is an organisation, else the largest."""
    if not organogram.tops:
        return Chart((), ())
    main = max(organogram.tops, key=_weight)
    above, level = [main], main.children
    while len(level) == 1 and level[0].children:
        above.append(level[0])
        level = level[0].children
    return Chart(tuple(above), level, tuple(node for node in organogram.tops if node is not main))


def _weight(node: Node) -> tuple[bool, int]:
    return node.kind == UnitKind.ORGANISATION, sum(1 for _node in node.walk())


def draw(organogram: Organogram) -> Drawing:
    """Lay the organogram out: the spine in the middle, each branch a column under it, loose units below."""
    plan = chart(organogram)
    columns = max(1, min(max(len(plan.branches), len(plan.loose)), COLUMNS))
    width = columns * (WIDTH + GAP) - GAP
    middle = MARGIN + width // 2
    boxes: list[Box] = []
    lines: list[str] = []
    y = MARGIN
    for place, node in enumerate(plan.above, start=1):
        boxes.append(_box(node, middle - WIDTH // 2, y, WIDTH, "top"))
        foot, y = y + boxes[-1].height, y + boxes[-1].height + BETWEEN
        if plan.branches or place < len(plan.above):
            lines.append(f"M{middle} {foot}V{y}")
    bar = y
    for row in _rows(plan.branches):
        lines.append(f"M{middle} {bar}H{RAIL}V{y}" if y > bar else "")
        placed, drawn, low = _row(row, y)
        for place in range(len(row)):
            centre = MARGIN + place * (WIDTH + GAP) + WIDTH // 2
            lines.append(f"M{middle if y == bar else RAIL} {y}H{centre}V{y + BETWEEN}")
        boxes, lines, y = boxes + placed, lines + drawn, low + GAP
    for row in _rows(plan.loose):
        placed, drawn, low = _row(row, y)
        boxes, lines, y = boxes + placed, lines + drawn, low + GAP
    return Drawing(width + 2 * MARGIN, y + MARGIN, tuple(boxes), tuple(line for line in lines if line))


def _rows(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    return (nodes[start : start + COLUMNS] for start in range(0, len(nodes), COLUMNS))


def _row(row: Sequence[Node], y: int) -> tuple[list[Box], list[str], int]:
    """The columns of a row beside each other: their boxes, their lines, and the foot of the lowest."""
    found = [
        pair
        for place, branch in enumerate(row)
        for pair in _column(branch, MARGIN + place * (WIDTH + GAP), y + BETWEEN)
    ]
    boxes = [box for box, _line in found]
    low = max(box.y + box.height for box in boxes)
    return boxes, [line for _box_, line in found if line], low


def _column(node: Node, left: int, y: int, depth: int = 0, above: int = 0) -> Iterator[tuple[Box, str]]:
    indent = min(depth, 4) * INDENT
    style = "gap" if node.lacks_leader else "team" if depth else "unit"
    box = _box(node, left + indent, y, WIDTH - indent, style)
    stem = left + indent - INDENT // 2
    yield box, f"M{stem} {above}V{y + HEAD}H{box.x}" if depth else ""
    below = y + box.height + BETWEEN
    for child in node.children:
        for placed, line in _column(child, left, below, depth + 1, y + box.height):
            yield placed, line
            below = placed.y + placed.height + BETWEEN


def _box(node: Node, x: int, y: int, width: int, style: str) -> Box:
    lines = tuple(
        TextLine(shorten(text), y + HEAD + LINE * place, missing)
        for place, (text, missing) in enumerate(told(node), start=1)
    )
    height = HEAD + LINE * len(lines) + PADDING
    return Box(x, y, width, height, shorten(node.name), style, lines)
