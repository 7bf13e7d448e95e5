"""The chapter of one organisation and year: its sections in the report's order, filled with claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from houvast.core.registry import Annex
from houvast.core.report.claims import Claim, Json, ReportContext
from houvast.core.report.outline import OUTLINE, Section
from houvast.core.report.prose import Block, ProseError, keys, parse, render, to_text


@dataclass(frozen=True)
class SlotProse:
    """The prose of one slot: as written, as it reads now, and what stops it from reading."""

    slot: str
    source: str
    blocks: tuple[Block, ...]
    edited: bool
    version: int
    problem: str = ""


@dataclass(frozen=True)
class EmptySlot:
    """A slot that has no prose, not even a default: the `place`-th of the `of` slots of its section."""

    slot: str
    place: int
    of: int


@dataclass(frozen=True)
class FilledSection:
    """A section with its number ("11.1"), depth (0 is a main heading), its filled slots and its empty ones."""

    key: str
    heading: str
    number: str
    depth: int
    slots: tuple[SlotProse, ...]
    empty: tuple[EmptySlot, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The section's own text, without that of the sections under it."""
        return tuple(block for slot in self.slots for block in slot.blocks)

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps a slot of the section from being read."""
        return tuple(slot.problem for slot in self.slots if slot.problem)

    @property
    def text(self) -> str:
        """The section's own text as plain text."""
        return to_text(self.blocks)


@dataclass(frozen=True)
class Chapter:
    """A whole chapter. `claims` holds every claim that could be computed; `used` are those the text states.

    unreadable: sourced facts that cannot be made into a claim, by key, with the sentence that says so.
    annexes: tables that modules add at the end.
    """

    context: ReportContext
    claims: Mapping[str, Claim]
    sections: tuple[FilledSection, ...]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    annexes: tuple[Annex, ...] = ()

    @property
    def used(self) -> tuple[Claim, ...]:
        """The claims that stand in the text, in the order in which a reader meets them."""
        keys = dict.fromkeys(key for section in self.sections for key in keys_in(section.blocks))
        return tuple(self.claims[key] for key in keys)

    def reads(self, section: FilledSection) -> bool:
        """Whether the section, or one under it, has text, or says why it has none."""
        below = f"{section.number}."
        return any(
            s.blocks or s.problems for s in self.sections if s is section or s.number.startswith(below)
        )

    @property
    def has_example_rows(self) -> bool:
        """Whether a claim in the text rests on example data, which the chapter then says."""
        return any(claim.example_rows for claim in self.used)

    @property
    def unchecked(self) -> frozenset[str]:
        """The keys of the claims in the text that are sourced facts and that no second person checked."""
        return frozenset(claim.key for claim in self.used if claim.unchecked)

    @property
    def example_part(self) -> tuple[int, int] | None:
        """`(example rows, all rows)` of the claims that rest on both, told per claim; None where none is mixed."""
        touched = [claim for claim in self.used if claim.example_rows]
        if all(claim.example_rows == claim.rows for claim in touched):
            return None
        return sum(claim.example_rows for claim in touched), sum(claim.rows for claim in touched)

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """`(slot, what is wrong)` for each slot that cannot be read."""
        return tuple((s.slot, s.problem) for section in self.sections for s in section.slots if s.problem)

    def to_json(self) -> Json:
        """Open data: every claim and every section, in a fixed order; annexes where there are any."""
        annexes = [asdict(annex) for annex in self.annexes]
        return {
            "organisation": self.context.organisation,
            "name": self.context.name,
            "year": self.context.year,
            "as_of": self.context.as_of.isoformat(),
            "example_data": self.has_example_rows,
            "claims": [self.claims[key].to_json() for key in sorted(self.claims)],
            "sections": [{"key": s.key, "heading": s.heading, "text": s.text} for s in self.sections],
            **({"annexes": annexes} if annexes else {}),
        }


@dataclass(frozen=True)
class Text:
    """The prose of a slot before it is filled: a module's default, or what somebody edited."""

    source: str
    edited: bool = False
    version: int = 0


def keys_in(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The claims that rendered blocks state, in reading order, repeats included."""
    for block in blocks:
        lines = block.items if hasattr(block, "items") else (block.runs,)
        yield from (run.key for line in lines for run in line if run.key)


def compose(
    context: ReportContext,
    claims: Mapping[str, Claim],
    texts: Mapping[str, Text],
    outline: tuple[Section, ...] = OUTLINE,
    unreadable: Mapping[str, str] | None = None,
) -> Chapter:
    """Fill every slot of the outline. A slot without prose stays empty; one that cannot be read says why."""
    broken = unreadable or {}
    sections = _sections(outline, claims, texts, "", 0)
    return Chapter(context, claims, tuple(_told(section, broken) for section in sections), broken)


def _told(section: FilledSection, unreadable: Mapping[str, str]) -> FilledSection:
    """The section, in which a slot that names an unreadable fact says so in the place of its text."""
    return replace(section, slots=tuple(_tell(slot, unreadable) for slot in section.slots))


def _tell(slot: SlotProse, unreadable: Mapping[str, str]) -> SlotProse:
    """Also under a condition: the sentence would fall away, or read as if there were nothing to say."""
    if not unreadable:
        return slot
    try:
        named = keys(parse(slot.source))
    except ProseError:
        return slot
    sentences = [unreadable[key] for key in sorted(set(named) & set(unreadable))]
    return replace(slot, blocks=(), problem=" ".join(sentences)) if sentences else slot


def _sections(
    outline: tuple[Section, ...],
    claims: Mapping[str, Claim],
    texts: Mapping[str, Text],
    parent: str,
    depth: int,
) -> Iterator[FilledSection]:
    for place, section in enumerate(outline, start=1):
        number = f"{parent}{place}"
        slots = tuple(fill(slot, texts[slot], claims) for slot in section.slots if slot in texts)
        empty = tuple(
            EmptySlot(slot, at, len(section.slots))
            for at, slot in enumerate(section.slots, start=1)
            if slot not in texts
        )
        yield FilledSection(section.key, section.heading, number, depth, slots, empty)
        yield from _sections(section.children, claims, texts, f"{number}.", depth + 1)


def fill(slot: str, text: Text, claims: Mapping[str, Claim]) -> SlotProse:
    """The slot as it reads with these claims."""
    try:
        blocks, problem = render(parse(text.source), claims), ""
    except ProseError as error:
        blocks, problem = (), str(error)
    return SlotProse(slot, text.source, blocks, text.edited, text.version, problem)


def reference_day(year: int) -> date:
    """The day as of which a chapter tells how things stand: 31 December (BBV art. 14 tells of the year)."""
    return date(year, 12, 31)
