"""Claims that follow from a few rows: fetch them once, and judge exactly what the digest seals.

For registers of tens of rows. What counts many rows is declared with `sources`, which never makes an object of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from houvast.core.access.permissions import Permission
from houvast.core.report.claims import ClaimSource, Evidence, Kind, Noun, Period, ReportContext
from houvast.core.report.evidence import once, seal_values
from houvast.core.report.sources import Columns

Line = tuple[Any, ...]
RowsOf = Callable[[ReportContext], QuerySet[Any]]


@dataclass(frozen=True)
class Finding:
    """What the rows say: the claim's raw value, the names of what was counted, and the period where it is about one."""

    value: Any
    items: tuple[str, ...] = ()
    period: Period | None = None


Judge = Callable[[ReportContext, list[Line]], Finding | None]
"""Given the fields of every row, in the order of `uid`; None where there is nothing to state."""


def _plain(value: Any) -> Any:
    """The one form in which both databases' values are sealed."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def fetch(rows: QuerySet[Any], fields: Sequence[str]) -> list[Line]:
    """The rows with their uid before and their example mark behind the fields, in the order of uid."""
    return sorted(rows.values_list("uid", *fields, "is_example"), key=lambda line: (line[0].hex, str(line)))


def evidence_of(context: ReportContext, lines: list[Line], finding: Finding) -> Evidence:
    """The finding with the seal of the rows; without a period it is about the reference day."""
    sealed = seal_values(context.uid, [tuple(map(_plain, (*line[:-1], int(line[-1])))) for line in lines])
    return Evidence(
        value=finding.value,
        rows=sealed.count,
        digest=sealed.digest,
        items=finding.items,
        as_of=None if finding.period else context.as_of,
        period=finding.period,
        example_rows=sealed.examples,
    )


def computed(rows: RowsOf, fields: Sequence[str], judge: Judge) -> Callable[[ReportContext], Evidence | None]:
    """Fetch the rows once, for all claims of a chapter that rest on the same; judge exactly what the digest seals."""
    same = (rows, tuple(fields))

    def compute(context: ReportContext) -> Evidence | None:
        lines = once(context, same, lambda: fetch(rows(context), fields))
        finding = judge(context, [line[1:-1] for line in lines])
        return None if finding is None else evidence_of(context, lines, finding)

    return compute


def judged(  # noqa: PLR0913  a claim has that many sides; all are named at the call
    key: str,
    label: str,
    kind: Kind,
    *,
    rows: RowsOf,
    fields: Sequence[str],
    judge: Judge,
    explanation: str,
    columns: Columns,
    permission: Permission,
    unit: Noun | None = None,
    list_url: Callable[[ReportContext], str] | None = None,
) -> ClaimSource:
    """A claim whose value `judge` finds in the rows."""
    return ClaimSource(
        key=key,
        label=label,
        kind=kind,
        compute=computed(rows, fields, judge),
        unit=unit,
        explanation=explanation,
        permission=permission.key,
        rows_url=list_url,
        rows=rows,
        columns=columns,
    )
