"""How a claim about the structure is made: fetch its rows once, judge exactly what the digest seals."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from houvast.core.report.claims import ClaimSource, Kind, Noun, ReportContext
from houvast.core.report.judged import Finding, Judge, Line, RowsOf, computed, evidence_of, fetch, judged
from houvast.core.report.sources import Columns
from houvast.modules.structure import permissions

__all__ = [
    "Finding",
    "Judge",
    "Line",
    "RowsOf",
    "computed",
    "distinct",
    "evidence_of",
    "fetch",
    "named",
    "source",
]


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
    return judged(
        f"structure.{name}",
        label,
        kind,
        rows=rows,
        fields=fields,
        judge=judge,
        explanation=explanation,
        columns=columns,
        permission=permissions.VIEW,
        rows_url=lambda context: address(page, context),
        unit=unit,
    )


def address(page: str, context: ReportContext) -> str:
    return f"{reverse(page, args=[context.organisation])}?dag={context.as_of.isoformat()}"


def named(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(values, key=str.casefold))


def distinct(lines: list[Line], key: int, name: int) -> tuple[str, ...]:
    return named(list({line[key]: line[name] for line in lines}.values()))
