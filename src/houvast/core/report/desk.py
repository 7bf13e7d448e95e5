"""One reading of one text by the guard: what is searched, what is found, and which places are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from houvast.core.report.bindings import Index, Stretch
from houvast.core.report.claims import Claim
from houvast.core.report.findings import Finding, Fix, Rule, Severity, source_fix
from houvast.core.report.folding import Folded


class Desk:
    """The folded text, the claims, and the findings so far.

    A place belongs to the first rule that takes it, so rules run from the most telling to the least.
    """

    def __init__(self, folded: Folded, claims: Mapping[str, Claim]) -> None:
        self.folded = folded
        self.text = folded.text
        self.plain = folded.plain
        self.claims = claims
        self.index = Index(claims)
        self.findings: list[Finding] = []
        self._taken = bytearray(len(folded.text))

    def free(self, start: int, end: int) -> bool:
        """Whether no rule has taken any of it."""
        return 1 not in self._taken[start:end]

    def open(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """Matches that no rule has taken by the time they are reached."""
        return (match for match in pattern.finditer(text) if self.free(*match.span()))

    def take(self, start: int, end: int) -> None:
        """Keep later rules off a stretch."""
        self._taken[start:end] = b"\x01" * (end - start)

    def stretch(self, start: int, end: int) -> Stretch:
        return Stretch(self.folded, start, end)

    def typed(self, start: int, end: int) -> str:
        """As the official typed it."""
        first, last = self.folded.span(start, end)
        return self.folded.source[first:last]

    def report(
        self, start: int, end: int, rule: Rule, message: str, fixes: tuple[Fix, ...] = (), *,
        severity: Severity = "error", sourced: bool = True,
    ) -> None:  # fmt: skip
        """Add a finding on a stretch of the folded text and take the stretch."""
        end = self.folded.whole(start, end)
        first, last = self.folded.span(start, end)
        offered = (*fixes, source_fix(first, last)) if sourced else fixes
        typed = self.folded.source[first:last]
        self.findings.append(Finding(first, last, typed, rule, severity, message, offered))
        self.take(start, end)
