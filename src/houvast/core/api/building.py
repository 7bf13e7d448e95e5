"""The one API of the installation, put together from what the modules registered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from houvast.core.access.permissions import NotPermitted
from houvast.core.api import document
from houvast.core.api.access import token_actor
from houvast.core.api.problems import Problem, fault, problem
from houvast.core.api.version import VERSION
from houvast.core.http import NotHere
from houvast.core.orgs.base import Conflict
from houvast.core.registry import modules

ABOUT = (
    "Voor programma’s: de paragraaf Bedrijfsvoering met haar feiten, en de registers daarachter. "
    "Namen zijn Engels, zoals in de code; de uitleg is Nederlands, en ‘docs/glossary.md’ zegt welk Nederlands "
    "begrip bij welke naam hoort."
)


class Renderer(JSONRenderer):
    """JSON in which Dutch letters stay readable."""

    json_dumps_params = {"ensure_ascii": False}


@lru_cache(maxsize=1)
def api() -> NinjaAPI:
    """The API with every module's operations, under the organisation of the address."""
    made = NinjaAPI(
        title="Houvast",
        version=VERSION,
        description=ABOUT,
        openapi_url=None,
        urls_namespace="api",
        renderer=Renderer(),
    )
    for module in modules():
        if module.api is not None:
            router = import_string(module.api.router)
            made.add_router("/organisations/{slug:organisation}", router, tags=[module.key])
    for kind, handler in HANDLERS.items():
        made.add_exception_handler(kind, handler)
    return made


def patterns() -> list[URLPattern]:
    """The addresses of all operations; who asks is known by token, so the sign-in check lets them through."""
    found = [one for one in api().urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in found:
        pattern.callback.login_required = False  # type: ignore[attr-defined]  # LoginRequiredMiddleware reads it
        pattern.callback.actor_of = token_actor  # type: ignore[attr-defined]  # ScopeMiddleware reads it
    return found


@lru_cache(maxsize=1)
def openapi() -> document.Json:
    """The OpenAPI document."""
    return document.document(api())


def _refused(_request: HttpRequest, error: NotPermitted) -> HttpResponse:
    return problem(403, str(error.permission.label), permission=error.permission.key)


def _conflict(_request: HttpRequest, error: Conflict) -> HttpResponse:
    return problem(409, str(error), version=error.current.version)


def _not_here(_request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) if isinstance(error, NotHere) else "")


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [
        # The body stands under the name that the function gives it.
        fault(place, ".".join(map(str, path[1:] if place == "body" else path)), one["msg"])
        for one in error.errors
        for place, *path in [one["loc"]]
    ]
    return problem(400, "; ".join(f"{one['name']}: {one['detail']}" for one in found), errors=found)


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _problem(_request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(error.status, error.detail, **error.more)


def _too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(413)


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    NotPermitted: _refused,
    Conflict: _conflict,
    Http404: _not_here,
    ValidationError: _invalid,
    HttpError: _http,
    Problem: _problem,
    RequestDataTooBig: _too_big,
}
