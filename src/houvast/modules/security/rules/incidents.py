"""Security incidents (veiligheidsincidenten): what one is, how grave, and which step follows which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext_lazy as _

from houvast.modules.security.rules.refusal import require, require_step

DEFINITION = _(
    "Een veiligheidsincident is een gebeurtenis die de beschikbaarheid, de integriteit of de "
    "vertrouwelijkheid van informatie heeft geschaad of had kunnen schaden. Geteld wordt wat in het jaar in "
    "het register van incidenten is vastgelegd. Een datalek telt hier alleen mee als het ook als incident is "
    "vastgelegd."
)


class IncidentKind(TextChoices):
    """The kind of an incident (soort). The first three are what an employee recognises at once."""

    MISSENT = "missent", _("Verkeerd verstuurd")
    LOSS = "loss_or_theft", _("Iets kwijt of gestolen")
    PHISHING = "phishing", _("Verdachte mail of link")
    MALWARE = "malware", _("Schadelijke software")
    ACCESS = "unauthorised_access", _("Onbevoegde toegang")
    OUTAGE = "outage", _("Uitval of storing")
    MISCONFIGURATION = "misconfiguration", _("Verkeerde instelling")
    VULNERABILITY = "vulnerability", _("Kwetsbaarheid")
    PHYSICAL = "physical", _("Fysieke beveiliging")
    OTHER = "other", _("Iets anders")


class Severity(TextChoices):
    """How grave an incident is (ernst), as the CISO rates it; empty until then."""

    LOW = "low", _("Laag")
    MEDIUM = "medium", _("Midden")
    HIGH = "high", _("Hoog")
    CRITICAL = "critical", _("Kritiek")


class PersonalData(TextChoices):
    """Whether data of people are involved (persoonsgegevens). Nobody who reports has to know."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Weet ik niet")


class IncidentStatus(TextChoices):
    """Where an incident stands (status)."""

    REPORTED = "reported", _("Gemeld")
    IN_HANDLING = "in_handling", _("In behandeling")
    CLOSED = "closed", _("Afgesloten")


TRANSITIONS: dict[IncidentStatus, frozenset[IncidentStatus]] = {
    IncidentStatus.REPORTED: frozenset({IncidentStatus.IN_HANDLING}),
    IncidentStatus.IN_HANDLING: frozenset({IncidentStatus.CLOSED}),
    IncidentStatus.CLOSED: frozenset(),
}


def check_step(now: IncidentStatus) -> IncidentStatus:
    """That it may be closed. Raises Refusal, in the words of how the incident stands."""
    sentence = (
        _("Het incident is al afgesloten.")
        if now == IncidentStatus.CLOSED
        else _("Alleen een incident in behandeling kan worden afgesloten. Vul eerst de gegevens aan.")
    )
    return require_step(TRANSITIONS, now, IncidentStatus.CLOSED, sentence)


@dataclass(frozen=True, kw_only=True)
class IncidentFacts:
    """What is known of an incident; a correction replaces them all and makes a new version.

    discovered_at: when somebody noticed it. occurred_on: the day it began, where that is known.
    """

    kind: str
    discovered_at: datetime
    description: str
    personal_data: str = PersonalData.UNKNOWN
    severity: str = ""
    occurred_on: date | None = None
    measure: str = ""

    @property
    def discovered_on(self) -> date:
        """The day on which somebody noticed it, where the organisation is."""
        return localdate(self.discovered_at, get_default_timezone())

    def check(self, at: datetime) -> None:
        """Raise Refusal for facts that cannot be, seen from the moment `at`."""
        require(self.description.strip(), _("Beschrijf in één zin wat er is gebeurd."), field="description")
        require(
            self.discovered_at <= at,
            _("Het moment waarop het incident is opgemerkt, ligt in de toekomst. Vul een eerder moment in."),
            field="discovered_at",
        )
        require(
            self.occurred_on is None or self.occurred_on <= self.discovered_on,
            _("Een incident kan niet worden opgemerkt voordat het begon. Pas een van beide dagen aan."),
            field="occurred_on",
        )


def is_judged(facts: IncidentFacts) -> bool:
    """Whether its severity is known, and whether data of people are involved."""
    return bool(facts.severity) and facts.personal_data != PersonalData.UNKNOWN


def check_closing(facts: IncidentFacts, *, has_breach: bool) -> None:
    """Raise Refusal for an incident that cannot be closed yet."""
    require(facts.severity, _("Bepaal eerst de ernst van het incident."), field="severity")
    require(
        facts.personal_data != PersonalData.UNKNOWN,
        _("Leg eerst vast of er persoonsgegevens bij betrokken zijn."),
        field="personal_data",
    )
    require(
        has_breach or facts.personal_data == PersonalData.NO,
        _(
            "Er zijn persoonsgegevens bij betrokken. Leg eerst het datalek vast en koppel het aan dit "
            "incident."
        ),
        "AVG art. 33 lid 5",
        field="closed_on",
    )
