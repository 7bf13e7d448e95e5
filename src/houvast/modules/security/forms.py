"""What people fill in. A form reads and shows; whether something can be is judged by the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import Unit, UnitPeriod
from houvast.core.public.forms import PublicForm
from houvast.core.ui.forms import DayField, MomentField, TileRadioSelect, WholeNumberField, bounded
from houvast.core.ui.once import OnceForm
from houvast.core.ui.tables import FilterForm
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules import (
    BreachFacts,
    BreachStatus,
    Controller,
    IncidentFacts,
    IncidentKind,
    IncidentStatus,
    Outcome,
    PersonalData,
    Refusal,
    Risk,
    Severity,
)


class RefusableForm(forms.Form):
    """A form that shows what a rule refused beside the answer it is about."""

    def refuse(self, refusal: Refusal) -> None:
        """Show the sentence with its article, at the field it names or else on top."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class StepForm(RefusableForm):
    """A step with a record: it carries the version that its reader saw."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django cannot be subscripted here
    """A unit, by the name it has on a day. Made per page: its rows belong to the organisation in scope."""

    def __init__(self, day: date) -> None:
        self.names = dict(UnitPeriod.objects.filter(as_of(day)).values_list("unit_id", "name"))
        super().__init__(
            Unit.objects.filter(pk__in=self.names), required=False, label=_("Organisatieonderdeel")
        )

    def label_from_instance(self, obj: Any) -> str:
        """Its name on that day."""
        return str(self.names[obj.pk])


# Reporting: short, for everybody

NOW, EARLIER = "now", "earlier"
REPORT_KINDS = (IncidentKind.MISSENT, IncidentKind.LOSS, IncidentKind.PHISHING, IncidentKind.OTHER)
REPORT_ICONS = {
    IncidentKind.MISSENT: "mail",
    IncidentKind.LOSS: "device-mobile",
    IncidentKind.PHISHING: "alert-triangle",
    IncidentKind.OTHER: "help",
}


class ReportForm(OnceForm, RefusableForm):
    """Four questions, under a minute. Nobody has to judge whether it is a data breach."""

    mark_optional = False  # the moment is asked beside "Eerder" only, and then it is needed

    kind = forms.ChoiceField(
        label=_("1. Wat is er gebeurd?"),
        choices=[(kind.value, kind.label) for kind in REPORT_KINDS],
        widget=TileRadioSelect(icons={str(kind): icon for kind, icon in REPORT_ICONS.items()}),
    )
    personal_data = forms.ChoiceField(
        label=_("2. Gaat het om gegevens van mensen?"),
        choices=PersonalData.choices,
        widget=TileRadioSelect,
    )
    noticed = forms.ChoiceField(
        label=_("3. Wanneer merkte u het?"),
        choices=[(NOW, _("Net")), (EARLIER, _("Eerder"))],
        widget=TileRadioSelect,
    )
    noticed_at = MomentField(
        label=_("Als het eerder was: wanneer?"),
        required=False,
        help_text=_("Hier begint de termijn van 72 uur te lopen als het een datalek is."),
    )
    noticed_at.widget.attrs["data-hv-when"] = f"noticed={EARLIER}"
    description = forms.CharField(
        label=_("4. Wat zag u, in één zin?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Noem geen namen of burgerservicenummers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("noticed_at"):
            # A moment that was filled in counts, whatever the answer above it: the 72 hours begin there.
            assert isinstance(self.data, QueryDict)
            data = self.data.copy()
            data["noticed"] = EARLIER
            self.data = data

    def clean(self) -> dict[str, Any]:
        """Who noticed it earlier tells when."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("noticed") == EARLIER
            and not cleaned.get("noticed_at")
            and "noticed_at" not in self.errors
        ):
            self.add_error("noticed_at", _("Vul in wanneer u het merkte, bij benadering."))
        return cleaned

    @property
    def is_breach(self) -> bool:
        """Whether data of people are involved for certain: then it starts in the register of breaches."""
        return bool(self.cleaned_data["personal_data"] == PersonalData.YES)

    def _noticed_at(self, now: datetime) -> datetime:
        earlier: datetime | None = self.cleaned_data["noticed_at"]
        return earlier or now

    def incident_facts(self, now: datetime) -> IncidentFacts:
        """The report as an incident."""
        return IncidentFacts(
            kind=self.cleaned_data["kind"],
            discovered_at=self._noticed_at(now),
            description=self.cleaned_data["description"],
            personal_data=self.cleaned_data["personal_data"],
        )

    def breach_facts(self, now: datetime) -> BreachFacts:
        """The report as a breach."""
        return BreachFacts(aware_at=self._noticed_at(now), description=self.cleaned_data["description"])


class VulnerabilityForm(PublicForm, RefusableForm):
    """What somebody without an account found. Who that is need not be told."""

    where = forms.CharField(
        label=_("Waar vond u het?"),
        max_length=200,
        help_text=_("Het adres van de pagina, of de naam van het systeem."),
    )
    description = forms.CharField(
        label=_("Wat vond u, en hoe kunnen wij dat nadoen?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Stuur geen gegevens van mensen mee, ook niet als bewijs."),
    )
    contact = forms.EmailField(
        label=_("Uw e-mailadres"),
        required=False,
        max_length=254,
        help_text=_("Alleen als u wilt dat wij u kunnen antwoorden. Een schuilnaam mag."),
    )

    def cleaned(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        return {name: self.cleaned_data[name] for name in ("where", "description", "contact", "sent_key")}


# Records


class FactsForm(StepForm):
    """All facts of a record. Fields come from the model, so that they carry its names and choices."""

    model: type[Incident | Breach]
    facts_class: type[IncidentFacts | BreachFacts]
    short: Iterable[str] = ()
    merges = True

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [field.name for field in dataclass_fields(self.facts_class)]
        made = fields_for_model(self.model, fields=names, formfield_callback=bounded)
        self.fields |= {name: made[name] for name in names}
        for name in self.short:
            self.fields[name].widget.attrs["rows"] = 2
        self.fields["unit"] = UnitField(today)

    def facts(self) -> Any:
        """The facts as filled in."""
        names = [field.name for field in dataclass_fields(self.facts_class)]
        return self.facts_class(**{name: self.cleaned_data[name] for name in names})

    def links(self) -> dict[str, Any]:
        """The records it points to."""
        return {name: self.cleaned_data[name] for name in ("unit", "incident") if name in self.fields}


class IncidentForm(FactsForm):
    model, facts_class = Incident, IncidentFacts


class IncidentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django cannot be subscripted here
    """An incident, by what somebody remembers of it: its number, the day and what kind it was."""

    def label_from_instance(self, obj: Any) -> str:
        """`VI-2021-003 · 9 november 2021 · Verlies of diefstal`."""
        return f"{obj.reference} · {date_format(obj.registered_on, 'j F Y')} · {obj.get_kind_display()}"


class BreachForm(FactsForm):
    model, facts_class = Breach, BreachFacts
    short = ("data_subjects", "records")

    def __init__(self, *args: Any, incidents: QuerySet[Incident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"] = IncidentField(
            incidents, required=False, label=_("Veiligheidsincident waar het uit voortkwam")
        )


class NewBreachForm(OnceForm, BreachForm):
    """A breach that an officer registers; there is no version yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["expected_version"]


# Steps


class AdviceForm(StepForm):
    risk = forms.ChoiceField(
        label=_("Welk risico lopen de betrokkenen?"), choices=Risk.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Advies"), widget=forms.Textarea)


class DecisionForm(StepForm):
    outcome = forms.ChoiceField(label=_("Besluit"), choices=Outcome.choices, widget=forms.RadioSelect)
    risk = forms.ChoiceField(
        label=_("Welk risico lopen de betrokkenen?"),
        choices=Risk.choices,
        widget=forms.RadioSelect,
        help_text=_("Melden hoeft alleen niet als een risico onwaarschijnlijk is (AVG art. 33 lid 1)."),
    )
    motive = forms.CharField(
        label=_("Reden van het besluit"),
        widget=forms.Textarea,
        help_text=_("Ook nodig als er niet wordt gemeld (AVG art. 33 lid 5)."),
    )


class NotificationForm(StepForm):
    submitted_at = MomentField(label=_("Gemeld op"))
    authority_reference = forms.CharField(label=_("Meldingsnummer van de AP"), max_length=60)
    controller = forms.ChoiceField(label=_("Namens"), choices=Controller.choices)
    late_motive = forms.CharField(
        label=_("Reden van de vertraging"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alleen als er meer dan 72 uur verstreken was."),
    )


class CloseForm(StepForm):
    on = DayField(label=_("Afgesloten op"), initial=localdate)


class DismissForm(CloseForm):
    motive = forms.CharField(label=_("Waarom is dit geen datalek?"), widget=forms.Textarea)


# Filters


def _with_all(label: Any, choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [("", label), *choices]


class IncidentFilter(FilterForm):
    """Above the register of incidents."""

    jaar = WholeNumberField(label=_("Jaar"), required=False, min_value=1990, max_value=2200)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=_with_all(_("Alle statussen"), IncidentStatus.choices)
    )
    soort = forms.ChoiceField(
        label=_("Soort"), required=False, choices=_with_all(_("Alle soorten"), IncidentKind.choices)
    )
    ernst = forms.ChoiceField(
        label=_("Ernst"), required=False, choices=_with_all(_("Elke ernst"), Severity.choices)
    )

    def apply(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The incidents that match."""
        asked = self.cleaned_data
        filters = {
            "registered_on__year": asked.get("jaar"),
            "status": asked.get("status"),
            "kind": asked.get("soort"),
            "severity": asked.get("ernst"),
        }
        return queryset.filter(**{path: value for path, value in filters.items() if value})


NOTIFIED, KEPT, UNDECIDED, COUNTED = "gemeld", "niet", "open", "telt"


class BreachFilter(FilterForm):
    """Above the register of breaches."""

    jaar = WholeNumberField(label=_("Jaar"), required=False, min_value=1990, max_value=2200)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=_with_all(
            _("Alle statussen"), [(COUNTED, _("Alles dat in het jaar meetelt")), *BreachStatus.choices]
        ),
    )
    besluit = forms.ChoiceField(
        label=_("Melding bij de AP"),
        required=False,
        choices=_with_all(
            _("Alle"),
            [(NOTIFIED, _("Gemeld")), (KEPT, _("Niet gemeld")), (UNDECIDED, _("Nog niet besloten"))],
        ),
    )

    def apply(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The breaches that match."""
        asked = self.cleaned_data
        status = asked.get("status")
        filters = {"registered_on__year": asked.get("jaar"), "status": "" if status == COUNTED else status}
        queryset = queryset.filter(**{path: value for path, value in filters.items() if value})
        if status == COUNTED:
            queryset = queryset.exclude(status=BreachStatus.DISMISSED)
        decided: dict[str, dict[str, Any]] = {
            NOTIFIED: {"notified_at__isnull": False},
            KEPT: {"outcome": Outcome.NOT_NOTIFY},
            UNDECIDED: {"outcome": ""},
        }
        return queryset.filter(**decided.get(asked.get("besluit") or "", {}))
