"""The milestone of a version and its evidence, which a second person checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import require_second_person
from houvast.core.audit.actions import action
from houvast.core.orgs.base import lock
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.actions.versions import lock_version
from houvast.modules.structure.models import Milestone, MilestoneEvidence
from houvast.modules.structure.queries.versions import open_actions_on
from houvast.modules.structure.rules.spans import NotPossible
from houvast.modules.structure.rules.versions import check_closing, check_not_later, check_words


class EvidenceFields(TypedDict):
    """What a piece of evidence is, and which words it supports."""

    kind: str
    title: str
    dated: date
    place: str
    manner: str
    meaning: str


def _lock(actor: Actor, milestone_id: int, expected_version: int | None = None) -> Milestone:
    milestone = lock(Milestone, milestone_id, expected_version)
    lock_version(actor, milestone.version_of_id)
    return milestone


def _lock_evidence(actor: Actor, evidence_id: int, expected_version: int) -> MilestoneEvidence:
    row = lock(MilestoneEvidence, evidence_id, expected_version)
    _lock(actor, row.milestone_id)
    if row.withdrawn_on is not None:
        raise NotPossible(_("Dit bewijsstuk is ingetrokken. Leg een nieuw stuk vast."))
    return row


@action("structure.add_milestone", permission=permissions.CHANGE)
def add_milestone(actor: Actor, *, version_id: int, name: str, due_on: date | None) -> Milestone:
    """Set the milestone of a version. Raises NotPossible where it has one."""
    version = lock_version(actor, version_id)
    if Milestone.objects.filter(version_of=version).exists():
        raise NotPossible(_("Deze structuurversie heeft al een mijlpaal. Wijzig die."))
    milestone = Milestone(version_of=version, name=name, due_on=due_on)
    periods.note(milestone, name=name, due_on=due_on)
    return milestone


@action("structure.change_milestone", permission=permissions.CHANGE)
def change_milestone(
    actor: Actor, *, milestone_id: int, expected_version: int, name: str, due_on: date | None
) -> Milestone:
    """Another name, another day to aim for."""
    milestone = _lock(actor, milestone_id, expected_version)
    milestone.name, milestone.due_on = name, due_on
    periods.note(milestone, name=name, due_on=due_on)
    return milestone


@action("structure.close_milestone", permission=permissions.CHANGE)
def close_milestone(
    actor: Actor, *, milestone_id: int, expected_version: int, on: date, today: date
) -> Milestone:
    """It was reached on a day. Raises NotPossible where the version was not carried through on that day."""
    milestone = _lock(actor, milestone_id, expected_version)
    check_not_later(on, today)
    version = milestone.version_of
    check_closing(version.state(open_actions_on(version, on)), on)
    milestone.closed_on = on
    periods.note(milestone, closed_on=on)
    return milestone


@action("structure.reopen_milestone", permission=permissions.CHANGE)
def reopen_milestone(actor: Actor, *, milestone_id: int, expected_version: int) -> Milestone:
    """It was not reached after all. Raises NotPossible for one that is open."""
    milestone = _lock(actor, milestone_id, expected_version)
    if milestone.closed_on is None:
        raise NotPossible(_("Deze mijlpaal staat nog open. Er is niets te heropenen."))
    milestone.closed_on = None
    periods.note(milestone, reopened=True)
    return milestone


@action("structure.add_evidence", permission=permissions.CHANGE)
def add_evidence(
    actor: Actor, *, milestone_id: int, today: date, **told: Unpack[EvidenceFields]
) -> MilestoneEvidence:
    """Record evidence with the words it supports. It counts when somebody else has checked it."""
    row = MilestoneEvidence(milestone=_lock(actor, milestone_id))
    return _fill(actor, row, today, told)


@action("structure.change_evidence", permission=permissions.CHANGE)
def change_evidence(
    actor: Actor, *, evidence_id: int, expected_version: int, today: date, **told: Unpack[EvidenceFields]
) -> MilestoneEvidence:
    """Record it otherwise; the check by another person is then due again."""
    return _fill(actor, _lock_evidence(actor, evidence_id, expected_version), today, told)


def _fill(actor: Actor, row: MilestoneEvidence, today: date, told: EvidenceFields) -> MilestoneEvidence:
    check_not_later(told["dated"], today)
    check_words(told["manner"], told["meaning"])
    for name, value in told.items():
        setattr(row, name, value)
    row.entered_by_id = actor.account_id
    row.checked_by = row.checked_at = None
    periods.note(row, **told)
    return row


@action("structure.check_evidence", permission=permissions.CHANGE)
def check_evidence(
    actor: Actor, *, evidence_id: int, expected_version: int, at: datetime
) -> MilestoneEvidence:
    """Confirm that the piece supports these words. Raises SamePerson for who recorded it."""
    row = _lock_evidence(actor, evidence_id, expected_version)
    if row.checked_at is not None:
        raise NotPossible(_("Dit bewijsstuk is al gecontroleerd."))
    row.checked_by_id = require_second_person(actor, row.entered_by_id)
    row.checked_at = at
    periods.note(row, checked_at=at)
    return row


@action("structure.withdraw_evidence", permission=permissions.CHANGE)
def withdraw_evidence(
    actor: Actor, *, evidence_id: int, expected_version: int, today: date
) -> MilestoneEvidence:
    """It does not count any more; it stays to be read."""
    row = _lock_evidence(actor, evidence_id, expected_version)
    row.withdrawn_on = today
    periods.note(row, withdrawn=True)
    return row
