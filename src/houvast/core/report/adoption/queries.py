"""Reading how far a year is, its editions with what was frozen, its corrections, its checklist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Organisation
from houvast.core.registry import Obstacle, modules
from houvast.core.report.adoption import frozen
from houvast.core.report.adoption.models import (
    Adoption,
    Correction,
    CorrectionDecision,
    CouncilRequirement,
    Edition,
    FrozenPart,
    Offer,
    Reopening,
    RequirementAnswer,
)
from houvast.core.report.adoption.notes import Footnote
from houvast.core.report.adoption.rules import Body, Decided, Outcome, Standing
from houvast.core.report.chapter import Chapter
from houvast.core.report.prints import Prints, watched
from houvast.core.report.queries import chapter, facts_of


def editions_of(year: int) -> list[Any]:
    """The editions of a year with what was decided of each, oldest first. Three queries at most."""
    adoptions = Prefetch("adoptions", Adoption.objects.order_by("decided_on", "pk"))
    reopenings = Prefetch("reopenings", Reopening.objects.all())
    return list(Edition.objects.filter(year=year).order_by("number").prefetch_related(adoptions, reopenings))


def newest_edition(year: int) -> Any:
    """The edition that holds; None while nothing was adopted."""
    found = editions_of(year)
    return found[-1] if found else None


def adopted_years() -> list[int]:
    """The years that have an edition, newest first."""
    return sorted(set(Edition.objects.values_list("year", flat=True)), reverse=True)


def offer_of(year: int, edition: Any = None) -> Any:
    """The newest offer of a year, if it is newer than the edition; None without one."""
    offers = Offer.objects.filter(year=year).order_by("-pk")
    if edition is not None:
        offers = offers.filter(recorded_at__gt=edition.recorded_at)
    return offers.first()


def standing_of(year: int) -> Standing:
    """How far the year is. Four queries at most."""
    edition = newest_edition(year)
    return standing(year, edition, offer_of(year, edition))


def standing(year: int, edition: Any, offer: Any) -> Standing:
    """The same of what was read before."""
    decided = tuple(Decided(one.body, one.decided_on) for one in edition.adoptions.all()) if edition else ()
    return Standing(
        year=year,
        edition=edition.number if edition else 0,
        decided=decided,
        reopened=bool(edition and edition.reopenings.all()),
        prepared_by=edition.prepared_by_id if edition else None,
        offered_sha256=offer.sha256 if offer else "",
        offered_by=offer.offered_by_id if offer else None,
    )


def is_closed(year: int) -> bool:
    """Whether the year's text and facts may no longer change."""
    edition = newest_edition(year)
    return standing(year, edition, None).closed


def obstacles(actor: Actor, year: int) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of adopting the chapter of a year, as all modules know it."""
    return tuple(found for module in modules() for found in module.obstacles(actor, year))


# --- what was frozen ----------------------------------------------------------------------------------------


def part(edition: Any, name: str) -> bytes | None:
    """The bytes of one part; None where the edition has no such part."""
    content = FrozenPart.objects.filter(edition=edition, name=name).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def _parts(edition: Any, names: Iterable[str]) -> dict[str, bytes]:
    rows = FrozenPart.objects.filter(edition=edition, name__in=list(names)).values_list("name", "content")
    return {name: bytes(content) for name, content in rows}


@dataclass(frozen=True)
class Adopted:
    """An edition with its chapter as it was frozen, and the corrections that were confirmed since."""

    edition: Any
    claims: Mapping[str, frozen.FrozenClaim]
    chapter: Chapter
    footnotes: tuple[Footnote, ...]

    @cached_property
    def last(self) -> Any:
        """The newest decision about it."""
        return list(self.edition.adoptions.all())[-1]


def adopted(edition: Any) -> Adopted:
    """Read an edition. Two queries, and one for the corrections."""
    parts = _parts(edition, (frozen.CLAIMS, frozen.SECTIONS))
    claims = frozen.read_claims(parts[frozen.CLAIMS])
    made = frozen.read_chapter(parts[frozen.SECTIONS], claims)
    return Adopted(edition, claims, made, footnotes_of(edition))


def claims_of_editions(editions: Iterable[Any]) -> dict[int, dict[str, frozen.FrozenClaim]]:
    """The frozen claims of several editions, by the edition's id; one query."""
    rows = FrozenPart.objects.filter(edition__in=list(editions), name=frozen.CLAIMS)
    found = rows.values_list("edition_id", "content")
    return {pk: frozen.read_claims(bytes(content)) for pk, content in found}


def newest_editions() -> dict[int, Any]:
    """The edition that holds of each adopted year; one query."""
    return {edition.year: edition for edition in Edition.objects.order_by("number")}


def made_with_prints(organisation: Organisation, year: int) -> tuple[Chapter, Mapping[str, Prints]]:
    """The chapter of now, with the prints of the rows behind each of its claims. Raises NoChapter."""
    with watched() as prints:
        return chapter(organisation, year), prints


def sources_of(year: int) -> dict[str, frozen.Source]:
    """The documents of the sourced facts of a year, by key."""
    rows = facts_of(year).values_list("key", "source_title", "source_place", "source_date")
    return {key: frozen.Source(title, place, dated) for key, title, place, dated in rows}


# --- corrections --------------------------------------------------------------------------------------------


def corrections_of(edition: Any) -> list[Any]:
    """The corrections of an edition with what the second person said, in order; two queries."""
    decisions = Prefetch("decisions", CorrectionDecision.objects.select_related("checked_by"))
    rows = Correction.objects.filter(edition=edition).select_related("entered_by").order_by("number")
    return list(rows.prefetch_related(decisions))


def footnotes_of(edition: Any) -> tuple[Footnote, ...]:
    """The confirmed corrections, numbered as footnotes; one query."""
    return footnotes_by_edition([edition]).get(edition.pk, ())


def footnotes_by_edition(editions: Iterable[Any]) -> dict[int, tuple[Footnote, ...]]:
    """The same of several editions, by id."""
    rows = Correction.objects.filter(
        edition__in=list(editions), decisions__outcome=Outcome.CONFIRMED
    ).order_by("edition", "number")
    found: dict[int, list[Footnote]] = defaultdict(list)
    for row in rows:
        notes = found[row.edition_id]
        notes.append(
            Footnote(
                number=len(notes) + 1,
                claim_key=row.claim_key,
                section=row.section,
                text=row.text,
                value=row.value,
                reference=row.reference,
                decided_on=row.decided_on,
            )
        )
    return {pk: tuple(notes) for pk, notes in found.items()}


def waiting_corrections() -> Any:
    """Corrections of which the second person has said nothing yet."""
    return Correction.objects.filter(decisions=None)


# --- the checklist ------------------------------------------------------------------------------------------


def answers_of(year: int) -> dict[str, Any]:
    """The answers to requirements, by key; one query."""
    rows = RequirementAnswer.objects.filter(year=year).select_related("answered_by")
    return {row.key: row for row in rows}


def council_requirements(year: int) -> list[Any]:
    """What the organisation itself asks of that year's chapter; one query."""
    rows = CouncilRequirement.objects.filter(first_year__lte=year).exclude(last_year__lt=year)
    return list(rows.order_by("pk"))


def adoption_by(edition: Any, body: Body) -> Any:
    """The decision of a body about an edition; None without one."""
    return next((one for one in edition.adoptions.all() if one.body == body), None)
