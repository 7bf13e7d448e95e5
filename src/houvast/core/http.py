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

from houvast.core.access.actor import Actor, public_actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.access.queries import actor_for
from houvast.core.audit.actions import PUBLIC, request_origin
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.prepared import Prepared
from houvast.core.orgs.scope import reading
from houvast.core.registry import PublicPage, modules

# For whoever watches the server: who tried to reach an organisation without access. Ids only, no names.
access_log = logging.getLogger("houvast.access")


class Request(HttpRequest):
    """A request to a page in an organisation; only for type checking, the middleware sets the actor."""

    actor: Actor


class NotHere(Http404):
    """There is no such page; the Dutch sentence tells the reader why, and the page of 404 shows it."""


_COLUMNS = tuple(field.attname for field in Organisation._meta.concrete_fields)
_find = Prepared(
    lambda slug: Organisation.objects.filter(slug=slug).order_by().values_list(*_COLUMNS), "slug"
)


def _at(slug: str) -> Organisation:
    """The organisation of an address; raises Http404."""
    found = _find(slug)
    if not found:
        raise Http404
    return Organisation.from_db(DEFAULT_DB_ALIAS, _COLUMNS, found[0])


def public_page_at(request: HttpRequest) -> PublicPage | None:
    """The page as a module declared it open to the public; None for every other address."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return next((page for module in modules() for page in module.public if page.url_name == name), None)


class ScopeMiddleware:
    """A page under `/<organisation>/` runs in a read-only transaction in that organisation's scope.

    Who is no person of it and holds no grant gets 404: not even its existence is told. That it was tried
    stands in the server's log, not in the trail: there is no actor there, and nothing happened. At an address that is
    open to the public everybody is the same visitor, signed in or not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the scope, and roll the reading back, whatever happened."""
        with ExitStack() as stack, request_origin():
            request._houvast_stack = stack  # type: ignore[attr-defined]  # handed to process_view
            return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        """Enter the organisation that the address names."""
        if (slug := kwargs.pop("organisation", None)) is None:
            return
        organisation = _at(slug)
        request._houvast_stack.enter_context(reading(organisation.pk))  # type: ignore[attr-defined]  # set above
        if (page := public_page_at(request)) is not None:
            request._houvast_stack.enter_context(request_origin(PUBLIC))  # type: ignore[attr-defined]  # set above
            request.actor = public_actor(organisation, page.permission)  # type: ignore[attr-defined]  # see Request
            return
        actor = None
        if request.user.is_authenticated:
            actor = actor_for(request.user, organisation, timezone.localdate())
            if actor is None:
                access_log.warning("account %s has no access to %s", request.user.pk, organisation.slug)
        if actor is None:
            raise Http404
        request.actor = actor  # type: ignore[attr-defined]  # see Request

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say what to do next where an action or query refused."""
        if isinstance(error, NotPermitted):
            return render(request, "403.html", {"permission": error.permission}, status=403)
        if isinstance(error, Conflict):
            return render(request, "409.html", {"current": error.current}, status=409)
        return None
