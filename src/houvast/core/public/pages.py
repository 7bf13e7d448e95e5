"""A page for somebody without an account: open on purpose, kept by nobody, in the language of its address."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from houvast.core.access.actor import Actor, public_actor
from houvast.core.audit.actions import PUBLIC, request_origin
from houvast.core.http import Request
from houvast.core.orgs.models import Organisation
from houvast.core.public.throttle import TooMany
from houvast.core.registry import modules

LANGUAGE = "taal"
View = Callable[..., HttpResponse]


def visitor_at(request: HttpRequest, organisation: Organisation | None) -> Actor | None:
    """Whoever comes to a page that is open to the public: the same visitor, signed in or not.

    None where no module declared the page in `Module.public`. What is recorded from here on came from outside.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    page = next((page for module in modules() for page in module.public if page.url_name == name), None)
    if page is None or organisation is None:
        return None
    request._houvast_stack.enter_context(request_origin(PUBLIC))  # type: ignore[attr-defined]  # see ScopeMiddleware
    return public_actor(organisation, page.permission)


def public_page(view: View) -> View:
    """Make a view a page for the public; its address stands in `Module.public` too, else nobody gets in.

    The language is in the address, so that no cookie is needed for it. No answer is kept by a browser or a proxy.
    """

    @functools.wraps(view)
    def open_to_all(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get(LANGUAGE, "")
        language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(language):
            try:
                response = view(request, *args, **kwargs)
            except TooMany as many:
                response = too_many(request, many)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = language or settings.LANGUAGE_CODE
        return response

    open_to_all.actor_of = visitor_at  # type: ignore[attr-defined]  # ScopeMiddleware reads it
    opened: View = login_not_required(open_to_all)
    return opened


def too_many(request: Request, many: TooMany) -> HttpResponse:
    """429, with when to try again."""
    response = render(request, "public/429.html", {"until": many.until}, status=429)
    left = (many.until - timezone.now()).total_seconds()
    response.headers["Retry-After"] = str(max(int(left) + 1, 1))
    return response


def in_language(url: str) -> str:
    """The address in the language at hand, where that is not the first one."""
    language = translation.get_language()
    return url if language == settings.LANGUAGE_CODE else f"{url}?{LANGUAGE}={language}"
