"""The forms of the structure. Field names are the keywords of the action that a form feeds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.rules import LARGEST_SMALL_NUMBER, FunctionKind, UnitKind
from houvast.core.people.models import Person
from houvast.core.ui.forms import AmountField, DayField, WholeNumberField
from houvast.modules.structure.queries.registers import names_of_functions, names_of_posts, names_of_units
from houvast.modules.structure.rules.versions import Advice, EvidenceKind, VersionKind

EMPTY = [("", "–")]


class StructureForm(forms.Form):
    """Fills its choices from the organisation in scope, when it is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("parent_id", names_of_units),
            ("unit_id", names_of_units),
            ("function_id", names_of_functions),
            ("person_id", _people),
            ("deputy_id", _people),
            ("owner_person_id", _people),
            ("owner_post_id", names_of_posts),
        ):
            if name in self.fields:
                found = sorted(choices().items(), key=lambda pair: pair[1].casefold())
                self.fields[name].choices = [*EMPTY, *found]  # type: ignore[attr-defined]  # a choice field


def _people() -> dict[int, str]:
    return dict(Person.objects.values_list("pk", "name"))


def _reference(label: Any, help_text: Any = "", *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, coerce=int, empty_value=None, required=required, choices=()
    )


class Versioned(StructureForm):
    """A change of something that exists: it names the version that the reader saw."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


class Period(StructureForm):
    """From a day, until a day that no longer belongs to it."""

    valid_from = DayField(label=_("Vanaf"))
    valid_until = DayField(
        label=_("Tot"),
        required=False,
        help_text=_("De eerste dag waarop het niet meer geldt. Leeg: onbepaald."),
    )


class FromDay(Versioned):
    """A change that holds from a day on."""

    on = DayField(label=_("Geldt vanaf"), help_text=_("Wat tot die dag gold, blijft bewaard."))


class Decided(StructureForm):
    """Rests on a decision."""

    decision = forms.CharField(
        label=_("Besluit"),
        required=False,
        max_length=200,
        help_text=_("Bijvoorbeeld: Organisatiebesluit 2021."),
    )


class UnitFields(Decided):
    """What a unit is."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    kind = forms.ChoiceField(label=_("Soort"), choices=UnitKind.choices)
    parent_id = _reference(_("Valt onder"), _("Leeg: bovenaan in het organogram."), required=False)
    order = WholeNumberField(
        label=_("Volgorde"),
        required=False,
        max_value=LARGEST_SMALL_NUMBER,
        help_text=_("Kleinste getal eerst; daarna op naam."),
    )

    def clean_order(self) -> int:
        """Nothing filled in is 0."""
        return self.cleaned_data["order"] or 0


class FunctionFields(Decided):
    """What a function is."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Soort"),
        choices=FunctionKind.choices,
        help_text=_("Bepaalt of iemand telt als directielid of teamleider."),
    )
    tasks = forms.CharField(label=_("Taken"), required=False, widget=forms.Textarea)
    competences = forms.CharField(label=_("Competenties"), required=False, widget=forms.Textarea)
    mandates = forms.CharField(label=_("Mandaten"), required=False, widget=forms.Textarea)
    scale = forms.CharField(label=_("Salarisschaal"), required=False, max_length=40)


class PostFields(Decided):
    """What a post is."""

    function_id = _reference(_("Functie"))
    unit_id = _reference(_("Onderdeel"))
    fte = AmountField(
        label=_("Fte"),
        required=False,
        max_digits=4,
        decimal_places=2,
        help_text=_("Groter dan 0, hoogstens 1."),
    )


class Coded(StructureForm):
    """Something new, with a short code that stays the same for ever."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Kort en blijvend, bijvoorbeeld team-jeugd.")
    )


class AddUnit(UnitFields, Period, Coded):
    """A new unit."""

    field_order = ("code", "name", "kind", "parent_id", "order", "valid_from", "valid_until", "decision")


class ChangeUnit(UnitFields, FromDay):
    """A unit that changes from a day on."""

    field_order = ("on", "name", "kind", "parent_id", "order", "decision")


class CorrectUnit(UnitFields, Period, Versioned):
    """A period of a unit that was recorded wrongly."""

    field_order = ("name", "kind", "parent_id", "order", "valid_from", "valid_until", "decision")


_FUNCTION = ("name", "kind", "tasks", "competences", "mandates", "scale")


class AddFunction(FunctionFields, Period, Coded):
    """A new function."""

    field_order = ("code", *_FUNCTION, "valid_from", "valid_until", "decision")


class ChangeFunction(FunctionFields, FromDay):
    """A function that changes from a day on."""

    field_order = ("on", *_FUNCTION, "decision")


class CorrectFunction(FunctionFields, Period, Versioned):
    """A period of a function that was recorded wrongly."""

    field_order = (*_FUNCTION, "valid_from", "valid_until", "decision")


class AddPost(PostFields, Period, Coded):
    """A new post."""

    field_order = ("code", "function_id", "unit_id", "fte", "valid_from", "valid_until", "decision")


class ChangePost(PostFields, FromDay):
    """A post that changes from a day on."""

    field_order = ("on", "function_id", "unit_id", "fte", "decision")


class CorrectPost(PostFields, Period, Versioned):
    """A period of a post that was recorded wrongly."""

    field_order = ("function_id", "unit_id", "fte", "valid_from", "valid_until", "decision")


class End(Versioned):
    """Something that ends."""

    on = DayField(label=_("Eindigt op"), help_text=_("De eerste dag waarop het niet meer geldt."))


class Confirm(Versioned):
    """Nothing to fill in: only the version."""


class _Appointment(Period, Decided):
    person_id = _reference(
        _("Medewerker"), _("Staat iemand er niet bij? Voeg die eerst toe bij Medewerkers.")
    )
    acting = forms.BooleanField(
        label=_("Waarneming"), required=False, help_text=_("Een waarneming vult de vacature niet.")
    )
    field_order = ("person_id", "acting", "valid_from", "valid_until", "decision")


class Appoint(_Appointment):
    """Somebody on a post."""


class CorrectAppointment(_Appointment, Versioned):
    """An appointment that was recorded wrongly."""


class AddPerson(forms.Form):
    """Somebody new."""

    name = forms.CharField(label=_("Naam"), max_length=120)


class SetDeputy(Period):
    """Who stands in."""

    deputy_id = _reference(_("Vervanger"))
    field_order = ("deputy_id", "valid_from", "valid_until")


class RegisterAbsence(Period):
    """When somebody is away. Dates only."""


class OrganogramDay(forms.Form):
    """Which day to show, and which to compare it with."""

    mark_optional = False
    use_required_attribute = False

    dag = DayField(label=_("Toon op"), required=False)
    vergelijk = DayField(label=_("Vergelijk met"), required=False)
    maand = WholeNumberField(required=False)
    van = DayField(required=False)


class VersionFields(forms.Form):
    """What a version of the structure is called, and when it takes effect."""

    name = forms.CharField(
        label=_("Naam"), max_length=120, help_text=_("Bijvoorbeeld: Organisatiestructuur 2021.")
    )
    effective_on = DayField(label=_("Gaat in op"), help_text=_("Niet eerder dan de dag van het besluit."))


class AddVersion(VersionFields):
    """A new version."""

    kind = forms.ChoiceField(label=_("Soort"), choices=VersionKind.choices)
    field_order = ("kind", "name", "effective_on")


class ChangeVersion(VersionFields, Versioned):
    """Another name or day."""


class DecideVersion(Versioned):
    """Who adopted it."""

    decided_on = DayField(label=_("Datum van het besluit"))
    decided_by = forms.CharField(
        label=_("Wie heeft besloten"),
        max_length=120,
        help_text=_("Bijvoorbeeld: college van burgemeester en wethouders."),
    )
    decision = forms.CharField(
        label=_("Besluit"), max_length=200, help_text=_("Naam of kenmerk, zodat het besluit te vinden is.")
    )


class AdviseVersion(Versioned):
    """What the works council advised."""

    advice = forms.ChoiceField(label=_("Advies van de ondernemingsraad"), choices=[*EMPTY, *Advice.choices])
    advised_on = DayField(
        label=_("Datum van het advies"), required=False, help_text=_("Leeg als er geen advies is gevraagd.")
    )
    advice_note = forms.CharField(
        label=_("Voorwaarden of reden"),
        required=False,
        widget=forms.Textarea,
        help_text=_(
            "De voorwaarden van de ondernemingsraad, waarom het besluit van het advies afwijkt, of waarom er "
            "geen advies is gevraagd. Bij een positief advies hoeft het niet."
        ),
    )

    council_told_on = DayField(
        label=_("Ondernemingsraad van het besluit in kennis gesteld op"),
        required=False,
        help_text=_(
            "Alleen na een negatief advies: het besluit wacht dan tot een maand na deze dag (WOR art. 25 lid 6)."
        ),
    )
    suspension_waived = forms.BooleanField(
        label=_("De ondernemingsraad ziet af van de opschorting"), required=False
    )


class WithReason(Versioned):
    """Something that is taken back, and why."""

    reason = forms.CharField(label=_("Reden"), max_length=200)


class TransitionFields(StructureForm):
    """What must be done, by whom and until when."""

    what = forms.CharField(label=_("Wat er moet gebeuren"), max_length=200)
    owner_post_id = _reference(
        _("Verantwoordelijke formatieplaats"), _("Wie er dan op zit, krijgt de taak."), required=False
    )
    owner_person_id = _reference(
        _("Of verantwoordelijke medewerker"), _("Kies een van beide."), required=False
    )
    agreed_on = DayField(label=_("Afgesproken op"))
    due_on = DayField(label=_("Uiterlijk gereed op"))


class AddTransition(TransitionFields):
    """A new transition action."""


class ChangeTransition(TransitionFields, Versioned):
    """A transition action that is otherwise."""


class FinishTransition(Versioned):
    """It is done."""

    on = DayField(label=_("Gereed op"))
    evidence = forms.CharField(
        label=_("Bewijs"), max_length=200, help_text=_("Waaruit blijkt het? Noem het stuk en waar het staat.")
    )


class LapseTransition(WithReason):
    """It need not be done any more."""

    on = DayField(label=_("Vervallen op"))
    field_order = ("on", "reason")


class MilestoneFields(forms.Form):
    """A milestone."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    due_on = DayField(label=_("Streefdag"), required=False)


class ChangeMilestone(MilestoneFields, Versioned):
    """A milestone that is otherwise."""


class CloseMilestone(Versioned):
    """It was reached."""

    on = DayField(label=_("Bereikt op"), help_text=_("Op die dag moet de structuur zijn doorgevoerd."))


class EvidenceFields(forms.Form):
    """Evidence of a milestone, and the words it supports."""

    kind = forms.ChoiceField(label=_("Soort"), choices=EvidenceKind.choices)
    title = forms.CharField(label=_("Titel van het stuk"), max_length=200)
    dated = DayField(label=_("Datum van het stuk"))
    place = forms.CharField(
        label=_("Vindplaats"), max_length=200, help_text=_("Kenmerk of dossier, en de plaats in het stuk.")
    )
    manner = forms.CharField(
        label=_("Hoe de overgang verliep"),
        max_length=80,
        required=False,
        help_text=_("Komt in de zin: De overgang naar de nieuwe structuur is … afgerond."),
    )
    meaning = forms.CharField(
        label=_("Wat de overgang betekent"),
        max_length=80,
        required=False,
        help_text=_("Komt in de zin: De organisatie ziet dat als …."),
    )


class ChangeEvidence(EvidenceFields, Versioned):
    """Evidence that is otherwise."""
