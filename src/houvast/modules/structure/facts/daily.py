"""What the rest of the town hall asks every day: what is to be done here, and how things stand."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.access.actor import Actor
from houvast.core.registry import Figure, Task
from houvast.modules.structure import permissions
from houvast.modules.structure.models import TransitionAction
from houvast.modules.structure.queries import versions
from houvast.modules.structure.queries.organogram import snapshot

MOST = 5
"""So many of each kind."""


def tasks(actor: Actor) -> tuple[Task, ...]:
    """One's own open transition actions; for who may change the whole structure, what is open in it."""
    if not actor.may(permissions.VIEW):
        return ()
    own = _own_actions(actor)
    if not versions.may_change_versions(actor):
        return own
    return (*own, *_open_actions(actor), *_unchecked(actor), *_without_leader(actor))


def _own_actions(actor: Actor) -> tuple[Task, ...]:
    """One line for each action that the actor owns."""
    slug = actor.organisation.slug
    return tuple(
        Task(
            row.what,
            reverse("structure:finish_transition_action", args=[slug, row.pk]),
            _("Overgangsactie voor {name}").format(name=row.version_of.name),
            row.due_on,
            act=_("Meld gereed"),
            because=_agreed(row),
        )
        for row in versions.open_actions_of(actor, timezone.localdate())[:MOST]
    )


def _open_actions(actor: Actor) -> tuple[Task, ...]:
    """One line for each version with open actions."""
    found: dict[int, list[TransitionAction]] = {}
    for row in versions.open_actions_of_all(actor):
        found.setdefault(row.version_of_id, []).append(row)
    return tuple(
        Task(
            ngettext(
                "%(number)s overgangsactie staat open", "%(number)s overgangsacties staan open", len(rows)
            )
            % {"number": len(rows)},
            reverse("structure:version", args=[actor.organisation.slug, pk]),
            rows[0].version_of.name,
            rows[0].due_on,
            act=_("Bekijk de acties"),
            because=_agreed(rows[0]),
        )
        for pk, rows in found.items()
    )


def _agreed(action: TransitionAction) -> tuple[str, ...]:
    """Why that day: no law reckons it, people agreed on it."""
    if action.due_on is None:
        return ()
    day = date_format(action.due_on, "j F Y")
    return (_("Afgesproken bij de overgangsactie: gereed op {day}.").format(day=day),)


def _unchecked(actor: Actor) -> tuple[Task, ...]:
    """One line for each piece of evidence that somebody else recorded."""
    slug = actor.organisation.slug
    return tuple(
        Task(
            _("Controleer het bewijsstuk {title}").format(title=row.title),
            reverse("structure:check_evidence", args=[slug, row.pk]),
            row.milestone.version_of.name,
            act=_("Controleer"),
        )
        for row in versions.evidence_to_check(actor)[:MOST]
    )


def _without_leader(actor: Actor) -> tuple[Task, ...]:
    """The teams that have no team leader today."""
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
