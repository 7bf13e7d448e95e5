"""The rows behind a claim: how many, and a digest over their declared fields that both databases agree on.

The digest is an HMAC-SHA-256 with the organisation's key over the canonical JSON array of the rows, each an
array of `uid`, the declared fields in their order and the example mark, sorted by `uid`. The database itself
writes each row in that form, so a million rows pass through without an object being made of any, and claims
about parts of the same rows are sealed in one pass.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import itemgetter, methodcaller
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.db import models
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Combinable

from houvast.core.audit.seals import organisation_key
from houvast.core.orgs.scope import current_organisation_id

if TYPE_CHECKING:
    from houvast.core.report.claims import ReportContext

CHUNK = 5_000

# How each database writes a column of that type: the SQL of SQLite, then that of PostgreSQL.
SAME = "%(expressions)s"
FORMS: tuple[tuple[type[models.Field[Any, Any]], str, str], ...] = (
    (models.UUIDField, SAME, "REPLACE((%(expressions)s)::text, '-', '')"),
    (models.BooleanField, SAME, "(%(expressions)s)::int"),
    (
        models.DateTimeField,
        "REPLACE(SUBSTR(%(expressions)s, 1, 19), ' ', 'T')",
        "TO_CHAR((%(expressions)s) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')",
    ),
    (models.DateField, SAME, "TO_CHAR(%(expressions)s, 'YYYY-MM-DD')"),
    (
        models.DecimalField,
        # PRINTF would write a missing value as nought.
        "CASE WHEN %(expressions)s IS NOT NULL THEN PRINTF('%%.6f', %(expressions)s) END",
        "TO_CHAR(%(expressions)s, 'FM9999999999990.000000')",
    ),
    (models.CharField, SAME, SAME),
    (models.TextField, SAME, SAME),
    (models.IntegerField, SAME, SAME),
)


class PerDatabase(Func):
    """A piece of SQL that each database words in its own way."""

    templates: dict[str, str]

    def as_sql(self, compiler: Any, connection: Any, *_given: Any, **extra: Any) -> Any:
        """The template of the database at hand."""
        return super().as_sql(compiler, connection, **extra, template=self.templates[connection.vendor])


class Plain(PerDatabase):
    """A column in the one form that both databases write alike."""

    def __init__(self, path: str, sqlite: str, postgresql: str) -> None:
        super().__init__(F(path), output_field=TextField())
        self.templates = {"sqlite": sqlite, "postgresql": postgresql}


class Item(PerDatabase):
    """A value as JSON, null included, where the row is put together as text."""

    templates = {"sqlite": SAME, "postgresql": "COALESCE(TO_JSON(%(expressions)s)::text, 'null')"}
    output_field = TextField()


class Line(PerDatabase):
    """A row as a canonical JSON array: no spaces, text escaped as JSON prescribes and no further."""

    templates = {
        "sqlite": "JSON_ARRAY(%(expressions)s)",
        "postgresql": "'[' || CONCAT_WS(',', %(expressions)s) || ']'",
    }
    output_field = TextField()


@dataclass(frozen=True)
class Rows:
    """How many rows there were, how many of them are example data, and their digest (hexadecimal)."""

    count: int
    examples: int
    digest: str


@dataclass(frozen=True)
class Reads:
    """What a claim reads: rows of the organisation in scope, the fields its digest covers, and which part.

    Claims with the same `rows` function and the same `fields` are sealed in one pass, each its own part.
    """

    rows: Callable[[ReportContext], QuerySet[Any]]
    fields: tuple[str, ...]
    part: Q | None = None

    def queryset(self, context: ReportContext) -> QuerySet[Any]:
        """The rows of the part."""
        return self.rows(context) if self.part is None else self.rows(context).filter(self.part)


@dataclass
class _Batch:
    """Which parts of the same rows are asked for, and what one pass over them found."""

    parts: dict[tuple[Any, ...], list[Q | None]] = field(default_factory=dict)
    found: dict[tuple[Any, ...], dict[Q | None, Rows]] = field(default_factory=dict)


_batch: ContextVar[_Batch | None] = ContextVar("batch", default=None)


@contextmanager
def together(reads: Iterable[Reads]) -> Iterator[None]:
    """Seal these in one pass per set of rows, for claims computed inside. Only within one `reading`."""
    batch = _Batch()
    for one in reads:
        parts = batch.parts.setdefault((one.rows, one.fields), [])
        if one.part not in parts:
            parts.append(one.part)
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)


def find(context: ReportContext, reads: Reads) -> Rows:
    """Count and seal what a claim reads, together with others where that was announced."""
    batch, same = _batch.get(), (reads.rows, reads.fields)
    if batch is None or reads.part not in batch.parts.get(same, ()):
        return examine(context.uid, reads.queryset(context), reads.fields)
    asked = (*same, context, current_organisation_id())
    if asked not in batch.found:
        parts = batch.parts[same]
        sealed = examine_parts(context.uid, reads.rows(context), reads.fields, parts)
        batch.found[asked] = dict(zip(parts, sealed, strict=True))
    return batch.found[asked][reads.part]


def field_at(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    """The field at the end of a path (`incident__uid`); raises FieldDoesNotExist."""
    *references, last = path.split(LOOKUP_SEP)
    for name in references:
        related = model._meta.get_field(name).related_model
        assert isinstance(related, type)
        model = related
    found = model._meta.get_field(last)
    assert isinstance(found, models.Field)
    return found


def plain(model: type[models.Model], path: str) -> Plain:
    """The expression for a declared field. Raises TypeError for a type that databases write each their own way."""
    found = field_at(model, path)
    for kind, sqlite, postgresql in FORMS:
        if isinstance(found, kind):
            return Plain(path, sqlite, postgresql)
    raise TypeError(f"{found} cannot be sealed alike on both databases")


def examine(organisation_uid: UUID, rows: QuerySet[Any], fields: tuple[str, ...]) -> Rows:
    """Count and seal the rows, with that organisation's key, in one pass over one query."""
    return examine_parts(organisation_uid, rows, fields, [None])[0]


def examine_parts(
    organisation_uid: UUID, rows: QuerySet[Any], fields: tuple[str, ...], parts: Sequence[Q | None]
) -> list[Rows]:
    """The same for several parts of the rows at once (None is all of them), still in one query."""
    seals = [_Seal(organisation_uid) for _part in parts]
    for lines, *marks in _stream(rows, fields, [part for part in parts if part is not None]):
        places = iter(marks)
        for seal, part in zip(seals, parts, strict=True):
            seal.add(lines if part is None else list(compress(lines, next(places))))
    return [seal.rows() for seal in seals]


def _stream(
    rows: QuerySet[Any], fields: tuple[str, ...], parts: Sequence[Q]
) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Chunks by column: the lines, and for each part the marks of the rows that belong to it."""
    line = Line(*(Item(plain(rows.model, path)) for path in ("uid", *fields, "is_example")))
    marks: list[Combinable] = [
        Case(When(part, then=Value(1)), default=Value(0), output_field=IntegerField()) for part in parts
    ]
    chosen: QuerySet[Any] = rows.order_by("uid").values_list(line, *marks)
    # Django's own iterator() looks at every value for something to convert; there is nothing here.
    chunks = chosen.query.get_compiler(chosen.db).execute_sql(chunked_fetch=True, chunk_size=CHUNK)
    return (tuple(zip(*chunk, strict=True)) for chunk in chunks)


def seal_values(organisation_uid: UUID, values: list[tuple[Any, ...]]) -> Rows:
    """The same over rows at hand; the last value of each is the example mark."""
    seal = _Seal(organisation_uid)
    seal.add([orjson.dumps(row).decode() for row in values])
    return replace(seal.rows(), examples=sum(map(itemgetter(-1), values)))


_is_example = methodcaller("endswith", "1]")


class _Seal:
    """A count and a digest that grow by lines, each a row as canonical JSON that ends with its example mark."""

    def __init__(self, organisation_uid: UUID) -> None:
        self._mac = hmac.new(organisation_key(organisation_uid, "claims"), b"[", "sha256")
        self._count = self._examples = 0

    def add(self, lines: Sequence[str]) -> None:
        """Further rows, in order."""
        if lines:
            self._mac.update(b"," if self._count else b"")
            self._mac.update(",".join(lines).encode())
            self._count += len(lines)
            self._examples += sum(map(_is_example, lines))

    def rows(self) -> Rows:
        """What it all came to."""
        mac = self._mac.copy()
        mac.update(b"]")
        return Rows(self._count, self._examples, mac.hexdigest())
