"""What the rest of the town hall asks every day: what is to be done here, and where something is found."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.access.actor import Actor
from houvast.core.registry import SearchHit, Task
from houvast.modules.structure import permissions
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.organogram import snapshot

MOST = 5
"""So many hits of each kind."""


def tasks(actor: Actor) -> tuple[Task, ...]:
    """For who may change the whole structure: the teams that have no team leader today."""
    if not actor.may(permissions.CHANGE) or actor.units(permissions.CHANGE) is not None:
        return ()
    missing = snapshot(actor, timezone.localdate()).teams_without_leader
    if not missing:
        return ()
    label = ngettext(
        "%(number)s team heeft geen teamleider", "%(number)s teams hebben geen teamleider", len(missing)
    )
    url = reverse("structure:vacancies", args=[actor.organisation.slug])
    return (Task(label % {"number": len(missing)}, url, ", ".join(node.name for node in missing[:MOST])),)


def search(actor: Actor, typed: str) -> tuple[SearchHit, ...]:
    """Units, functions and people whose name holds what was typed."""
    if not actor.may(permissions.VIEW):
        return ()
    units = registers.visible_unit_periods(actor).filter(name__icontains=typed)
    functions = registers.visible_function_periods(actor).filter(name__icontains=typed)
    people = registers.visible_people(actor).filter(name__icontains=typed)
    return (
        *_hits(actor, "unit", _("Onderdeel"), units.values_list("unit_id", "name")),
        *_hits(actor, "function", _("Functie"), functions.values_list("function_id", "name")),
        *_hits(actor, "person", _("Medewerker"), people.values_list("pk", "name")),
    )


def _hits(actor: Actor, page: str, kind: str, found: Iterable[tuple[int, str]]) -> tuple[SearchHit, ...]:
    newest = list(dict(found).items())[:MOST]
    slug = actor.organisation.slug
    return tuple(SearchHit(name, reverse(f"structure:{page}", args=[slug, pk]), kind) for pk, name in newest)
