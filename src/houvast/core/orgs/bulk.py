"""Rows by the million: written past the actions, for example data of any size and nothing else.

By themselves such rows have no audit entries, so `verify` would name every one of them: `./houvast bench` leaves it at
that, in a database made for measuring; a town of the demo has them recorded in the same transaction (`audit/bulk`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import tell_database

CHUNK = 10_000
OWN = ("id", "organisation_id", "uid", "version", "recorded_at", "is_example")

# Only these are stored otherwise than Python holds them; to ask every field of every row costs more than the insert.
_STORED_OTHERWISE = (models.UUIDField, models.DateTimeField, models.DateField, models.JSONField)

Row = tuple[Any, ...]


def insert(
    organisation: Organisation,
    model: type[OrganisationModel],
    names: Sequence[str],
    rows: Iterable[Row],
    *,
    seed: int,
) -> range:
    """Write rows in one transaction and return their ids, in the order of the rows.

    A row holds the values of the columns in `names`, references as `…_id`; there is no other column without
    a default in the database than those and the base's own. The same seed gives the same uids on every
    database. Every row is marked as example data.
    """
    with transaction.atomic():
        tell_database(organisation.pk)
        first = _first_id(model)
        end = _write(model, (*OWN, *names), _completed(organisation.pk, first, rows, seed), first)
    return range(first, end)


def _completed(organisation_id: int, first: int, rows: Iterable[Row], seed: int) -> Iterator[Row]:
    bits = Random(seed).getrandbits  # noqa: S311  rows for a bench, no secret
    now = timezone.now()
    for number, row in enumerate(rows, start=first):
        yield number, organisation_id, UUID(int=bits(128), version=4), 1, now, True, *row


def _first_id(model: type[OrganisationModel]) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {connection.ops.quote_name(table)}")  # noqa: S608  own
        return int(cursor.fetchone()[0])


def _write(model: type[OrganisationModel], names: Sequence[str], rows: Iterator[Row], first: int) -> int:
    """Insert in chunks; the id after the last."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    prepare = _preparer([columns[name] for name in names])
    quoted = ", ".join(connection.ops.quote_name(str(columns[name].column)) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608  own names
    end = first
    with connection.cursor() as cursor:
        while chunk := [prepare(row) for row in islice(rows, CHUNK)]:
            cursor.executemany(statement, chunk)
            end += len(chunk)
        if connection.vendor == "postgresql" and end > first:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, end - 1]
            )
    return end


def _preparer(fields: Sequence[models.Field[Any, Any]]) -> Callable[[Row], Row]:
    places = [(at, field) for at, field in enumerate(fields) if isinstance(field, _STORED_OTHERWISE)]

    def prepare(row: Row) -> Row:
        values = list(row)
        for at, field in places:
            values[at] = field.get_db_prep_save(values[at], connection)
        return tuple(values)

    return prepare
