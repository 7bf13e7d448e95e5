"""Making a destruction list, deciding on it with two people, and carrying it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import SamePerson, require_second_person
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditHead
from houvast.core.audit.seals import organisation_key, seal
from houvast.core.files import storage
from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import OrganisationModel, known, lock
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import current_writing
from houvast.core.references.actions import next_reference
from houvast.core.retention import certificates, permissions, queries
from houvast.core.retention.models import (
    Destroyed,
    DestructionCertificate,
    DestructionItem,
    DestructionList,
    Hold,
    RetentionDeviation,
)
from houvast.core.retention.redaction import Fate, carry_out, fates
from houvast.core.retention.rules import (
    LARGEST_LIST,
    ListStatus,
    Manner,
    Result,
    check_step,
    check_term,
    require_text,
)

SEAL = "retention"


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise Refusal(_("Dit kan alleen iemand doen die met een eigen account is aangemeld."))
    return actor.account_id


@action("retention.make_list", permission=permissions.MANAGE)
def make_list(actor: Actor, *, day: date, today: date) -> DestructionList:
    """List what is due on a day and stands on no open list, as far as two people can look at it at once.

    Raises Refusal where nothing is, and for a day to come.
    """
    if day > today:
        raise Refusal(_("Kies vandaag of een eerdere dag: wat later aan de beurt komt, mag nog niet weg."))
    # Two who make a list at once wait here, so that a record stands on one open list alone.
    AuditHead.objects.select_for_update().get(organisation_id=actor.organisation.pk)
    found = tuple(queries.due(day, most=LARGEST_LIST))
    if not found:
        raise Refusal(_("Op deze dag is er niets aan de beurt dat niet al op een lijst staat."))
    made = DestructionList(reference=next_reference("retention.lists", day.year, "VL"), day=day)
    made.save()
    record(made, reference=made.reference, day=day, number=len(found))
    for one in found:
        item = DestructionItem(
            destruction_list=made,
            retention_class=one.retention_class,
            subject_table=one.table,
            subject_uid=one.uid,
            starts_on=one.starts_on,
            due_on=one.due_on,
        )
        item.save()
        record(item, retention_class=one.retention_class, about=str(one.uid), due_on=one.due_on)
    return made


@action("retention.exclude", permission=permissions.MANAGE)
def exclude(actor: Actor, *, item_id: int, expected_version: int, reason: str) -> DestructionItem:
    """Leave a record out of a list that is not decided on, with the reason; an empty one takes it in again.

    Raises Refusal or Conflict.
    """
    item = lock(DestructionItem, item_id, expected_version)
    found = lock(DestructionList, item.destruction_list_id)
    if found.status != ListStatus.DRAFT:
        raise Refusal(
            _("De lijst is al voorgelegd. Trek haar in en maak een nieuwe om iets uit te zonderen.")
        )
    item.exclusion = reason.strip()
    item.excluded_by_id = _account(actor) if item.exclusion else None
    item.save(update_fields=["exclusion", "excluded_by"])
    record(item, exclusion=item.exclusion, excluded_by=item.excluded_by_id)
    return item


@action("retention.propose", permission=permissions.MANAGE)
def propose(actor: Actor, *, list_id: int, expected_version: int, at: datetime) -> DestructionList:
    """Put a list forward to be decided on by another. Raises Refusal or Conflict."""
    found = lock(DestructionList, list_id, expected_version)
    found.status = check_step(ListStatus(found.status), ListStatus.PROPOSED)
    found.proposed_by_id, found.proposed_at = _account(actor), at
    found.save(update_fields=["status", "proposed_by", "proposed_at"])
    record(found, status=found.status, proposed_at=at)
    return found


@action("retention.approve", permission=permissions.DECIDE)
def approve(actor: Actor, *, list_id: int, expected_version: int, at: datetime) -> DestructionList:
    """Decide, as another than who put it forward, that the list is carried out. Raises Refusal or Conflict."""
    found = lock(DestructionList, list_id, expected_version)
    found.status = check_step(ListStatus(found.status), ListStatus.APPROVED)
    try:
        found.decided_by_id = require_second_person(actor, found.proposed_by_id)
    except SamePerson as same:
        raise Refusal(
            _("Wie de lijst voorlegde, besluit er niet zelf over. Laat een ander besluiten.")
        ) from same
    found.decided_at = at
    found.save(update_fields=["status", "decided_by", "decided_at"])
    record(found, status=found.status, decided_at=at)
    return found


def _withdraw(found: DestructionList, reason: str) -> DestructionList:
    found.status = check_step(ListStatus(found.status), ListStatus.WITHDRAWN)
    found.withdrawal = require_text(reason, _("Geef de reden waarom deze lijst niet wordt uitgevoerd."))
    found.save(update_fields=["status", "withdrawal"])
    record(found, status=found.status, withdrawal=found.withdrawal)
    return found


@action("retention.withdraw", permission=permissions.MANAGE)
def withdraw(actor: Actor, *, list_id: int, expected_version: int, reason: str) -> DestructionList:
    """Take back a list that is not decided on. Raises Refusal or Conflict."""
    return _withdraw(lock(DestructionList, list_id, expected_version), reason)


@action("retention.reject", permission=permissions.DECIDE)
def reject(actor: Actor, *, list_id: int, expected_version: int, reason: str) -> DestructionList:
    """Decide that a list is not carried out. Raises Refusal or Conflict."""
    return _withdraw(lock(DestructionList, list_id, expected_version), reason)


@action("retention.execute", permission=permissions.DECIDE)
def execute(actor: Actor, *, list_id: int, at: datetime, today: date) -> DestructionCertificate | None:
    """Carry out a list that two people decided on; the certificate, or None where nothing was left to destroy.

    Each record is looked at once more: what is held by now, or due no longer, stays. Raises Refusal, and OSError
    where the copy of the certificate cannot be kept: then nothing is destroyed.
    """
    found = lock(DestructionList, list_id)
    found.status = check_step(ListStatus(found.status), ListStatus.EXECUTED)
    found.executed_at = at
    items = list(queries.items_of(found).select_for_update(of=("self",)))
    going = _results(items, today)
    assert found.proposed_by_id is not None
    assert found.decided_by_id is not None
    made = None
    if going:
        made = DestructionCertificate(
            reference=next_reference("retention.certificates", today.year, "VV"),
            day=found.day,
            made_at=at,
            proposed_account=found.proposed_by_id,
            decided_account=found.decided_by_id,
        )
        _destroy(actor.organisation, made, _fates(going))
    for item in items:
        item.save(update_fields=["result"])
        record(item, result=item.result)
    found.save(update_fields=["status", "executed_at"])
    record(found, status=found.status, executed_at=at, certificate=made)
    return made


def _results(items: list[DestructionItem], today: date) -> list[tuple[str, str, UUID]]:
    """Set the result of each item; the class, table and uid of what is to go."""
    asked = [item.subject_uid for item in items]
    still = {(one.retention_class, one.uid) for one in queries.due(today, uids=asked)}
    stopped = queries.held_on(today)
    going = []
    for item in items:
        if item.exclusion:
            item.result = Result.EXCLUDED
        elif stopped.stops(item.retention_class, item.subject_uid):
            item.result = Result.HELD
        elif (item.retention_class, item.subject_uid) not in still:
            item.result = Result.NOT_DUE
        else:
            item.result = Result.DESTROYED
            going.append((item.retention_class, item.subject_table, item.subject_uid))
    return going


def _fates(going: Iterable[tuple[str, str, UUID]]) -> list[tuple[str, Fate]]:
    """What happens to which rows, by class, in the order in which that can be done."""
    found: list[tuple[str, Fate]] = []
    for (key, table), named in groupby(sorted(going), key=lambda one: one[:2]):
        rows = queries.model_of(table).objects.filter(uid__in=[uid for _key, _table, uid in named])
        records = list(rows.select_for_update(of=("self",)).order_by("pk"))
        found += [(key, fate) for fate in fates(queries.declaration(key), records)]
    return found


def _destroy(here: Organisation, made: DestructionCertificate, doomed: list[tuple[str, Fate]]) -> None:
    """Write the certificate with its lines, keep its copy, and take the content out of the rows."""
    lines = [
        certificates.Line(key, fate.table, str(fate.row.uid), str(fate.manner), str(fate.record))
        for key, fate in doomed
    ]
    made.rows = len(lines)
    made.digest = seal(organisation_key(here.uid, SEAL), [list(vars(line).values()) for line in lines])
    made.save()
    told = {"rows": made.rows, "digest": made.digest, "day": made.day, "made_at": made.made_at}
    record(made, reference=made.reference, **told)
    for line in lines:
        _name(made, line)
    if made.replayed_at is None:
        _keep_copy(here, made, lines)
    for key, fate in doomed:
        row = fate.row
        record(row, **carry_out(fate), retention_class=key)
        if isinstance(row, StoredFile):
            transaction.on_commit(partial(storage.remove, here.uid, row.storage_name))


def _name(made: DestructionCertificate, line: certificates.Line) -> None:
    row = Destroyed(
        certificate=made,
        retention_class=line.retention_class,
        subject_table=line.table,
        subject_uid=UUID(line.uid),
        manner=line.manner,
    )
    row.save()
    record(row, retention_class=line.retention_class, about=line.uid, manner=line.manner)


def _keep_copy(here: Organisation, made: DestructionCertificate, lines: list[certificates.Line]) -> None:
    told = certificates.Certificate(
        organisation=str(here.uid),
        uid=str(made.uid),
        reference=made.reference,
        day=made.day.isoformat(),
        made_at=made.made_at.isoformat(),
        proposed_account=made.proposed_account,
        decided_account=made.decided_account,
        lines=tuple(lines),
    )
    file = certificates.write(settings.DESTRUCTION_CERTIFICATES, told)
    current_writing().undo.append(partial(file.unlink, missing_ok=True))


@action("retention.replay", permission=permissions.DECIDE)
def replay(
    actor: Actor, *, told: certificates.Certificate, at: datetime, today: date
) -> DestructionCertificate:
    """Destroy again what an older backup brought back, by the certificate's copy. What is held stays.

    The two people are those of the certificate. Raises Refusal where the database has the certificate.
    """
    if DestructionCertificate.objects.filter(uid=told.uid).exists():
        raise Refusal(_("Deze verklaring staat al in de registers."))
    stopped = queries.held_on(today)
    doomed: list[tuple[str, Fate]] = []
    for (key, table, manner), lines in groupby(
        told.lines, key=lambda line: (line.retention_class, line.table, line.manner)
    ):
        of = {UUID(line.uid): UUID(line.record) for line in lines}
        rows = queries.model_of(table).objects.filter(uid__in=of).select_for_update(of=("self",))
        columns = _columns(key, table) if manner == Manner.REDACTED else ()
        doomed += [
            (key, Fate(row, columns, of[row.uid]))
            for row in rows.order_by("pk")
            if not stopped.stops(key, of[row.uid])
        ]
    made = DestructionCertificate(
        uid=UUID(told.uid),
        reference=next_reference("retention.certificates", told.moment.year, "VV"),
        day=told.on,
        made_at=told.moment,
        proposed_account=told.proposed_account,
        decided_account=told.decided_account,
        replayed_at=at,
    )
    _destroy(actor.organisation, made, doomed)
    return made


def _columns(key: str, table: str) -> tuple[str, ...]:
    """The columns of a table that lose their content in a class."""
    one = queries.declaration(key)
    part = next((part for part in one.parts if part.table == table), None)
    return one.redact if part is None else part.redact


@action("retention.hold", permission=permissions.MANAGE)
def hold(
    actor: Actor,
    *,
    reason: str,
    valid_from: date,
    valid_until: date | None = None,
    retention_class: str = "",
    subject: OrganisationModel | None = None,
) -> Hold:
    """Stop the destruction of one record, or of a whole class. Raises Refusal."""
    told = require_text(reason, _("Geef de reden van de vernietigingsstop."))
    row = Hold(
        retention_class="" if subject else queries.declaration(retention_class).key,
        subject_table=subject._meta.label_lower if subject else "",
        subject_uid=subject.uid if subject else None,
        reason=told,
        placed_by_id=_account(actor),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    row.save()
    about: dict[str, Any] = {"retention_class": row.retention_class, "about": subject}
    record(row, reason=told, valid_from=valid_from, valid_until=valid_until, **about)
    return row


@action("retention.lift_hold", permission=permissions.MANAGE)
def lift_hold(actor: Actor, *, hold_id: int, expected_version: int, valid_until: date) -> Hold:
    """Let a hold end on a day. Raises Refusal or Conflict."""
    row = lock(Hold, hold_id, expected_version)
    if valid_until <= row.valid_from:
        raise Refusal(_("Kies een dag na het begin van de stop."))
    row.valid_until = valid_until
    row.save(update_fields=["valid_until"])
    record(row, valid_until=valid_until)
    return row


@action("retention.deviate", permission=permissions.MANAGE)
def deviate(
    actor: Actor, *, key: str, years: int | None, decision: str, valid_from: date, at: datetime
) -> RetentionDeviation:
    """Keep a class longer, shorter or for ever (None) from a day on, by a decision. Raises Refusal.

    What held from that day on is withdrawn; what held before keeps its end.
    """
    queries.declaration(key)
    AuditHead.objects.select_for_update().get(organisation_id=actor.organisation.pk)
    told = require_text(decision, _("Noem het besluit waarop de afwijking berust."))
    for old in RetentionDeviation.objects.filter(known(), retention_class=key).order_by("pk"):
        _make_room(old, valid_from, at)
    row = RetentionDeviation(
        retention_class=key, years=check_term(years), decision=told, valid_from=valid_from, recorded_at=at
    )
    row.save()
    record(row, retention_class=key, years=years, decision=told, valid_from=valid_from)
    return row


def _make_room(old: RetentionDeviation, valid_from: date, at: datetime) -> None:
    if old.valid_until is not None and old.valid_until <= valid_from:
        return
    change: Callable[..., None] = partial(record, old)
    if old.valid_from >= valid_from:
        old.withdrawn_at = at
        old.save(update_fields=["withdrawn_at"])
        change(withdrawn_at=at)
    else:
        old.valid_until = valid_from
        old.save(update_fields=["valid_until"])
        change(valid_until=valid_from)
