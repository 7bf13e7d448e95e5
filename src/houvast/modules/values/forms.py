"""The forms of the module. Field names are the keywords of the action that a form feeds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.rules import LARGEST_SMALL_NUMBER
from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.modules.values.models import CoreValue
from houvast.modules.values.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_TALKS,
    InstrumentKind,
    PartKind,
    Precision,
    StepKind,
)

MOST_QUESTIONS = 12
LONGEST_MEANING = 2_000


def _place() -> WholeNumberField:
    return WholeNumberField(
        label=_("Volgorde"), required=False, min_value=0, max_value=LARGEST_SMALL_NUMBER,
        help_text=_("Leeg: achteraan."),
    )  # fmt: skip


class Placed(forms.Form):
    """Something with a place in an order."""

    def clean_place(self) -> int:
        """Nothing filled in is 0: the action then puts it last."""
        return self.cleaned_data["place"] or 0


class Versioned(forms.Form):
    """A change of something that exists: it names the version that the reader saw."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


class Decision(forms.Form):
    """The decision that adopted a set, and when to look at it again."""

    adopted_on = DayField(label=_("Vastgesteld op"), required=False)
    adopted_by = forms.CharField(label=_("Vastgesteld door"), required=False, max_length=120)
    decision = forms.CharField(label=_("Besluit"), required=False, max_length=200)
    review_on = DayField(
        label=_("Opnieuw bekijken op"),
        required=False,
        help_text=_("Op die dag vraagt Houvast of de set nog past."),
    )


class SetFields(Decision):
    """What a set is."""

    origin = forms.CharField(
        label=_("Traject"), max_length=120, help_text=_("Het traject waarin de kernwaarden zijn opgesteld.")
    )
    precision = forms.ChoiceField(
        label=_("Begin bekend"),
        choices=Precision.choices,
        help_text=_("Kent u alleen het jaar? Vul dan 1 januari in en kies ‘Op het jaar’."),
    )


class AddSet(SetFields):
    valid_from = DayField(label=_("Vanaf"))
    valid_until = DayField(
        label=_("Tot"),
        required=False,
        help_text=_("De eerste dag waarop de set niet meer geldt. Leeg: onbepaald."),
    )
    field_order = ("origin", "valid_from", "precision", "valid_until", "adopted_on", "adopted_by", "decision")


class ChangeSet(Versioned, SetFields):
    field_order = ("origin", "precision", "adopted_on", "adopted_by", "decision", "review_on")


class End(Versioned):
    """Something ends on a day."""

    on = DayField(label=_("Geldt niet meer vanaf"), help_text=_("Wat tot die dag gold, blijft bewaard."))


class ValueFields(Placed):
    meaning = forms.CharField(
        label=_("Wat het betekent"), required=False, max_length=LONGEST_MEANING, widget=forms.Textarea
    )
    place = _place()


class AddValue(ValueFields):
    name = forms.CharField(label=_("Kernwaarde"), max_length=60)
    valid_from = DayField(label=_("Vanaf"))
    field_order = ("name", "meaning", "valid_from", "place")


class ChangeValue(Versioned, ValueFields):
    """What it means and where it stands."""


class Withdraw(Versioned):
    """Nothing to fill in: the button says it."""


class AddBehaviour(forms.Form):
    text = forms.CharField(
        label=_("Voorbeeld"), max_length=300, help_text=_("Wat iemand doet, in één zin. Noem geen personen.")
    )
    shows = forms.TypedChoiceField(
        label=_("Dit voorbeeld"),
        choices=(("ja", _("laat de kernwaarde zien")), ("nee", _("gaat tegen de kernwaarde in"))),
        coerce=lambda given: given == "ja",
        widget=forms.RadioSelect,
        initial="ja",
    )


class AddPart(Placed):
    kind = forms.ChoiceField(label=_("Soort"), choices=PartKind.choices)
    text = forms.CharField(
        label=_("Tekst"), max_length=200, help_text=_("Letterlijk, zonder aanhalingstekens.")
    )
    valid_from = DayField(label=_("Vanaf"))
    place = _place()


class AddStep(forms.Form):
    kind = forms.ChoiceField(label=_("Soort"), choices=StepKind.choices)
    title = forms.CharField(label=_("Wat"), max_length=160)
    held_on = DayField(label=_("Dag"))
    reference = forms.CharField(label=_("Besluit of stuk"), required=False, max_length=200)
    result = forms.CharField(
        label=_("Wat het opleverde"), required=False, max_length=LONGEST_MEANING, widget=forms.Textarea
    )


class AddInstrument(Placed):
    kind = forms.ChoiceField(label=_("Soort"), choices=InstrumentKind.choices)
    name = forms.CharField(
        label=_("Naam"),
        max_length=100,
        help_text=_("Zoals het hoofdstuk het noemt, met lidwoord: de sollicitatiegesprekken."),
    )
    valid_from = DayField(label=_("Vanaf"))
    place = _place()


class WriteGuide(forms.Form):
    """The introduction, and questions with the value each is about; empty lines are left out."""

    valid_from = DayField(label=_("Geldt vanaf"))
    introduction = forms.CharField(
        label=_("Inleiding"), required=False, max_length=LONGEST_MEANING, widget=forms.Textarea
    )

    def __init__(self, *args: Any, values: list[CoreValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((row.pk, row.name) for row in values)]
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Vraag %(number)s") % {"number": number}, required=False, max_length=300
            )
            self.fields[f"value_{number}"] = forms.TypedChoiceField(
                label=_("Kernwaarde bij vraag %(number)s") % {"number": number},
                required=False,
                choices=choices,
                coerce=int,
                empty_value=None,
            )

    def clean(self) -> dict[str, Any]:
        """Each question has its value, and the other way round."""
        data = super().clean() or {}
        questions = []
        for number in range(1, MOST_QUESTIONS + 1):
            text, value = data.get(f"question_{number}"), data.get(f"value_{number}")
            if text and value is None and f"value_{number}" not in self.errors:
                self.add_error(f"value_{number}", _("Kies de kernwaarde waar deze vraag over gaat."))
            if value is not None and not text:
                self.add_error(f"question_{number}", _("Schrijf de vraag, of haal de kernwaarde weg."))
            if text and value is not None:
                questions.append((text, value))
        return {
            "valid_from": data.get("valid_from"),
            "introduction": data.get("introduction", ""),
            "questions": questions,
        }


class CountForm(forms.Form):
    """A count: numbers, and no more."""

    year = WholeNumberField(label=_("Jaar"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    unit_id = forms.TypedChoiceField(
        label=_("Onderdeel"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leeg: alle onderdelen die niet apart worden geteld."),
    )
    total = WholeNumberField(label=_("Hoeveel in totaal"), min_value=1, max_value=MOST_TALKS)
    covered = WholeNumberField(label=_("Waarvan met de kernwaarden"), min_value=0, max_value=MOST_TALKS)

    def __init__(self, *args: Any, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sorted(units.items(), key=lambda pair: pair[1].casefold())
        self.fields["unit_id"].choices = [("", "–"), *found]  # type: ignore[attr-defined]  # a choice field
