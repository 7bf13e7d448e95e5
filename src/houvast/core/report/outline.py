"""The report's own order: which sections the chapter has, and which slots of prose stand in each.

The report owns this tree; modules only fill the slots named here. Keys are stable addresses (they stand in
links and in open data); headings are what the reader sees and are never parsed for claims. An organisation gives a
section its own heading, or leaves it out, from a year on (`Placing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from houvast.core.orgs.refusal import Refusal


@dataclass(frozen=True)
class Section:
    """A heading of the chapter (kop), the slots of prose under it in reading order, and its subsections."""

    key: str
    heading: str
    slots: tuple[str, ...] = ()
    children: tuple[Section, ...] = ()


OUTLINE: tuple[Section, ...] = (
    Section("trajectory", "Organisatieontwikkeling", ("trajectory.introduction", "trajectory.phases")),
    Section(
        "structure",
        "Organisatiestructuur",
        ("structure.change", "structure.organisation", "structure.completion"),
    ),
    Section(
        "values",
        "Organisatievisie en kernwaarden",
        ("values.background", "values.vision", "values.use"),
    ),
    Section("complaints", "Klachtenregeling", ("complaints.handling",)),
    Section("team_plans", "Teamplannen", ("team_plans.purpose", "team_plans.evaluation")),
    Section(
        "board_sensitivity",
        "Bestuurlijke sensitiviteit",
        ("board_sensitivity.findings", "board_sensitivity.plan"),
    ),
    Section("events", "Bijeenkomsten", ("events.first_phase", "events.second_phase", "events.outreach")),
    Section("programmes", "Programmatisch werken", ("programmes.start",)),
    Section("talent", "Leren en ontwikkelen", ("talent.learning",)),
    Section(
        "housing",
        "Huisvesting",
        ("housing.need", "housing.aspects", "housing.planning"),
    ),
    Section(
        "partnership",
        "Samenwerking",
        children=(
            Section(
                "partnership.staff",
                "Stafbureau",
                children=(
                    Section(
                        "partnership.governance",
                        "Governance",
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


@dataclass(frozen=True)
class Placing:
    """How an organisation has a section: under which heading, or left out."""

    heading: str
    included: bool = True


def arranged(outline: tuple[Section, ...], placings: Mapping[str, Placing]) -> tuple[Section, ...]:
    """The outline as an organisation has it. The subsections of one that is left out come in its place."""
    return tuple(found for section in outline for found in _arranged(section, placings))


def _arranged(section: Section, placings: Mapping[str, Placing]) -> tuple[Section, ...]:
    placing = placings.get(section.key, Placing(section.heading))
    children = arranged(section.children, placings)
    if not placing.included:
        return children
    return (replace(section, heading=placing.heading, children=children),)


LONGEST_HEADING = 120


def require_arrangement(placings: Mapping[str, Placing]) -> None:
    """Raise Refusal for a section that does not exist, one without a heading, or a chapter of which nothing is left."""
    known = {section.key for _depth, section in walk()}
    for key, placing in placings.items():
        if key not in known:
            raise Refusal(_("Dit onderdeel bestaat niet: %(key)s.") % {"key": key})
        if not placing.heading.strip():
            raise Refusal(_("Geef het onderdeel een kop."), key)
        if len(placing.heading) > LONGEST_HEADING:
            raise Refusal(_("Een kop heeft hooguit %(n)s tekens.") % {"n": LONGEST_HEADING}, key)
    if not arranged(OUTLINE, placings):
        raise Refusal(_("Een hoofdstuk heeft ten minste één onderdeel."))


def walk(sections: tuple[Section, ...] = OUTLINE, depth: int = 0) -> Iterator[tuple[int, Section]]:
    """Every section in reading order with its depth; main headings have depth 0."""
    for section in sections:
        yield depth, section
        yield from walk(section.children, depth + 1)


def slot_keys() -> tuple[str, ...]:
    """All slots in reading order."""
    return tuple(slot for _, section in walk() for slot in section.slots)
