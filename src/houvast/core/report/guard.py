"""The guard: what an official may not type by hand in the chapter, and how to put it right.

Figures, number words, dates and quantifiers come from claims; judging words ask for evidence. `check`
reads prose as typed, tokens and all, and says at each place in Dutch what is wrong. Words inside tokens
are never reported. It knows no database: the claims are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from houvast.core.report import guard_dates, guard_numbers, guard_words, prose
from houvast.core.report.claims import Claim
from houvast.core.report.desk import Desk
from houvast.core.report.findings import Finding, Fix, FixKind, Rule, Severity, apply
from houvast.core.report.folding import fold

__all__ = ["Finding", "Fix", "FixKind", "Rule", "Severity", "apply", "check"]


def check(text: str, claims: Mapping[str, Claim]) -> tuple[Finding, ...]:
    """All findings in a text, by position. Time grows with the length of the text, not faster."""
    desk = Desk(fold(text), claims)
    guard_numbers.names(desk)
    for rules in (guard_dates, guard_numbers, guard_words):
        rules.check(desk)
    found = [*_token_findings(text, claims), *desk.findings]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _token_findings(text: str, claims: Mapping[str, Claim]) -> list[Finding]:
    """What is wrong with the tokens themselves."""
    try:
        parsed = prose.parse(text)
    except prose.ProseError as error:
        return [_finding(text, error, Rule.SYNTAX)]
    found = [_finding(text, error, Rule.CLAIM) for error in prose.problems(parsed, claims)]
    for condition in prose.conditions(parsed):
        if condition.key not in claims:
            message = _("Het feit ‘{}’ is er nu niet; daarop volgt de keuze hier. Klopt de sleutel?").format(
                condition.key
            )
            absent = prose.ProseError(message, condition.start, condition.end)
            found.append(_finding(text, absent, Rule.CLAIM, "warning"))
    return found


def _finding(text: str, error: prose.ProseError, rule: Rule, severity: Severity = "error") -> Finding:
    return Finding(error.start, error.end, text[error.start : error.end], rule, severity, error.message, ())
