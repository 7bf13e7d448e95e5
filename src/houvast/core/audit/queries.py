"""Reading the trail: a record's history in words, and whether everything is still as it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from houvast.core.access.models import Account
from houvast.core.audit.actions import PUBLIC, entry_seal
from houvast.core.audit.heads import Head
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.audit.seals import row_seals, trail_key
from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Organisation
from houvast.core.people.models import Person
from houvast.core.registry import action_labels


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a record."""

    at: datetime
    who: str
    action: str
    changes: dict[str, Any]
    account_id: int | None = None
    subject_uid: UUID | None = None

    @property
    def label(self) -> str:
        """What was done, in the reader's language."""
        return str(action_labels().get(self.action, self.action))


def history(subject: OrganisationModel, *parts: OrganisationModel) -> tuple[HistoryLine, ...]:
    """What happened to the record, and to those parts of it, newest first.

    As many queries however long it is (see `doers`).
    """
    rows = (subject, *parts)
    entries = list(
        AuditEntry.objects.filter(
            subject_uid__in=[row.uid for row in rows], table__in={row._meta.label_lower for row in rows}
        )
        .select_related("home")
        .order_by("-number"),
    )
    who = doers(entries)
    return tuple(
        HistoryLine(
            at=entry.at,
            who=who[entry.number],
            action=entry.action,
            changes=entry.changes,
            account_id=entry.account_id,
            subject_uid=entry.subject_uid,
        )
        for entry in entries
    )


def doers(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """Who made each entry, by its number: a person of here by name, a guest as in `guest_name`, else a visitor
    of a public page, else nothing.

    One query for people, one for accounts where there are guests. Names are read, never kept in the trail.
    """
    entries = list(entries)
    names = people_by_uid(entry.actor_uid for entry in entries)
    labels = account_labels(entry.account_id for entry in entries if not entry.actor_uid)
    return {
        entry.number: names.get(entry.actor_uid, "")
        or (guest_name(labels.get(entry.account_id, ""), entry.home.name) if entry.account_id else "")
        or (visitor_name() if entry.origin == PUBLIC else "")
        for entry in entries
    }


def visitor_name() -> str:
    """Who did something at a page that is open to the public."""
    return _("Bezoeker van de website")


def people_by_uid(uids: Iterable[str]) -> dict[str, str]:
    """The names of people of the organisation in scope by their uid as text; one query."""
    found = Person.objects.filter(uid__in={uid for uid in uids if uid}).values_list("uid", "name")
    return {str(uid): name for uid, name in found}


def account_labels(account_ids: Iterable[int | None]) -> dict[int, str]:
    """What accounts are called, by id; accounts are of no organisation. No query where none is asked."""
    asked = {pk for pk in account_ids if pk is not None}
    return dict(Account.objects.filter(pk__in=asked).values_list("pk", "name")) if asked else {}


def guest_name(label: str, home: str) -> str:
    """A guest by what the account is called and the home organisation, which is said once: "CISO, Duo+"."""
    before, colon, after = label.partition(": ")
    called = after if colon and before.endswith(home) else label
    return f"{called}, {home}" if called else home


ENTRY, HEAD = AuditEntry._meta.label_lower, AuditHead._meta.label_lower


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was recorded."""

    organisation: str
    table: str
    uid: str
    problem: str
    last_good: int | None

    def __str__(self) -> str:
        last = "geen" if self.last_good is None else str(self.last_good)
        return f"{self.organisation}: {self.table} {self.uid}: {self.problem} (laatste goede regel: {last})"


def recorded_models() -> list[type[OrganisationModel]]:
    """Every register table."""
    return [model for model in apps.get_models() if issubclass(model, OrganisationModel)]


@dataclass(frozen=True)
class Check:
    """What was found in one organisation, and how far its chain goes now."""

    faults: tuple[Fault, ...]
    head: Head


Tell = Callable[[int], object]
TELL_EVERY = 1000


def _nobody(_number: int) -> None:
    return None


def verify(organisation: Organisation) -> Iterator[Fault]:
    """Every broken entry and every row that differs from its last entry, in the organisation in scope."""
    return iter(check(organisation).faults)


def check(organisation: Organisation, earlier: Head | None = None, tell: Tell = _nobody) -> Check:
    """As `verify`, and whether the chain still holds the end that it had at an earlier check.

    Needs the organisation's scope, as a snapshot where others are at work. `tell` hears now and then how many
    entries and rows were read.
    """
    key = trail_key(organisation)
    faults: list[Fault] = []
    expected: dict[tuple[str, UUID], tuple[str, int]] = {}
    previous, number = "", 0
    for read, entry in enumerate(AuditEntry.objects.order_by("number").iterator(chunk_size=2000)):
        if read % TELL_EVERY == 0:
            tell(read)
        if problem := _problem(entry, key, number, previous, earlier):
            faults.append(Fault(organisation.slug, ENTRY, str(entry.number), problem, number))
        previous, number = entry.seal, entry.number
        if entry.subject_uid is not None:
            expected[entry.table, entry.subject_uid] = (entry.row_seal, entry.number)
    faults += _verify_end(organisation, number, previous, earlier)
    faults += _verify_rows(organisation, key, expected, lambda read: tell(number + read))
    return Check(tuple(faults), Head(organisation.slug, number, previous))


def _problem(entry: AuditEntry, key: bytes, number: int, previous: str, earlier: Head | None) -> str:
    """What is wrong with an entry that follows entry `number`; empty where nothing is."""
    if entry.number != number + 1:
        return f"regel {number + 1} ontbreekt"
    if entry.previous != previous or entry.seal != entry_seal(key, entry):
        return "regel gewijzigd"
    if earlier and earlier.number == entry.number and earlier.seal != entry.seal:
        return "een andere regel dan bij de vorige controle"
    return ""


def _verify_end(
    organisation: Organisation, number: int, last_seal: str, earlier: Head | None
) -> Iterator[Fault]:
    head = AuditHead.objects.filter(organisation=organisation).first()
    if head is not None and (head.number != number or head.seal != last_seal):
        yield Fault(organisation.slug, HEAD, str(head.number), "einde van de keten klopt niet", number)
    if earlier and earlier.number > number:
        problem = "einde van de keten afgeknipt: deze regel was er bij de vorige controle"
        yield Fault(organisation.slug, ENTRY, str(earlier.number), problem, number)


def _verify_rows(
    organisation: Organisation,
    key: bytes,
    expected: dict[tuple[str, UUID], tuple[str, int]],
    tell: Tell,
) -> Iterator[Fault]:
    read = 0
    for model in recorded_models():
        table = model._meta.label_lower
        for uid, row_seal in row_seals(model, key):
            read += 1
            if read % TELL_EVERY == 0:
                tell(read)
            known = expected.pop((table, uid), None)
            if known is None:
                yield Fault(organisation.slug, table, str(uid), "rij zonder logboekregel", None)
            elif known[0] != row_seal:
                yield Fault(
                    organisation.slug, table, str(uid), "rij gewijzigd buiten de toepassing om", known[1]
                )
    for (table, uid), (row_seal, number) in sorted(expected.items(), key=lambda item: item[1][1]):
        if row_seal:
            yield Fault(organisation.slug, table, str(uid), "rij verdwenen", number)
