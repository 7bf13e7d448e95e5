"""How modules state a claim about their rows: name the rows, the fields its digest covers, and what to show.

Each function makes a `ClaimSource`. `rows` gives the rows behind the claim in the organisation in scope, and
`part` which of them, where claims share the rest: a chapter reads and seals the rows of one `rows` function once;
`fields` are sealed by the digest (never a database id: follow the reference to a `uid` or a name);
`columns` are what a reader with the permission sees when the claim is opened: (label, path).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from houvast.core.access.permissions import Permission
from houvast.core.report.claims import (
    ClaimSource,
    Definition,
    Evidence,
    Kind,
    Noun,
    ReportContext,
    Style,
)
from houvast.core.report.evidence import Reads, Rows, find

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RowsOf = Callable[[ReportContext], QuerySet[Any]]
Columns = tuple[tuple["StrOrPromise", str], ...]
Judge = Callable[[ReportContext, Rows], Evidence | None]


def _source(  # noqa: PLR0913  a claim has that many sides; all are named at the call
    key: str,
    label: str,
    kind: Kind,
    judge: Judge,
    *,
    rows: RowsOf,
    fields: tuple[str, ...],
    columns: Columns,
    permission: Permission,
    explanation: str,
    part: Q | None = None,
    tally: str | None = None,
    unit: Noun | None = None,
    style: Style = "woord",
    list_url: Callable[[ReportContext], str] | None = None,
    definitions: tuple[Definition, ...] = (),
) -> ClaimSource:
    reads = Reads(rows, fields, part, tally)

    def compute(context: ReportContext) -> Evidence | None:
        return judge(context, find(context, reads))

    return ClaimSource(
        key=key,
        label=label,
        kind=kind,
        compute=compute,
        unit=unit,
        style=style,
        explanation=explanation,
        permission=permission.key,
        rows_url=list_url,
        rows=reads.queryset,
        columns=columns,
        reads=reads,
        definitions=definitions,
    )


def proof(found: Rows, value: Any, context: ReportContext, *, when: str = "as_of") -> Evidence:
    """Evidence for a value: `when` is "as_of" (the reference day) or "period" (the whole year)."""
    bare = Evidence(value=value, rows=found.count, digest=found.digest, example_rows=found.examples)
    if when == "period":
        return replace(bare, period=context.period)
    return replace(bare, as_of=context.as_of)


def count(key: str, label: str, *, when: str, items: str | None = None, **declared: Any) -> ClaimSource:
    """The number of rows. With `items`, the path whose values name what was counted, in Dutch order."""
    rows: RowsOf = declared["rows"]

    def judge(context: ReportContext, found: Rows) -> Evidence:
        names = (
            ()
            if items is None
            else tuple(sorted(rows(context).values_list(items, flat=True), key=str.casefold))
        )
        return replace(proof(found, found.count, context, when=when), items=names)

    return _source(key, label, Kind.COUNT, judge, **declared)


def computed(
    key: str,
    label: str,
    kind: Kind,
    *,
    value: Callable[[ReportContext], Any],
    when: str = "as_of",
    **declared: Any,
) -> ClaimSource:
    """Any other value; None means that there is nothing to state. A quantifier's value is {"n": …, "m": …}."""

    def judge(context: ReportContext, found: Rows) -> Evidence | None:
        result = value(context)
        return None if result is None else proof(found, result, context, when=when)

    return _source(key, label, kind, judge, **declared)


def tallied(
    key: str,
    label: str,
    kind: Kind,
    *,
    tally: str,
    value: Callable[[Mapping[Any, int]], Any],
    when: str = "as_of",
    **declared: Any,
) -> ClaimSource:
    """A value that follows from how many of the rows hold each value of the field `tally`, counted in the pass
    that seals them; None means that there is nothing to state.
    """

    def judge(context: ReportContext, found: Rows) -> Evidence | None:
        result = value(found.tallies[tally])
        return None if result is None else proof(found, result, context, when=when)

    return _source(key, label, kind, judge, tally=tally, **declared)
