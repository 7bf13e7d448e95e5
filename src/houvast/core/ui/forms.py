"""Forms in the design system: `{{ form }}` gives the error summary and NL Design System fields.

Named by the setting FORM_RENDERER. A plain Django form needs nothing special: dates become native date
inputs, decimals become a text input that reads Dutch amounts, groups of choices become a fieldset.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import django.forms
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.template.backends.django import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from houvast.core.ui import form_html
from houvast.core.ui.markup import safe

_AMOUNT: Final = re.compile(r"[-\u2212]?\d+(\.\d{3})*(,\d+|,-)?|[-\u2212]?\d+\.\d{1,2}")
_TEMPLATES: Final = (Path(__file__).parent / "templates", Path(django.forms.__file__).parent / "templates")


class DateInput(forms.DateInput):
    """The browser's own date field: it shows the reader's notation and works by keyboard and on a phone."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, in the time zone of the installation."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeInput(forms.TimeInput):
    """Hours and minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class AmountInput(forms.TextInput):
    """A decimal as Dutch people write it: 1.234,56. A number input would refuse the comma or hide it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Decimals with a comma; what somebody typed comes back as it was typed."""
        if isinstance(value, (int, float, Decimal)):
            return f"{value:,}".translate(str.maketrans(",.", ".,"))
        return None if value in (None, "") else str(value)


def parse_amount(text: str) -> Decimal:
    """Read a Dutch amount: `1.234,56`, `1234,5`, `€ 12,-`, `-3`, also `1234.56`. Raises ValueError.

    A point followed by three digits separates thousands; `1.234` is one thousand two hundred thirty-four.
    """
    bare = re.sub(r"[\s€]", "", text).replace("\u2212", "-")
    if not _AMOUNT.fullmatch(bare):
        raise ValueError(text)
    if re.fullmatch(r"-?\d+\.\d{1,2}", bare):
        return Decimal(bare)
    return Decimal(bare.replace(".", "").removesuffix(",-").replace(",", "."))


class AmountField(forms.DecimalField):
    """A decimal field for Dutch amounts. Reads them the same in every interface language."""

    widget = AmountInput
    default_error_messages = {"invalid": _("Vul een bedrag in met cijfers, bijvoorbeeld 1.250,50.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs follow IntegerField
        """Raises ValidationError when the text is no amount."""
        if value in self.empty_values or isinstance(value, (int, float, Decimal)):
            return super().to_python(value)
        try:
            return super().to_python(parse_amount(str(value)))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No min, max or step: those belong to number inputs."""
        del widget
        return {}


class TileRadioSelect(forms.RadioSelect):
    """Answers as large tiles, for short questions on a phone. `icons` maps a value to an icon's name."""

    template_name = "forms/tiles.html"
    option_template_name = "forms/tile.html"

    def __init__(self, *args: Any, icons: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.icons = icons or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option with its icon."""
        return {**super().create_option(name, value, *args, **kwargs), "icon": self.icons.get(str(value), "")}


_NATIVE: Final[dict[type[forms.Widget], type[forms.Widget]]] = {
    forms.DateInput: DateInput,
    forms.DateTimeInput: MomentInput,
    forms.TimeInput: TimeInput,
}
_CLASSES: Final[tuple[tuple[tuple[type[forms.Widget], ...], str], ...]] = (
    ((AmountInput,), "utrecht-textbox utrecht-textbox--html-input hv-input--amount"),
    ((forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple), ""),
    ((forms.Select,), "utrecht-select utrecht-select--html-select"),
    ((forms.Textarea,), "utrecht-textarea utrecht-textarea--html-textarea"),
    ((forms.widgets.Input,), "utrecht-textbox utrecht-textbox--html-input"),
)


def _classes(widget: forms.Widget) -> str:
    return next((classes for kinds, classes in _CLASSES if isinstance(widget, kinds)), "")


class BoundField(forms.BoundField):
    """A field on a page: knows the classes of its widget and how it is laid out."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        if (native := _NATIVE.get(type(field.widget))) is not None:
            swapped = native(attrs=field.widget.attrs)
            swapped.is_required = field.widget.is_required
            field.widget = swapped
        # A form that `merges` sends along what its reader saw (see `conflicts.merged`).
        field.show_hidden_initial = getattr(form, "merges", False) and not field.widget.is_hidden
        super().__init__(form, field, name)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes (required, aria-invalid, aria-describedby) with our classes."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if classes := _classes(widget):
            built["class"] = f"{classes} {widget.attrs.get('class', '')}".strip()
        if isinstance(widget, forms.Textarea):
            given = widget.attrs.get("rows", "10")
            built["rows"] = "5" if str(given) == "10" else str(given)  # Django's own ten is a lot of page
        return built

    @property
    def is_checkbox(self) -> bool:
        """One box with its label behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)


class Renderer(BaseRenderer):
    """Renders forms and widgets from our templates, then Django's own."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField

    @cached_property
    def engine(self) -> DjangoTemplates:
        """Apart from the pages' engine, so that a widget never runs a context processor."""
        return DjangoTemplates(
            {
                "APP_DIRS": True,
                "DIRS": _TEMPLATES,
                "NAME": "houvast-forms",
                "OPTIONS": {
                    "builtins": ["django.templatetags.i18n", "houvast.core.ui.templatetags.houvast"],
                },
            }
        )

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """By `form_html` where it can, else by the template."""
        writer = form_html.WRITERS.get(template_name)
        written = None if writer is None else writer(context)
        return safe(super().render(template_name, context, request)) if written is None else written

    def get_template(self, template_name: str) -> Any:
        """A template of the forms' engine."""
        return self.engine.get_template(template_name)
