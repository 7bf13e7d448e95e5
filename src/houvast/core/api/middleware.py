"""What holds for every answer to a program, also where Django gives it before any operation is reached."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from houvast.core.access.attempts import Attempts
from houvast.core.api.access import bearer
from houvast.core.api.problems import PROBLEM, problem, too_many
from houvast.core.api.version import DOCS, PROGRAMS, VERSION
from houvast.core.audit.actions import BY_PROGRAM
from houvast.core.tokens.rules import digest_of

access_log = logging.getLogger("houvast.access")

MINUTE = 60
REFUSED_A_MINUTE = 30
"""So often in a minute one address is told that its token is not valid; after that it is told to wait."""


class ApiMiddleware:
    """Takes the cookies away, limits how often, and gives each answer its form and headers.

    Counts before the page's reading begins and after it ended, since that writes nothing. Whoever sends a valid
    token is never held up by others who send wrong ones from the same address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, whatever happens, as the document says."""
        if not request.path_info.startswith(PROGRAMS) or request.path_info == DOCS:
            return self.get_response(request)
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        request.origin = BY_PROGRAM  # type: ignore[attr-defined]  # ScopeMiddleware reads it
        answer = self._limited(request)
        if answer.status_code >= 400 and answer.headers.get("Content-Type") != PROBLEM:
            answer = _as_problem(answer)
        return _finished(request, answer)

    def _limited(self, request: HttpRequest) -> HttpResponse:
        counts = cast("Attempts", cache)
        passed = time.time() % MINUTE
        wait = int(MINUTE - passed) or 1
        given = bearer(request)
        most = settings.API_PER_MINUTE
        if given and counts.count(_this_minute("token", digest_of(given)), MINUTE)[0] > most:
            return too_many(wait)
        answer = self.get_response(request)
        if answer.status_code == 401:
            access_log.warning("no valid token for %r", request.path)
            address = request.META.get("REMOTE_ADDR", "")
            if counts.count(_this_minute("refused", address), MINUTE)[0] > REFUSED_A_MINUTE:
                return too_many(wait)
        return answer


def _this_minute(kind: str, who: str) -> str:
    return f"api:{kind}:{who}:{int(time.time() // MINUTE)}"


def _as_problem(answer: HttpResponse) -> HttpResponse:
    """An error that Django itself told as a page."""
    told = problem(answer.status_code)
    for name in ("Allow", "Retry-After"):
        if name in answer.headers:
            told[name] = answer[name]
    return told


def _finished(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if request.method == "GET" and answer.status_code == 200 and not answer.streaming:
        if "ETag" not in answer.headers:
            answer["ETag"] = quote_etag(hashlib.sha256(answer.content).hexdigest()[:32])
        conditional = get_conditional_response(request, etag=answer["ETag"], response=answer)
        assert conditional is not None
        answer = conditional
        if answer.status_code == 412:
            answer = problem(412)
    answer["API-Version"] = VERSION
    answer["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ("Authorization", "Accept-Language"))
    return answer
