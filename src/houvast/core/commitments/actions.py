"""Recording what a chapter promises, telling how it stands, and answering it in a later chapter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import require_second_person
from houvast.core.access.permissions import NotPermitted, Permission
from houvast.core.audit.actions import action, record
from houvast.core.commitments import permissions
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.queries import course_of, has_file, may_tell, newest_status, stand_of
from houvast.core.commitments.rules import Stand, check_owner, check_quote, check_stand
from houvast.core.files.actions import attaching
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Post, Unit
from houvast.core.orgs.once import require_first
from houvast.core.orgs.refusal import Refusal
from houvast.core.people.models import Person
from houvast.core.post import actions as post
from houvast.core.post.models import Dispatch, ElectronicConsent
from houvast.core.post.rules import Channel
from houvast.core.report.outline import walk
from houvast.core.report.rules import require_year
from houvast.core.report.spoken import parse_term


@dataclass(frozen=True, kw_only=True)
class CommitmentEntry:
    """A commitment as somebody enters it. At most one owner; `term` as people say it."""

    section: str
    kind: str
    text: str
    quote: str
    settlement: str
    owner_unit_id: int | None = None
    owner_post_id: int | None = None
    owner_person_id: int | None = None
    term: str = ""


@action("commitments.record", permission=permissions.RECORD)
def record_commitment(
    actor: Actor,
    *,
    year: int,
    entry: CommitmentEntry,
    section_text: str,
    today: date,
    sent_key: UUID | None = None,
) -> Commitment:
    """Put in the register what the chapter of a year says that will be done.

    section_text: what the section of that chapter reads now. Raises Refusal for words that are not in it, an owner or a
    term that cannot be, and AlreadyDone for a form that was sent before.
    """
    require_first(sent_key, Commitment)
    require_year(year, today)
    row = Commitment(year=year, sent_key=sent_key)
    _put(row, entry, section_text)
    row.save()
    record(row, year=year, **_told(row))
    return row


@action("commitments.change", permission=permissions.RECORD)
def change_commitment(
    actor: Actor, *, commitment_id: int, expected_version: int, entry: CommitmentEntry, section_text: str
) -> Commitment:
    """It was recorded otherwise, or has another owner or term. Raises Refusal or Conflict."""
    row = lock(Commitment, commitment_id, expected_version)
    before = _told(row)
    _put(row, entry, section_text)
    changes = {name: value for name, value in _told(row).items() if before[name] != value}
    if not changes:
        raise Refusal(_("U hebt niets gewijzigd."))
    row.save()
    record(row, **changes)
    return row


def _put(row: Commitment, entry: CommitmentEntry, section_text: str) -> None:
    if entry.section not in {section.key for _depth, section in walk()}:
        raise Refusal(_("Kies een onderdeel van de paragraaf."), "section")
    check_quote(entry.quote, section_text)
    check_owner(entry.kind, entry.owner_unit_id, entry.owner_post_id, entry.owner_person_id)
    period = parse_term(entry.term)
    row.section, row.kind, row.settlement = entry.section, entry.kind, entry.settlement
    row.text, row.quote = entry.text, entry.quote
    row.owner_unit = _found(Unit, entry.owner_unit_id)
    row.owner_post = _found(Post, entry.owner_post_id)
    row.owner_person = _found(Person, entry.owner_person_id)
    row.term = " ".join(entry.term.split())
    row.due_from, row.due_until = (period.start, period.until) if period else (None, None)


def _found(model: Any, pk: int | None) -> Any:
    """Raises DoesNotExist for a row of another organisation."""
    return None if pk is None else model.objects.get(pk=pk)


TOLD = (
    "section",
    "kind",
    "text",
    "quote",
    "settlement",
    "owner_unit",
    "owner_post",
    "owner_person",
    "term",
    "due_from",
    "due_until",
)


def _told(row: Commitment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TOLD}


@action("commitments.tell", permission=permissions.VIEW)
def tell_stand(
    actor: Actor,
    *,
    commitment_id: int,
    expected_version: int,
    stand: Stand,
    claims: Collection[str] = (),
    today: date,
) -> CommitmentStand:
    """Tell how a commitment stands, and answer it in the chapter of a year. For who records them, and its owner.

    claims: the keys of the claims of that chapter. Raises Refusal for a stand that cannot follow or lacks what it
    needs, and for a second answer in the same chapter; Conflict where it was told before.
    """
    row = lock(Commitment, commitment_id, expected_version)
    if not may_tell(actor, row, today):
        raise NotPermitted(permissions.RECORD)
    if stand.answers is not None:
        require_year(stand.answers, today)
        _require_no_answer(row, stand.answers)
    if stand.claim_key and stand.claim_key not in claims:
        raise Refusal(_("Dit feit staat niet in de paragraaf van dat jaar."), "claim_key")
    check_stand(
        stand,
        course_of(row, stand.on),
        made_in=row.year,
        settlement=row.settlement,
        has_file=has_file(row),
        today=today,
    )
    told = CommitmentStand(commitment=row, entered_by_id=actor.account_id, **asdict(stand))
    told.save()
    record(told, commitment=row, **{name: value for name, value in asdict(stand).items() if value})
    _follow(row)
    return told


def _require_no_answer(row: Commitment, year: int) -> None:
    if row.stands.filter(withdrawn_at=None, answers=year).exists():
        raise Refusal(
            _("In de paragraaf van {year} is dit al beantwoord. Trek dat antwoord eerst in.").format(
                year=year
            ),
            "answers",
        )


def _follow(row: Commitment) -> None:
    """The row repeats its newest stand, and its version counts that something was told."""
    row.status = newest_status(row)
    row.save()
    record(row, status=row.status)


@action("commitments.check", permission=permissions.CHECK)
def check_answer(actor: Actor, *, stand_id: int, expected_version: int, at: datetime) -> CommitmentStand:
    """A second person confirms an answer. Raises SamePerson for who gave it, Refusal where nothing is to be checked."""
    row = lock(CommitmentStand, stand_id, expected_version)
    if row.answers is None or row.withdrawn_at is not None:
        raise Refusal(_("Dit is geen antwoord dat gecontroleerd kan worden."))
    if row.checked_at is not None:
        raise Refusal(_("Dit antwoord is al gecontroleerd."))
    row.checked_by_id = require_second_person(actor, row.entered_by_id)
    row.checked_at = at
    row.save()
    record(row, checked_at=at)
    return row


@action("commitments.withdraw", permission=permissions.RECORD)
def withdraw_stand(
    actor: Actor, *, stand_id: int, expected_version: int, reason: str, at: datetime
) -> CommitmentStand:
    """It was recorded by mistake: it stays to be read and counts no more.

    Raises Refusal for one that was withdrawn before, or on which a later stand rests.
    """
    row = lock(CommitmentStand, stand_id, expected_version)
    commitment = lock(Commitment, row.commitment_id)
    if row.withdrawn_at is not None:
        raise Refusal(_("Dit is al ingetrokken."))
    later = commitment.stands.filter(withdrawn_at=None).exclude(pk=row.pk).order_by("-on", "-pk").first()
    if later is not None and (later.on, later.pk) > (row.on, row.pk) and stand_of(later).status != row.status:
        raise Refusal(_("Er rust een latere stand op. Trek die eerst in."))
    row.withdrawn_at, row.withdrawal = at, reason
    row.save()
    record(row, withdrawn_at=at, withdrawal=reason)
    _follow(commitment)
    return row


def _require_teller(actor: Actor, _permission: Permission, row: Commitment) -> None:
    """Raise NotPermitted for who neither records commitments nor owns this one today."""
    if not may_tell(actor, row, localdate()):
        raise NotPermitted(permissions.RECORD)


attach_to_commitment = attaching(
    "commitments.attach",
    Commitment,
    permissions.VIEW,
    _require_teller,
    withdrawing="commitments.withdraw_file",
)


LETTER = "Brief over een toezegging"
"""The kind of message that a commitment sends: consent to e-mail holds for it alone."""


@action("commitments.note_consent", permission=permissions.RECORD)
def note_consent(
    actor: Actor, *, commitment_id: int, address: str, given_on: date, how: str
) -> ElectronicConsent:
    """Record that who the promised letter is for may be reached by e-mail. Raises the refusals of the post."""
    row: Commitment = Commitment.objects.get(pk=commitment_id)
    return post.give_consent(
        row, kind=LETTER, channel=Channel.EMAIL, address=address, given_on=given_on, how=how
    )


@action("commitments.draft_letter", permission=permissions.RECORD)
def draft_letter(
    actor: Actor,
    *,
    commitment_id: int,
    title: str,
    addressee: str,
    address: str,
    channel: Channel = Channel.LETTER,
    on: date,
) -> Dispatch:
    """Put a letter about a commitment ready to be sent. Raises the refusals of the post."""
    row: Commitment = Commitment.objects.get(pk=commitment_id)
    what = post.Draft(LETTER, title, addressee, address, channel)
    return post.draft(row, what, on=on)


@action("commitments.send_letter", permission=permissions.RECORD)
def send_letter(
    actor: Actor,
    *,
    commitment_id: int,
    dispatch_id: int,
    expected_version: int,
    on: date,
    today: date,
    reference: str = "",
    upload: UploadedFile[Any] | None = None,
) -> Dispatch:
    """Record that the letter went out, with what proves it. It settles nothing by itself: the stand tells that it does.

    Raises the refusals of the post, Conflict, and DoesNotExist for a letter of another record.
    """
    row: Commitment = Commitment.objects.get(pk=commitment_id)
    return post.send(
        row,
        dispatch_id=dispatch_id,
        expected_version=expected_version,
        on=on,
        today=today,
        reference=reference,
        upload=upload,
    )
