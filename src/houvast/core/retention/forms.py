"""What people fill in about keeping and destroying."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houvast.core.administration.forms import PeriodForm
from houvast.core.retention import queries
from houvast.core.retention.rules import LONGEST_TERM
from houvast.core.ui.forms import DayField, WholeNumberField


class VersionForm(forms.Form):
    """A step with a list or a hold, on the version that was read."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


class ListForm(forms.Form):
    """A list of what is due on a day."""

    day = DayField(label=_("Aan de beurt op"), help_text=_("Vandaag of een eerdere dag."))


class ReasonForm(VersionForm):
    """Why not."""

    reason = forms.CharField(label=_("Reden"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExclusionForm(VersionForm):
    """Why a record stays."""

    reason = forms.CharField(
        label=_("Reden om dit stuk niet te vernietigen"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leeg: het stuk gaat toch mee. Noem geen namen."),
    )


class HoldForm(PeriodForm):
    """A hold on a class, or on one record of it."""

    field_order = ("retention_class", "reference", "reason", "valid_from", "valid_until")

    retention_class = forms.ChoiceField(label=_("Bewaarcategorie"))
    reference = forms.CharField(
        label=_("Kenmerk van één stuk"),
        max_length=20,
        required=False,
        help_text=_("Leeg: de stop geldt voor alles in de categorie."),
    )
    reason = forms.CharField(
        label=_("Reden"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Bijvoorbeeld een beroep, een verzoek om openbaarheid of een onderzoek. Noem geen namen."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["retention_class"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.label) for one in queries.declared() if one.rows is not None]


class LiftForm(VersionForm):
    """From when a hold no longer holds."""

    valid_until = DayField(
        label=_("Beëindigen per"), help_text=_("De eerste dag waarop weer mag worden vernietigd.")
    )


class DeviationForm(forms.Form):
    """Another term for a class."""

    for_ever = forms.BooleanField(label=_("Blijvend bewaren"), required=False)
    years = WholeNumberField(label=_("Bewaartermijn in jaren"), required=False, max_value=LONGEST_TERM)
    decision = forms.CharField(label=_("Besluit waarop dit berust"), max_length=200)
    valid_from = DayField(label=_("Vanaf"))

    def clean(self) -> None:
        """Either years or for ever."""
        if "years" in self.errors:
            return
        if self.cleaned_data.pop("for_ever", False) == (self.cleaned_data.get("years") is not None):
            self.add_error("years", _("Vul een aantal jaren in, of kies ‘Blijvend bewaren’: een van beide."))
