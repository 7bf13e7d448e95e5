"""What has to happen next with a record, and who does it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission
from houvast.modules.security import permissions
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries.breaches import breach_facts
from houvast.modules.security.queries.incidents import incident_facts
from houvast.modules.security.rules import BreachStatus, IncidentStatus
from houvast.modules.security.rules.breaches import DECIDED, UNDECIDED
from houvast.modules.security.rules.incidents import is_judged

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """The next step: as a task with its reference, as a sentence, who may take it, and on which page.

    place: where on that page; waits_for: what has to be done first, empty where the step can be taken now.
    """

    task: Words
    sentence: Words
    who: Words
    permission: Permission
    url_name: str
    button: Words
    place: str = ""
    waits_for: Words = ""


BREACH_STEPS: dict[BreachStatus, Step] = {
    BreachStatus.REPORTED: Step(
        _("Advies geven over {reference}"),
        _("De FG beoordeelt het risico voor de betrokkenen en adviseert of er gemeld moet worden."),
        _("functionaris gegevensbescherming"),
        permissions.ADVISE,
        "security:advise",
        _("Geef advies"),
    ),
    BreachStatus.ADVISED: Step(
        _("Besluiten over melden van {reference}"),
        _("Er ligt advies. Wie daarvoor mandaat heeft, besluit of het datalek bij de AP wordt gemeld."),
        _("directielid"),
        permissions.DECIDE,
        "security:decide",
        _("Neem besluit"),
    ),
    BreachStatus.TO_NOTIFY: Step(
        _("{reference} melden bij de AP"),
        _("Er is besloten te melden. Doe de melding op de website van de AP en leg haar hier vast."),
        _("functionaris gegevensbescherming of CISO"),
        permissions.NOTIFY,
        "security:notify",
        _("Leg melding vast"),
    ),
    BreachStatus.NOTIFIED: Step(
        _("{reference} afsluiten"),
        _("Het datalek is gemeld en de gegevens zijn compleet. Sluit het af."),
        _("CISO"),
        permissions.HANDLE,
        "security:close_breach",
        _("Sluit af"),
    ),
    BreachStatus.NOT_TO_NOTIFY: Step(
        _("{reference} afsluiten"),
        _("Melden is niet nodig; de reden staat in het besluit. De gegevens zijn compleet: sluit het af."),
        _("CISO"),
        permissions.HANDLE,
        "security:close_breach",
        _("Sluit af"),
    ),
}
"""A closed or dismissed breach asks nothing more."""

RATE = Step(
    _("Gevolgen van {reference} beoordelen"),
    _(
        "De zwaarte van de gevolgen is nog niet vastgelegd. Zonder die beoordeling kan niemand over melden "
        "besluiten (AVG art. 33 lid 5)."
    ),
    _("CISO"),
    permissions.HANDLE,
    "security:change_breach",
    _("Leg de gevolgen vast"),
    place="#id_impact",
)
DECIDE_LATER = replace(
    BREACH_STEPS[BreachStatus.ADVISED],
    sentence=_("Daarna besluit wie daarvoor mandaat heeft of het datalek bij de AP wordt gemeld."),
    waits_for=_("De CISO legt eerst vast hoe zwaar de gevolgen zijn."),
)


COMPLETE = Step(
    _("Gegevens van {reference} aanvullen"),
    _("Het register bevat nog niet wat de AP moet kunnen nagaan. Vul dat aan; daarna kan het datalek dicht."),
    _("CISO"),
    permissions.HANDLE,
    "security:change_breach",
    _("Vul de gegevens aan"),
)


def breach_steps(breach: Breach) -> tuple[Step, ...]:
    """What has to happen with the breach, in order. Rating may be done while advice is asked."""
    step = BREACH_STEPS.get(BreachStatus(breach.status))
    if step is None:
        return ()
    if breach.status in DECIDED and breach_facts(breach).missing:
        return (COMPLETE,)
    if breach.status not in UNDECIDED or breach.impact:
        return (step,)
    return (step, RATE) if breach.status == BreachStatus.REPORTED else (RATE, DECIDE_LATER)


INCIDENT_STEPS: dict[IncidentStatus, Step] = {
    IncidentStatus.REPORTED: Step(
        _("Incident {reference} in behandeling nemen"),
        _("Bepaal de ernst en leg vast of er persoonsgegevens bij betrokken zijn."),
        _("CISO"),
        permissions.HANDLE,
        "security:change_incident",
        _("Neem in behandeling"),
    ),
    IncidentStatus.IN_HANDLING: Step(
        _("Incident {reference} afsluiten"),
        _("Leg vast wat eraan is gedaan en sluit het incident daarna af."),
        _("CISO"),
        permissions.HANDLE,
        "security:close_incident",
        _("Sluit af"),
    ),
}


COMPLETE_INCIDENT = replace(
    INCIDENT_STEPS[IncidentStatus.REPORTED],
    task=_("Gegevens van incident {reference} aanvullen"),
    button=_("Vul de gegevens aan"),
)


def incident_steps(incident: Incident) -> tuple[Step, ...]:
    """What has to happen with the incident."""
    step = INCIDENT_STEPS.get(IncidentStatus(incident.status))
    if incident.status == IncidentStatus.IN_HANDLING and not is_judged(incident_facts(incident)):
        return (COMPLETE_INCIDENT,)
    return () if step is None else (step,)


def steps_of(row: Incident | Breach) -> tuple[Step, ...]:
    """What has to happen next with a record of either register."""
    return breach_steps(row) if isinstance(row, Breach) else incident_steps(row)
