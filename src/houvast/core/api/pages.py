"""Lists by keyset: a page begins after the last row of the one before, so the hundredth costs as much as the first."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema

from houvast.core.api.problems import Problem, fault
from houvast.core.api.schemas import Window
from houvast.core.orgs.paths import field_at

Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """Een deel van een lijst; ‘next’ is het hele adres van het volgende deel, en leeg bij het laatste."""

    items: list[Item]
    next: str | None = None


@dataclass(frozen=True)
class Order:
    """The order of a list: fields that together differ for each row, with an index that begins with them."""

    fields: tuple[str, ...]
    descending: bool = False

    @property
    def names(self) -> list[str]:
        """For `order_by`."""
        return [f"-{name}" if self.descending else name for name in self.fields]

    def cursor(self, row: Model) -> str:
        """Where a page ends, as a sign that means nothing to others."""
        values = [str(reduce(getattr, name.split("__"), row)) for name in self.fields]
        return urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")

    def beyond(self, model: type[Model], cursor: str) -> Q:
        """The rows after that place. Raises Problem (400) for a sign that this list did not give."""
        try:
            text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            values = [
                field_at(model, name).to_python(value)
                for name, value in zip(self.fields, _texts(text), strict=True)
            ]
        except (ValueError, TypeError, OverflowError, ValidationError) as error:
            told = _("Begin opnieuw zonder ‘after’, of neem het adres uit ‘next’.")
            raise Problem(400, told, errors=[fault("query", "after", told)]) from error
        return self._after(list(zip(self.fields, values, strict=True)))

    def _after(self, places: list[tuple[str, Any]]) -> Q:
        beyond = "lt" if self.descending else "gt"
        (name, value), *others = places
        if not others:
            return Q(**{f"{name}__{beyond}": value})
        # The first part is what the database finds in the index; the rest sorts out the rows with the same value.
        return Q(**{f"{name}__{beyond}e": value}) & (Q(**{f"{name}__{beyond}": value}) | self._after(others))


def _texts(text: bytes) -> list[str]:
    values = orjson.loads(text)
    if not isinstance(values, list) or not all(isinstance(v, str) and "\x00" not in v for v in values):
        raise ValueError(text)
    return values


def paged(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet[Any],
    order: Order,
    window: Window,
    shown: Callable[[Any], Item],
) -> dict[str, Any]:
    """The asked part of the rows as a Page, with a `Link` to the next one; one query."""
    if window.after is not None:
        rows = rows.filter(order.beyond(rows.model, window.after))
    found = list(rows.order_by(*order.names)[: window.limit + 1])
    following = None
    if len(found) > window.limit:
        asked = request.GET.copy()
        asked["after"] = order.cursor(found[window.limit - 1])
        following = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return {"items": [shown(row) for row in found[: window.limit]], "next": following}
