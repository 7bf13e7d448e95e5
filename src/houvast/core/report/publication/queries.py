"""What is published: the adopted editions with their corrections and nothing else, all years at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from houvast.core.configuration.queries import value_of
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption import frozen
from houvast.core.report.adoption.models import Adoption, Edition, FrozenPart, Reopening
from houvast.core.report.adoption.queries import Adopted, footnotes_by_edition
from houvast.core.report.publication import rules
from houvast.core.report.publication.models import Publication


@dataclass(frozen=True)
class Published:
    """An edition as it is published. reopened: its text is open for an amendment of the raad."""

    found: Adopted
    reopened: bool

    @property
    def year(self) -> int:
        return int(self.found.edition.year)

    @property
    def number(self) -> int:
        return int(self.found.edition.number)

    @cached_property
    def decisions(self) -> tuple[Any, ...]:
        """The decisions about it, oldest first."""
        return tuple(self.found.edition.adoptions.all())


@dataclass(frozen=True)
class PublishedYear:
    """A year with the edition that holds, and the earlier ones, oldest first."""

    year: int
    current: Published
    earlier: tuple[Published, ...]

    @property
    def state(self) -> list[Any]:
        """As a publication records it."""
        found = self.current.found
        return [self.year, self.current.number, found.edition.sha256, len(found.footnotes)]


@dataclass(frozen=True)
class Material:
    """Everything the site is made of. years: newest first; refused: the years left out, each with its reason."""

    slug: str
    name: str
    options: rules.Options
    years: tuple[PublishedYear, ...]
    refused: tuple[tuple[int, str], ...]

    @property
    def state(self) -> list[list[Any]]:
        return [one.state for one in self.years]

    def of(self, year: int) -> PublishedYear | None:
        """One year; None where it is not published."""
        return next((one for one in self.years if one.year == year), None)

    def reason(self, year: int) -> str:
        """Why a year is left out; nothing where it is not."""
        return dict(self.refused).get(year, "")


def options_on(day: date) -> rules.Options:
    """What the organisation set, as it holds on a day; four queries. Raises Refusal for an address that is none."""
    return rules.options(*(value_of(one.key, day) for one in rules.SETTINGS))


def material(organisation: Organisation, day: date, wanted: Collection[int] | None = None) -> Material:
    """What would be published on a day: the wanted years, or all that may be. Nine queries however many there are.

    Raises Refusal for a wanted year that may not be published, and for a setting that is no address.
    """
    told = options_on(day)
    by_year: dict[int, list[Any]] = {}
    for edition in _editions():
        by_year.setdefault(edition.year, []).append(edition)
    chosen: list[Any] = []
    refused = []
    for year in sorted({*by_year, *(wanted or ())}, reverse=True):
        if wanted is not None and year not in wanted:
            continue
        try:
            numbers = rules.numbers_to_publish(year, map(_held, by_year.get(year, [])), told.body)
        except Refusal as refusal:
            if wanted is not None:
                raise
            refused.append((year, str(refusal)))
            continue
        chosen += [edition for edition in by_year[year] if edition.number in numbers]
    years = _years(chosen)
    return Material(organisation.slug, organisation.full_name, told, years, tuple(refused))


def _editions() -> list[Any]:
    adoptions = Prefetch("adoptions", Adoption.objects.order_by("decided_on", "pk"))
    reopenings = Prefetch("reopenings", Reopening.objects.all())
    return list(Edition.objects.order_by("year", "number").prefetch_related(adoptions, reopenings))


def _held(edition: Any) -> rules.Held:
    return rules.Held(edition.number, frozenset(one.body for one in edition.adoptions.all()))


def _years(editions: list[Any]) -> tuple[PublishedYear, ...]:
    names = (frozen.CLAIMS, frozen.SECTIONS)
    rows = FrozenPart.objects.filter(edition__in=editions, name__in=names)
    parts = {
        (pk, name): bytes(content) for pk, name, content in rows.values_list("edition_id", "name", "content")
    }
    notes = footnotes_by_edition(editions)
    found: dict[int, list[Published]] = {}
    for edition in editions:
        claims = frozen.read_claims(parts[edition.pk, frozen.CLAIMS])
        chapter = frozen.read_chapter(parts[edition.pk, frozen.SECTIONS], claims)
        adopted = Adopted(edition, claims, chapter, notes.get(edition.pk, ()))
        found.setdefault(edition.year, []).append(Published(adopted, bool(edition.reopenings.all())))
    return tuple(
        PublishedYear(year, found[year][-1], tuple(found[year][:-1])) for year in sorted(found, reverse=True)
    )


def last_publication() -> Any:
    """The newest publication with who made it; None before the first. One query."""
    return Publication.objects.select_related("published_by").order_by("-pk").first()
