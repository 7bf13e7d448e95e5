"""How a claim about the structure is made: fetch its rows once, judge exactly what the digest seals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from houvast.core.report.claims import ClaimSource, Evidence, Kind, Noun, ReportContext
from houvast.core.report.evidence import seal_values
from houvast.core.report.sources import Columns
from houvast.modules.structure import permissions

Line = tuple[Any, ...]
RowsOf = Callable[[ReportContext], QuerySet[Any]]


@dataclass(frozen=True)
class Finding:
    """What the rows say: the claim's raw value, and the names of what was counted."""

    value: Any
    items: tuple[str, ...] = ()


Judge = Callable[[ReportContext, list[Line]], Finding | None]


def _plain(value: Any) -> Any:
    """The one form in which both databases' values are sealed."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def fetch(rows: QuerySet[Any], fields: Sequence[str]) -> list[Line]:
    return sorted(rows.values_list("uid", *fields, "is_example"), key=lambda line: (line[0].hex, str(line)))


def evidence_of(context: ReportContext, lines: list[Line], finding: Finding) -> Evidence:
    sealed = seal_values(context.uid, [tuple(map(_plain, (*line[:-1], int(line[-1])))) for line in lines])
    return Evidence(
        value=finding.value,
        rows=sealed.count,
        digest=sealed.digest,
        items=finding.items,
        as_of=context.as_of,
        example_rows=sealed.examples,
    )


def computed(rows: RowsOf, fields: Sequence[str], judge: Judge) -> Callable[[ReportContext], Evidence | None]:
    """Fetch the rows once; judge exactly what the digest seals."""

    def compute(context: ReportContext) -> Evidence | None:
        lines = fetch(rows(context), fields)
        finding = judge(context, [line[1:-1] for line in lines])
        return None if finding is None else evidence_of(context, lines, finding)

    return compute


def source(  # noqa: PLR0913  a claim has that many sides; all are named at the call
    name: str,
    label: str,
    kind: Kind,
    *,
    rows: RowsOf,
    fields: Sequence[str],
    judge: Judge,
    explanation: str,
    columns: Columns,
    unit: Noun | None = None,
    page: str = "structure:organogram",
) -> ClaimSource:
    return ClaimSource(
        key=f"structure.{name}",
        label=label,
        kind=kind,
        compute=computed(rows, fields, judge),
        unit=unit,
        explanation=explanation,
        permission=permissions.VIEW.key,
        rows_url=lambda context: address(page, context),
        rows=rows,
        columns=columns,
    )


def address(page: str, context: ReportContext) -> str:
    return f"{reverse(page, args=[context.organisation])}?dag={context.as_of.isoformat()}"


def named(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(values, key=str.casefold))


def distinct(lines: list[Line], key: int, name: int) -> tuple[str, ...]:
    return named(list({line[key]: line[name] for line in lines}.values()))
