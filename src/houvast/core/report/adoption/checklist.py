"""What the accounts of a year must contain, by law and by the council, and what was answered to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.report.adoption.queries import answers_of, council_requirements
from houvast.core.report.adoption.rules import Answer
from houvast.core.report.outline import walk
from houvast.core.report.queries import outline_of
from houvast.law.completeness import Scope, requirements_of


class Origin(StrEnum):
    """Who asks it, and where it belongs."""

    LAW_HERE = "law_here"
    LAW_ELSEWHERE = "law_elsewhere"
    COUNCIL = "council"


ORIGINS = {
    Origin.LAW_HERE: gettext_lazy("De wet, in deze paragraaf"),
    Origin.LAW_ELSEWHERE: gettext_lazy("De wet, elders in de jaarstukken"),
    Origin.COUNCIL: gettext_lazy("De raad"),
}
OWN = "raad:"
"""What the key of a requirement of the council begins with; its uid follows."""


@dataclass(frozen=True)
class Item:
    """A requirement of a year with its answer. answer: the row, None while nothing was answered.

    headings: those of the chapter of that year, by section.
    """

    key: str
    name: str
    source: str
    origin: Origin
    explanation: str = ""
    always: bool = False
    confirm: str = ""
    answer: Any = None
    row: Any = None
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> bool:
        return self.answer is None

    @property
    def blocks(self) -> bool:
        """Whether the chapter cannot be adopted without it."""
        return self.missing and self.origin is not Origin.LAW_ELSEWHERE

    @property
    def not_applicable(self) -> bool:
        return self.answer is not None and self.answer.answer == Answer.NOT_APPLICABLE

    @property
    def origin_label(self) -> str:
        return str(ORIGINS[self.origin])

    @property
    def heading(self) -> str:
        """The heading of the section that proves it; nothing where a document does."""
        section = self.answer.section if self.answer else ""
        return self.headings.get(section, section)


def checklist(year: int) -> tuple[Item, ...]:
    """Every requirement of the year, the law's first. Three queries."""
    answers = answers_of(year)
    headings = {section.key: section.heading for _depth, section in walk(outline_of(year))}
    law = tuple(
        Item(
            key=one.key,
            name=one.name,
            source=one.source,
            origin=Origin.LAW_HERE if one.scope is Scope.HERE else Origin.LAW_ELSEWHERE,
            explanation=one.explanation,
            always=one.always,
            confirm=one.confirm,
            answer=answers.get(one.key),
            headings=headings,
        )
        for one in requirements_of(year)
    )
    own = tuple(
        Item(
            key=(key := f"{OWN}{row.uid.hex}"),
            name=row.name,
            source=_("%(reference)s, %(day)s")
            % {"reference": row.reference, "day": f"{row.decided_on:%d-%m-%Y}"},
            origin=Origin.COUNCIL,
            answer=answers.get(key),
            row=row,
            headings=headings,
        )
        for row in council_requirements(year)
    )
    return (*law, *own)


def told(items: Sequence[Item]) -> list[dict[str, object]]:
    """The checklist as it is frozen with an edition. It names nobody."""
    return [
        {
            "key": item.key,
            "name": item.name,
            "source": item.source,
            "origin": item.origin.value,
            "answer": item.answer.answer if item.answer else None,
            "section": item.answer.section if item.answer else "",
            "document": item.answer.document if item.answer else "",
            "reason": item.answer.reason if item.answer else "",
        }
        for item in items
    ]
