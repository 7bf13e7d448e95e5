"""Forms in the design system: `{{ form }}` gives the error summary and NL Design System fields.

Named by the setting FORM_RENDERER. A plain Django form needs nothing special: dates become native date
inputs, decimals become a text input that reads Dutch amounts, groups of choices become a fieldset.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from datetime import timezone as tzinfo
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import django.forms
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import BaseRenderer
from django.forms.utils import from_current_timezone
from django.template.backends.django import DjangoTemplates
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.rules import FIRST_DAY, LARGEST_NUMBER, LARGEST_SMALL_NUMBER, LAST_DAY
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


_READ: Final = tzinfo(timedelta(0), "as typed")


def _within(day: date, earliest: date, latest: date) -> None:
    if not earliest <= day <= latest:
        told = {"earliest": date_format(earliest, "j F Y"), "latest": date_format(latest, "j F Y")}
        raise ValidationError(
            _("Kies een dag van %(earliest)s tot en met %(latest)s."), code="bounds", params=told
        )


class DayField(forms.DateField):
    """A day between two bounds, both included. Every form asks for days with this class."""

    widget = DateInput

    def __init__(self, *, earliest: date = FIRST_DAY, latest: date = LAST_DAY, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keeps the browser's own picker within the bounds."""
        bounds = {"min": self.earliest.isoformat(), "max": self.latest.isoformat()}
        return super().widget_attrs(widget) | ({} if widget.is_hidden else bounds)

    def validate(self, value: date | None) -> None:
        """Raises ValidationError for a day outside the bounds."""
        super().validate(value)
        if value is not None:
            _within(value, self.earliest, self.latest)


class MomentField(forms.DateTimeField):
    """A day and a time whose day lies between two bounds. Every form asks for moments with this class."""

    widget = MomentInput

    def __init__(self, *, earliest: date = FIRST_DAY, latest: date = LAST_DAY, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keeps the browser's own picker within the bounds."""
        bounds = {"min": f"{self.earliest.isoformat()}T00:00", "max": f"{self.latest.isoformat()}T23:59"}
        return super().widget_attrs(widget) | ({} if widget.is_hidden else bounds)

    def to_python(self, value: Any) -> datetime | None:
        """Raises ValidationError for what is no moment, and for one outside the bounds.

        Read as it was typed first, in no time zone: the year 1 cannot be carried from one to another.
        """
        with timezone.override(_READ):
            moment: datetime | None = super().to_python(value)
        if moment is None:
            return None
        _within(moment.date(), self.earliest, self.latest)
        if moment.tzinfo is not _READ:
            return moment
        local: datetime = from_current_timezone(moment.replace(tzinfo=None))
        return local


class WholeNumberField(forms.IntegerField):
    """A whole number between two bounds, both included, that fits in a column of either database.

    `min_value=None` takes numbers below nought as well.
    """

    def __init__(
        self, *, min_value: int | None = 0, max_value: int | None = LARGEST_NUMBER, **kwargs: Any
    ) -> None:
        self.least = -LARGEST_NUMBER if min_value is None else min_value
        self.most = LARGEST_NUMBER if max_value is None else max_value
        super().__init__(min_value=self.least, max_value=self.most, **kwargs)

    def validate(self, value: int | None) -> None:
        """Raises ValidationError for a number outside the bounds, which names both."""
        super().validate(value)
        if value is not None and not self.least <= value <= self.most:
            told = {
                name: number_format(bound, force_grouping=True)
                for name, bound in (("least", self.least), ("most", self.most))
            }
            raise ValidationError(
                _("Vul een heel getal in van %(least)s tot en met %(most)s."), code="bounds", params=told
            )


_SMALL: Final = (models.SmallIntegerField, models.PositiveSmallIntegerField)


def bounded(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The form field of a model's field, with the bounds of this module.

    For `fields_for_model(..., formfield_callback=bounded)`.
    """
    if isinstance(field, models.DateTimeField):
        kwargs["form_class"] = MomentField
    elif isinstance(field, models.DateField):
        kwargs["form_class"] = DayField
    elif isinstance(field, models.IntegerField):
        most = LARGEST_SMALL_NUMBER if isinstance(field, _SMALL) else LARGEST_NUMBER
        kwargs |= {"form_class": WholeNumberField, "max_value": most}
    return field.formfield(**kwargs)


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
