"""Claims over the years: out of the edition that holds, with its corrections, else as registers say now."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import override

from houvast.core.orgs.models import Organisation
from houvast.core.report.adoption.comparing import Comparison, Value, compare
from houvast.core.report.adoption.notes import corrected
from houvast.core.report.adoption.queries import (
    claims_of_editions,
    footnotes_by_edition,
    newest_editions,
)
from houvast.core.report.claims import Claim, Kind
from houvast.core.report.models import SourcedFact
from houvast.core.report.queries import (
    all_claims,
    claim_sources,
    context_for,
    readable,
    years_with_chapter,
)

MOST_YEARS = 10
"""So many years at most in a series, the newest; each that is not adopted computes the claim anew."""


def value_of(organisation: Organisation, year: int, key: str) -> Value:
    """One claim in one year."""
    return values_of(organisation, [year], key)[0]


def values_of(organisation: Organisation, years: list[int], key: str) -> list[Value]:
    """One claim over some years: three queries for all adopted years, and those of the claim for each other one."""
    editions = {year: one for year, one in newest_editions().items() if year in years}
    frozen = claims_of_editions(editions.values())
    notes = footnotes_by_edition(editions.values())
    found = []
    for year in years:
        edition = editions.get(year)
        if edition is None:
            found.append(Value(year, _live(organisation, year, key)))
            continue
        one = frozen[edition.pk].get(key)
        claim = one.claim if one else None
        right = corrected(claim, notes.get(edition.pk, ())) if claim else None
        found.append(Value(year, right, frozen=True, corrected=right != claim))
    return found


def _live(organisation: Organisation, year: int, key: str) -> Claim | None:
    context, source = context_for(organisation, year), claim_sources().get(key)
    if source is not None:
        with override(settings.LANGUAGE_CODE):
            return source.claim(context)
    fact = SourcedFact.objects.filter(year=year, key=key, withdrawn_at=None).first()
    return readable(context, fact) if fact else None


def whole_year(organisation: Organisation, year: int) -> dict[str, Value]:
    """Every claim of a year, by key."""
    edition = newest_editions().get(year)
    if edition is None:
        claims = all_claims(context_for(organisation, year))
        return {key: Value(year, claim) for key, claim in claims.items()}
    notes = footnotes_by_edition([edition]).get(edition.pk, ())
    found = {}
    for key, one in claims_of_editions([edition])[edition.pk].items():
        right = corrected(one.claim, notes)
        found[key] = Value(year, right, frozen=True, corrected=right != one.claim)
    return found


def comparisons(now: Mapping[str, Value], before: Mapping[str, Value], year: int) -> tuple[Comparison, ...]:
    """Each claim that either year has, by its label; the chapter's own claims about its year are left out."""
    made = (
        compare(now.get(key, Value(year, None)), before.get(key, Value(year - 1, None)))
        for key in {*now, *before}
        if not key.startswith("report.")
    )
    return tuple(sorted(made, key=lambda one: one.label.casefold()))


def years_of_series(year: int) -> list[int]:
    """The years that have something to tell, and this one, oldest first."""
    return sorted({*years_with_chapter(), *newest_editions(), year})[-MOST_YEARS:]


def is_drawn(values: list[Value]) -> bool:
    """Whether a chart says something: two numbers at least of one kind."""
    kinds = {value.claim.kind for value in values if value.claim is not None}
    numbers = [value for value in values if value.number is not None]
    return len(numbers) > 1 and len(kinds) == 1 and Kind.DATE not in kinds
