"""Which chapter a reader gets: the edition that was adopted, an earlier one, or what registers and texts say now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import override

from houvast.core.http import Request
from houvast.core.report.adoption.files import frozen_bytes
from houvast.core.report.adoption.notes import Footnote
from houvast.core.report.adoption.queries import Adopted, adopted, editions_of, standing
from houvast.core.report.adoption.rules import Standing
from houvast.core.report.chapter import Chapter, keys_in
from houvast.core.report.claims import Claim
from houvast.core.report.prints import RowChanges, compare, watched
from houvast.core.report.queries import claim_sources, destroyed, facts_of, readable

NOW = "nu"


@dataclass(frozen=True)
class Differing:
    """A claim that says something else now than in the edition; empty where it has no value."""

    key: str
    label: str
    frozen: str
    now: str


@dataclass(frozen=True)
class Shown:
    """The chapter that is shown. adopted: the edition it comes from; None for what registers and texts say now.

    edition: the newest one of the year, also while another is shown.
    """

    chapter: Chapter
    standing: Standing
    edition: Any = None
    adopted: Adopted | None = None
    newest: Adopted | None = None

    @property
    def closed(self) -> bool:
        return self.standing.closed

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        return self.adopted.footnotes if self.adopted else ()

    @property
    def placed(self) -> tuple[tuple[str, Footnote], ...]:
        """The footnotes, each with the section that it stands under: a claim's is where the text first states it."""
        first: dict[str, str] = {}
        for section in self.chapter.sections:
            for key in keys_in(section.blocks):
                first.setdefault(key, section.key)
        return tuple((note.section or first.get(note.claim_key, ""), note) for note in self.footnotes)

    @property
    def query(self) -> str:
        """What the links of the page carry along, so that an opened claim is one of the same chapter."""
        if self.edition is None or (self.adopted and self.adopted.edition.pk == self.edition.pk):
            return ""
        return f"editie={self.adopted.edition.number}&" if self.adopted else f"stand={NOW}&"

    @property
    def differing(self) -> tuple[Differing, ...]:
        """The claims in the text that say something else now than in the newest edition."""
        if self.newest is None:
            return ()
        now, then = _said(self.chapter), _said(self.newest.chapter)
        claims = {**self.newest.chapter.claims, **self.chapter.claims}
        keys = [key for key in {**then, **now} if then.get(key, "") != now.get(key, "")]
        return tuple(Differing(key, claims[key].label, then.get(key, ""), now.get(key, "")) for key in keys)

    @property
    def rewritten(self) -> tuple[str, ...]:
        """The headings of the sections that read otherwise now."""
        if self.newest is None:
            return ()
        then = {section.key: section.text for section in self.newest.chapter.sections}
        return tuple(s.heading for s in self.chapter.sections if then.get(s.key, "") != s.text)


def _said(chapter: Chapter) -> dict[str, str]:
    return {claim.key: claim.text for claim in chapter.used}


def shown(request: Request, year: int, live: Callable[[], Chapter]) -> Shown:
    """What the address asks: `?stand=nu`, `?editie=<number>`, else the newest edition where the year is adopted.

    Raises Http404 for an edition that does not exist, and what `live` raises.
    """
    editions = editions_of(year)
    if not editions:
        if "editie" in request.GET:
            raise Http404
        return Shown(live(), Standing(year))
    newest = editions[-1]
    now = standing(year, newest, None)
    if "editie" in request.GET:
        number = request.GET["editie"]
        found = next((one for one in editions if str(one.number) == number), None)
        if found is None:
            raise Http404
        frozen = adopted(found)
        return Shown(frozen.chapter, now, newest, frozen)
    frozen = adopted(newest)
    if request.GET.get("stand") == NOW or not now.closed:
        return Shown(live(), now, newest, newest=frozen)
    return Shown(frozen.chapter, now, newest, frozen)


def changes_of(seen: Shown, key: str) -> RowChanges | None:
    """What became of the rows behind a frozen claim; None for a claim of now, or one that rests on no rows."""
    if seen.adopted is None:
        return None
    found = seen.adopted.claims[key]
    if not found.prints:
        return None
    before, now = frozen_bytes(seen.adopted, found.prints), _prints_now(seen.chapter, found.claim)
    return compare(before, now, destroyed)


def _prints_now(made: Chapter, frozen: Claim) -> bytes:
    """The prints of the rows as they are now, by computing this one claim again."""
    context = made.context
    with watched() as prints, override(settings.LANGUAGE_CODE):
        if frozen.sourced:
            fact = facts_of(context.year).filter(key=frozen.key).first()
            claim = readable(context, fact) if fact else None
        else:
            source = claim_sources().get(frozen.key)
            claim = source.claim(context) if source else None
    found = prints.get(claim.digest) if claim else None
    return found.packed if found else b""
