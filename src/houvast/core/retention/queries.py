"""What is due, what is held, which lists there are, and what was destroyed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import OrganisationModel, as_of, known
from houvast.core.registry import RecordName, RetentionClass, modules
from houvast.core.retention import permissions
from houvast.core.retention.models import (
    Destroyed,
    DestructionCertificate,
    DestructionItem,
    DestructionList,
    Hold,
    RetentionDeviation,
)
from houvast.core.retention.rules import OPEN, ListStatus, due_on, latest_start


class UnknownClass(KeyError):  # noqa: N818  the name says what is wrong
    """No module declares a retention class with this key."""


def declared() -> tuple[RetentionClass, ...]:
    """The classes of all modules, in a stable order."""
    return tuple(one for module in modules() for one in module.retention)


def declaration(key: str) -> RetentionClass:
    """The class with this key. Raises UnknownClass."""
    for one in declared():
        if one.key == key:
            return one
    raise UnknownClass(key)


def model_of(table: str) -> type[OrganisationModel]:
    """The register of a table's name."""
    model = apps.get_model(table)
    assert issubclass(model, OrganisationModel)
    return model


@dataclass(frozen=True)
class Term:
    """How long a class is kept on a day: the years, None for ever, and the deviation that says so."""

    years: int | None
    deviation: RetentionDeviation | None = None


def deviations(day: date) -> dict[str, RetentionDeviation]:
    """The deviations that hold on a day, by class. One query."""
    rows = RetentionDeviation.objects.filter(as_of(day)).order_by("pk")
    return {row.retention_class: row for row in rows}


def terms(day: date) -> dict[str, Term]:
    """The term of every class on a day. One query."""
    own = deviations(day)
    return {
        one.key: Term(own[one.key].years, own[one.key]) if one.key in own else Term(one.years)
        for one in declared()
    }


@dataclass(frozen=True)
class Due:
    """A record whose time is over."""

    retention_class: str
    table: str
    uid: UUID
    starts_on: date
    due_on: date


def _day_lookup(model: type[models.Model], column: str) -> str:
    is_moment = isinstance(model._meta.get_field(column), models.DateTimeField)
    return f"{column}__date__lte" if is_moment else f"{column}__lte"


def _started(one: RetentionClass) -> QuerySet[Any]:
    """The records of a class that its time runs for, and that were not destroyed before."""
    assert one.rows is not None
    rows = one.rows()
    before = Destroyed.objects.filter(
        retention_class=one.key, subject_table=rows.model._meta.label_lower, subject_uid=OuterRef("uid")
    )
    return rows.order_by().filter(~Exists(before), **{f"{one.counts_from}__isnull": False})


def _over(one: RetentionClass, years: int, day: date) -> QuerySet[Any]:
    rows = _started(one)
    until = latest_start(day, years, end_of_year=one.end_of_year)
    return rows.filter(**{_day_lookup(rows.model, one.counts_from): until})


def _held(rows: QuerySet[Any], day: date) -> Exists:
    """Whether a record of the rows is held on the day."""
    table = rows.model._meta.label_lower
    return Exists(Hold.objects.filter(as_of(day), subject_table=table, subject_uid=OuterRef("uid")))


def held_classes(day: date) -> frozenset[str]:
    """The classes of which nothing is destroyed on the day. One query."""
    rows = Hold.objects.filter(as_of(day)).exclude(retention_class="")
    return frozenset(rows.values_list("retention_class", flat=True))


@dataclass(frozen=True)
class Stopped:
    """What is held on a day: whole classes, and records by their uid."""

    classes: frozenset[str]
    records: frozenset[UUID]

    def stops(self, key: str, record: UUID) -> bool:
        """Whether a record of a class stays."""
        return key in self.classes or record in self.records


def held_on(day: date) -> Stopped:
    """What is held on the day. Two queries."""
    rows = Hold.objects.filter(as_of(day), retention_class="")
    return Stopped(held_classes(day), frozenset(rows.values_list("subject_uid", flat=True)))


def _listed() -> Exists:
    """Whether a record stands on a list that is still open."""
    open_items = DestructionItem.objects.filter(destruction_list__status__in=OPEN)
    return Exists(open_items.filter(subject_uid=OuterRef("uid")))


def _start_of(value: date | datetime) -> date:
    return localdate(value) if isinstance(value, datetime) else value


def due(day: date, *, most: int | None = None, uids: Collection[UUID] | None = None) -> Iterator[Due]:
    """What is due on a day, is not held and stands on no open list, the longest waiting first.

    With `uids` only those of them, also where they stand on a list. A query per class that has a term.
    """
    left, closed = most, held_classes(day)
    for one, term in _running(day):
        if one.key in closed or left == 0:
            continue
        rows = _over(one, term, day)
        rows = rows.filter(~_held(rows, day))
        rows = rows.filter(~_listed()) if uids is None else rows.filter(uid__in=uids)
        found = rows.order_by(one.counts_from, "pk").values_list("uid", one.counts_from)[:left]
        for uid, start in found:
            starts_on = _start_of(start)
            last = due_on(starts_on, term, end_of_year=one.end_of_year)
            yield Due(one.key, rows.model._meta.label_lower, uid, starts_on, last)
        left = None if left is None else left - len(found)


def _running(day: date) -> Iterator[tuple[RetentionClass, int]]:
    """The classes of which something can be due, with their years."""
    found = terms(day)
    for one in declared():
        years = found[one.key].years
        if one.rows is not None and years is not None:
            yield one, years


@dataclass(frozen=True)
class ClassState:
    """A class as the overview shows it.

    due: how many records are due and can be destroyed; held: how many are due and are not destroyed yet; next_on:
    when the first of the others is due.
    """

    declared: RetentionClass
    term: Term
    due: int = 0
    held: int = 0
    next_on: date | None = None
    is_held: bool = False


def states(day: date) -> tuple[ClassState, ...]:
    """Every class on a day. Three queries, and two for each class that has a term."""
    found, closed = terms(day), held_classes(day)
    return tuple(_state(one, found[one.key], day, one.key in closed) for one in declared())


def _state(one: RetentionClass, term: Term, day: date, is_held: bool) -> ClassState:
    if one.rows is None or term.years is None:
        return ClassState(one, term, is_held=is_held)
    over = _over(one, term.years, day)
    counted = over.annotate(is_held=_held(over, day)).aggregate(
        all=Count("pk"), held=Count("pk", filter=Q(is_held=True))
    )
    held = counted["all"] if is_held else counted["held"]
    later = _started(one).exclude(pk__in=over.values("pk")).aggregate(first=Min(one.counts_from))["first"]
    next_on = later and due_on(_start_of(later), term.years, end_of_year=one.end_of_year)
    return ClassState(one, term, counted["all"] - held, held, next_on, is_held)


# What the screens read; each asks the permission first.


def overview(actor: Actor, day: date) -> tuple[ClassState, ...]:
    """Every class, for who may see it. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    return states(day)


def lists(actor: Actor) -> QuerySet[DestructionList]:
    """The destruction lists, newest first, each with its number of records. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    rows: QuerySet[DestructionList] = DestructionList.objects.annotate(number=Count("items"))
    return rows.order_by("-pk")


def items_of(destruction_list: DestructionList) -> QuerySet[DestructionItem]:
    """What stands on the list, by class and day."""
    rows: QuerySet[DestructionItem] = DestructionItem.objects.filter(destruction_list=destruction_list)
    return rows.order_by("retention_class", "due_on", "pk")


def item(actor: Actor, pk: int) -> QuerySet[DestructionItem]:
    """One record on a list. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    rows: QuerySet[DestructionItem] = DestructionItem.objects.select_related("destruction_list").filter(pk=pk)
    return rows


def holds(actor: Actor) -> QuerySet[Hold]:
    """Every hold, the newest first. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    rows: QuerySet[Hold] = Hold.objects.select_related("placed_by").filter(known()).order_by("-pk")
    return rows


def listed_between(start: date, until: date) -> QuerySet[DestructionList]:
    """The lists, but for those that were withdrawn, of a day from `start` up to `until`."""
    rows: QuerySet[DestructionList] = DestructionList.objects.filter(day__gte=start, day__lt=until)
    return rows.exclude(status=ListStatus.WITHDRAWN).order_by("day", "pk")


def holds_ending(start: date, until: date) -> QuerySet[Hold]:
    """The holds that end on a day from `start` up to `until`."""
    rows: QuerySet[Hold] = Hold.objects.filter(known(), valid_until__gte=start, valid_until__lt=until)
    return rows.order_by("valid_until", "pk")


def certificates(actor: Actor) -> QuerySet[DestructionCertificate]:
    """The certificates. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    rows: QuerySet[DestructionCertificate] = DestructionCertificate.objects.order_by("-pk")
    return rows


def lines_of(certificate: DestructionCertificate) -> list[tuple[str, str, str, int]]:
    """How many rows of each class and table were destroyed, and how. One query."""
    rows = Destroyed.objects.filter(certificate=certificate).order_by()
    counted = rows.values_list("retention_class", "subject_table", "manner").annotate(number=Count("pk"))
    return sorted(counted)


def class_history(actor: Actor, key: str) -> QuerySet[RetentionDeviation]:
    """The deviations of a class that were believed, newest first. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    rows: QuerySet[RetentionDeviation] = RetentionDeviation.objects.filter(known(), retention_class=key)
    return rows.order_by("-valid_from", "-pk")


def names(actor: Actor, subjects: Iterable[tuple[str, UUID]]) -> dict[UUID, RecordName]:
    """What records are called, by their uid, as far as the reader may see them; a query per table."""
    asked: dict[str, set[str]] = {}
    for table, uid in subjects:
        asked.setdefault(table, set()).add(str(uid))
    found: dict[UUID, RecordName] = {}
    for module in modules():
        for records in module.records:
            if uids := asked.get(records.table):
                found |= {UUID(uid): name for uid, name in records.named(actor, uids).items()}
    return found


def register_label(table: str) -> str:
    """What the register of a table is called, also for who may not see its rows; else the table."""
    found = (
        str(records.label) for module in modules() for records in module.records if records.table == table
    )
    return next(found, table)


def find_record(actor: Actor, key: str, reference: str) -> OrganisationModel | None:
    """The record of a class with that reference. Raises NotPermitted, UnknownClass."""
    actor.require(permissions.MANAGE)
    one = declaration(key)
    if one.rows is None or not any(field.name == "reference" for field in one.rows().model._meta.fields):
        return None
    found: OrganisationModel | None = one.rows().filter(reference=reference.strip()).first()
    return found


# What others may ask.


CHUNK = 1000


def destroyed(uids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these rows lost their content, or are gone, by their retention term; a query per thousand."""
    asked = list(uids)
    rows = Destroyed.objects.order_by()
    return frozenset(
        uid
        for start in range(0, len(asked), CHUNK)
        for uid in rows.filter(subject_uid__in=asked[start : start + CHUNK]).values_list(
            "subject_uid", flat=True
        )
    )


def waiting(actor: Actor) -> tuple[DestructionList, ...]:
    """The lists that wait for a step of this person. One query, and none for who takes no step."""
    asked = []
    if actor.may_write(permissions.MANAGE):
        asked.append(Q(status=ListStatus.DRAFT))
    if actor.may_write(permissions.DECIDE):
        asked.append(Q(status=ListStatus.PROPOSED) & ~Q(proposed_by=actor.account_id))
        asked.append(Q(status=ListStatus.APPROVED))
    if not asked or actor.account_id is None:
        return ()
    condition = asked[0]
    for other in asked[1:]:
        condition |= other
    return tuple(DestructionList.objects.filter(condition).order_by("pk"))


def open_lists() -> int:
    """How many lists wait for a step of anybody. One query."""
    return DestructionList.objects.filter(status__in=OPEN).count()


def list_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """What lists are called, with their pages; for who may see them, one query."""
    if not actor.may(permissions.VIEW):
        return {}
    slug = actor.organisation.slug
    rows = DestructionList.objects.filter(uid__in=uids).values_list("uid", "reference", "pk")
    return {
        str(uid): RecordName(reference, reverse("retention:list", args=[slug, pk]))
        for uid, reference, pk in rows
    }


def certificate_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """What certificates are called, with their pages; for who may see them, one query."""
    if not actor.may(permissions.VIEW):
        return {}
    slug = actor.organisation.slug
    rows = DestructionCertificate.objects.filter(uid__in=uids).values_list("uid", "reference", "pk")
    return {
        str(uid): RecordName(reference, reverse("retention:certificate", args=[slug, pk]))
        for uid, reference, pk in rows
    }
