"""What an action of a register does with its outgoing post. Each is called inside that action.

They lock, judge, save and record; the permission is the register's own, asked by its action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from houvast.core.audit.actions import record
from houvast.core.files.actions import store
from houvast.core.orgs.base import OrganisationModel, lock
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import current_writing
from houvast.core.post.models import Dispatch, ElectronicConsent
from houvast.core.post.queries import consent_for
from houvast.core.post.rules import (
    ELECTRONIC,
    Channel,
    Consent,
    DispatchState,
    require_consent,
    require_dispatch,
    require_return,
)


@dataclass(frozen=True)
class Draft:
    """What will go out, to whom and by which way."""

    kind: str
    title: str
    addressee: str
    address: str
    channel: Channel = Channel.LETTER


def give_consent(
    subject: OrganisationModel, *, kind: str, channel: Channel, address: str, given_on: date, how: str
) -> ElectronicConsent:
    """Record that the addressee of a record made known to be reachable electronically for a kind of message.

    Raises Refusal for a letter, without an address or how it was made known, and where it stands already.
    """
    current_writing()
    if channel not in ELECTRONIC:
        raise Refusal(_("Voor een brief is geen instemming nodig."))
    if not address.strip() or not how.strip():
        raise Refusal(_("Geef het adres, en hoe de geadresseerde dit kenbaar maakte."))
    if consent_for(subject, kind, channel) is not None:
        raise Refusal(_("Deze instemming staat er al."))
    row = ElectronicConsent(
        subject_table=subject._meta.label_lower,
        subject_uid=subject.uid,
        kind=kind,
        channel=channel,
        address=address.strip(),
        given_on=given_on,
        how=how.strip(),
    )
    row.save()
    record(
        row, owner=subject, kind=kind, channel=channel, address=row.address, given_on=given_on, how=row.how
    )
    return row


def withdraw_consent(*, consent_id: int, expected_version: int, on: date) -> ElectronicConsent:
    """Record that it no longer holds, from that day on. Raises Refusal, Conflict."""
    row = lock(ElectronicConsent, consent_id, expected_version)
    if row.withdrawn_on is not None:
        raise Refusal(_("Deze instemming is al ingetrokken."))
    if on < row.given_on:
        raise Refusal(_("De intrekking ligt voor de dag waarop de instemming werd gegeven."))
    row.withdrawn_on = on
    row.save(update_fields=["withdrawn_on"])
    record(row, withdrawn_on=on)
    return row


def draft(subject: OrganisationModel, what: Draft, *, on: date) -> Dispatch:
    """Put something ready to be sent. Raises Refusal without an addressee and an address."""
    current_writing()
    if not what.addressee.strip() or not what.address.strip() or not what.title.strip():
        raise Refusal(_("Geef het onderwerp, de geadresseerde en het adres."))
    row = Dispatch(
        subject_table=subject._meta.label_lower,
        subject_uid=subject.uid,
        kind=what.kind,
        title=what.title.strip(),
        addressee=what.addressee.strip(),
        address=what.address.strip(),
        channel=what.channel,
        drafted_on=on,
    )
    row.save()
    record(
        row,
        owner=subject,
        kind=row.kind,
        channel=row.channel,
        title=row.title,
        addressee=row.addressee,
        address=row.address,
        drafted_on=on,
    )
    return row


def send(
    subject: OrganisationModel,
    *,
    dispatch_id: int,
    expected_version: int,
    on: date,
    today: date,
    reference: str = "",
    upload: UploadedFile[Any] | None = None,
) -> Dispatch:
    """Record that it went out that day, with what proves it. The file is kept with the record.

    Raises Refusal (no proof, no consent, an impossible day), FileRefused, Conflict, Dispatch.DoesNotExist.
    """
    row = _of(subject, dispatch_id, expected_version)
    if row.state != DispatchState.DRAFT:
        raise Refusal(_("Dit is al verzonden."))
    told = reference.strip()
    require_dispatch(
        day=on, drafted_on=row.drafted_on, today=today, has_proof=bool(told) or upload is not None
    )
    consent = consent_for(subject, row.kind, row.channel, on)
    require_consent(row.channel, _held(consent), on)
    row.state, row.dispatched_on, row.reference, row.consent = DispatchState.DISPATCHED, on, told, consent
    if upload is not None:
        row.file = store(upload, subject)
        row.file_sha256 = row.file.sha256
    row.save()
    record(
        row,
        owner=subject,
        state=row.state,
        dispatched_on=on,
        reference=told,
        consent=consent,
        file=row.file,
        file_sha256=row.file_sha256,
    )
    return row


def _held(row: ElectronicConsent | None) -> Consent | None:
    return None if row is None else Consent(row.channel, row.given_on, row.withdrawn_on)


def come_back(
    subject: OrganisationModel,
    *,
    dispatch_id: int,
    expected_version: int,
    on: date,
    today: date,
    reason: str,
) -> Dispatch:
    """Record that it came back undelivered. Raises Refusal, Conflict, Dispatch.DoesNotExist."""
    row = _of(subject, dispatch_id, expected_version)
    if row.state != DispatchState.DISPATCHED or row.dispatched_on is None:
        raise Refusal(_("Alleen wat verzonden is, kan terugkomen."))
    require_return(day=on, dispatched_on=row.dispatched_on, today=today, reason=reason)
    row.state, row.returned_on, row.return_reason = DispatchState.RETURNED, on, reason.strip()
    row.save()
    record(row, owner=subject, state=row.state, returned_on=on, return_reason=row.return_reason)
    return row


def _of(subject: OrganisationModel, dispatch_id: int, expected_version: int) -> Dispatch:
    row = lock(Dispatch, dispatch_id, expected_version)
    if (row.subject_table, row.subject_uid) != (subject._meta.label_lower, subject.uid):
        raise Dispatch.DoesNotExist
    return row
