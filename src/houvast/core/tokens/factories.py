"""Tokens for tests and demo data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localdate, now

from houvast.core.access.actor import Actor
from houvast.core.orgs.scope import reading
from houvast.core.tokens.actions import Made, make_token
from houvast.core.tokens.queries import offered


def token(
    actor: Actor,
    scopes: Iterable[str] | None = None,
    *,
    name: str = "Dashboard",
    texts: bool = False,
    days: int = 30,
    at: datetime | None = None,
) -> Made:
    """A token of the actor, with all that they can give it unless other scopes are named."""
    if scopes is None:
        with reading(actor.organisation.pk):
            scopes = [permission.key for _module, permission, _writes in offered(actor)]
    at = at or now()
    return make_token(
        actor, name=name, scopes=scopes, texts=texts, last_day=localdate(at) + timedelta(days=days), at=at
    )
