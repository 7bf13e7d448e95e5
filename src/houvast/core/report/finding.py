"""Finding facts and texts of the chapter by what somebody typed: `17 datalekken`, `huisvesting`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.models import AuditHead
from houvast.core.orgs.models import Organisation
from houvast.core.registry import SearchHit
from houvast.core.report import dutch
from houvast.core.report.chapter import Chapter
from houvast.core.report.claims import Claim, Kind
from houvast.core.report.permissions import VIEW
from houvast.core.report.queries import chapter, years_with_text
from houvast.core.search.rules import BODY, TITLE, Query, terms_of

MOST = 10
"""So many facts at most."""
KEPT_FOR = timedelta(seconds=60)
"""How long a chapter that was read for a search may serve the next one; not a moment beyond what is recorded here."""
MOST_KEPT = 32


def search(actor: Actor, typed: str) -> tuple[SearchHit, ...]:
    """Facts of the newest chapter by name, noun and value; texts of every year that has one, by the words in them.

    The chapters are read anew after anything was recorded here, and else at most once a minute.
    """
    query = Query(typed)
    if not query.words or not actor.may(VIEW) or not (years := years_with_text()):
        return ()
    read = [_read(actor.organisation, year, timezone.now()) for year in years]
    texts = [hit for made in read for hit in _texts(actor, made, query)]
    return (*_facts(actor, read[0], query), *texts)


def _facts(actor: Actor, made: Chapter, query: Query) -> list[SearchHit]:
    found = sorted(
        (claim for claim in made.claims.values() if _is_told(claim) and query.matches(_claim_terms(claim))),
        key=lambda claim: claim.label,
    )
    of = len(found) if len(found) > MOST else 0
    kind = _("Feit in de paragraaf van {year}").format(year=made.context.year)
    page = _page(actor, made)
    return [
        SearchHit(f"{claim.label}: {_value(claim)}", f"{page}?feit={claim.key}", kind, of)
        for claim in found[:MOST]
    ]


def _texts(actor: Actor, made: Chapter, query: Query) -> Iterator[SearchHit]:
    kind = _("Onderdeel van de paragraaf van {year}").format(year=made.context.year)
    page = _page(actor, made)
    for section in made.sections:
        if query.matches(terms_of([(section.heading, TITLE), (section.text, BODY)])):
            yield SearchHit(
                section.heading, f"{page}#{section.key}", kind, snippet=query.snippet(section.text)
            )


def _page(actor: Actor, made: Chapter) -> str:
    return reverse("report:chapter", args=[actor.organisation.slug, made.context.year])


def _is_told(claim: Claim) -> bool:
    """Not what the chapter knows of itself: its year and its organisation stand in every title."""
    return not claim.key.startswith("report.")


def _value(claim: Claim) -> str:
    """A count in figures, as people look for it; anything else as the chapter says it."""
    told = claim.kind is Kind.COUNT and not claim.is_small
    return dutch.figure(claim.number) if told else claim.text


def _claim_terms(claim: Claim) -> dict[str, int]:
    """The words of its name, its noun, its value in words and figures, and what it counts by name.

    A number that is not told cannot be found either, nor what it counts.
    """
    unit = f"{claim.unit.singular} {claim.unit.plural}" if claim.unit else ""
    if claim.is_small:
        return terms_of([(f"{claim.label} {unit} {claim.text}", TITLE)])
    number = str(claim.number) if claim.kind is Kind.COUNT or claim.number else ""
    return terms_of([(" ".join((claim.label, unit, claim.text, number, *claim.names)), TITLE)])


@dataclass(frozen=True)
class _Kept:
    """A chapter as it was read, and what it was read from: the end of the trail and the day."""

    made: Chapter
    head: int
    day: date
    at: datetime


_kept: dict[tuple[str, int, int], _Kept] = {}


def _read(organisation: Organisation, year: int, now: datetime) -> Chapter:
    """The chapter of a year. What is kept serves until something is recorded here, a minute at most.

    A minute, because a partner's register, which the trail here knows nothing of, may have changed.
    """
    head = AuditHead.objects.values_list("number", flat=True).first() or 0
    key = (str(organisation.uid), organisation.pk, year)
    found = _kept.get(key)
    if (
        found is None
        or (found.head, found.day) != (head, timezone.localdate(now))
        or now - found.at > KEPT_FOR
    ):
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _Kept(chapter(organisation, year), head, timezone.localdate(now), now)
    return found.made
