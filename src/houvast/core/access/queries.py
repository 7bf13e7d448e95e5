"""Who may do what: for one account on entering an organisation, and the reverse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from houvast.core.access.actor import Actor, merge
from houvast.core.access.models import Account, Grant, RoleAssignment
from houvast.core.access.permissions import Permission
from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import Organisation, UnitPeriod
from houvast.core.orgs.prepared import Prepared
from houvast.core.people.models import Person


def _roles_held(account_id: int, day: date) -> QuerySet[Any, Any]:
    of_here = Q(roles__organisation=F("organisation"))
    held = FilteredRelation("roles", condition=of_here & as_of(day, prefix="roles__"))
    people: QuerySet[Any, Any] = Person.objects.annotate(held=held).filter(account_id=account_id)
    return people.values_list("pk", "uid", "name", "held__unit_id", "held__role__permissions")


_find_roles_held = Prepared(_roles_held, -1_000_002, date(1, 1, 1))


def actor_for(account: Account, organisation: Organisation, day: date) -> Actor | None:
    """The account at work in the organisation in scope, as a person of it or by a grant; else None.

    One query for a person: every page asks it.
    """
    found = _find_roles_held(account.pk, day)
    return (
        _person_actor(account, organisation, found, day)
        if found
        else _guest_actor(account, organisation, day)
    )


def _person_actor(
    account: Account, organisation: Organisation, found: list[tuple[Any, ...]], day: date
) -> Actor:
    pk, uid, name, *_role = found[0]
    held = [(unit_id, permissions) for *_person, unit_id, permissions in found if permissions is not None]
    below = units_below({unit_id for unit_id, _permissions in held if unit_id}, day)
    bundles = merge((permissions, below.get(unit_id)) for unit_id, permissions in held)
    return Actor(
        organisation=organisation,
        home=organisation,
        label=name,
        account_id=account.pk,
        person_id=pk,
        person_uid=str(uid),
        permissions=MappingProxyType(bundles),
    )


def _guest_actor(account: Account, organisation: Organisation, day: date) -> Actor | None:
    grants = list(Grant.objects.filter(as_of(day), account=account).select_related("grantee").order_by("pk"))
    if not grants:
        return None
    permissions = merge((grant.permissions, None) for grant in grants)
    writable = {key for grant in grants if grant.may_write for key in grant.permissions}
    return Actor(
        organisation=organisation,
        home=grants[0].grantee,
        label=str(account),
        account_id=account.pk,
        permissions=MappingProxyType(permissions),
        readable_only=frozenset(permissions) - writable,
    )


def people_holding(day: date) -> dict[str, dict[int, frozenset[int] | None]]:
    """For each permission the people who hold it through a role on that day, and where; None is everywhere.

    Guests are not in it: they belong to another organisation. Two queries at most.
    """
    rows = list(
        RoleAssignment.objects.filter(as_of(day))
        .order_by("pk")
        .values_list("person_id", "unit_id", "role__permissions")
    )
    below = units_below({unit for _person, unit, _keys in rows if unit}, day)
    bundles: defaultdict[int, list[tuple[Any, frozenset[int] | None]]] = defaultdict(list)
    for person, unit, keys in rows:
        bundles[person].append((keys, below.get(unit)))
    found: defaultdict[str, dict[int, frozenset[int] | None]] = defaultdict(dict)
    for person, held in bundles.items():
        for key, units in merge(held).items():
            found[key][person] = units
    return dict(found)


def units_below(roots: set[int], day: date) -> dict[int | None, frozenset[int]]:
    """For each unit: itself and every unit under it on that day."""
    if not roots:
        return {}
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    for unit_id, parent_id in UnitPeriod.objects.filter(as_of(day)).values_list("unit_id", "parent_id"):
        children[parent_id].append(unit_id)
    return {root: _below(root, children) for root in roots}


def _below(root: int, children: dict[int | None, list[int]]) -> frozenset[int]:
    found: set[int] = set()
    waiting = [root]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += children.get(unit, [])
    return frozenset(found)


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a permission, through a role or a grant, and where."""

    name: str
    through: str
    unit_id: int | None = None


def who_may(permission: Permission, day: date) -> tuple[Holder, ...]:
    """Everybody in the organisation in scope who holds the permission on that day."""
    return holding(permission, holders(day))


ANY_GUEST = ""
"""Stands in `holders` for the permissions that every guest has."""


def holding(permission: Permission, found: Mapping[str, tuple[Holder, ...]]) -> tuple[Holder, ...]:
    """Who of the holders has the permission, each once; with the guests where it is for every guest."""
    guests = found.get(ANY_GUEST, ()) if permission.guests else ()
    return tuple(dict.fromkeys((*found.get(permission.key, ()), *guests)))


def holders(day: date) -> dict[str, tuple[Holder, ...]]:
    """For each permission that somebody holds on that day: by whom, people before guests; two queries."""
    found: defaultdict[str, list[Holder]] = defaultdict(list)
    for row in RoleAssignment.objects.filter(as_of(day)).select_related("person", "role").order_by("pk"):
        for key in row.role.permissions:
            found[key].append(Holder(row.person.name, row.role.label, row.unit_id))
    guests = Grant.objects.filter(as_of(day), account__isnull=False).select_related("account", "grantee")
    for grant in guests.order_by("pk"):
        for key in (*grant.permissions, ANY_GUEST):
            found[key].append(Holder(str(grant.account), grant.grantee.name))
    return {key: tuple(who) for key, who in found.items()}
