"""Changing a setting from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import CHANGE_SETTINGS
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditHead
from houvast.core.configuration.models import SettingPeriod
from houvast.core.configuration.queries import believed_rows, declaration, stamp_of
from houvast.core.configuration.rules import Piece, Value, left_over
from houvast.core.orgs.base import Conflict


@action("configuration.change", permission=CHANGE_SETTINGS)
def change(
    actor: Actor,
    *,
    key: str,
    value: object,
    valid_from: date,
    valid_until: date | None = None,
    decision: str = "",
    expected_stamp: int | None = None,
) -> SettingPeriod:
    """Let a setting have a value from a day on, until another day or for good.

    What held on those days is withdrawn and stays readable; what remains of it beside them is written anew,
    except that a change for good also replaces what was set for later. Raises UnknownSetting, WrongValue,
    and Conflict when somebody changed the setting since the reader saw it (`stamp_of`).
    """
    kept = declaration(key).clean(value)
    # The first value of a setting has no row to lock; the end of the trail puts two writers in order.
    AuditHead.objects.select_for_update().get(organisation_id=actor.organisation.pk)
    rows = believed_rows(key)
    row = SettingPeriod(
        key=key, value=kept, valid_from=valid_from, valid_until=valid_until, decision=decision
    )
    if expected_stamp is not None and expected_stamp != stamp_of(key):
        raise Conflict(rows[-1] if rows else row)
    now = timezone.now()
    for old in rows:
        _make_room(old, Piece(valid_from, valid_until), now)
    row.recorded_at = now
    _write(row, kept)
    return row


def _make_room(old: SettingPeriod, new: Piece, now: datetime) -> None:
    stays = Piece(old.valid_from, old.valid_until)
    left = left_over(stays, new)
    if left == (stays,):
        return
    old.withdrawn_at = now
    old.save(update_fields=["withdrawn_at"])
    record(old, key=old.key, withdrawn_at=now)
    for piece in left:
        part = SettingPeriod(
            key=old.key,
            value=old.value,
            valid_from=piece.start,
            valid_until=piece.until,
            decision=old.decision,
            recorded_at=now,
        )
        _write(part, old.value)


def _write(row: SettingPeriod, value: Value) -> None:
    row.save()
    record(
        row,
        key=row.key,
        value=value,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        decision=row.decision,
    )
