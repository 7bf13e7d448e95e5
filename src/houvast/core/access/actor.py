"""Who acts, where, and what they may do there. Explicit: the first argument of every action and of `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from houvast.core.access.permissions import NotPermitted, Permission
from houvast.core.orgs.models import Organisation

EVERYWHERE: None = None


@dataclass(frozen=True)
class Actor:
    """Somebody at work in an organisation.

    permissions maps a permission's key to None (the whole organisation) or to the ids of the units where
    it holds. `home` is the organisation the person belongs to: another one when a grant lets them in.
    `scopes`: a program acts, which may no more than these permissions; None where a person does so themselves.
    """

    organisation: Organisation
    home: Organisation
    label: str
    account_id: int | None = None
    person_id: int | None = None
    person_uid: str = ""
    permissions: Mapping[str, frozenset[int] | None] = field(default_factory=lambda: MappingProxyType({}))
    readable_only: frozenset[str] = frozenset()
    is_system: bool = False
    scopes: frozenset[str] | None = None

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the actor holds the permission (in that unit, where one is named)."""
        if self.scopes is not None and permission.key not in self.scopes:
            return False
        if self.is_system or (permission.guests and self.is_guest):
            return True
        if permission.key not in self.permissions:
            return False
        units = self.permissions[permission.key]
        return units is None or unit_id is None or unit_id in units

    def require(self, permission: Permission, unit_id: int | None = None) -> None:
        """Raise NotPermitted unless the actor may."""
        if not self.may(permission, unit_id):
            raise NotPermitted(permission)

    def may_write(self, permission: Permission) -> bool:
        """As `may`, and a grant to read is not enough."""
        granted = self.is_system or permission.key in self.permissions
        return granted and self.may(permission) and permission.key not in self.readable_only

    def require_write(self, permission: Permission) -> None:
        """Raise NotPermitted unless the actor may write."""
        if not self.may_write(permission):
            raise NotPermitted(permission)

    def units(self, permission: Permission) -> frozenset[int] | None:
        """Where the permission holds: None is the whole organisation."""
        self.require(permission)
        return None if self.is_system else self.permissions.get(permission.key)

    @property
    def is_guest(self) -> bool:
        """Whether a grant of this organisation lets the actor in."""
        return self.home.pk != self.organisation.pk


def system_actor(organisation: Organisation) -> Actor:
    """The installation itself, for commands and the worker. It may do everything and says so in the trail."""
    return Actor(organisation=organisation, home=organisation, label="Systeem", is_system=True)


def public_actor(organisation: Organisation, permission: Permission | None) -> Actor:
    """Somebody without an account, at a page that is open on purpose: may do what that page is for, and no more."""
    held = {} if permission is None else {permission.key: EVERYWHERE}
    return Actor(
        organisation=organisation, home=organisation, label="Bezoeker", permissions=MappingProxyType(held)
    )


def merge(bundles: Iterable[tuple[Iterable[str], frozenset[int] | None]]) -> dict[str, frozenset[int] | None]:
    """Add up bundles of permission keys, each for the whole organisation (None) or for some units."""
    held: dict[str, frozenset[int] | None] = {}
    for keys, units in bundles:
        for key in keys:
            before = held.get(key, frozenset())
            held[key] = None if before is None or units is None else before | units
    return held
