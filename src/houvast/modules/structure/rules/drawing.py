"""The organogram as a drawing: boxes and lines in pixels, for an SVG that stands on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.modules.structure.rules.organogram import Node, Organogram

WIDTH, GAP, MARGIN, INDENT = 230, 24, 24, 16
LINE, HEAD, PADDING, BETWEEN = 18, 22, 10, 14
LONGEST = 36


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
    return tuple(found)


def spine(organogram: Organogram) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The units stacked at the top, down to where the tree first branches, and the branches under them."""
    above: list[Node] = []
    level = organogram.tops
    while len(level) == 1 and level[0].children:
        above.append(level[0])
        level = level[0].children
    return tuple(above), level


def draw(organogram: Organogram) -> Drawing:
    """Lay the organogram out: the spine in the middle, each branch a column under it."""
    above, branches = spine(organogram)
    width = max(1, len(branches)) * (WIDTH + GAP) - GAP
    middle = MARGIN + width // 2
    boxes, lines, y = [], [], MARGIN
    for node in above:
        box = _box(node, middle - WIDTH // 2, y, WIDTH, "top")
        boxes.append(box)
        y += box.height + BETWEEN
        lines.append(f"M{middle} {box.y + box.height}V{y}")
    low = y
    for place, branch in enumerate(branches):
        left = MARGIN + place * (WIDTH + GAP)
        if above:
            lines.append(f"M{middle} {y}H{left + WIDTH // 2}V{y + BETWEEN}")
        column = list(_column(branch, left, y + BETWEEN))
        boxes += [box for box, _line in column]
        lines += [line for _box_, line in column if line]
        low = max([low, *(box.y + box.height for box, _line in column)])
    return Drawing(width + 2 * MARGIN, low + MARGIN, tuple(boxes), tuple(lines))


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
