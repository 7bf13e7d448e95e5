"""What a reader who may see them gets to see of the rows behind a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.orgs.paths import field_at
from houvast.core.report.claims import ClaimSource, ReportContext

SHOWN = 25


@dataclass(frozen=True)
class RowTable:
    """The first rows behind a claim, as text, with the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: bool

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The rows as `(column, cell)`, for where each cell says itself what it is."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def may_open(actor: Actor, source: ClaimSource | None) -> bool:
    """Whether the actor may see the rows: the register's own permission decides.

    A claim counts the whole organisation, so who holds it in some units only would see rows of the others.
    """
    if source is None or source.rows is None or source.permission is None:
        return False
    if actor.scopes is not None and source.permission not in actor.scopes:
        return False
    return actor.is_system or (
        source.permission in actor.permissions and actor.permissions[source.permission] is None
    )


def row_table(source: ClaimSource, context: ReportContext) -> RowTable:
    """The first rows, newest first, in one query."""
    assert source.rows is not None
    queryset = source.rows(context)
    paths = [path for _label, path in source.columns]
    choices = [_choices(queryset.model, path) for path in paths]
    found = list(queryset.order_by("-pk").values_list(*paths)[: SHOWN + 1])
    rows = tuple(tuple(_plain(v, c) for v, c in zip(row, choices, strict=True)) for row in found[:SHOWN])
    return RowTable(tuple(str(label) for label, _path in source.columns), rows, len(found) > SHOWN)


def _choices(model: type[Model], path: str) -> dict[Any, Any]:
    """The words for the values of a field; none for what a query computed."""
    try:
        return dict(field_at(model, path).flatchoices)
    except FieldDoesNotExist:
        return {}


def _plain(value: Any, choices: dict[Any, Any]) -> str:
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if isinstance(value, datetime):
        return f"{localtime(value):%d-%m-%Y %H.%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return "–" if value is None or value == "" else str(value)
