"""How a request enters an organisation: scope, actor, and the answers when that is not allowed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.access.queries import actor_for
from houvast.core.audit.actions import BY_SCREEN, request_origin
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.prepared import Prepared
from houvast.core.orgs.scope import reading

# For whoever watches the server: who tried to reach an organisation without access. Ids only, no names.
access_log = logging.getLogger("houvast.access")


class Request(HttpRequest):
    """A request to a page in an organisation; only for type checking, the middleware sets the actor.

    waiting: the addresses of what waits for the actor, on a page that looked that up; the navigation counts them.
    """

    actor: Actor
    waiting: tuple[str, ...]


class NotHere(Http404):
    """There is no such page; the Dutch sentence tells the reader why, and the page of 404 shows it."""


class TurnedAway(Exception):  # noqa: N818  it is an answer, not a fault
    """Who asks is not let in; carries the answer to give."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def by_session(request: HttpRequest, organisation: Organisation | None) -> Actor | None:
    """Whoever signed in, at work in the organisation in scope; None where there is none, or no access to it."""
    if organisation is None or not request.user.is_authenticated:
        return None
    actor = actor_for(request.user, organisation, timezone.localdate())
    if actor is None:
        access_log.warning("account %s has no access to %s", request.user.pk, organisation.slug)
    return actor


_COLUMNS = tuple(field.attname for field in Organisation._meta.concrete_fields)
_find = Prepared(
    lambda slug: Organisation.objects.filter(slug=slug).order_by().values_list(*_COLUMNS), "slug"
)


def _at(slug: str) -> Organisation | None:
    """The organisation of an address, if there is one."""
    found = _find(slug)
    if not found:
        return None
    return Organisation.from_db(DEFAULT_DB_ALIAS, _COLUMNS, found[0])


class ScopeMiddleware:
    """A page under `/<organisation>/` runs in a read-only transaction in that organisation's scope.

    Who is no person of it and holds no grant gets 404: not even its existence is told. That it was tried
    stands in the server's log, not in the trail: there is no actor there, and nothing happened.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the scope, and roll the reading back, whatever happened."""
        with ExitStack() as stack, request_origin(getattr(request, "origin", BY_SCREEN)):
            request._houvast_stack = stack  # type: ignore[attr-defined]  # handed to process_view
            return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Enter the organisation that the address names.

        A view that knows who asks in another way than by session has that as its `actor_of`, which is also asked
        for an organisation that does not exist (None) and may raise TurnedAway.
        """
        if (slug := kwargs.pop("organisation", None)) is None:
            return None
        organisation = _at(slug)
        if organisation is not None:
            request._houvast_stack.enter_context(reading(organisation.pk))  # type: ignore[attr-defined]  # set above
        try:
            actor = getattr(view, "actor_of", by_session)(request, organisation)
        except TurnedAway as away:
            return away.answer
        if actor is None:
            raise Http404
        request.actor = actor  # type: ignore[attr-defined]  # see Request
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say what to do next where an action or query refused."""
        if isinstance(error, NotPermitted):
            return render(request, "403.html", {"permission": error.permission}, status=403)
        if isinstance(error, Conflict):
            return render(request, "409.html", {"current": error.current}, status=409)
        return None
