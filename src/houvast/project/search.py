"""What somebody looks for in the header: pages by their names, and what the modules hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.registry import SearchHit, modules
from houvast.project.day import starts


class Group(NamedTuple):
    """What was found of one kind; `of` is how many there are where these are only the first."""

    kind: str
    hits: tuple[SearchHit, ...]
    of: int


def pages(actor: Actor, typed: str) -> tuple[SearchHit, ...]:
    """The pages that the actor may open whose name holds what was typed; asks no query."""
    slug = actor.organisation.slug
    named = [(start.label, start.url) for start in starts(actor)]
    named += [
        (str(item.label), reverse(item.url_name, args=[slug]))
        for module in modules()
        for item in module.navigation
        if item.permission is None or actor.may(item.permission)
    ]
    found = dict(pair for pair in named if typed.casefold() in pair[0].casefold())
    return tuple(SearchHit(label, url, _("Pagina")) for label, url in sorted(found.items()))


def search(actor: Actor, typed: str) -> tuple[Group, ...]:
    """Everything that matches and that the actor may see, by kind."""
    found = (hit for module in modules() for hit in module.search(actor, typed))
    return grouped((*pages(actor, typed), *found))


def grouped(hits: Iterable[SearchHit]) -> tuple[Group, ...]:
    """The hits by kind, in the order in which the kinds come."""
    by_kind: dict[str, list[SearchHit]] = {}
    for hit in hits:
        by_kind.setdefault(str(hit.kind), []).append(hit)
    return tuple(Group(kind, tuple(some), max(hit.of for hit in some)) for kind, some in by_kind.items())
