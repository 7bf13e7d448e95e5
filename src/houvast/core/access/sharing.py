"""The one place that looks across organisations, and only through a `Grant`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from houvast.core.access.actor import Actor
from houvast.core.access.models import Account, Grant
from houvast.core.access.permissions import NotPermitted, Permission
from houvast.core.access.queries import actor_for
from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import current_organisation_id, reading, scope_of_partner
from houvast.core.people.models import Person

Told = TypeVar("Told")


def organisations_of(account: Account, day: date) -> tuple[Organisation, ...]:
    """The organisations the account may enter, by name."""
    return tuple(organisation for organisation, _told in asked_of(account, day, lambda _actor: None))


def asked_of(
    account: Account, day: date, ask: Callable[[Actor], Told]
) -> tuple[tuple[Organisation, Told], ...]:
    """The organisations the account may enter, by name, each with what was asked in its own scope."""
    entered = []
    for organisation in Organisation.objects.order_by("name"):
        with reading(organisation.pk):
            if (actor := actor_for(account, organisation, day)) is not None:
                entered.append((organisation, ask(actor)))
    return tuple(entered)


@contextmanager
def in_partner(partner: Organisation, permission: Permission, day: date) -> Iterator[Organisation]:
    """Read in the partner's scope, under the partner's grant to the organisation in scope.

    Raises NotPermitted where no grant of the partner holds the permission on that day.
    """
    grantee = current_organisation_id()
    with scope_of_partner(partner.pk):
        grants = Grant.objects.filter(as_of(day), grantee_id=grantee, account__isnull=True)
        if not any(permission.key in keys for keys in grants.values_list("permissions", flat=True)):
            raise NotPermitted(permission)
        yield partner


def works_at(account: Account, organisation: Organisation) -> bool:
    """Whether the account is a person of that organisation. Tells who gives a grant no more than that."""
    with scope_of_partner(organisation.pk):
        return Person.objects.filter(account=account).exists()
