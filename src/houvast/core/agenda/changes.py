"""What others changed since somebody last looked, in words, as far as that person may open the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from houvast.core.access.actor import Actor
from houvast.core.agenda.models import LastLook
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.audit.queries import doers
from houvast.core.registry import RecordName, action_labels, modules

WINDOW = 500
"""So many entries are looked back at most, whoever made them."""
MOST_SHOWN = 3
WITHOUT_LOOK = timedelta(days=7)
"""How far back it goes for who never said to have read it."""
ONE_ACT = timedelta(seconds=5)
"""Entries of one action differ by less than this."""


@dataclass(frozen=True)
class Change:
    """Something that somebody else did: to which record, and to how many others at the same time."""

    label: str
    record: RecordName
    others: int
    who: str
    at: datetime


@dataclass(frozen=True)
class Changes:
    """What changed, newest first. since: from when; upto: the last entry that was looked at; cut: there was more."""

    found: tuple[Change, ...]
    since: datetime | None
    upto: int
    cut: bool = False

    @property
    def newest(self) -> tuple[Change, ...]:
        """What the first page shows."""
        return self.found[:MOST_SHOWN]

    @property
    def further(self) -> int:
        """How many the first page leaves out."""
        return len(self.found) - len(self.newest)


def changes_for(actor: Actor, now: datetime) -> Changes:
    """What others did since the actor last said to have read it; for who never did, in the last seven days.

    At most the newest 500 entries of the trail are looked at. One query for the look, the end of the trail and the
    entries each, one for each kind of record among them, and two for who did it.
    """
    look = LastLook.objects.filter(person=actor.person_id).first() if actor.person_id else None
    head = AuditHead.objects.values_list("number", flat=True).first() or 0
    seen = look.number if look else 0
    first = max(seen, head - WINDOW)
    entries = AuditEntry.objects.filter(number__gt=first, number__lte=head).select_related("home")
    if look is None:
        entries = entries.filter(at__gte=now - WITHOUT_LOOK)
    others = [entry for entry in entries.order_by("-number") if not _is_own(actor, entry)]
    names = _names(actor, others)
    shown = [entry for entry in others if (entry.table, str(entry.subject_uid)) in names]
    who = doers(shown)
    found = tuple(_change(group, names, who) for group in _acts(shown))
    since = look.at if look else now - WITHOUT_LOOK
    return Changes(found, since, head, cut=first > seen and look is not None)


def _is_own(actor: Actor, entry: AuditEntry) -> bool:
    return actor.account_id is not None and entry.account_id == actor.account_id


def _names(actor: Actor, entries: Iterable[AuditEntry]) -> dict[tuple[str, str], RecordName]:
    """The records of which the actor may open the page, by table and uid; one query for each table."""
    mentioned: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        mentioned[entry.table].add(str(entry.subject_uid))
    return {
        (records.table, uid): name
        for module in modules()
        for records in module.records
        if (uids := mentioned.get(records.table))
        for uid, name in records.named(actor, uids).items()
        if name.url
    }


def _acts(entries: Iterable[AuditEntry]) -> Iterable[list[AuditEntry]]:
    """The entries of one action together: an action may touch many records, and a record in many rows."""
    groups: list[list[AuditEntry]] = []
    for entry in entries:
        last = groups[-1][-1] if groups else None
        if last is not None and _same_act(last, entry):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _same_act(later: AuditEntry, earlier: AuditEntry) -> bool:
    same = (later.action, later.account_id) == (earlier.action, earlier.account_id)
    return same and later.at - earlier.at < ONE_ACT


def _change(
    group: list[AuditEntry], names: Mapping[tuple[str, str], RecordName], who: Mapping[int, str]
) -> Change:
    last = group[0]
    records = dict.fromkeys(names[entry.table, str(entry.subject_uid)] for entry in reversed(group))
    label = str(action_labels().get(last.action, last.action))
    return Change(label, next(iter(records)), len(records) - 1, who[last.number], last.at)
