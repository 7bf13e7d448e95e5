"""A text as its writer sees it: the findings in their place, and how it reads with the claims of now.

Places are counted as browsers count them, in UTF-16 units, where they go to the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from houvast.core.report import guard
from houvast.core.report.chapter import SlotProse, Text, fill
from houvast.core.report.claims import Claim
from houvast.core.report.guard import Finding, Fix

_KEY = re.compile(r"\[\[(?:als\s+(?:niet\s+)?)?([a-z0-9_]+(?:\.[a-z0-9_]+)+)")


def keys_named(text: str) -> frozenset[str]:
    """The keys that stand in tokens of a text, also in conditions and in one that cannot be read."""
    return frozenset(_KEY.findall(text))


@dataclass(frozen=True)
class Piece:
    """A stretch of the text as written, with the number of the finding on it."""

    text: str
    number: int = 0
    severity: str = ""


@dataclass(frozen=True)
class PlacedFix:
    """A fix with its place; `choice` names it for the form."""

    fix: Fix
    choice: str
    start: int
    end: int


@dataclass(frozen=True)
class Mark:
    """A finding with its number, its place and its fixes."""

    number: int
    finding: Finding
    start: int
    end: int
    fixes: tuple[PlacedFix, ...]


@dataclass(frozen=True)
class Manuscript:
    """Everything the editor's page shows about a text."""

    text: str
    version: int
    findings: tuple[Finding, ...]
    preview: SlotProse

    @classmethod
    def read(cls, text: str, version: int, slot: str, claims: Mapping[str, Claim]) -> Manuscript:
        """Read the text with these claims."""
        return cls(text, version, guard.check(text, claims), fill(slot, Text(text), claims))

    @property
    def errors(self) -> int:
        """How many findings keep the text from being saved."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings ask for attention only."""
        return len(self.findings) - self.errors

    @property
    def keys(self) -> frozenset[str]:
        """The keys that stand in tokens, also in conditions."""
        return keys_named(self.text)

    @property
    def marks(self) -> list[Mark]:
        """The findings by number, in the order of the text."""
        return [self._mark(at, finding) for at, finding in enumerate(self.findings)]

    def _mark(self, at: int, finding: Finding) -> Mark:
        fixes = tuple(
            PlacedFix(fix, f"{at}.{number}", self._units(fix.start), self._units(fix.end))
            for number, fix in enumerate(finding.suggestions)
        )
        return Mark(at + 1, finding, self._units(finding.start), self._units(finding.end), fixes)

    def _units(self, at: int) -> int:
        return len(self.text[:at].encode("utf-16-le", "surrogatepass")) // 2

    @property
    def pieces(self) -> list[Piece]:
        """The text cut at its findings, for the marked copy of those who have no script."""
        cut, at = [], 0
        for number, finding in enumerate(self.findings, start=1):
            if finding.start >= at:
                cut += [Piece(self.text[at : finding.start]), Piece(finding.text, number, finding.severity)]
                at = finding.end
        return [piece for piece in [*cut, Piece(self.text[at:])] if piece.text]
