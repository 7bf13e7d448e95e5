"""Organisations, people and actors for tests and demo data, made by the actions everybody uses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import Permission
from houvast.core.access.queries import actor_for
from houvast.core.administration import actions
from houvast.core.orgs.models import Organisation, Unit
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person

DAY = date(2021, 1, 1)
_numbers = count(1)


def organisation(slug: str = "diemen", kind: str = Organisation.Kind.MUNICIPALITY) -> Organisation:
    """An organisation with its standard roles."""
    return actions.found_organisation(slug=slug, name=slug.title(), kind=kind)


def account(name: str = "Medewerker") -> Account:
    """An account that can be signed in as."""
    return Account.objects.create_user(f"demo{next(_numbers)}@example.org", name=name)


def person(here: Organisation, name: str = "Medewerker", *, signs_in: bool = True) -> Person:
    """A person of the organisation."""
    return actions.add_person(system_actor(here), name=name, account=account(name) if signs_in else None)


def actor(
    here: Organisation,
    *roles: str,
    name: str = "Medewerker",
    unit: Unit | None = None,
    today: date = date(2021, 6, 1),
) -> Actor:
    """A person at work with these standard roles, in the organisation or in one unit."""
    somebody = person(here, name)
    for role in roles:
        actions.assign_role(system_actor(here), person=somebody, role=role, valid_from=DAY, unit=unit)
    assert somebody.account is not None
    with reading(here.pk):
        found = actor_for(somebody.account, here, today)
    assert found is not None
    return found


def guest(
    here: Organisation,
    *roles: str,
    home: Organisation,
    name: str = "CISO",
    may_write: bool = False,
    today: date = date(2021, 6, 1),
) -> Actor:
    """Somebody of another organisation who works here by a grant of these standard roles' permissions."""
    somebody = person(home, name)
    assert somebody.account is not None
    actions.grant(
        system_actor(here),
        grantee=home,
        account=somebody.account,
        label=f"{name} van elders",
        permissions={key for role in roles for key in actions.standard_bundle(role)},
        may_write=may_write,
        valid_from=DAY,
    )
    with reading(here.pk):
        found = actor_for(somebody.account, here, today)
    assert found is not None
    return found


def actor_without(here: Organisation, permission: Permission, allowed: Iterable[Permission]) -> Actor:
    """An actor who may do everything but this."""
    permissions = {p.key: None for p in allowed if p.key != permission.key}
    return Actor(organisation=here, home=here, label="Zonder recht", account_id=None, permissions=permissions)
