"""Both versions of a record side by side, when somebody else saved first, and the form to go on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput
from django.http import QueryDict
from django.utils.translation import gettext as _

from houvast.core.ui.tables import dutch_date, dutch_moment


@dataclass(frozen=True)
class Difference:
    """One field in both versions, as text.

    untouched: the reader left it as it was, so that what is stored now goes into the form.
    """

    label: str
    yours: str
    theirs: str
    untouched: bool = False

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
    touched = set(form.changed_data)
    return tuple(
        Difference(
            str(field.label),
            _shown(field, form.cleaned_data.get(field.name)),
            _shown(field, stored[field.name]),
            untouched=field.name not in touched,
        )
        for field in form
        if field.name in stored and not field.is_hidden
    )


def merged(form: BaseForm, stored: Mapping[str, Any]) -> QueryDict:
    """What was sent, with the stored value wherever the reader had changed nothing.

    A form that `merges` carries the values its reader saw, so that a field they left alone does not put back
    what somebody else changed meanwhile. In any other form every field counts as changed.
    """
    assert isinstance(form.data, QueryDict)
    data, touched = form.data.copy(), set(form.changed_data)
    for field in form:
        if field.name in stored and not field.is_hidden:
            value = field.field.prepare_value(stored[field.name])
            _put(data, form.add_initial_prefix(field.name), field.field.hidden_widget().format_value(value))
            if field.name not in touched:
                box = isinstance(field.field.widget, CheckboxInput)
                _put(data, field.html_name, _ticked(value) if box else field.field.widget.format_value(value))
    return data


def _ticked(value: Any) -> list[str]:
    return ["on"] if value else []


def _put(data: QueryDict, name: str, value: Any) -> None:
    """As a browser would send it: nothing at all for a box that is not ticked."""
    values = value if isinstance(value, (list, tuple)) else [value]
    data.setlist(name, ["" if one is None else str(one) for one in values])
