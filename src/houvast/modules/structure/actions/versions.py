"""Versions of the structure: recording one, its decision, the advice on it, and taking it back."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action
from houvast.core.orgs.base import lock
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.models import StructureVersion
from houvast.modules.structure.rules.spans import NotPossible, told_day
from houvast.modules.structure.rules.versions import (
    check_advice,
    check_decision,
    check_not_later,
    check_suspension,
)


def lock_version(actor: Actor, version_id: int, expected_version: int | None = None) -> StructureVersion:
    """The version, to change it or what belongs to it. Raises NotPossible for one that was taken back."""
    periods.require_everywhere(actor)
    return lock_standing(version_id, expected_version)


def lock_standing(version_id: int, expected_version: int | None = None) -> StructureVersion:
    """The version, whoever asks. Raises NotPossible for one that was taken back."""
    version = lock(StructureVersion, version_id, expected_version)
    if version.withdrawn_on is not None:
        raise NotPossible(_("Deze structuurversie is ingetrokken. Leg een nieuwe versie vast."))
    return version


def _check_free(kind: str, effective_on: date, but: int | None = None) -> None:
    same = StructureVersion.objects.filter(kind=kind, effective_on=effective_on, withdrawn_on__isnull=True)
    if same.exclude(pk=but).exists():
        raise _taken(effective_on)


def _taken(effective_on: date) -> NotPossible:
    return NotPossible(
        _(
            "Er gaat al een versie van deze soort in op {day}. Kies een andere dag, of wijzig die versie."
        ).format(day=told_day(effective_on)),
        "effective_on",
    )


def _note(version: StructureVersion, **changes: object) -> None:
    """Save and record. Raises NotPossible where somebody recorded one for the same day at this very moment."""
    try:
        periods.note(version, **changes)
    except IntegrityError as error:
        # All else that the database refuses was judged before; what others write meanwhile it alone can see.
        raise _taken(version.effective_on) from error


def _check_suspension(version: StructureVersion) -> None:
    check_suspension(
        version.advice,
        version.decided_on,
        version.council_told_on,
        waived=version.suspension_waived,
        effective_on=version.effective_on,
    )


@action("structure.add_version", permission=permissions.CHANGE)
def add_version(actor: Actor, *, kind: str, name: str, effective_on: date) -> StructureVersion:
    """Record a version, decided on or not yet. Raises NotPossible where one of its kind takes effect that day."""
    periods.require_everywhere(actor)
    _check_free(kind, effective_on)
    version = StructureVersion(kind=kind, name=name, effective_on=effective_on)
    _note(version, kind=kind, name=name, effective_on=effective_on)
    return version


@action("structure.change_version", permission=permissions.CHANGE)
def change_version(
    actor: Actor, *, version_id: int, expected_version: int, name: str, effective_on: date
) -> StructureVersion:
    """Another name or another day. Raises NotPossible for a day before the decision."""
    version = lock_version(actor, version_id, expected_version)
    check_decision(effective_on, version.decided_on)
    _check_free(version.kind, effective_on, version.pk)
    version.name, version.effective_on = name, effective_on
    _check_suspension(version)
    _note(version, name=name, effective_on=effective_on)
    return version


@action("structure.decide_version", permission=permissions.CHANGE)
def decide_version(
    actor: Actor,
    *,
    version_id: int,
    expected_version: int,
    decided_on: date,
    decided_by: str,
    decision: str,
    today: date,
) -> StructureVersion:
    """Record who adopted the version, when, and under which reference; again, where it was recorded wrongly.

    Raises NotPossible for a day to come, or one after the version takes effect.
    """
    version = lock_version(actor, version_id, expected_version)
    check_not_later(decided_on, today)
    check_decision(version.effective_on, decided_on)
    version.decided_on, version.decided_by, version.decision = decided_on, decided_by, decision
    _check_suspension(version)
    periods.note(version, decided_on=decided_on, decided_by=decided_by, decision=decision)
    return version


@action("structure.advise_version", permission=permissions.CHANGE)
def advise_version(  # noqa: PLR0913  the advice and what follows from it; all are named at the call
    actor: Actor,
    *,
    version_id: int,
    expected_version: int,
    advice: str,
    advised_on: date | None,
    advice_note: str,
    today: date,
    council_told_on: date | None = None,
    suspension_waived: bool = False,
) -> StructureVersion:
    """Record what the works council advised, or why it was not asked.

    council_told_on, suspension_waived: after negative advice, when the council was told of the decision, and
    whether it does without the month's wait. Raises NotPossible where something lacks or the wait is not over.
    """
    version = lock_version(actor, version_id, expected_version)
    check_advice(advice, advised_on, advice_note)
    for day in (advised_on, council_told_on):
        if day is not None:
            check_not_later(day, today)
    version.advice, version.advised_on, version.advice_note = advice, advised_on, advice_note
    version.council_told_on, version.suspension_waived = council_told_on, suspension_waived
    _check_suspension(version)
    periods.note(
        version,
        advice=advice,
        advised_on=advised_on,
        advice_note=bool(advice_note),
        council_told_on=council_told_on,
        suspension_waived=suspension_waived,
    )
    return version


@action("structure.withdraw_version", permission=permissions.CHANGE)
def withdraw_version(
    actor: Actor, *, version_id: int, expected_version: int, reason: str, today: date
) -> StructureVersion:
    """Take back a version that was recorded wrongly or will not come. It stays, with the reason, and counts no more."""
    version = lock_version(actor, version_id, expected_version)
    version.withdrawn_on, version.withdrawal = today, reason
    periods.note(version, withdrawn=True, withdrawal=True)
    return version
