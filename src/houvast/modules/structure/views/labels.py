"""The Dutch names of what was done, for histories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from houvast.core.registry import modules
from houvast.modules.structure.queries.history import Told


@dataclass(frozen=True)
class Line:
    """A line of a history, ready to show."""

    label: str
    at: datetime
    who: str
    text: str


def told(lines: Iterable[Told]) -> list[Line]:
    """The lines with the names of their actions."""
    labels = {key: str(label) for module in modules() for key, label in module.labels}
    return [Line(labels.get(line.action, line.action), line.at, line.who, line.text) for line in lines]
