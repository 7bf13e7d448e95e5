"""The notices of a person, what is mailed to whom, and when the organisation reminds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from houvast.core.access.actor import Actor
from houvast.core.notices.models import MailPreference, Notice, OutgoingMessage, ReminderRule
from houvast.core.notices.permissions import MANAGE, RECEIVE
from houvast.core.notices.rules import USUAL, Frequency
from houvast.core.orgs.prepared import Prepared
from houvast.core.registry import ReminderKind, modules

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def reminder_kinds() -> dict[str, ReminderKind]:
    """Every kind of reminder that a module can send."""
    return {kind.key: kind for module in modules() for kind in module.reminders}


def kind_labels() -> dict[str, StrOrPromise]:
    """What every kind of notice is about, reminders first."""
    reminders = {key: kind.label for key, kind in reminder_kinds().items()}
    return reminders | {kind.key: kind.label for module in modules() for kind in module.notices}


def _unread(person_id: int) -> QuerySet[Any, Any]:
    unread = Notice.objects.filter(person_id=person_id, read_at__isnull=True).order_by()
    counted: QuerySet[Any, Any] = unread.values("person").annotate(number=Count("pk"))
    return counted.values_list("number")


_count_unread = Prepared(_unread, -1_000_003)


def unread(actor: Actor) -> int:
    """How many notices the actor has not read; one query, since every page asks it."""
    if actor.person_id is None or not actor.may(RECEIVE):
        return 0
    found = _count_unread(actor.person_id)
    return int(found[0][0]) if found else 0


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """The actor's own notices, newest first. Raises NotPermitted."""
    actor.require(RECEIVE)
    rows: QuerySet[Notice] = Notice.objects.order_by("-at", "-pk")
    return rows.none() if actor.person_id is None else rows.filter(person_id=actor.person_id)


def preference_of(actor: Actor) -> MailPreference | None:
    """What the actor chose; None for who never did. Raises NotPermitted."""
    actor.require(RECEIVE)
    found: MailPreference | None = MailPreference.objects.filter(person_id=actor.person_id).first()
    return found


@dataclass(frozen=True)
class Wishes:
    """What a person wants mailed."""

    usual: Frequency = USUAL
    weekday: int = 0
    kinds: Mapping[str, str] | None = None

    def of(self, kind: str) -> Frequency:
        """How notices of the kind are mailed."""
        return Frequency((self.kinds or {}).get(kind, self.usual))


def wishes() -> dict[int, Wishes]:
    """What everybody chose, by person; one query."""
    return {
        row.person_id: Wishes(Frequency(row.usual), row.weekday, row.kinds)
        for row in MailPreference.objects.all()
    }


@dataclass(frozen=True)
class Rule:
    """When the organisation reminds of a kind; `row` is missing where it keeps to the default."""

    kind: ReminderKind
    days: tuple[int, ...]
    is_on: bool
    row: ReminderRule | None

    @property
    def before(self) -> tuple[int, ...]:
        """How many days before, or on the day itself (0)."""
        return tuple(day for day in self.days if day >= 0)

    @property
    def after(self) -> tuple[int, ...]:
        """How many days after."""
        return tuple(-day for day in self.days if day < 0)


def rules() -> list[Rule]:
    """The rule of every kind of reminder; one query."""
    rows = {row.kind: row for row in ReminderRule.objects.all()}

    def made() -> Iterator[Rule]:
        for key, kind in reminder_kinds().items():
            row = rows.get(key)
            yield Rule(kind, tuple(row.days) if row else kind.days, row.is_on if row else True, row)

    return list(made())


def rules_for(actor: Actor) -> list[Rule]:
    """The rules, for who manages them. Raises NotPermitted."""
    actor.require(MANAGE)
    return rules()


def messages_for(actor: Actor) -> QuerySet[OutgoingMessage]:
    """Every message of the organisation, newest first. Raises NotPermitted."""
    actor.require(MANAGE)
    rows: QuerySet[OutgoingMessage] = OutgoingMessage.objects.select_related("person")
    return rows.order_by("-created_at", "-pk")


def stuck(now: datetime) -> int:
    """How many messages wait for longer than an hour, in the organisation in scope."""
    waiting = OutgoingMessage.objects.filter(state="waiting", created_at__lt=now - timedelta(hours=1))
    number: int = waiting.count()
    return number
