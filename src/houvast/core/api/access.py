"""Who a program acts for: the maker of the token that it sends, and nobody by a session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.timezone import localdate

from houvast.core.access.permissions import Permission
from houvast.core.api.problems import Problem, unauthorised
from houvast.core.http import Request, TurnedAway
from houvast.core.tokens.actions import note_use
from houvast.core.tokens.queries import actor_with, find
from houvast.core.tokens.rules import is_token

if TYPE_CHECKING:
    from houvast.core.access.actor import Actor
    from houvast.core.orgs.models import Organisation
    from houvast.core.tokens.models import Token

_BEARER = re.compile(r"bearer +(\S+)", re.IGNORECASE | re.ASCII)


class ApiRequest(Request):
    """A request of a program in an organisation; only for type checking, `token_actor` sets the token."""

    token: Token


def bearer(request: HttpRequest) -> str:
    """The token that was sent, where it has the shape of one; else nothing."""
    match = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    return match[1] if match and is_token(match[1]) else ""


def token_actor(request: HttpRequest, organisation: Organisation | None) -> Actor:
    """For whom the program acts in the organisation in scope. Raises TurnedAway with 401."""
    given, today = bearer(request), localdate()
    if organisation is not None and given:
        token = find(given, today)
        actor = actor_with(token, organisation, today) if token else None
        if token is not None and actor is not None:
            if token.used_on != today:  # type: ignore[attr-defined]  # `find` adds it
                note_use(token, today)
            request.token = token  # type: ignore[attr-defined]  # see ApiRequest
            return actor
    raise TurnedAway(unauthorised())


def tells_texts(request: HttpRequest) -> bool:
    """Whether the program gets free text and names of people."""
    return bool(request.token.texts)  # type: ignore[attr-defined]  # see ApiRequest


def require_texts(request: HttpRequest, sentence: str) -> None:
    """Raise Problem (403) for a token without free text and names."""
    if not tells_texts(request):
        raise Problem(403, sentence)


def asks(*permissions: Permission) -> dict[str, object]:
    """What a token needs for an operation, as the document says it (`openapi_extra`)."""
    return {"security": [{"token": [permission.key for permission in permissions]}]}
