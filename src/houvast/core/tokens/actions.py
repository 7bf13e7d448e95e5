"""Making and withdrawing tokens, and noting that one was used."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import lock
from houvast.core.orgs.once import require_first
from houvast.core.orgs.scope import writing
from houvast.core.tokens.models import Token, TokenUse
from houvast.core.tokens.permissions import MAKE
from houvast.core.tokens.queries import offered
from houvast.core.tokens.rules import (
    PREFIX,
    RANDOM_BYTES,
    SHOWN,
    Refusal,
    digest_of,
    require_end,
    require_scopes,
)


@dataclass(frozen=True)
class Made:
    """A new token, and the secret itself: the only moment at which anybody can read it."""

    token: Token
    secret: str


@action("tokens.make", permission=MAKE)
def make_token(
    actor: Actor,
    *,
    name: str,
    scopes: Iterable[str],
    last_day: date,
    at: datetime,
    texts: bool = False,
    sent_key: UUID | None = None,
) -> Made:
    """Let a program act for the actor. Raises Refusal, and AlreadyDone for a form that was sent before."""
    require_first(sent_key, Token)
    if actor.account_id is None:
        raise Refusal(_("Dit kan alleen iemand doen die met een eigen account is aangemeld."))
    asked = sorted(set(scopes))
    require_scopes(asked, [permission.key for _module, permission, _writes in offered(actor)])
    require_end(last_day, localdate(at))
    secret = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    token = Token(
        account_id=actor.account_id,
        name=name,
        start=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=asked,
        texts=texts,
        last_day=last_day,
        sent_key=sent_key,
    )
    token.save()
    record(token, name=name, scopes=asked, texts=texts, last_day=last_day)
    return Made(token, secret)


@action("tokens.withdraw", permission=MAKE)
def withdraw_token(actor: Actor, *, token_id: int, expected_version: int, at: datetime) -> Token:
    """Stop one's own token. Raises Refusal when it was stopped before, NotPermitted for another's, or Conflict."""
    token = lock(Token, token_id, expected_version)
    if token.account_id != actor.account_id:
        raise NotPermitted(MANAGE_ACCESS)
    return _withdraw(token, at)


@action("tokens.withdraw_of_another", permission=MANAGE_ACCESS)
def withdraw_of_another(actor: Actor, *, token_id: int, expected_version: int, at: datetime) -> Token:
    """Stop anybody's token here. Raises Refusal when it was stopped before, or Conflict."""
    if actor.units(MANAGE_ACCESS) is not None:
        raise NotPermitted(MANAGE_ACCESS)
    return _withdraw(lock(Token, token_id, expected_version), at)


def _withdraw(token: Token, at: datetime) -> Token:
    if token.withdrawn_at is not None:
        raise Refusal(_("Deze sleutel is al ingetrokken."))
    token.withdrawn_at = at
    token.save(update_fields=["withdrawn_at"])
    record(token, withdrawn_at=at)
    return token


def note_use(token: Token, day: date) -> None:
    """Keep that the token was used on that day; once is enough, of two at the same moment too."""
    with writing(token.organisation_id):
        TokenUse.objects.get_or_create(organisation_id=token.organisation_id, token=token, day=day)
