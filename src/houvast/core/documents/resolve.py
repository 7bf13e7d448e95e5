"""From a tree as its author made it to one that is ready to be written.

Headings get an anchor, tables and figures a number, each place where a claim is used an anchor of its own,
and each entry the links back to those places. A writer then only writes: all files agree on addresses.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from houvast.core.documents.errors import DocumentError
from houvast.core.documents.tree import (
    Block,
    BulletList,
    Contents,
    Definitions,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Run,
    Runs,
    Table,
)

_CONTENTS_DEPTH = 2


@dataclass(frozen=True)
class Resolved:
    """A document that can be written: numbered, every anchor unique, every internal link with a target."""

    document: Document
    contents: tuple[Heading, ...]
    tables: tuple[Table, ...]


@dataclass
class _Places:
    """Where each claim is used: anchor of the claim to (anchor of the place, heading above it)."""

    targets: frozenset[str]
    used: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    heading: str = ""

    def mark(self, run: Run) -> Run:
        if run.claim is None:
            return run
        if run.claim.anchor not in self.targets:
            return replace(run, claim=None)
        places = self.used.setdefault(run.claim.anchor, [])
        anchor = run.anchor or f"plaats-{run.claim.anchor.removeprefix('feit-')}-{len(places) + 1}"
        places.append((anchor, self.heading))
        return replace(run, anchor=anchor)


def resolve(document: Document) -> Resolved:
    """Number and link a document.

    Raises DocumentError for a double anchor, a link to nowhere or a skipped heading level.
    """
    blocks = tuple(_whole(block, document.base_url) for block in _captioned(_anchored(document.blocks)))
    targets = {entry.anchor for entry in _entries(blocks) if entry.anchor}
    places = _Places(frozenset(targets))
    blocks = tuple(_mark(block, places) for block in blocks)
    blocks = tuple(_with_back_links(block, places) for block in blocks)
    headings = tuple(block for block in blocks if isinstance(block, Heading))
    _check_levels(headings)
    _check_links(blocks)
    contents = tuple(heading for heading in headings if heading.level <= _CONTENTS_DEPTH)
    return Resolved(replace(document, blocks=blocks), contents, tuple(_tables(blocks)))


def _slug(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _anchored(blocks: tuple[Block, ...]) -> Iterator[Block]:
    taken = set(_anchors(blocks))
    for block in blocks:
        if not isinstance(block, Heading) or block.anchor:
            yield block
            continue
        base = anchor = f"kop-{_slug(block.text) or 'zonder-letters'}"
        count = 1
        while anchor in taken:
            count += 1
            anchor = f"{base}-{count}"
        taken.add(anchor)
        yield replace(block, anchor=anchor)


def _captioned(blocks: Iterator[Block]) -> Iterator[Block]:
    count: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table):
            count["Tabel"] += 1
            yield replace(block, caption=f"Tabel {count['Tabel']}. {block.caption}")
        elif isinstance(block, Figure):
            count["Figuur"] += 1
            yield replace(block, caption=f"Figuur {count['Figuur']}. {block.caption}")
        else:
            yield block


def _each_runs(block: Block, change: Callable[[Runs], Runs]) -> Block:  # noqa: PLR0911  (one line per block type)
    match block:
        case Paragraph():
            return replace(block, runs=change(block.runs))
        case BulletList() | NumberedList():
            return replace(block, items=tuple(map(change, block.items)))
        case Table():
            rows = tuple(tuple(map(change, row)) for row in block.rows)
            return replace(block, rows=rows, footer=tuple(map(change, block.footer)))
        case Figure(data=Table() as data):
            changed = _each_runs(data, change)
            return replace(block, data=changed) if isinstance(changed, Table) else block
        case Note():
            return replace(block, paragraphs=tuple(map(change, block.paragraphs)))
        case Definitions():
            return replace(block, entries=tuple(_each_entry(entry, change) for entry in block.entries))
        case Heading() | Contents() | Figure():
            return block


def _each_entry(entry: Entry, change: Callable[[Runs], Runs]) -> Entry:
    body = tuple((label, change(runs)) for label, runs in entry.body)
    return replace(entry, term=change(entry.term), body=body, back=change(entry.back))


def _all_runs(blocks: tuple[Block, ...]) -> list[Run]:
    found: list[Run] = []

    def collect(runs: Runs) -> Runs:
        found.extend(runs)
        return runs

    for block in blocks:
        _each_runs(block, collect)
    return found


def _whole(block: Block, base_url: str) -> Block:
    """The block with its links into the application made whole, when it is known where that lives."""

    def complete(runs: Runs) -> Runs:
        return tuple(
            replace(run, link=f"{base_url}{run.link}") if run.link.startswith("/") else run for run in runs
        )

    return _each_runs(block, complete) if base_url else block


def _mark(block: Block, places: _Places) -> Block:
    if isinstance(block, Heading):
        places.heading = block.label
        return block
    return _each_runs(block, lambda runs: tuple(map(places.mark, runs)))


def _entries(blocks: tuple[Block, ...]) -> Iterator[Entry]:
    for block in blocks:
        if isinstance(block, Definitions):
            yield from block.entries


def _with_back_links(block: Block, places: _Places) -> Block:
    if not isinstance(block, Definitions):
        return block
    return replace(block, entries=tuple(_with_back(entry, places) for entry in block.entries))


def _with_back(entry: Entry, places: _Places) -> Entry:
    """Links named after the section they lead to, since "1, 2, 3" tells a screen reader nothing."""
    links: list[Run] = []
    seen: Counter[str] = Counter()
    for anchor, heading in places.used.get(entry.anchor, []):
        name = heading or "begin van de tekst"
        seen[name] += 1
        label = name if seen[name] == 1 else f"{name} ({seen[name]})"
        links += [Run("; "), Run(label, link=f"#{anchor}")]
    return replace(entry, back=entry.back + tuple(links[1:]))


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure) and block.data is not None:
            yield block.data


def _anchors(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        anchor = getattr(block, "anchor", "")
        if anchor:
            yield anchor
    yield from (entry.anchor for entry in _entries(blocks) if entry.anchor)
    yield from (
        block.data.anchor
        for block in blocks
        if isinstance(block, Figure) and block.data and block.data.anchor
    )
    yield from (run.anchor for run in _all_runs(blocks) if run.anchor)


def _check_links(blocks: tuple[Block, ...]) -> None:
    anchors = Counter(_anchors(blocks))
    double = [anchor for anchor, number in anchors.items() if number > 1]
    if double:
        raise DocumentError(f"Het anker ‘{double[0]}’ komt meer dan één keer voor.")
    for run in _all_runs(blocks):
        if run.link.startswith("#") and run.link[1:] not in anchors:
            raise DocumentError(f"De verwijzing ‘{run.link}’ leidt nergens heen.")


def _check_levels(headings: tuple[Heading, ...]) -> None:
    """A skipped level makes the outline unreadable aloud, and PDF/UA refuses it."""
    level = 0
    for heading in headings:
        if heading.level > level + 1:
            raise DocumentError(f"De kop ‘{heading.text}’ slaat een niveau over.")
        level = heading.level


def outside(link: str) -> str:
    """The link as a file on its own needs it; empty when it only means something inside the application."""
    return "" if link.startswith("/") else link
