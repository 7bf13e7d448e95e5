"""Queries that every page asks: Django words them once, and afterwards only the values are filled in.

To word a query costs ten times what SQLite needs to answer one that finds a row by its key. This is for the
handful that stand before every page; anything else is an ordinary queryset.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from houvast.core.orgs.scope import current_organisation_id, scope_for_wording

Row = tuple[Any, ...]
_SCOPE = -1_000_001


@dataclass(frozen=True)
class _Worded:
    """The SQL, where each of its values comes from (None: the organisation in scope), and how rows are read."""

    sql: str
    places: tuple[int | None, ...]
    read: Callable[[list[Row]], list[Row]]


class Prepared:
    """A queryset of bare values over the rows in scope, as a function of its values.

    `build` makes it from `samples`: values of the right types that are all different and stand nowhere else
    in the query. Called with other values it answers the rows. Values are whole numbers, texts, days and moments.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *samples: int | str | date) -> None:
        self._build, self._samples = build, samples
        self._worded: dict[str, _Worded] = {}

    def __call__(self, *values: int | str | date) -> list[Row]:
        """The rows, in one query."""
        worded = self._worded.get(connection.vendor)
        if worded is None:
            worded = self._worded[connection.vendor] = self._word()
        parameters = [
            current_organisation_id() if place is None else _stored(values[place]) for place in worded.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(worded.sql, parameters)
            return worded.read(cursor.fetchall())

    def _word(self) -> _Worded:
        with scope_for_wording(_SCOPE):
            compiler = self._build(*self._samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        stored = [_stored(sample) for sample in self._samples]
        places = tuple(None if value == _SCOPE else stored.index(value) for value in parameters)
        converters = compiler.get_converters([column[0] for column in compiler.select])

        def read(rows: list[Row]) -> list[Row]:
            return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

        return _Worded(sql, places, read)


def _stored(value: int | str | date) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
