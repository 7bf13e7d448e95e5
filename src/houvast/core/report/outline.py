"""The report's own order: which sections the chapter has, and which slots of prose stand in each.

The report owns this tree; modules only fill the slots named here. Keys are stable addresses (they stand in
links and in open data); headings are what the reader sees and are never parsed for claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading of the chapter (kop), the slots of prose under it in reading order, and its subsections."""

    key: str
    heading: str
    slots: tuple[str, ...] = ()
    children: tuple[Section, ...] = ()


OUTLINE: tuple[Section, ...] = (
    Section("trajectory", "Diemen ’22", ("trajectory.introduction", "trajectory.phases")),
    Section(
        "structure",
        "Organisatiestructuur",
        ("structure.change", "structure.organisation", "structure.completion"),
    ),
    Section(
        "values",
        "Nieuwe organisatievisie en kernwaarden",
        ("values.background", "values.vision", "values.use"),
    ),
    Section("complaints", "Klachtenregeling", ("complaints.handling",)),
    Section("team_plans", "Teamplannen nieuwe stijl", ("team_plans.purpose", "team_plans.evaluation")),
    Section(
        "board_sensitivity",
        "Inzet op bestuurlijke sensitiviteit vanuit de ambtelijke organisatie",
        ("board_sensitivity.findings", "board_sensitivity.plan"),
    ),
    Section("events", "Inspiratiesessies", ("events.first_phase", "events.second_phase", "events.outreach")),
    Section("programmes", "Programmatisch werken", ("programmes.start",)),
    Section("talent", "Talentprogramma voor iedereen", ("talent.learning",)),
    Section(
        "housing",
        "Huisvestingsvisie gemeentehuis",
        ("housing.need", "housing.aspects", "housing.planning"),
    ),
    Section(
        "partnership",
        "Samenwerking Duo+",
        children=(
            Section(
                "partnership.staff",
                "Stafbureau",
                children=(
                    Section(
                        "partnership.governance",
                        "Doorontwikkeling governance",
                        ("partnership.governance.board", "partnership.governance.development"),
                    ),
                    Section("partnership.control", "Concern control", ("partnership.control.focus",)),
                    Section(
                        "partnership.security",
                        "Informatieveiligheid",
                        ("security.framework", "security.registers", "partnership.security.awareness"),
                    ),
                ),
            ),
        ),
    ),
)


def walk(sections: tuple[Section, ...] = OUTLINE, depth: int = 0) -> Iterator[tuple[int, Section]]:
    """Every section in reading order with its depth; the eleven main headings have depth 0."""
    for section in sections:
        yield depth, section
        yield from walk(section.children, depth + 1)


def slot_keys() -> tuple[str, ...]:
    """All slots in reading order."""
    return tuple(slot for _, section in walk() for slot in section.slots)
