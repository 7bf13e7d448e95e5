"""The commonest fields of a form, written in Python: a template per field costs as much as a page of rows.

Each function writes what the template of the same name writes, to the character (a test compares them), and
answers None for what it leaves to that template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houvast.core.ui.markup import safe

Context = Mapping[str, Any]
Writer = Callable[[Context], SafeString | None]


def _attributes(attributes: Mapping[str, Any]) -> str:
    parts = []
    for name, value in attributes.items():
        if value is True:
            parts.append(f" {conditional_escape(name)}")
        elif value is not False:
            parts.append(f' {conditional_escape(name)}="{_value(value)}"')
    return "".join(parts)


def _value(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def text_input(context: Context) -> SafeString:
    """One line to fill in: text, number, date."""
    widget = context["widget"]
    given = "" if widget["value"] is None else f' value="{_value(widget["value"])}"'
    named = f'type="{_value(widget["type"])}" name="{_value(widget["name"])}"'
    return safe(f"<input {named}{given}{_attributes(widget['attrs'])}>")


def select(context: Context) -> SafeString:
    """A list of choices, in groups or not."""
    widget = context["widget"]
    parts = [f'<select name="{_value(widget["name"])}"{_attributes(widget["attrs"])}>']
    for name, options, _place in widget["optgroups"]:
        if name:
            parts.append(f'\n  <optgroup label="{_value(name)}">')
        for option in options:
            told = f"{_attributes(option['attrs'])}>{conditional_escape(option['label'])}"
            parts.append(f'\n  <option value="{_value(option["value"])}"{told}</option>\n')
        if name:
            parts.append("\n  </optgroup>")
    return safe("".join((*parts, "\n</select>")))


def field(context: Context) -> SafeString | None:
    """A label above something to fill in; what has a hint, a fault or a group of answers is the template's."""
    bound = context["field"]
    if bound.errors or bound.help_text or bound.is_checkbox or bound.use_fieldset:
        return None
    optional = ""
    if not bound.field.required and getattr(bound.form, "mark_optional", None) is not False:
        optional = f" <small>({_('niet verplicht')})</small>"
    wide = " hv-wide" if bound.widget_type == "textarea" else ""
    label = (
        f'<label class="hv-field__label" for="{_value(bound.id_for_label)}">{conditional_escape(bound.label)}'
    )
    return safe(f'<div class="hv-field{wide}">{label}{optional}</label>\n{bound}</div>')


_INPUTS: Final = ("input", "text", "number", "email", "date", "datetime", "time", "hidden")
WRITERS: Final[dict[str, Writer]] = {
    "forms/field.html": field,
    "django/forms/widgets/select.html": select,
    **{f"django/forms/widgets/{name}.html": text_input for name in _INPUTS},
}
