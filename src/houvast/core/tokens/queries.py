"""Whose token it is, and which tokens there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted, Permission
from houvast.core.access.queries import actor_for
from houvast.core.orgs.models import Organisation
from houvast.core.registry import RecordName, modules
from houvast.core.tokens.models import Token, TokenUse
from houvast.core.tokens.permissions import MAKE
from houvast.core.tokens.rules import digest_of


def find(token: str, day: date) -> Token | None:
    """The token in the organisation in scope, if it works on that day; with `used_on`, the last day of use."""
    used = TokenUse.objects.filter(token=OuterRef("pk")).order_by("-day").values("day")[:1]
    rows: QuerySet[Token] = Token.objects.select_related("account").annotate(used_on=Subquery(used))
    return rows.filter(
        digest=digest_of(token), withdrawn_at=None, last_day__gte=day, account__is_active=True
    ).first()


def actor_with(token: Token, organisation: Organisation, day: date) -> Actor | None:
    """Whoever made the token, with the rights of that day as far as they are in it; None without the right to
    let programs in, or who left.
    """
    person = actor_for(token.account, organisation, day)
    if person is None or not person.may_write(MAKE):
        return None
    scopes = frozenset(token.scopes)
    held = {key: units for key, units in person.permissions.items() if key in scopes}
    return replace(person, permissions=MappingProxyType(held), scopes=scopes)


def offered(actor: Actor) -> Iterator[tuple[str, Permission, bool]]:
    """What the actor can put in a token: the module's name, the permission, and whether an operation writes by it."""
    for module in modules():
        if module.api is not None:
            yield from ((str(module.name), one, False) for one in module.api.reads if actor.may(one))
            yield from ((str(module.name), one, True) for one in module.api.writes if actor.may_write(one))


def _with_use() -> QuerySet[Token]:
    rows: QuerySet[Token] = Token.objects.annotate(used_on=Max("uses__day"))
    return rows.order_by("-recorded_at", "-pk")


def own_tokens(actor: Actor) -> QuerySet[Token]:
    """The actor's own tokens here, newest first. Raises NotPermitted."""
    if not actor.may_write(MAKE):
        raise NotPermitted(MAKE)
    return _with_use().filter(account=actor.account_id)


def all_tokens(actor: Actor) -> QuerySet[Token]:
    """Everybody's tokens in this organisation, newest first. Raises NotPermitted."""
    if actor.units(MANAGE_ACCESS) is not None:
        raise NotPermitted(MANAGE_ACCESS)
    return _with_use().select_related("account")


def names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """What tokens are called in the trail: one's own, or all for who manages access; one query."""
    if actor.may(MANAGE_ACCESS) and actor.units(MANAGE_ACCESS) is None:
        rows, page = Token.objects.filter(uid__in=uids), "tokens:all"
    elif actor.account_id is not None:
        rows, page = Token.objects.filter(uid__in=uids, account=actor.account_id), "tokens:index"
    else:
        return {}
    url = reverse(page, args=[actor.organisation.slug])
    return {str(uid): RecordName(start, url) for uid, start in rows.values_list("uid", "start")}
