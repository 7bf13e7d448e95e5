"""Who saw what: for who may know that, and as a number for the person whom a record is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from houvast.core.access.actor import Actor
from houvast.core.access.models import Account
from houvast.core.people.models import Person
from houvast.core.viewlog import permissions
from houvast.core.viewlog.models import ViewEntry
from houvast.core.viewlog.rules import Manner


def views(actor: Actor) -> QuerySet[ViewEntry]:
    """The log, newest first. Raises NotPermitted."""
    actor.require(permissions.VIEW)
    rows: QuerySet[ViewEntry] = ViewEntry.objects.order_by("-pk")
    return rows


def by_name(rows: QuerySet[ViewEntry], name: str) -> QuerySet[ViewEntry]:
    """What people saw whose name has this in it: people of here, and guests as their account is called."""
    people = Person.objects.filter(name__icontains=name).values_list("uid", flat=True)
    uids = [str(uid) for uid in people[:200]]
    guests = list(Account.objects.filter(name__icontains=name).values_list("pk", flat=True)[:200])
    return rows.filter(actor_uid__in=uids) | rows.filter(actor_uid="", account_id__in=guests)


@dataclass(frozen=True)
class Seen:
    """How often a record was seen and by how many people, without who: what its subject may be told."""

    times: int
    people: int
    first: datetime | None
    last: datetime | None


def seen(uid: UUID) -> Seen:
    """How often a record was seen, looks at this log left out. One query."""
    rows = ViewEntry.objects.filter(subject_uid=uid).exclude(manner=Manner.LOG)
    found = rows.aggregate(
        times=Count("pk"),
        people=Count("account_id", distinct=True),
        first=Min("at"),
        last=Max("at"),
    )
    return Seen(**found)
