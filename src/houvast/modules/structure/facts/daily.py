"""What the rest of the town hall asks every day: what is to be done here, and where something is found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.access.actor import Actor
from houvast.core.registry import Figure, SearchHit, Task
from houvast.modules.structure import permissions
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.organogram import snapshot

MOST = 5
"""So many hits of each kind."""


def tasks(actor: Actor) -> tuple[Task, ...]:
    """For who may change the whole structure: the teams that have no team leader today."""
    if not actor.may_write(permissions.CHANGE) or actor.units(permissions.CHANGE) is not None:
        return ()
    missing = snapshot(actor, timezone.localdate()).teams_without_leader
    if not missing:
        return ()
    label = ngettext(
        "%(number)s team heeft geen teamleider", "%(number)s teams hebben geen teamleider", len(missing)
    )
    url = reverse("structure:vacancies", args=[actor.organisation.slug])
    named = ", ".join(node.name for node in missing[:MOST])
    return (Task(label % {"number": len(missing)}, url, named, act=_("Benoem een teamleider")),)


def figures(actor: Actor) -> tuple[Figure, ...]:
    """How many teams have a team leader today, and how many posts nobody is appointed to; four queries."""
    if not actor.may(permissions.VIEW):
        return ()
    shown = snapshot(actor, timezone.localdate())
    url = reverse("structure:vacancies", args=[actor.organisation.slug])
    told: list[Figure] = []
    if teams := len(shown.teams):
        led = teams - len(shown.teams_without_leader)
        whole = led == teams
        note = (
            _("elk team heeft er een")
            if whole
            else ", ".join(n.name for n in shown.teams_without_leader[:MOST])
        )
        of = _("van de {number}").format(number=teams)
        told.append(
            Figure(_("Teams met een teamleider"), str(led), url, of, note, "goed" if whole else "let-op")
        )
    posts = shown.posts
    if posts:
        vacant = sum(1 for post in posts if post.is_vacant)
        of = ngettext("van {number} formatieplaats", "van {number} formatieplaatsen", len(posts))
        told.append(Figure(_("Vacatures"), str(vacant), url, of.format(number=len(posts))))
    return tuple(told)


def search(actor: Actor, typed: str) -> tuple[SearchHit, ...]:
    """Units, functions and people whose name holds what was typed."""
    if not actor.may(permissions.VIEW):
        return ()
    units = registers.visible_unit_periods(actor).filter(name__icontains=typed)
    functions = registers.visible_function_periods(actor).filter(name__icontains=typed)
    people = registers.visible_people(actor).filter(name__icontains=typed)
    return (
        *_hits(actor, "unit", _("Onderdeel"), units, "unit_id"),
        *_hits(actor, "function", _("Functie"), functions, "function_id"),
        *_hits(actor, "person", _("Medewerker"), people, "pk"),
    )


def _hits(actor: Actor, page: str, kind: str, found: QuerySet[Any], key: str) -> tuple[SearchHit, ...]:
    """The first of a kind, each once by its newest name, and how many there are; one query."""
    named = dict(found.values_list(key, "name"))
    of, slug = len(named) if len(named) > MOST else 0, actor.organisation.slug
    return tuple(
        SearchHit(name, reverse(f"structure:{page}", args=[slug, pk]), kind, of)
        for pk, name in list(named.items())[:MOST]
    )
