"""Transition actions (overgangsacties): agreeing one, and how it ends."""

from __future__ import annotations

from datetime import date

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.audit.actions import action
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Post
from houvast.core.people.models import Person
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.actions.versions import lock_standing, lock_version
from houvast.modules.structure.models import TransitionAction
from houvast.modules.structure.queries.versions import is_owner, may_change_versions
from houvast.modules.structure.rules.versions import (
    check_due,
    check_ended,
    check_has_ended,
    check_not_later,
    check_open,
    check_owner,
)


def _lock(actor: Actor, action_id: int, expected_version: int) -> TransitionAction:
    row = lock(TransitionAction, action_id, expected_version)
    lock_version(actor, row.version_of_id)
    return row


def _own(row: TransitionAction, owner_post_id: int | None, owner_person_id: int | None) -> None:
    """Set the owner. Raises NotPossible for none or two, DoesNotExist for one of another organisation."""
    check_owner(owner_post_id, owner_person_id)
    row.owner_post = None if owner_post_id is None else Post.objects.get(pk=owner_post_id)
    row.owner_person = None if owner_person_id is None else Person.objects.get(pk=owner_person_id)


def _note(row: TransitionAction) -> TransitionAction:
    owner = {"owner_post": row.owner_post} if row.owner_post else {"owner_person": row.owner_person}
    periods.note(row, what=True, agreed_on=row.agreed_on, due_on=row.due_on, **owner)
    return row


@action("structure.add_transition_action", permission=permissions.CHANGE)
def add_transition_action(
    actor: Actor,
    *,
    version_id: int,
    what: str,
    owner_post_id: int | None,
    owner_person_id: int | None,
    agreed_on: date,
    due_on: date,
    today: date,
) -> TransitionAction:
    """Agree that something must be done. Raises NotPossible for two owners or none, or days out of order."""
    version = lock_version(actor, version_id)
    check_not_later(agreed_on, today)
    check_due(agreed_on, due_on)
    row = TransitionAction(version_of=version, what=what, agreed_on=agreed_on, due_on=due_on)
    _own(row, owner_post_id, owner_person_id)
    return _note(row)


@action("structure.change_transition_action", permission=permissions.CHANGE)
def change_transition_action(  # noqa: PLR0913  as add_transition_action
    actor: Actor,
    *,
    action_id: int,
    expected_version: int,
    what: str,
    owner_post_id: int | None,
    owner_person_id: int | None,
    agreed_on: date,
    due_on: date,
    today: date,
) -> TransitionAction:
    """Word, owner or days are otherwise. Only while it is open."""
    row = _lock(actor, action_id, expected_version)
    check_open(row.days)
    check_not_later(agreed_on, today)
    check_due(agreed_on, due_on)
    row.what, row.agreed_on, row.due_on = what, agreed_on, due_on
    _own(row, owner_post_id, owner_person_id)
    return _note(row)


@action("structure.finish_transition_action", permission=permissions.VIEW)
def finish_transition_action(
    actor: Actor, *, action_id: int, expected_version: int, on: date, evidence: str, today: date
) -> TransitionAction:
    """It is done, with what shows it. For who may change the structure, and for its owner.

    Raises NotPossible for a day to come or before it was agreed.
    """
    row = lock(TransitionAction, action_id, expected_version)
    if not may_change_versions(actor) and not is_owner(actor, row, today):
        raise NotPermitted(permissions.CHANGE)
    lock_standing(row.version_of_id)
    check_open(row.days)
    check_not_later(on, today)
    check_ended(row.agreed_on, on)
    row.done_on, row.evidence = on, evidence
    periods.note(row, done_on=on, evidence=True)
    return row


@action("structure.lapse_transition_action", permission=permissions.CHANGE)
def lapse_transition_action(
    actor: Actor, *, action_id: int, expected_version: int, on: date, reason: str, today: date
) -> TransitionAction:
    """It need not be done any more, with the reason why."""
    row = _lock(actor, action_id, expected_version)
    check_open(row.days)
    check_not_later(on, today)
    check_ended(row.agreed_on, on)
    row.lapsed_on, row.lapse = on, reason
    periods.note(row, lapsed_on=on, lapse=True)
    return row


@action("structure.reopen_transition_action", permission=permissions.CHANGE)
def reopen_transition_action(actor: Actor, *, action_id: int, expected_version: int) -> TransitionAction:
    """It was not done after all, or is needed again. Raises NotPossible for one that is open."""
    row = _lock(actor, action_id, expected_version)
    check_has_ended(row.days)
    row.done_on = row.lapsed_on = None
    row.evidence = row.lapse = ""
    periods.note(row, reopened=True)
    return row
