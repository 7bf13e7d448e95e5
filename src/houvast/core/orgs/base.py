"""The bases of every table: rows of one organisation, with an identity, a version and a mark."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.marks import is_example, new_uid
from houvast.core.orgs.scope import NoOrganisation, current_organisation_id, current_writing


class Conflict(Exception):  # noqa: N818  it is an answer, not a fault
    """Somebody else changed the row since the reader opened it. Carries the row as it is now."""

    def __init__(self, current: OrganisationModel) -> None:
        super().__init__(_("Iemand anders heeft dit intussen gewijzigd."))
        self.current = current


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows of the organisation in scope. Writing in bulk would pass the audit trail by, so it is refused."""

    def _refuse(self, *_args: object, **_kwargs: object) -> Any:
        raise NotImplementedError("Save rows one by one in an action, or use bulk_load().")

    update = bulk_create = bulk_update = delete = _refuse


class ScopedManager(models.Manager[Any]):
    """The manager every table has: it raises NoOrganisation where no organisation is in scope."""

    use_in_migrations = False

    def get_queryset(self) -> ScopedQuerySet:
        """Only rows of the organisation in scope."""
        rows = ScopedQuerySet(self.model, using=self._db)
        return rows.filter(organisation_id=current_organisation_id())


class ScopedModel(models.Model):
    """A row of one organisation. `across_organisations` is for `core/` alone; a test sees to that."""

    # What the database itself refuses, on both engines: see locks.py.
    append_only: ClassVar[bool] = False
    never_deleted: ClassVar[bool] = False
    # The column by which a certificate of destruction names a row, and so opens its lock; empty: nothing does.
    destroyed_by: ClassVar[str] = ""
    # Years after the moment `at` from which a row of an append-only table may be deleted; 0: never.
    kept_years: ClassVar[int] = 0

    organisation = models.ForeignKey(
        "orgs.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        editable=False,
    )

    objects = ScopedManager()
    across_organisations = models.Manager[Self]()

    class Meta:
        abstract = True
        base_manager_name = "across_organisations"

    def _claim_scope(self) -> None:
        scope = current_organisation_id()
        if self.organisation_id is None:
            self.organisation_id = scope
        if self.organisation_id != scope:
            raise NoOrganisation("This row belongs to another organisation than the one in scope.")


class OrganisationModel(ScopedModel):
    """A row of a register.

    uid: stable identity, the same after a move to another database.
    version: counts changes; an action that changes a row names the version its reader saw.
    recorded_at: when the row was first written (transaction time).
    is_example: made up so that a count could be computed; the chapter says so.
    """

    # Fields the audit trail never copies: it says "changed" instead. Free text and names belong here.
    unrecorded_fields: ClassVar[frozenset[str]] = frozenset()
    destroyed_by: ClassVar[str] = "uid"

    uid = models.UUIDField(default=new_uid, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    is_example = models.BooleanField(_("voorbeeldgegeven"), default=is_example, editable=False)

    class Meta:
        abstract = True
        base_manager_name = "across_organisations"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Write within an action. Raises WriteOutsideAction, or NoOrganisation for a foreign row."""
        work = current_writing()
        self._claim_scope()
        if not self._state.adding:
            self.version += 1
            update_fields = None if update_fields is None else {*update_fields, "version"}
        super().save(*args, update_fields=update_fields, **kwargs)
        work.touched[self._meta.label, self.pk] = self

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove within an action; the entry that records it stays."""
        work = current_writing()
        self._claim_scope()
        key = (self._meta.label, self.pk)
        work.touched[key] = self
        work.deleted.add(key)
        return super().delete(*args, **kwargs)


Row = TypeVar("Row", bound=OrganisationModel)


def lock(model: type[Row], pk: int, expected_version: int | None = None) -> Row:
    """Fetch a row to change it. Raises its DoesNotExist, or Conflict when the reader's version is stale."""
    row: Row = model.objects.select_for_update(of=("self",)).get(pk=pk)
    if expected_version is not None and row.version != expected_version:
        raise Conflict(row)
    return row


class PeriodModel(OrganisationModel):
    """Something that holds from a day until, not including, another day.

    Valid time is `valid_from` and the exclusive, open `valid_until`. A correction never overwrites: it
    sets `withdrawn_at` on the row that was wrong and adds the right one, so that what was known on an
    earlier moment can still be told.
    """

    valid_from = models.DateField(_("vanaf"))
    valid_until = models.DateField(_("tot"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        base_manager_name = "across_organisations"


def as_of(day: date, *, known_at: datetime | None = None, prefix: str = "") -> Q:
    """The periods that hold on `day`, as far as was known at `known_at` (default: now)."""
    valid = Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})
    )
    return valid & known(known_at, prefix=prefix)


def known(known_at: datetime | None = None, *, prefix: str = "") -> Q:
    """The periods that were believed at `known_at` (default: now)."""
    believed = Q(**{f"{prefix}withdrawn_at__isnull": True})
    if known_at is None:
        return believed
    return Q(**{f"{prefix}recorded_at__lte": known_at}) & (
        believed | Q(**{f"{prefix}withdrawn_at__gt": known_at})
    )


def overlapping(start: date, until: date | None, *, prefix: str = "") -> Q:
    """The believed periods that share a day with [start, until)."""
    ends_later = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": start})
    begins_before = Q() if until is None else Q(**{f"{prefix}valid_from__lt": until})
    return ends_later & begins_before & known(prefix=prefix)


def table_rules(name: str, *, period: bool = False) -> tuple[list[Any], list[Any]]:
    """Constraints and indexes that every table has: `(constraints, indexes)`, all led by organisation."""
    constraints: list[Any] = [
        models.UniqueConstraint(fields=["organisation", "uid"], name=f"{name}_uid"),
        models.UniqueConstraint(fields=["organisation", "id"], name=f"{name}_key"),
    ]
    indexes: list[Any] = []
    if period:
        constraints.append(
            models.CheckConstraint(
                name=f"{name}_period",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")),
            ),
        )
        indexes.append(models.Index(fields=["organisation", "valid_from"], name=f"{name}_from"))
    return constraints, indexes
