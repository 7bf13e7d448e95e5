"""Confirmed corrections as footnotes: in words, in the documents and in open data. The frozen text stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from houvast.core.documents import tree
from houvast.core.report import dutch
from houvast.core.report.claims import Claim, Json

TITLE = "Correcties na de vaststelling"


@dataclass(frozen=True)
class Footnote:
    """A confirmed correction (voetnoot): about one claim or one section, numbered as the reader meets it."""

    number: int
    text: str
    reference: str
    decided_on: date
    claim_key: str = ""
    section: str = ""
    value: Any = None

    @property
    def anchor(self) -> str:
        return f"correctie-{self.number}"

    @property
    def mark(self) -> str:
        """As it stands behind the words."""
        return f"correctie {self.number}"

    @property
    def decided(self) -> str:
        """The decision in words."""
        return f"{self.reference}, {dutch.day(self.decided_on)}"

    def told_value(self, claims: Mapping[str, Claim]) -> Any:
        """The right raw value as it may be told: null where only words are corrected, and for too small a number."""
        claim = claims.get(self.claim_key)
        return None if claim is not None and corrected(claim, [self]).is_small else self.value

    def to_json(self, claims: Mapping[str, Claim]) -> Json:
        """Open data. claims: those of the edition, by key."""
        return {
            "number": self.number,
            "claim": self.claim_key or None,
            "section": self.section or None,
            "text": self.text,
            "value": self.told_value(claims),
            "reference": self.reference,
            "decided_on": self.decided_on.isoformat(),
        }


def corrected(claim: Claim, notes: Iterable[Footnote]) -> Claim:
    """The claim with the value that the last correction of it gives; itself where none gives one."""
    for note in notes:
        if note.claim_key == claim.key and note.value is not None:
            claim = replace(claim, value=note.value, items=())
    return claim


def by_claim(notes: Iterable[Footnote]) -> Mapping[str, tuple[Footnote, ...]]:
    """The footnotes of each claim, by key."""
    found: dict[str, tuple[Footnote, ...]] = {}
    for note in notes:
        if note.claim_key:
            found[note.claim_key] = (*found.get(note.claim_key, ()), note)
    return found


def _mark(note: Footnote) -> tree.Run:
    return tree.Run(f" [{note.mark}]", link=f"#{note.anchor}")


def with_notes(document: tree.Document, notes: tuple[Footnote, ...]) -> tree.Document:
    """The frozen document with its footnotes: a mark at each place, and all of them before the account of facts."""
    if not notes:
        return document
    claims = by_claim(notes)
    sections = {
        note.section: [n for n in notes if n.section == note.section] for note in notes if note.section
    }
    blocks: list[tree.Block] = [_opening(len(notes))]
    for block in document.blocks:
        if isinstance(block, tree.Heading) and block.anchor == "verantwoording":
            blocks += _listed(notes)
        blocks.append(_marked(block, claims))
        if isinstance(block, tree.Heading) and block.anchor in sections:
            marks = [_mark(note) for note in sections[block.anchor]]
            blocks.append(tree.Paragraph((tree.Run("Bij dit onderdeel:"), *marks)))
    return replace(document, blocks=tuple(blocks))


def _opening(number: int) -> tree.Note:
    what = "is één correctie" if number == 1 else f"zijn {dutch.number_word(number)} correcties"
    return tree.Note(
        "info",
        (
            tree.text(
                f"Na de vaststelling {what} vastgelegd. De vastgestelde tekst is niet gewijzigd; de correcties staan "
                "achterin, en bij de plaats waar zij over gaan."
            ),
        ),
    )


def _listed(notes: tuple[Footnote, ...]) -> list[tree.Block]:
    entries = tuple(
        tree.Entry(
            tree.text(note.mark.capitalize()),
            (("", tree.text(note.text)), ("Besluit", tree.text(note.decided))),
            anchor=note.anchor,
        )
        for note in notes
    )
    return [tree.Heading(1, TITLE, anchor="correcties", new_page=True), tree.Definitions(entries)]


def _marked(block: tree.Block, claims: Mapping[str, tuple[Footnote, ...]]) -> tree.Block:
    if isinstance(block, tree.Paragraph):
        return replace(block, runs=_marked_runs(block.runs, claims))
    if isinstance(block, tree.BulletList):
        return replace(block, items=tuple(_marked_runs(item, claims) for item in block.items))
    return block


def _marked_runs(runs: tree.Runs, claims: Mapping[str, tuple[Footnote, ...]]) -> tree.Runs:
    marked: list[tree.Run] = []
    for run in runs:
        marked.append(run)
        if run.claim is not None:
            marked += [_mark(note) for note in claims.get(run.claim.key, ())]
    return tuple(marked)
