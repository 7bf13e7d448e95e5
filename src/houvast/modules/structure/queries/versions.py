"""Reading versions of the structure: the register, one version with all that belongs to it, who owns an action."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import PostPeriod
from houvast.core.people.models import Appointment
from houvast.modules.structure import permissions
from houvast.modules.structure.models import (
    Milestone,
    MilestoneEvidence,
    StructureVersion,
    TransitionAction,
)
from houvast.modules.structure.queries.organogram import snapshot
from houvast.modules.structure.queries.registers import names_of_functions, names_of_units
from houvast.modules.structure.rules import difference as differences
from houvast.modules.structure.rules.organogram import Organogram
from houvast.modules.structure.rules.versions import Blocker


def visible_versions(actor: Actor) -> QuerySet[Any]:
    """The versions, newest first; those taken back too."""
    actor.require(permissions.VIEW)
    return StructureVersion.objects.order_by("-effective_on", "-pk")


def visible_transition_actions(actor: Actor) -> QuerySet[Any]:
    """The transition actions of all versions, with owner and version, the first due first."""
    actor.require(permissions.VIEW)
    rows = TransitionAction.objects.select_related("version_of", "owner_post", "owner_person")
    return rows.order_by("due_on", "pk")


def visible_milestones(actor: Actor) -> QuerySet[Any]:
    """The milestones, with their version."""
    actor.require(permissions.VIEW)
    return Milestone.objects.select_related("version_of").order_by("pk")


def visible_evidence(actor: Actor) -> QuerySet[Any]:
    """The evidence, with its milestone and who recorded and checked it."""
    actor.require(permissions.VIEW)
    rows = MilestoneEvidence.objects.select_related("milestone__version_of", "entered_by", "checked_by")
    return rows.order_by("dated", "pk")


def may_change_versions(actor: Actor) -> bool:
    """Whether the actor may change the structure of the whole organisation."""
    return actor.may_write(permissions.CHANGE) and actor.units(permissions.CHANGE) is None


def agreed_by(day: date, prefix: str = "") -> Q:
    """The actions that had been agreed on a day."""
    return Q(**{f"{prefix}agreed_on__lte": day})


def ended_by(day: date, prefix: str = "") -> Q:
    """The actions that had been done or dropped on a day."""
    return Q(**{f"{prefix}done_on__lte": day}) | Q(**{f"{prefix}lapsed_on__lte": day})


def open_actions_on(version: StructureVersion, day: date) -> int:
    """How many actions of the version were open on a day."""
    number: int = version.actions.filter(agreed_by(day) & ~ended_by(day)).count()
    return number


def _held_by(actor: Actor, day: date, post: Any) -> QuerySet[Any]:
    return Appointment.objects.filter(as_of(day), person_id=actor.person_id, post=post)


def holders_of(posts: set[int], day: date) -> dict[int, list[int]]:
    """The people who hold each of the posts on a day; one query."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    held = Appointment.objects.filter(as_of(day), post__in=posts).order_by("pk")
    for post, person in held.values_list("post_id", "person_id").distinct():
        found[post].append(person)
    return dict(found)


def is_owner(actor: Actor, row: TransitionAction, day: date) -> bool:
    """Whether the actor is the person, or holds the post, that owns the action on that day."""
    if actor.person_id is None:
        return False
    if row.owner_post_id is None:
        return row.owner_person_id == actor.person_id
    return _held_by(actor, day, row.owner_post_id).exists()


def _standing_open(actor: Actor) -> QuerySet[Any]:
    return visible_transition_actions(actor).filter(
        version_of__withdrawn_on__isnull=True, done_on__isnull=True, lapsed_on__isnull=True
    )


def open_actions_of(actor: Actor, day: date) -> QuerySet[Any]:
    """The open actions that the actor owns on that day, as a person or by the post held."""
    mine = Q(owner_person_id=actor.person_id, owner_person__isnull=False)
    return _standing_open(actor).filter(mine | Exists(_held_by(actor, day, OuterRef("owner_post"))))


def open_actions_of_all(actor: Actor) -> QuerySet[Any]:
    """Every open action of a version that stands."""
    return _standing_open(actor)


def evidence_to_check(actor: Actor) -> QuerySet[Any]:
    """The evidence that waits for a second person, and that the actor did not record."""
    rows = visible_evidence(actor).filter(
        checked_by__isnull=True, withdrawn_on__isnull=True, milestone__version_of__withdrawn_on__isnull=True
    )
    return rows.exclude(entered_by_id=actor.account_id).order_by("dated", "pk")


@dataclass(frozen=True)
class VersionLine:
    """A version in the register: how far its actions are, and what kept it from being carried through."""

    row: StructureVersion
    agreed: int
    open: int
    blockers: tuple[Blocker, ...]


def version_lines(actor: Actor, day: date) -> list[VersionLine]:
    """The register as it stands on a day; one query."""
    agreed = Count("actions", filter=agreed_by(day, "actions__"))
    opened = Count("actions", filter=agreed_by(day, "actions__") & ~ended_by(day, "actions__"))
    rows = visible_versions(actor).annotate(agreed=agreed, opened=opened)
    return [VersionLine(row, row.agreed, row.opened, row.state(row.opened).blockers(day)) for row in rows]


@dataclass(frozen=True)
class ActionLine:
    """A transition action with who owns it, in words, and whether the reader does."""

    row: TransitionAction
    owner: str
    holder: str
    is_mine: bool


def action_lines(actor: Actor, version: StructureVersion, day: date) -> list[ActionLine]:
    """The actions of a version with the function, unit and holder of the post that owns each; six queries."""
    rows = list(visible_transition_actions(actor).filter(version_of=version))
    posts = {row.owner_post_id for row in rows if row.owner_post_id}
    functions, units = names_of_functions(), names_of_units()
    periods = PostPeriod.objects.filter(post__in=posts, withdrawn_at__isnull=True).order_by(
        "valid_from", "pk"
    )
    named = {
        period.post_id: f"{functions.get(period.function_id, '')} ({units.get(period.unit_id, '')})"
        for period in periods
    }
    # Who is appointed comes before who acts.
    held = Appointment.objects.filter(as_of(day), post__in=posts).order_by("-kind", "pk")
    holders: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for post, person, name in held.values_list("post_id", "person_id", "person__name"):
        holders[post][person] = name
    return [_line(actor, row, named, holders) for row in rows]


def _line(
    actor: Actor, row: TransitionAction, named: dict[int, str], holders: dict[int, dict[int, str]]
) -> ActionLine:
    if row.owner_person is not None:
        return ActionLine(row, row.owner_person.name, "", row.owner_person_id == actor.person_id)
    assert row.owner_post is not None
    people = holders[row.owner_post.pk]
    name = named.get(row.owner_post.pk, row.owner_post.code)
    return ActionLine(row, name, next(iter(people.values()), ""), actor.person_id in people)


@dataclass(frozen=True)
class BeforeAfter:
    """The structure on the day before a version, on its first day and today, and what the version changed."""

    before: Organogram
    after: Organogram
    now: Organogram
    found: differences.Difference


def before_after(actor: Actor, version: StructureVersion, today: date) -> BeforeAfter:
    """What the version changed in units, functions, posts and appointments; seventeen queries, whatever the size."""
    eve = version.effective_on - timedelta(days=1)
    before, after = snapshot(actor, eve), snapshot(actor, version.effective_on)
    found = differences.with_functions(
        differences.difference(before, after),
        names_of_functions(eve),
        names_of_functions(version.effective_on),
    )
    return BeforeAfter(before, after, snapshot(actor, today), found)
