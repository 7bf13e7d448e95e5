"""Reading which workbooks were read in."""

from __future__ import annotations

from houvast.core.workbooks.models import WorkbookImport

SHOWN = 10


def earlier(workbook: str) -> list[WorkbookImport]:
    """The last imports of a workbook, newest first. Whoever asks may read it in."""
    return list(WorkbookImport.objects.filter(workbook=workbook).order_by("-pk")[:SHOWN])
