"""Taking the content out of rows: what a column holds afterwards, and in which order rows go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import OrganisationModel
from houvast.core.registry import RetentionClass
from houvast.core.retention.queries import model_of
from houvast.core.retention.rules import DESTROYED, Manner


@dataclass(frozen=True)
class Fate:
    """What happens to one row: without columns it is removed, else they lose their content.

    record: the uid of the record that the row belongs to, or is.
    """

    row: OrganisationModel
    columns: tuple[str, ...]
    record: UUID

    @property
    def manner(self) -> Manner:
        return Manner.REDACTED if self.columns else Manner.REMOVED

    @property
    def table(self) -> str:
        return str(self.row._meta.label_lower)


def emptied(field: models.Field[Any, Any], value: Any) -> Any:
    """What stands in the place of a value: nothing where the column allows that, else a word that says so.

    An empty value stays empty: that nobody filled it in is no content. Raises TypeError for a column that can
    neither be empty nor hold a word.
    """
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField):
        short = isinstance(field, models.EmailField) or len(DESTROYED) > (field.max_length or len(DESTROYED))
        return "" if short or not value else DESTROYED
    raise TypeError(f"{field} cannot lose its content")


def fates(one: RetentionClass, records: Sequence[OrganisationModel]) -> Iterator[Fate]:
    """What happens to records of one register and to what hangs on them: first that, then the records."""
    for part in one.parts:
        model = model_of(part.table)
        yield from _parts(model.objects.all(), part.owner, part.redact, records)
    if one.files:
        yield from _parts(StoredFile.objects.all(), "subject_uid", (), records)
    yield from (Fate(row, one.redact, row.uid) for row in records)


def _parts(
    rows: QuerySet[Any], owner: str, columns: tuple[str, ...], records: Sequence[OrganisationModel]
) -> Iterator[Fate]:
    """The rows whose column names one of the records, by its uid or as a reference."""
    if isinstance(rows.model._meta.get_field(owner), models.UUIDField):
        tables = {record._meta.label_lower for record in records}
        found = rows.filter(subject_table__in=tables, **{f"{owner}__in": [record.uid for record in records]})
        yield from (Fate(row, columns, getattr(row, owner)) for row in found.order_by("pk"))
    else:
        of = {record.pk: record.uid for record in records}
        found = rows.filter(**{f"{owner}__in": list(of)})
        yield from (Fate(row, columns, of[getattr(row, f"{owner}_id")]) for row in found.order_by("pk"))


def carry_out(fate: Fate) -> dict[str, str]:
    """Take the content out of the row, or remove it; what is to be told of it in the trail. Within an action."""
    if not fate.columns:
        fate.row.delete()
        return {"destroyed": str(Manner.REMOVED)}
    for name in fate.columns:
        field = fate.row._meta.get_field(name)
        assert isinstance(field, models.Field)
        setattr(fate.row, name, emptied(field, getattr(fate.row, name)))
    fate.row.save()
    return {"destroyed": str(Manner.REDACTED)}
