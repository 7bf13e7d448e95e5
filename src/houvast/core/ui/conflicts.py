"""Both versions of a record side by side, when somebody else saved first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _

from houvast.core.ui.tables import dutch_date, dutch_moment


@dataclass(frozen=True)
class Difference:
    """One field in both versions, as text."""

    label: str
    yours: str
    theirs: str

    @property
    def changed(self) -> bool:
        return self.yours != self.theirs


def _shown(field: BoundField, value: Any) -> str:
    choices = dict(getattr(field.field, "choices", ()))
    match value:
        case None | "":
            return "–"
        case bool():
            return _("Ja") if value else _("Nee")
        case datetime():
            return dutch_moment(value)
        case date():
            return dutch_date(value)
        case list() | tuple() | set():
            return ", ".join(_shown(field, item) for item in value)
        case _:
            return str(choices.get(value, choices.get(str(value), value)))


def differences(form: BaseForm, stored: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What somebody typed in a valid form beside what is stored now, for the fields that `stored` names."""
    return tuple(
        Difference(
            str(field.label),
            _shown(field, form.cleaned_data.get(field.name)),
            _shown(field, stored[field.name]),
        )
        for field in form
        if field.name in stored and not field.is_hidden
    )
