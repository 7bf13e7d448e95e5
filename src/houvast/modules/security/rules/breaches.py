"""Data breaches (datalekken, AVG art. 4 onder 12): the duty to notify, and which step follows which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houvast.modules.security.rules.refusal import Sentence, require, require_step

DEFINITION = _(
    "Een datalek is een inbreuk op de beveiliging waardoor persoonsgegevens ongewild verloren gaan, "
    "veranderen, worden verstrekt of voor onbevoegden toegankelijk zijn (AVG art. 4 onder 12). Geteld wordt "
    "wat in het jaar in het register van datalekken is vastgelegd (AVG art. 33 lid 5), ook als het niet is "
    "gemeld. Wat na onderzoek geen datalek bleek, telt niet mee. Een datalek hoeft geen veiligheidsincident "
    "te zijn en omgekeerd."
)


class BreachStatus(TextChoices):
    """Where a breach stands (status)."""

    REPORTED = "reported", _("Te beoordelen")
    ADVISED = "advised", _("Advies gegeven")
    TO_NOTIFY = "to_notify", _("Te melden bij de AP")
    NOT_TO_NOTIFY = "not_to_notify", _("Melden niet nodig")
    NOTIFIED = "notified", _("Gemeld bij de AP")
    CLOSED = "closed", _("Afgesloten")
    DISMISSED = "dismissed", _("Geen datalek")


class Risk(TextChoices):
    """The risk to people's rights and freedoms (risico voor betrokkenen), AVG art. 33 lid 1 and 34 lid 1."""

    UNLIKELY = "unlikely", _("Een risico is onwaarschijnlijk")
    RISK = "risk", _("Er is een risico")
    HIGH = "high", _("Er is een hoog risico")


class Outcome(TextChoices):
    """What was decided (besluit) about notifying the Autoriteit Persoonsgegevens."""

    NOTIFY = "notify", _("Melden bij de AP")
    NOT_NOTIFY = "not_notify", _("Niet melden bij de AP")


class Controller(TextChoices):
    """The controller (verwerkingsverantwoordelijke) who notifies; the words stand in the chapter."""

    COLLEGE = "college", _("het college")
    MAYOR = "mayor", _("de burgemeester")
    COUNCIL = "council", _("de gemeenteraad")
    BOARD = "board", _("het bestuur")


class Capacity(TextChoices):
    """In which capacity somebody notified (hoedanigheid); the words stand in the chapter."""

    PRIVACY_OFFICER = "privacy_officer", _("de functionaris gegevensbescherming (FG)")
    SECURITY_OFFICER = "security_officer", _("de CISO")


TRANSITIONS: dict[BreachStatus, frozenset[BreachStatus]] = {
    BreachStatus.REPORTED: frozenset({BreachStatus.ADVISED, BreachStatus.DISMISSED}),
    BreachStatus.ADVISED: frozenset(
        {BreachStatus.ADVISED, BreachStatus.TO_NOTIFY, BreachStatus.NOT_TO_NOTIFY, BreachStatus.DISMISSED}
    ),
    BreachStatus.TO_NOTIFY: frozenset({BreachStatus.ADVISED, BreachStatus.NOTIFIED}),
    BreachStatus.NOT_TO_NOTIFY: frozenset({BreachStatus.ADVISED, BreachStatus.CLOSED}),
    BreachStatus.NOTIFIED: frozenset({BreachStatus.CLOSED}),
    BreachStatus.CLOSED: frozenset(),
    BreachStatus.DISMISSED: frozenset(),
}
"""New advice takes a decision back to the table, as long as the AP was not notified."""

HOW_IT_STANDS: dict[BreachStatus, Sentence] = {
    BreachStatus.REPORTED: _("De FG gaf nog geen advies."),
    BreachStatus.ADVISED: _("De FG gaf advies en er is nog niet besloten."),
    BreachStatus.TO_NOTIFY: _("Er is al besloten om te melden."),
    BreachStatus.NOT_TO_NOTIFY: _("Er is al besloten dat melden niet nodig is."),
    BreachStatus.NOTIFIED: _("Het datalek is al gemeld bij de AP."),
    BreachStatus.CLOSED: _("Het datalek is al afgesloten."),
    BreachStatus.DISMISSED: _("Er is al vastgelegd dat dit geen datalek is."),
}
_ASK_ADVICE = _("Een besluit volgt op het advies van de FG. Vraag eerst dat advies.")
_ASK_DECISION = _("Een melding volgt op een besluit om te melden. Laat dat eerst nemen.")
_NOT_YET_CLOSED = _("Afsluiten kan na een melding, of na het besluit dat melden niet nodig is.")
_DECIDED = _("Over dit datalek is al besloten. Alleen vóór het besluit kan blijken dat het geen datalek is.")
NOT_NOW: dict[tuple[BreachStatus, BreachStatus], Sentence] = {
    (BreachStatus.NOTIFIED, BreachStatus.ADVISED): _(
        "Het datalek is al gemeld bij de AP: over melden kan geen advies meer worden gegeven."
    ),
    (BreachStatus.REPORTED, BreachStatus.TO_NOTIFY): _ASK_ADVICE,
    (BreachStatus.REPORTED, BreachStatus.NOT_TO_NOTIFY): _ASK_ADVICE,
    (BreachStatus.REPORTED, BreachStatus.NOTIFIED): _ASK_DECISION,
    (BreachStatus.ADVISED, BreachStatus.NOTIFIED): _ASK_DECISION,
    (BreachStatus.REPORTED, BreachStatus.CLOSED): _NOT_YET_CLOSED,
    (BreachStatus.ADVISED, BreachStatus.CLOSED): _NOT_YET_CLOSED,
    (BreachStatus.TO_NOTIFY, BreachStatus.CLOSED): _NOT_YET_CLOSED,
    (BreachStatus.TO_NOTIFY, BreachStatus.DISMISSED): _DECIDED,
    (BreachStatus.NOT_TO_NOTIFY, BreachStatus.DISMISSED): _DECIDED,
    (BreachStatus.NOTIFIED, BreachStatus.DISMISSED): _DECIDED,
}
"""Why a step cannot be taken yet, or any more; for what is not here, how the breach stands says enough."""


def check_step(now: BreachStatus, then: BreachStatus) -> BreachStatus:
    """The next status. Raises Refusal, in the words of how the breach stands, where no step leads there."""
    return require_step(TRANSITIONS, now, then, NOT_NOW.get((now, then), HOW_IT_STANDS[now]))


OPEN = frozenset({BreachStatus.REPORTED, BreachStatus.ADVISED, BreachStatus.TO_NOTIFY})
"""The clock runs: it stops with a notification, or with the decision that none is needed."""

UNDECIDED = frozenset({BreachStatus.REPORTED, BreachStatus.ADVISED})
"""Nothing was decided yet; the consequences have to be rated before somebody can."""


DECIDED = frozenset({BreachStatus.NOT_TO_NOTIFY, BreachStatus.NOTIFIED})
"""The clock has stopped; what is left is completing the record and closing it."""


@dataclass(frozen=True, kw_only=True)
class BreachFacts:
    """What is known of a breach; a correction replaces them all and makes a new version.

    aware_at: when the organisation became aware of it (kennisname); from here the 72 hours run.
    confidentiality, integrity, availability: what was breached; none is known yet when all are false.
    data_subjects, records: the categories of people and of records, with their approximate numbers
    (art. 33 lid 3 onder a); consequences: the likely ones (onder c); measures: taken or proposed (onder d).
    """

    aware_at: datetime
    description: str
    occurred_from: datetime | None = None
    occurred_until: datetime | None = None
    confidentiality: bool = False
    integrity: bool = False
    availability: bool = False
    data_subjects: str = ""
    data_subjects_number: int | None = None
    records: str = ""
    records_number: int | None = None
    consequences: str = ""
    measures: str = ""
    impact: str = ""

    def __post_init__(self) -> None:
        """Keep moments in UTC: two on one local clock compare wrongly in the night summer time ends."""
        for name in ("aware_at", "occurred_from", "occurred_until"):
            moment = getattr(self, name)
            object.__setattr__(self, name, moment and moment.astimezone(UTC))

    def check(self, at: datetime) -> None:
        """Raise Refusal for facts that cannot be, seen from the moment `at`."""
        require(self.description.strip(), _("Beschrijf in één zin wat er is gebeurd."), field="description")
        require(
            self.aware_at <= at,
            _("Het moment van kennisname ligt in de toekomst. Vul een eerder moment in."),
            field="aware_at",
        )
        require(
            self.occurred_from is None or self.occurred_from <= self.aware_at,
            _("De kennisname kan niet vóór het begin van de inbreuk liggen. Pas een van beide momenten aan."),
            "AVG art. 33 lid 1",
            field="occurred_from",
        )
        require(
            self.occurred_from is None
            or self.occurred_until is None
            or self.occurred_from <= self.occurred_until,
            _("Het einde van de inbreuk kan niet vóór het begin liggen. Pas een van beide momenten aan."),
            field="occurred_until",
        )

    @property
    def missing(self) -> tuple[Promise | str, ...]:
        """What art. 33 lid 3 asks for and is not known yet, each with its part of the article."""
        asked = (
            (self.confidentiality or self.integrity or self.availability, _("aard van de inbreuk (onder a)")),
            (self.data_subjects, _("categorieën van betrokkenen (onder a)")),
            (self.data_subjects_number is not None, _("aantal betrokkenen bij benadering (onder a)")),
            (self.records, _("categorieën van gegevens (onder a)")),
            (self.records_number is not None, _("aantal gegevensrecords bij benadering (onder a)")),
            (self.consequences, _("waarschijnlijke gevolgen (onder c)")),
            (self.measures, _("genomen of voorgestelde maatregelen (onder d)")),
        )
        return tuple(what for known, what in asked if not known)


def check_advice(aware_at: datetime, at: datetime, text: str) -> None:
    """Raise Refusal for advice that cannot be."""
    require(text.strip(), _("Licht het advies toe."), "AVG art. 39 lid 1", field="text")
    require(
        at >= aware_at, _("Advies kan niet worden gegeven vóór de kennisname van het datalek."), field="at"
    )


def check_decision(
    *, advised_at: datetime, at: datetime, outcome: str, risk: str, motive: str, impact: str
) -> None:
    """Raise Refusal for a decision (besluit) that the law does not allow or that nobody could account for."""
    require(
        motive.strip(),
        _("Geef de reden van het besluit, ook als er niet wordt gemeld: de AP moet die kunnen nagaan."),
        "AVG art. 33 lid 5",
        field="motive",
    )
    require(
        (outcome == Outcome.NOTIFY) is (risk != Risk.UNLIKELY),
        _(
            "Is een risico onwaarschijnlijk, dan wordt niet gemeld; is er een risico, dan wel. Pas een van "
            "beide aan."
        ),
        "AVG art. 33 lid 1",
        field="outcome",
    )
    require(impact, _("Leg eerst bij de gegevens vast hoe zwaar de gevolgen zijn."), "AVG art. 33 lid 5")
    require(at >= advised_at, _("Het besluit kan niet vóór het advies liggen."), field="at")


def check_notification(
    *, decided_at: datetime, due_at: datetime, submitted_at: datetime, at: datetime, late_motive: str
) -> None:
    """Raise Refusal for a notification (melding) at an impossible moment, or late without its reason."""
    require(submitted_at <= at, _("Het moment van de melding ligt in de toekomst."), field="submitted_at")
    require(
        # A form knows minutes: what was decided and notified within one minute is in order.
        submitted_at >= decided_at.replace(second=0, microsecond=0),
        _("De melding kan niet vóór het besluit om te melden liggen."),
        field="submitted_at",
    )
    require(
        submitted_at <= due_at or late_motive.strip(),
        _("De 72 uur waren voorbij. Geef de reden van de vertraging."),
        "AVG art. 33 lid 1",
        field="late_motive",
    )


def check_closing(facts: BreachFacts) -> None:
    """Raise Refusal while the register does not hold what the AP must be able to check."""
    require(
        not facts.missing,
        _("Vul eerst de gegevens aan die het register moet bevatten."),
        "AVG art. 33 lid 3 en 5",
    )
