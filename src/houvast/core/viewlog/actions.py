"""Writing down who looked. No audited action: nothing of a register changes, and the trail tells what was done."""

from __future__ import annotations

import functools
from uuid import UUID

from houvast.core.access.actor import Actor
from houvast.core.orgs.scope import writing
from houvast.core.registry import modules
from houvast.core.viewlog.models import ViewEntry
from houvast.core.viewlog.rules import Manner


@functools.cache
def sensitive_tables() -> frozenset[str]:
    """The tables of which a module says that who looks is written down."""
    return frozenset(records.table for module in modules() for records in module.records if records.sensitive)


def note(actor: Actor, table: str, uid: UUID | None, manner: Manner) -> None:
    """Write down that the actor sees a record, where that is a sensitive one. One insert.

    To be called when the answer is made and before it is sent: it is committed then, and where that fails nobody has
    seen anything. So no view is ever lost, and a page that cannot be noted is not shown.
    """
    if table in sensitive_tables():
        _write(actor, table, uid, manner)


def note_look(actor: Actor, table: str, uid: UUID | None) -> None:
    """Write down that the actor looks at who saw a record, or at the log as a whole."""
    _write(actor, table, uid, Manner.LOG)


def _write(actor: Actor, table: str, uid: UUID | None, manner: Manner) -> None:
    with writing(actor.organisation.pk):
        ViewEntry(
            organisation_id=actor.organisation.pk,
            account_id=actor.account_id,
            actor_uid=actor.person_uid,
            home_id=actor.home.pk,
            subject_table=table,
            subject_uid=uid,
            manner=manner,
        ).save(force_insert=True)
