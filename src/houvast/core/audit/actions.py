"""Actions: every write is one transaction, asks one permission, and fails unless it is recorded."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import Permission
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.audit.seals import row_fields, row_seals, seal, trail_key
from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.scope import Writing, writing
from houvast.core.search.index import keep

P = ParamSpec("P")
R = TypeVar("R")

CHANGED = "gewijzigd"
PUBLIC = "publiek"
"""The origin of what somebody without an account did, at a page that is open to the public."""
ENTRY_FIELDS = [name for name in row_fields(AuditEntry) if name not in {"seal", "organisation_id"}]


class NotRecorded(RuntimeError):  # noqa: N818  the name says what is missing
    """An action wrote rows that it did not record; everything it did is rolled back."""


@dataclass(frozen=True)
class Action:
    """What is known of an action: its key in the trail, the permission it asks, its function."""

    key: str
    permission: Permission | None
    run: Callable[..., Any]


@dataclass
class Record:
    """What one call of an action has recorded so far, in order."""

    entries: list[tuple[OrganisationModel, dict[str, Any]]] = field(default_factory=list)


ACTIONS: dict[str, Action] = {}
_record: ContextVar[Record | None] = ContextVar("record", default=None)
BY_COMMAND = "opdracht"
_origin: ContextVar[str] = ContextVar("origin", default=BY_COMMAND)


def action(
    key: str,
    *,
    permission: Permission | None,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an action. Its first argument is the actor; the rest goes by keyword.

    The call raises NotPermitted before anything is read, NotRecorded (and rolls back) when a row it wrote
    was not recorded or nothing was, and RuntimeError when it is called from within another action.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        if key in ACTIONS:
            raise RuntimeError(f"Two actions are called {key}.")

        @functools.wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if permission is not None:
                actor.require_write(permission)
            with writing(actor.organisation.pk) as work:
                token = _record.set(Record())
                try:
                    result = function(actor, *args, **kwargs)
                    _finish(key, actor, work)
                finally:
                    _record.reset(token)
            return result

        ACTIONS[key] = Action(key, permission, run)
        return run

    return decorate


BY_SCREEN, BY_PROGRAM = "scherm", "programma"
"""Where what happened came from, as the trail keeps it; a command is neither."""


@contextmanager
def request_origin(origin: str = BY_SCREEN) -> Iterator[None]:
    """What happens inside comes from a page, a program, or a page that is open to the public."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def record(subject: OrganisationModel, **changes: Any) -> None:
    """Put in the trail what changed of this row.

    Names and free text are told as "gewijzigd", unless they are empty: that a field was left or made empty
    copies nothing of it.
    """
    current = _record.get()
    if current is None:
        raise RuntimeError("record() belongs inside an action.")
    told = {
        name: CHANGED if name in subject.unrecorded_fields and not is_empty(value) else _plain(value)
        for name, value in changes.items()
    }
    current.entries.append((subject, told))


def is_empty(value: Any) -> bool:
    """Whether nothing is filled in. Zero and "no" are answers."""
    return value is None or value in ("", [], {})


def _plain(value: Any) -> Any:
    if isinstance(value, OrganisationModel):
        return str(value.uid)
    if isinstance(value, bool | int | None | list | dict):
        return value
    return str(value)


def _finish(key: str, actor: Actor, work: Writing) -> None:
    current = _record.get()
    if current is None or not current.entries:
        raise NotRecorded(f"{key} recorded nothing.")
    subjects = {(subject._meta.label, subject.pk) for subject, _ in current.entries if subject.pk is not None}
    silent = sorted(
        {
            label
            for label, pk in work.touched
            if (label, pk) not in subjects and (label, pk) not in work.deleted
        }
    )
    if silent:
        raise NotRecorded(f"{key} wrote without recording: {', '.join(silent)}.")
    _append(key, actor, current, _seals_of(actor, work))
    keep(work)


def _seals_of(actor: Actor, work: Writing) -> dict[UUID, str]:
    by_model: defaultdict[str, list[int]] = defaultdict(list)
    for label, pk in work.touched:
        by_model[label].append(pk)
    trail = trail_key(actor.organisation)
    return {
        uid: row_seal
        for label, pks in by_model.items()
        for uid, row_seal in row_seals(_model(label), trail, pks)
    }


def _model(label: str) -> type[OrganisationModel]:
    model = apps.get_model(label)
    assert issubclass(model, OrganisationModel)
    return model


def _append(key: str, actor: Actor, current: Record, seals: dict[UUID, str]) -> None:
    head, _ = AuditHead.objects.select_for_update().get_or_create(organisation_id=actor.organisation.pk)
    trail = trail_key(actor.organisation)
    made = []
    for subject, changes in current.entries:
        entry = AuditEntry(
            organisation_id=actor.organisation.pk,
            number=head.number + 1,
            action=key,
            origin=_origin.get(),
            account_id=actor.account_id,
            actor_uid=actor.person_uid,
            home_id=actor.home.pk,
            table=subject._meta.label_lower,
            subject_uid=subject.uid,
            changes=changes,
            row_seal=seals.get(subject.uid, ""),
            previous=head.seal,
        )
        entry.seal = entry_seal(trail, entry)
        made.append(entry)
        head.number, head.seal = entry.number, entry.seal
    AuditEntry.across_organisations.bulk_create(made, batch_size=500)
    head.save()


def entry_seal(key: bytes, entry: AuditEntry) -> str:
    """The seal of an entry, over all of it and over the seal of the entry before."""
    return seal(key, [getattr(entry, name) for name in ENTRY_FIELDS])
