"""A page of a register, signed in and through the whole application, beside the same table made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch
from django.utils.timezone import localtime

from houvast.core.access.models import Account
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.modules.security.models import Breach
from houvast.modules.security.rules import BreachStatus, Impact, Outcome
from houvast.project.bench.measure import Cost, compared, cost, middle

HERE, ACCOUNT = "bench", "bench@example.org"
ADDRESS = f"/{HERE}/beveiliging/datalekken/"
ROWS = 50
COLUMNS = ("reference", "pk", "registered_on", "aware_at", "impact", "outcome", "notified_at", "status")

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


class ByHand(WSGIHandler):
    """Django with no middleware and one page: the least that a hand-made table costs.

    It answers within a `reading` that is already open, so it neither connects nor begins a transaction.
    """

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> HttpResponseBase:
        """Without the signals of a request, which would close the connection of that reading."""
        response = self.get_response(self.request_class(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def load_middleware(self, is_async: bool = False) -> None:
        """None at all."""
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Always the one page."""
        request.resolver_match = ResolverMatch(by_hand, (), {})
        return request.resolver_match


def by_hand(_request: HttpRequest) -> HttpResponse:
    """The same rows and columns as the register's page, from values_list, in a bare page."""
    words: dict[str, dict[Any, Any]] = {
        "impact": dict(Impact.choices),
        "outcome": dict(Outcome.choices),
        "status": {
            value: f'<span class="badge">{escape(str(label))}</span>' for value, label in BreachStatus.choices
        },
    }
    rows = Breach.objects.order_by("-registered_on", "-pk").values_list(*COLUMNS)[:ROWS]
    parts = ["<!doctype html><html lang=nl><title>Datalekken</title><table><tbody>"]
    for reference, pk, registered_on, aware_at, impact, outcome, notified_at, status in rows:
        aware = localtime(aware_at)
        notified = "–" if notified_at is None else f"{localtime(notified_at):%d-%m-%Y %H.%M}"
        parts.append(
            f'<tr><th scope="row"><a href="{ADDRESS}{pk}/">{escape(reference)}</a></th>'
            f"<td>{registered_on:%d-%m-%Y}</td><td>{aware:%d-%m-%Y %H.%M}</td>"
            f"<td>{words['impact'].get(impact, '–')}</td><td>{words['outcome'].get(outcome, '–')}</td>"
            f"<td>{notified}</td><td>{words['status'].get(status, '–')}</td></tr>"
        )
    parts.append("</tbody></table></html>")
    return HttpResponse("".join(parts))


class Visitor:
    """Somebody who is signed in and asks for the register again and again."""

    def __init__(self) -> None:
        self.application: Application = get_wsgi_application()
        self.reference: Application = ByHand()
        self._cookies: dict[str, str] = {}

    def sign_in(self, database: str) -> None:
        """Begin a session in the database at hand."""
        client = Client()
        client.force_login(Account.objects.get(email=ACCOUNT))
        self._cookies[database] = (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        )

    def page(self, database: str) -> Callable[[], bytes]:
        """A function that asks for the page as a server would, and reads the answer."""
        environ = _environ()
        environ |= {"HTTP_COOKIE": self._cookies[database], "HTTP_ACCEPT_LANGUAGE": "nl"}
        return lambda: _answer(self.application, environ)

    def table(self) -> Callable[[], bytes]:
        """The same for the table made by hand."""
        environ = _environ()
        return lambda: _answer(self.reference, environ)


def _environ() -> dict[str, Any]:
    """What a server tells the application of a request for the page."""
    return {**RequestFactory().get(ADDRESS).environ, "SERVER_NAME": "localhost"}


def _answer(application: Application, environ: dict[str, Any]) -> bytes:
    told: list[str] = []
    response = application(
        {**environ, "wsgi.input": BytesIO()}, lambda status, _headers, *_more: told.append(status)
    )
    body = b"".join(response)
    if not isinstance(application, ByHand):
        response.close()
    if not told[0].startswith("200"):
        raise RuntimeError(f"{environ['PATH_INFO']}: {told[0]}")
    return body


@contextmanager
def at(database: str) -> Iterator[None]:
    """Work in another database from here on."""
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()


def measured(options: dict[str, Any]) -> dict[str, Any]:
    """Databases in turn (`databases`: rows to name): the page in each, and in one the table made by hand too."""
    databases: dict[str, str] = options["databases"]
    times, repetitions, middle_size = options["times"], options["repetitions"], options["beside"]
    visitor = Visitor()
    queries: dict[str, int] = {}
    for rows, name in databases.items():
        with at(name):
            visitor.sign_in(name)
            page = visitor.page(name)
            page()
            with CaptureQueriesContext(connection) as asked:
                body = page()
            queries[rows] = len(asked)
            expected = min(int(rows), ROWS)
            if (shown := body.count(b'<th scope="row">')) != expected:
                raise RuntimeError(f"the page shows {shown} rows instead of {expected}")
    costs: dict[str, list[Cost]] = {rows: [] for rows in databases}
    pairs: list[tuple[Cost, Cost]] = []
    for _turn in range(repetitions):
        for rows, name in databases.items():
            with at(name):
                page = visitor.page(name)
                page()
                costs[rows].append(cost(page, times))
                if rows == middle_size:
                    pairs.append((costs[rows][-1], _by_hand(visitor, times)))
    return {
        "queries": queries,
        "pages": {rows: vars(middle(found)) for rows, found in costs.items()},
        "slope": _slope(costs, options["slope"]),
        "comparison": compared(pairs).to_json(),
    }


def _by_hand(visitor: Visitor, times: int) -> Cost:
    table = visitor.table()
    with reading(Organisation.objects.get(slug=HERE).pk):
        table()
        return cost(table, times)


def _slope(costs: dict[str, list[Cost]], ends: tuple[str, str]) -> dict[str, float]:
    small, large = ends
    found = compared(list(zip(costs[large], costs[small], strict=True)))
    return {"wall": found.wall_ratio, "cpu": found.cpu_ratio}
