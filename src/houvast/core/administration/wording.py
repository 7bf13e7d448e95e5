"""The trail in words: registers, records and values as people call them, never as the database does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from html import escape
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import StandardRole
from houvast.core.audit.actions import CHANGED
from houvast.core.registry import RecordName, Records, modules
from houvast.core.report.outline import walk
from houvast.core.ui.markup import link, safe
from houvast.core.ui.tables import dutch_date, dutch_moment

_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d)?")

# What a change is called that is no field of its row, or whose field has no Dutch name of its own.
_WORDS = {
    "account": gettext_lazy("account"),
    "advice": gettext_lazy("advies"),
    "breach": gettext_lazy("datalek"),
    "deputy": gettext_lazy("vervanger"),
    "fte": gettext_lazy("fte"),
    "function": gettext_lazy("functie"),
    "grantee": gettext_lazy("organisatie"),
    "key": gettext_lazy("kenmerk"),
    "kind": gettext_lazy("soort"),
    "name": gettext_lazy("naam"),
    "on": gettext_lazy("vanaf"),
    "owner": gettext_lazy("hoort bij"),
    "parent": gettext_lazy("valt onder"),
    "person": gettext_lazy("medewerker"),
    "risk": gettext_lazy("risico"),
    "role": gettext_lazy("rol"),
    "source": gettext_lazy("bron"),
    "unit": pgettext_lazy("organisatie", "onderdeel"),
    "valid_from": gettext_lazy("geldig vanaf"),
    "valid_until": gettext_lazy("geldig tot"),
    "withdrawn": gettext_lazy("ingetrokken"),
}
_FEW = 3
_TABLES_BY_NAME = {"parent": "orgs.unit", "deputy": "people.person"}


class Wording:
    """The words for a page of entries. Asks one query for each kind of record that the page speaks of."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._records: dict[str, Records] = {
            record.table: record for module in modules() for record in module.records
        }
        self._permissions = {
            permission.key: permission.label for module in modules() for permission in module.permissions
        }
        self._names: dict[str, RecordName] = {}

    def read(self, entries: Iterable[tuple[str, Any, Mapping[str, Any]]]) -> None:
        """Look up the names that entries speak of; an entry as (table, uid of its record, changes)."""
        mentioned: defaultdict[str, set[str]] = defaultdict(set)
        for table, subject, changes in entries:
            if subject is not None:
                mentioned[table].add(str(subject))
            for name, value in changes.items():
                if isinstance(value, str) and _UID.fullmatch(value):
                    mentioned[self._table_of(table, name)].add(value)
        for table, uids in sorted(mentioned.items()):
            if table in self._records:
                self._names |= self._records[table].named(self._actor, uids)

    def _table_of(self, table: str, name: str) -> str:
        """The table that a change of that name points to."""
        field = _field(table, name)
        if field is not None and isinstance(field.related_model, type):
            return str(field.related_model._meta.label_lower)
        known = {other.rpartition(".")[2]: other for other in self._records}
        return _TABLES_BY_NAME.get(name) or known.get(name, "")

    def record(self, table: str, subject: Any) -> SafeString:
        """What the entry is about: its register, and the record's name with a link where it may be seen."""
        told = self._label(table)
        name = self._names.get(str(subject))
        return safe(f"{escape(told)}<br>{self._linked(name)}" if name else escape(told))

    @staticmethod
    def _linked(name: RecordName) -> str:
        return link(name.url, name.label) if name.url else escape(name.label)

    def _label(self, table: str) -> str:
        if table in self._records:
            told = str(self._records[table].label)
        else:
            try:
                told = str(apps.get_model(table)._meta.verbose_name)
            except LookupError:
                return table
        return told[:1].upper() + told[1:]

    def changes(self, changes: Mapping[str, Any], table: str) -> str:
        """What changed, as "veld: waarde". Of a row with many values those that are empty are left out."""
        many = len(changes) > _FEW
        return "; ".join(
            f"{self._named(table, name)}: {self._told(table, name, value)}"
            for name, value in changes.items()
            if not (many and value in (None, "", False))
        )

    @staticmethod
    def _named(table: str, name: str) -> str:
        if name in _WORDS:
            return str(_WORDS[name])
        field = _field(table, name)
        return str(getattr(field, "verbose_name", name)) if field is not None else name

    def _told(self, table: str, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self._told(table, name, one) for one in value) or "–"
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return _("ja") if value else _("nee")
        if not isinstance(value, str):
            return str(value)
        return next((told for told in self._texts(table, name, value) if told), value)

    def _texts(self, table: str, name: str, value: str) -> Iterator[str]:
        """The ways in which a text can be told, best first; empty where one does not apply."""
        yield _("gewijzigd") if value == CHANGED else ""
        yield _headings().get(value, "") if name == "slot" else ""
        yield _choices(table, name).get(value, "")
        if _UID.fullmatch(value):
            known = self._names.get(value)
            yield known.label if known else _("een ander stuk")
        yield _day(value)
        yield str(self._permissions.get(value, ""))
        yield str(dict(StandardRole.choices).get(value, "")) if name in {"role", "key"} else ""


@cache
def _headings() -> dict[str, str]:
    """The heading that each text of the chapter stands under."""
    return {slot: section.heading for _depth, section in walk() for slot in section.slots}


def _field(table: str, name: str) -> models.Field[Any, Any] | None:
    try:
        field = apps.get_model(table)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None
    return field if isinstance(field, models.Field) else None


def _choices(table: str, name: str) -> dict[str, str]:
    """The words for the values of a field; a change of a post, unit or function may be one of its period."""
    for where in (table, f"{table}period", "people.appointment"):
        field = _field(where, name)
        if field is not None and field.choices:
            return {str(value): str(label) for value, label in field.flatchoices}
    return {}


def _day(value: str) -> str:
    if _DAY.fullmatch(value):
        return dutch_date(date.fromisoformat(value))
    return dutch_moment(datetime.fromisoformat(value)) if _MOMENT.fullmatch(value) else ""
