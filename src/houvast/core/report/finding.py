"""Finding facts and sections of the newest chapter by what somebody typed: `17 datalekken`, `huisvesting`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from houvast.core.access.actor import Actor
from houvast.core.registry import SearchHit
from houvast.core.report import dutch
from houvast.core.report.claims import Claim, ClaimSource, Kind, Noun, ReportContext
from houvast.core.report.models import SourcedFact
from houvast.core.report.outline import walk
from houvast.core.report.permissions import VIEW
from houvast.core.report.queries import claim_sources, context_for, fact_claim, years_with_text

MOST = 10
"""So many facts at most."""


def search(actor: Actor, typed: str) -> tuple[SearchHit, ...]:
    """Facts by name, noun and value, and sections by heading. How many queries depends on the words alone."""
    if not actor.may(VIEW) or not (years := years_with_text()):
        return ()
    year = years[0]
    page = reverse("report:chapter", args=[actor.organisation.slug, year])
    words = typed.casefold().split()
    kind = _("Feit in de paragraaf van {year}").format(year=year)
    found = sorted(_claims(context_for(actor.organisation, year), words), key=lambda claim: claim.label)
    of = len(found) if len(found) > MOST else 0
    hits = [
        SearchHit(f"{claim.label}: {_value(claim)}", f"{page}?feit={claim.key}", kind, of)
        for claim in found[:MOST]
    ]
    headed = _("Onderdeel van de paragraaf van {year}").format(year=year)
    hits += [
        SearchHit(section.heading, f"{page}#{section.key}", headed)
        for _depth, section in walk()
        if _all_in(words, section.heading)
    ]
    return tuple(hits)


def _claims(context: ReportContext, words: list[str]) -> Iterator[Claim]:
    """The claims that hold every word: in label or noun, which costs nothing to look at, or in the value."""
    sources = claim_sources()
    # The chapter is Dutch, in whatever language somebody reads the screens around it.
    with override(settings.LANGUAGE_CODE):
        computed = [source.claim(context) for source in sources.values() if _may_match(source, words)]
        found = {claim.key: claim for claim in computed if claim is not None and _matches(claim, words)}
        facts = (fact_claim(context, fact) for fact in SourcedFact.objects.filter(year=context.year))
        stated = {claim.key: claim for claim in facts if claim.key not in sources and _matches(claim, words)}
    yield from (stated | found).values()


def _value(claim: Claim) -> str:
    """A count in figures, as people look for it; anything else as the chapter says it."""
    told = claim.kind is Kind.COUNT and not claim.is_small
    return dutch.figure(claim.number) if told else claim.text


def _may_match(source: ClaimSource, words: list[str]) -> bool:
    """Whether its value could make it match: one word at least is of its name, and the others a value."""
    said = _said(str(source.label), source.unit)
    return any(word in said for word in words)


def _matches(claim: Claim, words: list[str]) -> bool:
    values = {claim.text.casefold()}
    if (claim.kind is Kind.COUNT or claim.number) and not claim.is_small:
        values.add(str(claim.number))
    said = _said(claim.label, claim.unit)
    told = claim.text.casefold().split()
    return all(word in said or word in values or word in told or _named(word, claim.names) for word in words)


def _named(word: str, names: Iterable[str]) -> bool:
    return len(word) > 2 and any(word in name.casefold() for name in names)


def _said(label: str, unit: Noun | None) -> str:
    return f"{label} {unit.singular} {unit.plural}".casefold() if unit else label.casefold()


def _all_in(words: list[str], text: str) -> bool:
    said = text.casefold()
    return bool(words) and all(word in said for word in words)
