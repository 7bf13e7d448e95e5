"""The rows behind a claim: how many, and a digest over their declared fields that both databases agree on.

The digest is an HMAC-SHA-256 with the organisation's key over the canonical JSON array of the rows, each an
array of `uid`, the declared fields in their order and the example mark, sorted by `uid`. The database itself
writes each row in that form, so a million rows pass through without an object being made of any, and claims
about parts of the same rows are sealed in one pass.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import orjson
from django.db import models
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable

from houvast.core.audit.seals import organisation_key
from houvast.core.orgs.paths import field_at
from houvast.core.orgs.scope import current_organisation_id
from houvast.core.report.prints import keep, prints_for

if TYPE_CHECKING:
    from houvast.core.report.claims import ReportContext

# So many rows at a time stay in the processor's cache; ten times as many cost a tenth more.
CHUNK = 1_000

# How each database writes a column of that type: the SQL of SQLite, then that of PostgreSQL.
SAME = "%(expressions)s"
FORMS: tuple[tuple[type[models.Field[Any, Any]], str, str], ...] = (
    (models.UUIDField, SAME, "REPLACE((%(expressions)s)::text, '-', '')"),
    (models.BooleanField, SAME, "(%(expressions)s)::int"),
    (
        models.DateTimeField,
        # As SQLite stores it, without the fraction: to the second, in UTC.
        "SUBSTR(%(expressions)s, 1, 19)",
        "TO_CHAR((%(expressions)s) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')",
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


T = TypeVar("T")


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


class Sorted(PerDatabase):
    """The order of a column, by sorting: SQLite's index on it would lead to a row on another page each time."""

    templates = {"sqlite": "+%(expressions)s", "postgresql": SAME}


@dataclass(frozen=True)
class Rows:
    """How many rows there were, how many of them are example data, and their digest (hexadecimal).

    tallies: by the path of a field, how many of the rows hold each value, in the form that is sealed.
    """

    count: int
    examples: int
    digest: str
    tallies: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reads:
    """What a claim reads: rows of the organisation in scope, the fields its digest covers, and which part.

    tally: one of the fields, of which the claim needs how many rows hold each value; only of the rows as a whole.
    Claims with the same `rows` function and the same `fields` are sealed in one pass, each its own part.
    Raises ValueError for a tally of a part, or of a field that the digest does not cover.
    """

    rows: Callable[[ReportContext], QuerySet[Any]]
    fields: tuple[str, ...]
    part: Q | None = None
    tally: str | None = None

    def __post_init__(self) -> None:
        if self.tally is not None and (self.part is not None or self.tally not in self.fields):
            raise ValueError(f"{self.tally} is tallied over whole rows whose digest covers it")

    def queryset(self, context: ReportContext) -> QuerySet[Any]:
        """The rows of the part."""
        return self.rows(context) if self.part is None else self.rows(context).filter(self.part)


@dataclass(frozen=True)
class _Wanted:
    """What is asked of the same rows: parts to seal, and fields to tally over all of them."""

    parts: tuple[Q | None, ...]
    tallies: tuple[str, ...]


@dataclass
class _Batch:
    """What is asked of each set of rows, and what one pass over them found, by part."""

    wanted: dict[tuple[Any, ...], _Wanted]
    found: dict[tuple[Any, ...], dict[Q | None, Rows]] = field(default_factory=dict)
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict)


_batch: ContextVar[_Batch | None] = ContextVar("batch", default=None)


def _gather(reads: Iterable[Reads]) -> dict[tuple[Any, ...], _Wanted]:
    """Each part and each tally once, by the rows and the sealed fields they share."""
    same: dict[tuple[Any, ...], list[Reads]] = {}
    for one in reads:
        same.setdefault((one.rows, one.fields), []).append(one)
    return {
        rows: _Wanted(
            tuple(dict.fromkeys(one.part for one in asked)),
            tuple(dict.fromkeys(one.tally for one in asked if one.tally is not None)),
        )
        for rows, asked in same.items()
    }


@contextmanager
def together(reads: Iterable[Reads]) -> Iterator[None]:
    """Seal these in one pass per set of rows, for claims computed inside. Only within one `reading`."""
    token = _batch.set(_Batch(_gather(reads)))
    try:
        yield
    finally:
        _batch.reset(token)


def once(context: ReportContext, same: tuple[Any, ...], read: Callable[[], T]) -> T:
    """What `read` gives, read once for all claims of a chapter that name the `same`; outside a chapter each time."""
    batch = _batch.get()
    if batch is None:
        return read()
    asked = (*same, context, current_organisation_id())
    if asked not in batch.kept:
        batch.kept[asked] = read()
    kept: T = batch.kept[asked]
    return kept


def find(context: ReportContext, reads: Reads) -> Rows:
    """Count and seal what a claim reads, together with others where that was announced."""
    batch, same = _batch.get(), (reads.rows, reads.fields)
    wanted = batch.wanted.get(same) if batch else None
    if batch is None or wanted is None or reads.part not in wanted.parts:
        tallies = () if reads.tally is None else (reads.tally,)
        return examine_parts(context.uid, reads.queryset(context), reads.fields, [None], tallies)[0]
    asked = (*same, context, current_organisation_id())
    if asked not in batch.found:
        sealed = examine_parts(context.uid, reads.rows(context), reads.fields, wanted.parts, wanted.tallies)
        batch.found[asked] = dict(zip(wanted.parts, sealed, strict=True))
    return batch.found[asked][reads.part]


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
    organisation_uid: UUID,
    rows: QuerySet[Any],
    fields: tuple[str, ...],
    parts: Sequence[Q | None],
    tallies: Sequence[str] = (),
) -> list[Rows]:
    """The same for several parts of the rows at once (None is all of them, with the tallies), still in one query."""
    seals = [_Seal(organisation_uid) for _part in parts]
    counters: dict[str, Counter[Any]] = {path: Counter() for path in tallies}
    marked = [part for part in parts if part is not None]
    for lines, examples, *others in _stream(rows, fields, marked, tallies):
        marks = iter(others[: len(marked)])
        for seal, part in zip(seals, parts, strict=True):
            if part is None:
                seal.add(lines, examples)
            else:
                chosen = next(marks)
                seal.add(list(compress(lines, chosen)), compress(examples, chosen))
        for counter, values in zip(counters.values(), others[len(marked) :], strict=True):
            counter.update(values)
    return [
        seal.rows() if part is not None else replace(seal.rows(), tallies=counters)
        for seal, part in zip(seals, parts, strict=True)
    ]


def _stream(
    rows: QuerySet[Any], fields: tuple[str, ...], parts: Sequence[Q], tallies: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Chunks by column: the lines, the example marks, for each part the marks of its rows, the values to tally."""
    items = {path: plain(rows.model, path) for path in ("uid", *fields, "is_example")}
    marks: list[Combinable] = [
        Case(When(part, then=Value(1)), default=Value(0), output_field=IntegerField()) for part in parts
    ]
    columns = [Line(*map(Item, items.values())), items["is_example"], *marks]
    chosen: QuerySet[Any] = rows.order_by(Sorted(F("uid"))).values_list(
        *columns, *(items[path] for path in tallies)
    )
    # Django's own iterator() looks at every value for something to convert; there is nothing here.
    chunks = chosen.query.get_compiler(chosen.db).execute_sql(chunked_fetch=True, chunk_size=CHUNK)
    return (tuple(zip(*chunk, strict=True)) for chunk in chunks)


def seal_values(organisation_uid: UUID, values: list[tuple[Any, ...]]) -> Rows:
    """The same over rows at hand; the last value of each is the example mark."""
    seal = _Seal(organisation_uid)
    seal.add([orjson.dumps(row).decode() for row in values], map(itemgetter(-1), values))
    return seal.rows()


class _Seal:
    """A count and a digest that grow by lines, each a row as canonical JSON."""

    def __init__(self, organisation_uid: UUID) -> None:
        self._mac = hmac.new(organisation_key(organisation_uid, "claims"), b"[", "sha256")
        self._count = self._examples = 0
        self._prints = prints_for(organisation_uid)

    def add(self, lines: Sequence[str], examples: Iterable[int]) -> None:
        """Further rows, in order, with the example mark of each."""
        if lines:
            self._mac.update(b"," if self._count else b"")
            self._mac.update(",".join(lines).encode())
            self._count += len(lines)
            self._examples += sum(examples)
            if self._prints is not None:
                self._prints.add(lines)

    def rows(self) -> Rows:
        """What it all came to."""
        mac = self._mac.copy()
        mac.update(b"]")
        keep(digest := mac.hexdigest(), self._prints)
        return Rows(self._count, self._examples, digest)
