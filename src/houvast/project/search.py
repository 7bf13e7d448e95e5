"""What somebody looks for in the header: pages by their names, the chapter, and the records of the modules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.registry import SearchHit, modules
from houvast.core.search.queries import records
from houvast.core.search.rules import TITLE, Query, terms_of
from houvast.project.day import starts


class Group(NamedTuple):
    """What was found of one kind; `of` is how many there are where these are only the first."""

    kind: str
    hits: tuple[SearchHit, ...]
    of: int

    @property
    def number(self) -> int:
        """How many there are."""
        return self.of or len(self.hits)


def pages(actor: Actor, query: Query) -> tuple[SearchHit, ...]:
    """The pages that the actor may open whose name holds what was typed; asks no query."""
    slug = actor.organisation.slug
    named = [(start.label, start.url) for start in starts(actor)]
    named += [
        (str(item.label), reverse(item.url_name, args=[slug]))
        for module in modules()
        for item in module.navigation
        if item.permission is None or actor.may(item.permission)
    ]
    found = dict(pair for pair in named if query.matches(terms_of([(pair[0], TITLE)])))
    return tuple(SearchHit(label, url, _("Pagina")) for label, url in sorted(found.items()))


def search(actor: Actor, typed: str) -> tuple[Group, ...]:
    """Everything that holds each word and that the actor may see, by kind; an exact number before all else."""
    query = Query(typed)
    found = records(actor, query)
    # No text holds this sign, and PostgreSQL refuses a question with it.
    typed = typed.replace("\x00", " ").strip()
    told = (hit for module in modules() for hit in module.search(actor, typed)) if typed else ()
    numbered = [hit for hit in found if _is_numbered(hit, query)]
    others = [hit for hit in found if hit not in numbered]
    return grouped((*numbered, *pages(actor, query), *told, *others))


def _is_numbered(hit: SearchHit, query: Query) -> bool:
    """Whether the number that was typed is the one that the line begins with."""
    number = str(hit.label).partition(" ")[0]
    return Query(number).reference == query.reference


def grouped(hits: Iterable[SearchHit]) -> tuple[Group, ...]:
    """The hits by kind, in the order in which the kinds come."""
    by_kind: dict[str, list[SearchHit]] = {}
    for hit in hits:
        by_kind.setdefault(str(hit.kind), []).append(hit)
    return tuple(Group(kind, tuple(some), max(hit.of for hit in some)) for kind, some in by_kind.items())
