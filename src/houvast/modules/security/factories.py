"""Incidents and breaches for tests, the demonstration and the bench."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from houvast.core.access.actor import Actor
from houvast.core.administration import factories as people
from houvast.core.orgs.models import Organisation
from houvast.modules.security import actions
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries import incident_facts
from houvast.modules.security.rules import (
    BreachFacts,
    Impact,
    IncidentFacts,
    IncidentKind,
    Outcome,
    PersonalData,
    Risk,
    Severity,
)

AWARE = datetime(2021, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)

INCIDENT = IncidentFacts(
    kind=IncidentKind.LOSS,
    discovered_at=AWARE,
    description="Een telefoon is in de trein blijven liggen.",
    personal_data=PersonalData.NO,
    severity=Severity.LOW,
    measure="Op afstand gewist.",
)
BREACH = BreachFacts(
    aware_at=AWARE,
    description="Een brief is bij een verkeerd adres bezorgd.",
    confidentiality=True,
    data_subjects="inwoners",
    data_subjects_number=1,
    records="naam en adres",
    records_number=1,
    consequences="Een onbekende weet dat iemand een vergunning aanvroeg.",
    measures="De brief is ongelezen teruggehaald.",
    impact=Impact.LIMITED,
)


@dataclass(frozen=True)
class Team:
    """The people who handle a breach. FG and the one who decides are two, as the law asks."""

    employee: Actor
    ciso: Actor
    privacy_officer: Actor
    director: Actor


def team(here: Organisation) -> Team:
    """One person per role."""
    return Team(
        employee=people.actor(here, "employee", name="Medewerker"),
        ciso=people.actor(here, "employee", "ciso", name="CISO"),
        privacy_officer=people.actor(here, "employee", "privacy_officer", name="FG"),
        director=people.actor(here, "employee", "director", name="Directielid"),
    )


def incident(by: Team, *, at: datetime = AWARE, **facts: object) -> Incident:
    """A reported incident, noticed at the moment it was reported."""
    known: IncidentFacts = replace(INCIDENT, **{"discovered_at": at, **facts})  # type: ignore[arg-type]  # any field
    return actions.report_incident(by.employee, at=at, facts=known)


def closed_incident(by: Team, reported: Incident, *, on: date) -> Incident:
    """Take an incident into handling and close it."""
    at = _noon(on)
    handled = actions.change_incident(
        by.ciso,
        incident_id=reported.pk,
        expected_version=reported.version,
        at=at,
        facts=incident_facts(reported),
    )
    return actions.close_incident(
        by.ciso, incident_id=handled.pk, expected_version=handled.version, at=at, on=on
    )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def breach(by: Team, *, at: datetime = AWARE, incident: Incident | None = None, **facts: object) -> Breach:
    """A reported breach; its clock starts at that moment unless the facts say otherwise."""
    known: BreachFacts = replace(BREACH, **{"aware_at": at, **facts})  # type: ignore[arg-type]  # any field
    return actions.report_breach(by.employee, at=at, facts=known, incident=incident)


def advised(by: Team, row: Breach, *, at: datetime, risk: str = Risk.UNLIKELY) -> Breach:
    """The breach with advice."""
    text = "De ontvanger is bekend en heeft de gegevens gewist."
    return actions.advise(
        by.privacy_officer, breach_id=row.pk, expected_version=row.version, at=at, risk=risk, text=text
    ).breach


def decided(by: Team, row: Breach, *, at: datetime, risk: str = Risk.UNLIKELY, motive: str = "") -> Breach:
    """The breach with a decision that follows from the risk."""
    return actions.decide(
        by.director,
        breach_id=row.pk,
        expected_version=row.version,
        at=at,
        outcome=Outcome.NOT_NOTIFY if risk == Risk.UNLIKELY else Outcome.NOTIFY,
        risk=risk,
        motive=motive or "De gegevens zijn niet verder verspreid.",
    ).breach


def notified(by: Team, row: Breach, *, at: datetime, late_motive: str = "") -> Breach:
    """The breach with a notification to the AP."""
    return actions.notify_authority(
        by.privacy_officer,
        breach_id=row.pk,
        expected_version=row.version,
        at=at,
        submitted_at=at,
        authority_reference=f"AP-{row.reference}",
        late_motive=late_motive,
    ).breach


def settled_breach(
    by: Team,
    row: Breach,
    *,
    notified_at: datetime | None = None,
    motive: str = "",
    closed_on: date | None = None,
) -> Breach:
    """Take a reported breach through advice, decision and, where a moment is given, notification."""
    risk = Risk.UNLIKELY if notified_at is None else Risk.RISK
    row = advised(by, row, at=row.aware_at + HOUR, risk=risk)
    row = decided(by, row, at=row.aware_at + 2 * HOUR, risk=risk, motive=motive)
    if notified_at is not None:
        row = notified(by, row, at=notified_at)
    if closed_on is None:
        return row
    return actions.close_breach(
        by.ciso, breach_id=row.pk, expected_version=row.version, at=_noon(closed_on), on=closed_on
    )


class IncidentExample(Protocol):
    """An incident of an example set, in the form the demonstration keeps it."""

    @property
    def key(self) -> str: ...
    @property
    def registered_on(self) -> date: ...
    @property
    def discovered_at(self) -> datetime: ...
    @property
    def occurred_on(self) -> date: ...
    @property
    def kind(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def closed_on(self) -> date | None: ...


class BreachExample(Protocol):
    """A breach of an example set, in the form the demonstration keeps it."""

    @property
    def key(self) -> str: ...
    @property
    def registered_on(self) -> date: ...
    @property
    def aware_at(self) -> datetime: ...
    @property
    def nature(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def data_categories(self) -> tuple[str, ...]: ...
    @property
    def subject_categories(self) -> tuple[str, ...]: ...
    @property
    def subjects(self) -> int: ...
    @property
    def records(self) -> int: ...
    @property
    def impact(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def motive(self) -> str: ...
    @property
    def notified_at(self) -> datetime | None: ...
    @property
    def status(self) -> str: ...
    @property
    def incident(self) -> str | None: ...


IMPACTS = {"none": Impact.NIL, "moderate": Impact.CONSIDERABLE}


def load(by: Team, incidents: Iterable[IncidentExample], breaches: Iterable[BreachExample]) -> None:
    """Put an example set of one organisation in its registers, oldest first, through the actions."""
    breaches = sorted(breaches, key=lambda data: (data.registered_on, data.key))
    linked = {data.incident for data in breaches if data.incident}
    made: dict[str, tuple[IncidentExample, Incident]] = {}
    for data in sorted(incidents, key=lambda data: (data.registered_on, data.key)):
        made[data.key] = (data, _load_incident(by, data, has_breach=data.key in linked))
    for example in breaches:
        _load_breach(by, example, made[example.incident][1] if example.incident else None)
    for data, row in made.values():
        if data.closed_on is not None:
            closed_incident(by, row, on=data.closed_on)


def _registered(day: date, noticed: datetime) -> datetime:
    """Half an hour after somebody noticed it, or at noon of the day on which it was registered."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=noticed.tzinfo)
    return noticed + HOUR / 2 if noticed.date() == day else noon


def _load_incident(by: Team, data: IncidentExample, *, has_breach: bool) -> Incident:
    facts = IncidentFacts(
        kind=data.kind,
        discovered_at=data.discovered_at,
        description=data.description,
        personal_data=PersonalData.YES if has_breach else PersonalData.NO,
        severity=data.severity,
        occurred_on=data.occurred_on,
        measure=data.measure,
    )
    at = _registered(data.registered_on, data.discovered_at)
    return actions.report_incident(by.employee, at=at, facts=facts)


def _load_breach(by: Team, data: BreachExample, incident: Incident | None) -> Breach:
    facts = BreachFacts(
        aware_at=data.aware_at,
        description=data.description,
        confidentiality=data.nature == "confidentiality",
        integrity=data.nature == "integrity",
        availability=data.nature == "availability",
        data_subjects=", ".join(data.subject_categories),
        data_subjects_number=data.subjects,
        records=", ".join(data.data_categories),
        records_number=data.records,
        consequences=data.motive,
        measures=data.measure,
        impact=IMPACTS.get(data.impact, data.impact),
    )
    at = _registered(data.registered_on, data.aware_at)
    row = actions.report_breach(by.employee, at=at, facts=facts, incident=incident)
    end = max(data.registered_on, (data.notified_at or data.aware_at).date()) + timedelta(days=14)
    closed_on = end if data.status == "closed" else None
    return settled_breach(by, row, notified_at=data.notified_at, motive=data.motive, closed_on=closed_on)


def bulk_rows(organisation: Organisation, number: int, year: int) -> tuple[list[Incident], list[Breach]]:
    """Unsaved rows of any number for the bench, half of them incidents; the core writes them in bulk."""
    first = datetime(year, 1, 1, 12, tzinfo=UTC)
    moments = [first + timedelta(days=place % 360) for place in range(number)]
    incidents = [
        Incident(
            organisation=organisation,
            reference=f"VI-{year}-{place + 1:03}",
            registered_on=moment.date(),
            **vars(replace(INCIDENT, discovered_at=moment)),
        )
        for place, moment in enumerate(moments[: number // 2])
    ]
    breaches = [
        Breach(
            organisation=organisation,
            reference=f"DL-{year}-{place + 1:03}",
            registered_on=moment.date(),
            due_at=moment + 72 * HOUR,
            **vars(replace(BREACH, aware_at=moment)),
        )
        for place, moment in enumerate(moments[number // 2 :])
    ]
    return incidents, breaches
