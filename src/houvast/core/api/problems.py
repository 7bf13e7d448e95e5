"""What goes wrong, told to programs: RFC 9457, one form for every error."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PROBLEM = "application/problem+json"

TITLES = {
    400: gettext_lazy("De vraag klopt niet"),
    401: gettext_lazy("Geen geldige toegangssleutel"),
    403: gettext_lazy("Dit mag deze toegangssleutel niet"),
    404: gettext_lazy("Dit bestaat hier niet"),
    405: gettext_lazy("Deze methode kan hier niet"),
    409: gettext_lazy("Intussen gewijzigd"),
    413: gettext_lazy("Te veel gegevens"),
    422: gettext_lazy("Dit kan volgens de regels niet"),
    428: gettext_lazy("Zeg eerst welke versie u wijzigt"),
    429: gettext_lazy("Te veel vragen"),
    500: gettext_lazy("Er ging iets mis bij ons"),
}


class Problem(Exception):  # noqa: N818  it is an answer, not a fault
    """An operation cannot do what is asked. `more` are further members of the answer, such as `errors`."""

    def __init__(self, status: int, detail: str = "", **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


def fault(place: str, name: str, detail: str) -> dict[str, str]:
    """One thing that is wrong in what was sent: where (`path`, `query`, `header`, `body`), which, and why."""
    return {"in": place, "name": name, "detail": detail}


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """The answer. `type` is left at "about:blank": the status says what kind it is, `detail` what to do."""
    told = {"status": status, "title": str(TITLES.get(status, HTTPStatus(status).phrase)), "detail": detail}
    return HttpResponse(orjson.dumps(told | more), status=status, content_type=PROBLEM)


def too_many(seconds: int) -> HttpResponse:
    """429, with when to try again."""
    answer = problem(429, _("Probeer het over %(seconds)s seconden opnieuw.") % {"seconds": seconds})
    answer["Retry-After"] = str(seconds)
    return answer


def unauthorised() -> HttpResponse:
    """401; the same whether the token, its maker's rights or the organisation is not there."""
    answer = problem(
        401,
        _(
            "Stuur een toegangssleutel van deze organisatie mee die nog werkt, als ‘Authorization: Bearer hv_…’."
        ),
    )
    answer["WWW-Authenticate"] = 'Bearer realm="Houvast"'
    return answer
