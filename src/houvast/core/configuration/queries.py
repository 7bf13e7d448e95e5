"""What is set now, since when, and what will be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import CHANGE_SETTINGS
from houvast.core.configuration.models import SettingPeriod
from houvast.core.configuration.rules import Setting, Value
from houvast.core.orgs.base import as_of, known
from houvast.core.registry import RecordName, modules


class UnknownSetting(KeyError):  # noqa: N818  the name says what is wrong
    """No module declares a setting with this key."""


def declared() -> tuple[Setting, ...]:
    """The settings of all modules, in a stable order."""
    return tuple(setting for module in modules() for setting in module.settings)


def declaration(key: str) -> Setting:
    """The setting with this key. Raises UnknownSetting."""
    for setting in declared():
        if setting.key == key:
            return setting
    raise UnknownSetting(key)


def names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """What settings are called, with the page of all settings; for who may change them, one query."""
    if not actor.may(CHANGE_SETTINGS):
        return {}
    called = {setting.key: str(setting.label) for setting in declared()}
    page = reverse("configuration:index", args=[actor.organisation.slug])
    rows = SettingPeriod.objects.filter(uid__in=uids).values_list("uid", "key")
    return {str(uid): RecordName(called[key], page) for uid, key in rows if key in called}


def value_of(key: str, day: date, *, known_at: datetime | None = None) -> Any:
    """What the setting was, is or will be on a day, in the organisation in scope. Raises UnknownSetting.

    Where nothing was set, or what was set is no longer a value of the setting, its default.
    """
    setting = declaration(key)
    row = SettingPeriod.objects.filter(as_of(day, known_at=known_at), key=key).order_by("-pk").first()
    return setting.default if row is None else _still_valid(setting, row.value)


def _still_valid(setting: Setting, value: object) -> Value:
    try:
        return setting.clean(value)
    except ValueError:
        return setting.default


@dataclass(frozen=True)
class State:
    """A setting as its page shows it: the value now, since when, what comes, and every row ever written."""

    setting: Setting
    value: Value
    since: date | None
    until: date | None
    decision: str
    coming: tuple[SettingPeriod, ...]
    rows: tuple[SettingPeriod, ...]
    stamp: int

    @property
    def shown(self) -> str:
        """The value now, for a reader."""
        return self.setting.shown(self.value)

    @property
    def to_come(self) -> tuple[tuple[date, str], ...]:
        """The day and the value of what is set for later."""
        return tuple((row.valid_from, self.setting.shown(row.value)) for row in self.coming)

    @property
    def past(self) -> tuple[tuple[SettingPeriod, str], ...]:
        """Every row with its value for a reader, newest first."""
        return tuple((row, self.setting.shown(row.value)) for row in self.rows)


def states(actor: Actor, today: date) -> tuple[State, ...]:
    """Every setting, in one query. Raises NotPermitted."""
    actor.require(CHANGE_SETTINGS)
    rows = list(SettingPeriod.objects.order_by("-valid_from", "-pk"))
    return tuple(
        _state(setting, [row for row in rows if row.key == setting.key], today) for setting in declared()
    )


def state(actor: Actor, key: str, today: date) -> State:
    """One setting. Raises NotPermitted and UnknownSetting."""
    actor.require(CHANGE_SETTINGS)
    setting = declaration(key)
    return _state(setting, list(SettingPeriod.objects.filter(key=key).order_by("-valid_from", "-pk")), today)


def _state(setting: Setting, rows: list[SettingPeriod], today: date) -> State:
    believed = [row for row in rows if row.withdrawn_at is None]
    now = next((row for row in believed if _holds(row, today)), None)
    return State(
        setting=setting,
        value=setting.default if now is None else _still_valid(setting, now.value),
        since=now.valid_from if now else None,
        until=now.valid_until if now else None,
        decision=now.decision if now else "",
        coming=tuple(
            sorted((row for row in believed if row.valid_from > today), key=lambda row: row.valid_from)
        ),
        rows=tuple(rows),
        stamp=sum(row.version for row in rows),
    )


def _holds(row: SettingPeriod, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


def stamp_of(key: str) -> int:
    """A number that grows with every change of the setting: what a form was based on."""
    return SettingPeriod.objects.filter(key=key).aggregate(total=Sum("version"))["total"] or 0


def believed_rows(key: str) -> list[SettingPeriod]:
    """The rows of a setting that hold, locked for the action under way."""
    rows = SettingPeriod.objects.filter(known(), key=key).select_for_update(of=("self",))
    return list(rows.order_by("valid_from"))
