"""How a claim about the structure is made: its permission, its page, the order of its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from houvast.core.report.claims import ClaimSource, Kind, ReportContext
from houvast.core.report.judged import Line, judged
from houvast.modules.structure import permissions


def source(
    name: str, label: str, kind: Kind, *, page: str = "structure:organogram", **declared: Any
) -> ClaimSource:
    """A claim about the structure; see `judged`."""
    return judged(
        f"structure.{name}",
        label,
        kind,
        permission=permissions.VIEW,
        list_url=lambda context: address(page, context),
        **declared,
    )


def address(page: str, context: ReportContext) -> str:
    """The page on the reference day."""
    return f"{reverse(page, args=[context.organisation])}?dag={context.as_of.isoformat()}"


def named(values: Sequence[str]) -> tuple[str, ...]:
    """In Dutch order."""
    return tuple(sorted(values, key=str.casefold))


def distinct(lines: list[Line], key: int, name: int) -> tuple[str, ...]:
    """The names of different things, one for each."""
    return named(list({line[key]: line[name] for line in lines}.values()))
