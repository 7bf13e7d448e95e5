"""Setting up an organisation: its standard roles, its people, who holds which role, who may look in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account, Grant, Role, RoleAssignment
from houvast.core.access.permissions import MANAGE_ACCESS, StandardRole
from houvast.core.administration.rules import require_everywhere
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import as_of, lock
from houvast.core.orgs.models import Organisation, Unit
from houvast.core.orgs.refusal import Refusal
from houvast.core.people.models import Person
from houvast.core.registry import modules


def standard_bundle(role: str) -> list[str]:
    """The permissions of all modules that name this standard role, in a stable order."""
    return sorted(p.key for module in modules() for p in module.permissions if role in p.roles)


def found_organisation(*, slug: str, name: str, kind: str, is_example: bool = False) -> Organisation:
    """Make an organisation with its standard roles, or return the one that has this address already."""
    organisation, _created = Organisation.objects.get_or_create(
        slug=slug,
        defaults={"name": name, "kind": kind, "is_example": is_example},
    )
    renew_standard_roles(system_actor(organisation))
    return organisation


@action("administration.found", permission=MANAGE_ACCESS)
def renew_standard_roles(actor: Actor) -> None:
    """Give the organisation its standard roles, and new permissions of modules that came later.

    Permissions the organisation took out of a bundle come back only when the permission is new to it.
    """
    held = {role.key: role for role in Role.objects.all()}
    known = {key for role in held.values() for key in role.permissions}
    for standard in StandardRole:
        bundle = standard_bundle(standard)
        role = held.get(standard) or Role(key=standard, name=str(standard.label), permissions=[])
        role.permissions = sorted({*role.permissions, *(key for key in bundle if key not in known)})
        role.save()
        record(role, key=role.key, permissions=role.permissions)


@action("administration.add_person", permission=MANAGE_ACCESS)
def add_person(actor: Actor, *, name: str, account: Account | None = None) -> Person:
    """A person of this organisation, with the account that signs in as that person."""
    require_everywhere(actor)
    person = Person(name=name, account=account)
    person.save()
    record(person, name=name, account=account is not None)
    return person


@action("administration.link_account", permission=MANAGE_ACCESS)
def link_account(actor: Actor, *, person_id: int, expected_version: int, account: Account | None) -> Person:
    """Let an account sign in as this person, or no longer. Raises Conflict for a stale version."""
    require_everywhere(actor)
    person = lock(Person, person_id, expected_version)
    person.account = account
    person.save(update_fields=["account"])
    record(person, account=account is not None)
    return person


@action("administration.link_email", permission=MANAGE_ACCESS)
def link_email(actor: Actor, *, person_id: int, expected_version: int, email: str) -> Person:
    """Let who owns this address sign in as this person; an empty one: nobody any longer.

    An account that does not exist yet is made, without a password: its owner asks for one by mail or signs
    in through the organisation. Raises Conflict, and Refusal when another person here has the account.
    """
    require_everywhere(actor)
    person = lock(Person, person_id, expected_version)
    account = _account_of(email, person.name) if email else None
    if account is not None and Person.objects.filter(account=account).exclude(pk=person.pk).exists():
        raise Refusal(_("Iemand anders in deze organisatie meldt zich al met dit adres aan."))
    person.account = account
    person.save(update_fields=["account"])
    record(person, account=account is not None)
    return person


def _account_of(email: str, name: str) -> Account:
    known = Account.objects.filter(email=email.lower()).first()
    return known or Account.objects.create_user(email, name=name)


@action("administration.assign_role", permission=MANAGE_ACCESS)
def assign_role(
    actor: Actor,
    *,
    person: Person,
    role: str,
    valid_from: date,
    valid_until: date | None = None,
    unit: Unit | None = None,
) -> RoleAssignment:
    """Let a person hold a role from a day on. Raises Role.DoesNotExist for an unknown role."""
    require_everywhere(actor)
    assignment = RoleAssignment(
        person=person,
        role=Role.objects.get(key=role),
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    assignment.save()
    record(assignment, person=person, role=role, unit=unit, valid_from=valid_from, valid_until=valid_until)
    return assignment


@action("administration.end_role", permission=MANAGE_ACCESS)
def end_role(actor: Actor, *, assignment_id: int, expected_version: int, valid_until: date) -> RoleAssignment:
    """End a role on a day. Raises Conflict for a stale version, and Refusal for the last administrator."""
    require_everywhere(actor)
    assignment = lock(RoleAssignment, assignment_id, expected_version)
    if not actor.is_system and _is_last_administrator(assignment, valid_until):
        raise Refusal(_("Dan kan niemand meer rollen beheren. Geef eerst iemand anders deze rol."))
    assignment.valid_until = valid_until
    assignment.save(update_fields=["valid_until"])
    record(assignment, valid_until=valid_until)
    return assignment


def _is_last_administrator(assignment: RoleAssignment, day: date) -> bool:
    if MANAGE_ACCESS.key not in assignment.role.permissions:
        return False
    others = RoleAssignment.objects.filter(as_of(day), unit=None, person__account__isnull=False)
    others = others.exclude(pk=assignment.pk).select_related("role")
    return not any(MANAGE_ACCESS.key in other.role.permissions for other in others)


@action("administration.grant", permission=MANAGE_ACCESS)
def grant(  # noqa: PLR0913  a grant has that many sides; all but the actor go by keyword
    actor: Actor,
    *,
    grantee: Organisation,
    label: str,
    permissions: Iterable[str],
    valid_from: date,
    account: Account | None = None,
    may_write: bool = False,
    valid_until: date | None = None,
    decision: str = "",
) -> Grant:
    """Let somebody of another organisation work here, or let that organisation count here."""
    require_everywhere(actor)
    row = Grant(
        grantee=grantee,
        account=account,
        label=label,
        permissions=sorted(permissions),
        may_write=may_write,
        valid_from=valid_from,
        valid_until=valid_until,
        decision=decision,
    )
    row.save()
    record(row, grantee=grantee.slug, permissions=row.permissions, may_write=may_write, valid_from=valid_from)
    return row


@action("administration.end_grant", permission=MANAGE_ACCESS)
def end_grant(actor: Actor, *, grant_id: int, expected_version: int, valid_until: date) -> Grant:
    """End a grant on a day. Raises Conflict for a stale version."""
    require_everywhere(actor)
    row = lock(Grant, grant_id, expected_version)
    row.valid_until = valid_until
    row.save(update_fields=["valid_until"])
    record(row, valid_until=valid_until)
    return row
