"""Who is who here, with which role; who may look in; who may what; and the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from houvast.core.access.actor import Actor
from houvast.core.access.models import Grant, Role, RoleAssignment
from houvast.core.access.permissions import MANAGE_ACCESS, READ_TRAIL, Permission
from houvast.core.access.queries import Holder, holders, holding
from houvast.core.administration.rules import require_everywhere
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import UnitPeriod
from houvast.core.people.models import Person
from houvast.core.registry import modules


def people(actor: Actor) -> QuerySet[Person]:
    """Everybody of the organisation. Raises NotPermitted."""
    require_everywhere(actor)
    return Person.objects.select_related("account").order_by("name", "pk")


def roles_held(person_ids: Iterable[int], day: date) -> dict[int, list[str]]:
    """The names of the roles each person holds on a day; one query."""
    held: defaultdict[int, list[str]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(as_of(day), person__in=list(person_ids)).select_related("role")
    for row in rows.order_by("role__name"):
        held[row.person_id].append(row.role.label)
    return held


def assignments(actor: Actor) -> QuerySet[RoleAssignment]:
    """Roles of people, as far as they are believed. Raises NotPermitted."""
    require_everywhere(actor)
    rows = RoleAssignment.objects.filter(known()).select_related("role", "person", "unit")
    return rows.order_by("-valid_from", "pk")


def roles() -> QuerySet[Role]:
    """The roles of the organisation, by name."""
    return Role.objects.order_by("name")


def grants(actor: Actor) -> QuerySet[Grant]:
    """Who of elsewhere may work or count here, newest first. Raises NotPermitted."""
    require_everywhere(actor)
    return Grant.objects.filter(known()).select_related("grantee", "account").order_by("-valid_from", "-pk")


def unit_names(day: date) -> dict[int, str]:
    """What every unit is called on a day."""
    return dict(UnitPeriod.objects.filter(as_of(day)).order_by("name").values_list("unit_id", "name"))


@dataclass(frozen=True)
class Right:
    """A permission and who holds it, with the name of the unit where it holds there alone."""

    permission: Permission
    held_by: tuple[tuple[Holder, str], ...]


def rights(actor: Actor, day: date) -> tuple[tuple[str, tuple[Right, ...]], ...]:
    """For each module its permissions and who holds them; as many queries for one person as for all."""
    actor.require(MANAGE_ACCESS)
    found, units = holders(day), unit_names(day)

    def right(permission: Permission) -> Right:
        who = holding(permission, found)
        return Right(permission, tuple((holder, units.get(holder.unit_id or 0, "")) for holder in who))

    return tuple(
        (str(module.name), tuple(map(right, module.permissions)))
        for module in modules()
        if module.permissions
    )


def trail(actor: Actor) -> QuerySet[AuditEntry]:
    """The trail of the organisation. Raises NotPermitted."""
    actor.require(READ_TRAIL)
    entries: QuerySet[AuditEntry] = AuditEntry.objects.all()
    return entries
