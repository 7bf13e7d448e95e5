"""What happened to a record, in words for its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from houvast.core.audit.actions import CHANGED, is_empty
from houvast.core.audit.queries import HistoryLine, history
from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import OrganisationModel

UNTOLD = frozenset({"reference", "registered_on"})


@dataclass(frozen=True)
class Event:
    """One thing that happened: the action's key, who did it, when, and what changed as "veld: waarde"."""

    action: str
    who: str
    at: datetime
    changes: tuple[str, ...]
    account_id: int | None = None


def events(subject: OrganisationModel, files: Iterable[StoredFile] = ()) -> tuple[Event, ...]:
    """The history of a record and of its files, newest first. Two queries, however long it is."""
    by_uid = {file.uid: file for file in files}
    lines = history(subject, *by_uid.values())
    return tuple(
        Event(
            line.action,
            line.who,
            line.at,
            _told_of(by_uid[line.subject_uid], line)
            if line.subject_uid in by_uid
            else tuple(_told(type(subject), line.changes, new=line is lines[-1])),
            line.account_id,
        )
        for line in lines
    )


def _told_of(file: StoredFile, line: HistoryLine) -> tuple[str, ...]:
    """What the file is called, and why it was withdrawn: read from the file, the trail copies neither."""
    return (file.name, file.withdrawal) if "withdrawn_at" in line.changes else (file.name,)


def _told(model: type[models.Model], changes: dict[str, Any], *, new: bool) -> Iterator[str]:
    """What a line says. A new record tells what was filled in; later, that something was emptied counts too."""
    for name, value in changes.items():
        if name in UNTOLD or (new and (is_empty(value) or value is False)):
            continue
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, models.Field) and not field.is_relation:
            yield f"{field.verbose_name}: {_value(field, value)}"


def _value(field: models.Field[Any, Any], value: Any) -> str:
    if is_empty(value):
        return _("leeggemaakt")
    if value == CHANGED:
        return _("ingevuld of gewijzigd")
    return _shown(field, value)


def _shown(field: models.Field[Any, Any], value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return date_format(localtime(datetime.fromisoformat(value)), "j F Y, H.i")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value), "j F Y")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return str(value)
