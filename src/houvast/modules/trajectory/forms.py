"""The forms of trajectories. Field names are the keywords of the action that a form feeds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.core.ui.once import OnceForm
from houvast.modules.trajectory.models import Phase
from houvast.modules.trajectory.queries import phase_name, posts
from houvast.modules.trajectory.rules import Gate, Mode

EMPTY = [("", "–")]
WHEN = _("Zo precies als bekend: 14-3-2022, juni 2020, Q1-2022 of 2022.")


def _choice(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=False, choices=())


def _long(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=2_000, widget=area)


def _spoken(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=WHEN, required=required, max_length=60)


class TrajectoryFields(forms.Form):
    """What a trajectory is. Made per page: its choices belong to the organisation in scope."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    goal = _long(_("Doel"))
    start = _spoken(_("Begonnen"), required=True)
    owner_post_id = _choice(_("Eigenaar"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_post_id"].choices = [*EMPTY, *posts().items()]  # type: ignore[attr-defined]  # a choice field


class Versioned(forms.Form):
    """It names the version that the reader saw."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


class BeginTrajectory(OnceForm, TrajectoryFields):
    """A new one."""


class ChangeTrajectory(Versioned, TrajectoryFields):
    """One that is otherwise, or has ended."""

    ended_on = DayField(label=_("Afgerond op"), required=False)


class MottoFields(forms.Form):
    """A motto from a day on."""

    text = forms.CharField(
        label=_("Motto"), max_length=200, help_text=_("De paragraaf haalt het letterlijk aan.")
    )
    valid_from = DayField(label=_("Vanaf"), help_text=_("Tot die dag geldt het vorige motto."))


class ConditionFields(forms.Form):
    """A condition and what shows it."""

    text = forms.CharField(label=_("Voorwaarde"), max_length=200)
    indicator = forms.CharField(
        label=_("Indicator"),
        required=False,
        max_length=200,
        help_text=_(
            "Waaraan is te zien dat de voorwaarde er is? Zonder indicator en bewijs is zij niet onderbouwd."
        ),
    )
    document = forms.CharField(label=_("Bewijsstuk"), required=False, max_length=200)


class PhaseFields(forms.Form):
    """A phase. It comes after those there are."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    goal = _long(_("Doel"), required=False)
    start = _spoken(_("Begint"))
    end = _spoken(_("Eindigt"))
    overlap = _long(
        _("Reden van samenvallen"),
        _("Alleen als de fase dagen gemeen heeft met een andere."),
        required=False,
    )


class OfPhase(forms.Form):
    """A part that may belong to a phase of its trajectory."""

    phase_id = _choice(_("Fase"))

    def __init__(self, *args: Any, trajectory_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Phase.objects.filter(trajectory=trajectory_id).order_by("order")
        self.fields["phase_id"].choices = [*EMPTY, *((row.pk, phase_name(row)) for row in rows)]  # type: ignore[attr-defined]  # a choice field


class ActivityFields(OfPhase):
    """What was held."""

    name = forms.CharField(label=_("Activiteit"), max_length=160)
    theme = forms.CharField(label=_("Thema"), required=False, max_length=120)
    mode = forms.ChoiceField(label=_("Waar"), required=False, choices=[*EMPTY, *Mode.choices])
    start = _spoken(_("Wanneer"))


class MilestoneFields(OfPhase):
    """What is to be reached."""

    name = forms.CharField(label=_("Mijlpaal"), max_length=160)
    due_on = DayField(label=_("Streefdag"), required=False)


class CircumstanceFields(forms.Form):
    """What came from outside."""

    name = forms.CharField(label=_("Omstandigheid"), max_length=120)
    effect = _long(_("Wat het veranderde"))
    starts_on = DayField(label=_("Vanaf"))
    ends_on = DayField(label=_("Tot"), required=False, help_text=_("De eerste dag waarop het voorbij was."))


class GateFields(Versioned):
    """A decision about the beginning of a phase."""

    outcome = forms.ChoiceField(label=_("Besluit"), choices=Gate.choices)
    on = DayField(label=_("Besloten op"))
    decided_by = forms.CharField(label=_("Besloten door"), max_length=120)
    note = _long(_("Voorwaarden of reden"), required=False)


class CloseFields(Versioned):
    """A milestone that was reached."""

    closed_on = DayField(label=_("Bereikt op"))
    document = forms.CharField(label=_("Bewijsstuk"), max_length=200)
    document_on = DayField(label=_("Datum van het stuk"))


class ChangeCondition(Versioned, ConditionFields):
    """One that is otherwise."""


class ChangePhase(Versioned, PhaseFields):
    """One that is otherwise."""


class ChangeActivity(Versioned, ActivityFields):
    """One that is otherwise."""


class ChangeMilestone(Versioned, MilestoneFields):
    """One that is otherwise."""


class ChangeCircumstance(Versioned, CircumstanceFields):
    """One that is otherwise."""
