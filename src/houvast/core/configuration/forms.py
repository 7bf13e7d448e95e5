"""The form of one setting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from houvast.core.configuration.rules import Kind, Setting, WrongValue
from houvast.core.ui.forms import DayField, WholeNumberField


def _value_field(setting: Setting) -> forms.Field:
    match setting.kind:
        case Kind.YES_NO:
            choices = [("ja", _("Ja")), ("nee", _("Nee"))]
            field: forms.Field = forms.TypedChoiceField(choices=choices, coerce=lambda word: word == "ja")
        case Kind.CHOICE:
            field = forms.ChoiceField(choices=setting.choices)
        case Kind.NUMBER:
            field = WholeNumberField(min_value=setting.lowest, max_value=setting.highest)
        case Kind.TEXT:
            field = forms.CharField(max_length=500)
    field.label = _("Nieuwe waarde") if not setting.unit else f"{_('Nieuwe waarde')} ({setting.unit})"
    return field


class ChangeForm(forms.Form):
    """A new value with its days and decision; `seen` holds what the reader saw the effect of."""

    value = forms.Field()
    valid_from = DayField(label=_("Geldt vanaf"))
    valid_until = DayField(
        label=_("Geldt tot"),
        required=False,
        help_text=_("De eerste dag waarop het weer anders is. Leeg: tot er iets anders wordt ingesteld."),
    )
    decision = forms.CharField(label=_("Besluit"), max_length=200, required=False)
    stamp = WholeNumberField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, setting: Setting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        self.fields["value"] = _value_field(setting)

    def clean_value(self) -> Any:
        """Raises ValidationError where the setting does not take the value."""
        try:
            return self.setting.clean(self.cleaned_data["value"])
        except WrongValue as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> None:
        """An end lies after its beginning."""
        start, until = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and until and until <= start:
            self.add_error("valid_until", _("Kies een dag na het begin."))

    def asked(self) -> dict[str, Any]:
        """What the action is asked to do. For a valid form."""
        data = self.cleaned_data
        return {name: data[name] for name in ("value", "valid_from", "valid_until", "decision")}

    def fingerprint(self) -> str:
        """What the effect was shown of; the decision changes no effect."""
        data = self.cleaned_data
        return f"{data['value']}|{data['valid_from']}|{data['valid_until'] or ''}"
