"""The question about a term, as an employee fills it in or as it stands in a shared address."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from houvast.core.terms.words import refusal
from houvast.core.ui.forms import DateInput, TimeInput, WholeNumberField
from houvast.law import catalogue
from houvast.law.counting import Unit
from houvast.law.errors import ExtensionError, LawError, UnknownTermError, VariantError, WrongStartError
from houvast.law.model import Deadline

FIELD_OF: Final[dict[type[LawError], str]] = {
    UnknownTermError: "term",
    ExtensionError: "extend_weeks",
    VariantError: "advisory_committee",
}


def _choices() -> list[tuple[str, str]]:
    newest = (versions[-1] for versions in catalogue.TERMS.values())
    return [("", "–"), *((term.key, f"{term.name} ({term.source})") for term in newest)]


class TermForm(forms.Form):
    """Which term, from when, and what lengthens it. The law judges; what it says stands at the field."""

    use_required_attribute = False

    term = forms.ChoiceField(
        label=_("Termijn"), choices=lazy(_choices, list)(), widget=forms.Select(attrs={"lang": "nl"})
    )
    start = forms.CharField(
        label=_("Begint op"),
        max_length=40,
        widget=DateInput,
        help_text=_(
            "De dag waarop het gebeurde waar de termijn mee begint, bijvoorbeeld de ontvangst van de klacht."
        ),
    )
    time = forms.CharField(
        label=_("Tijdstip"),
        max_length=20,
        required=False,
        widget=TimeInput,
        help_text=_("Alleen voor een termijn in uren, zoals de melding van een datalek."),
    )
    advisory_committee = forms.BooleanField(label=_("Een adviescommissie brengt advies uit"), required=False)
    extend_weeks = WholeNumberField(
        label=_("Verlengen met (weken)"), required=False, min_value=0, max_value=99, initial=0
    )

    deadline: Deadline | None = None

    def clean(self) -> None:
        """Ask the law; keep the answer in `deadline`, or its sentence at a field."""
        data = self.cleaned_data
        if self.errors:
            return
        begin = f"{data['start']}T{data['time']}" if data["time"] else data["start"]
        try:
            self.deadline = catalogue.calculate(
                data["term"],
                begin,
                advisory_committee=data["advisory_committee"],
                extend_weeks=data["extend_weeks"] or 0,
            )
        except LawError as error:
            self.add_error(self._field_of(error), refusal(error))

    def _field_of(self, error: LawError) -> str:
        if type(error) is WrongStartError:
            in_hours = catalogue.versions(self.cleaned_data["term"])[-1].unit is Unit.HOURS
            if in_hours is not bool(self.cleaned_data["time"]):
                return "time"
        return FIELD_OF.get(type(error), "start")
