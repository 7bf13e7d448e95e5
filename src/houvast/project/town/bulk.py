"""Registers of any size, over one year or more. The same rows every time, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from houvast.core.access.models import Account
from houvast.core.audit.bulk import Written, record_bulk
from houvast.core.orgs.bulk import Row, insert
from houvast.core.orgs.models import Function, Organisation, Post, PostPeriod, Unit, UnitPeriod
from houvast.core.orgs.rules import UnitKind
from houvast.core.orgs.scope import writing
from houvast.core.people.models import Appointment, Person
from houvast.core.report.claims import Kind
from houvast.core.report.models import SourcedFact
from houvast.modules.security.models import Breach, BreachAdvice, BreachDecision, Incident, Notification
from houvast.modules.security.rules import (
    BreachStatus,
    Capacity,
    Controller,
    Impact,
    IncidentKind,
    IncidentStatus,
    Outcome,
    PersonalData,
    Risk,
    Severity,
)
from houvast.project.progress import Progress
from houvast.project.town.plan import PER_TEAM

# Of every twelve rows: five incidents, six breaches (one notified, four not, one open) and a notification.
SHARE, INCIDENTS, BREACHES = 12, 5, 6
HOUR = timedelta(hours=1)
TERM = 72 * HOUR  # AVG art. 33 lid 1

INCIDENT_COLUMNS = (
    "reference",
    "registered_on",
    "kind",
    "discovered_at",
    "description",
    "personal_data",
    "severity",
    "measure",
    "status",
    "closed_on",
    "from_outside",
    "contact",
)
BREACH_COLUMNS = (
    "reference",
    "registered_on",
    "aware_at",
    "due_at",
    "description",
    "confidentiality",
    "integrity",
    "availability",
    "data_subjects",
    "records",
    "consequences",
    "measures",
    "impact",
    "status",
    "outcome",
    "decided_at",
    "notified_at",
    "closed_on",
    "dismissal",
)
ADVICE_COLUMNS = ("breach_id", "risk", "text", "given_at", "given_by_id")
DECISION_COLUMNS = (
    "breach_id",
    "advice_id",
    "advised_by_id",
    "outcome",
    "risk",
    "motive",
    "decided_at",
    "decided_by_id",
)
NOTIFICATION_COLUMNS = (
    "breach_id",
    "decision_id",
    "due_at",
    "submitted_at",
    "submitted_by_id",
    "capacity",
    "controller",
    "authority_reference",
    "late_motive",
)


@dataclass(frozen=True)
class Span:
    """Whole years: from 1 January of the first until 1 January after the last."""

    first: int
    last: int

    def moments(self, number: int) -> Iterator[datetime]:
        """So many moments at noon, evenly over the days, oldest first."""
        start = datetime(self.first, 1, 1, 12, tzinfo=UTC)
        days = (date(self.last + 1, 1, 1) - date(self.first, 1, 1)).days
        return (start + timedelta(days=place * days // number) for place in range(number))


@dataclass(frozen=True)
class Officers:
    """Who advises and who decides: two accounts, as the database demands."""

    adviser: Account
    decider: Account


def fill(organisation: Organisation, by: Officers, *, rows: int, span: Span) -> int:
    """Write incidents, breaches and notifications, `rows` in all, with the advice and decision behind each
    notification on top. Returns how many rows were written; none has an entry in the trail.
    """
    return _number(_registers(organisation, by, rows, span))


def _number(written: list[Written]) -> int:
    return sum(len(ids) for _key, _model, ids in written)


def _registers(organisation: Organisation, by: Officers, rows: int, span: Span) -> list[Written]:
    groups = max(rows // SHARE, 1)
    incidents = insert(
        organisation, Incident, INCIDENT_COLUMNS, _incidents(span.moments(groups * INCIDENTS)), seed=1
    )
    ids = fill_breaches(organisation, number=groups * BREACHES, span=span)
    notified = ids[::BREACHES]
    moments = list(span.moments(groups * BREACHES))[::BREACHES]
    pairs = list(zip(notified, moments, strict=True))
    advices = insert(organisation, BreachAdvice, ADVICE_COLUMNS, _advices(pairs, by), seed=3)
    decisions = insert(organisation, BreachDecision, DECISION_COLUMNS, _decisions(pairs, advices, by), seed=4)
    sent = insert(
        organisation, Notification, NOTIFICATION_COLUMNS, _notifications(pairs, decisions, by), seed=5
    )
    return [
        ("security.report_incident", Incident, incidents),
        ("security.report_breach", Breach, ids),
        ("security.advise", BreachAdvice, advices),
        ("security.decide", BreachDecision, decisions),
        ("security.notify", Notification, sent),
    ]


def grow(
    organisation: Organisation, by: Officers, *, rows: int, span: Span, progress: Progress | None = None
) -> int:
    """Make a town larger by so many rows at least, in one transaction, each with its entry in the trail.

    Half of them are teams with their posts, people and appointments, a hundredth are sourced facts, the rest is what
    `fill` writes. The town has its own structure by then: teams hang below its domains. How many rows were written.
    """

    def tell(number: int) -> None:
        if progress is not None:
            progress.say(f"{number} regels")

    with writing(organisation.pk):
        written: list[Written] = [
            *_structure(organisation, max(rows // 2 // ROWS_PER_TEAM, 1), date(span.first, 1, 1)),
            *_registers(organisation, by, rows // 2, span),
            ("report.enter_fact", SourcedFact, _facts(organisation, by, max(rows // 100, 1), span)),
        ]
        number = record_bulk(organisation, written, tell)
    # A database that counted its rows while there were few reads the many in an order that takes for ever.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return number


ROWS_PER_TEAM = 2 + 4 * PER_TEAM


def _structure(organisation: Organisation, teams: int, since: date) -> list[Written]:
    """Teams of nine, each with a leader, evenly below the domains."""
    domains = list(
        Unit.objects.filter(code__startswith="domain-").order_by("code").values_list("pk", flat=True)
    )
    functions = dict(Function.objects.filter(code__in=("leader", "staff")).values_list("code", "pk"))
    seats = [(team, seat) for team in range(1, teams + 1) for seat in range(PER_TEAM)]
    units = insert(
        organisation, Unit, ("code",), ((f"bulk-{team:06}",) for team in range(1, teams + 1)), seed=6
    )
    unit_periods = insert(
        organisation,
        UnitPeriod,
        ("unit_id", "parent_id", "name", "kind", "order", "decision", "valid_from"),
        (
            (unit, domains[place % len(domains)], f"Wijkteam {place + 1}", UnitKind.TEAM, 1_000, "", since)
            for place, unit in enumerate(units)
        ),
        seed=7,
    )
    codes = ((f"bulk-{team:06}-{seat}",) for team, seat in seats)
    posts = insert(organisation, Post, ("code",), codes, seed=8)
    post_periods = insert(
        organisation,
        PostPeriod,
        ("post_id", "function_id", "unit_id", "decision", "valid_from"),
        (
            (post, functions["staff" if seat else "leader"], units[team - 1], "", since)
            for post, (team, seat) in zip(posts, seats, strict=True)
        ),
        seed=9,
    )
    names = (
        (f"Medewerker Wijkteam {team} {seat}" if seat else f"Teamleider Wijkteam {team}",)
        for team, seat in seats
    )
    people = insert(organisation, Person, ("name",), names, seed=10)
    appointments = insert(
        organisation,
        Appointment,
        ("post_id", "person_id", "kind", "decision", "valid_from"),
        (
            (post, person, Appointment.Kind.REGULAR, "", since)
            for post, person in zip(posts, people, strict=True)
        ),
        seed=11,
    )
    return [
        ("structure.load", Unit, units),
        ("structure.load", UnitPeriod, unit_periods),
        ("structure.load", Post, posts),
        ("structure.load", PostPeriod, post_periods),
        ("structure.load", Person, people),
        ("structure.load", Appointment, appointments),
    ]


FACT_COLUMNS = (
    "year",
    "key",
    "label",
    "kind",
    "value",
    "items",
    "singular",
    "plural",
    "style",
    "source_title",
    "source_place",
    "explanation",
    "entered_by_id",
    "checked_by_id",
    "checked_at",
    "withdrawal_reason",
)


def _facts(organisation: Organisation, by: Officers, number: int, span: Span) -> range:
    """Facts with a source, entered by one person and checked by another, evenly over the years."""
    years = range(span.first, span.last + 1)
    rows: Iterator[Row] = (
        (
            year := years[place % len(years)],
            f"bulk.fact_{place:06}",
            f"Cijfer {place + 1}",
            Kind.COUNT,
            place % 1_000,
            [],
            "melding",
            "meldingen",
            "",
            f"Jaarverslag bedrijfsvoering {year}",
            f"Bijlage {place + 1}",
            "",
            by.adviser.pk,
            by.decider.pk,
            datetime(year + 1, 2, 1, 9, tzinfo=UTC),
            "",
        )
        for place in range(number)
    )
    return insert(organisation, SourcedFact, FACT_COLUMNS, rows, seed=12)


def fill_breaches(organisation: Organisation, *, number: int, span: Span) -> range:
    """Write a register of breaches alone; their ids."""
    return insert(organisation, Breach, BREACH_COLUMNS, _breaches(span.moments(number)), seed=2)


def _incidents(moments: Iterator[datetime]) -> Iterator[Row]:
    kinds, severities = list(IncidentKind), list(Severity)
    for place, moment in enumerate(moments):
        day = moment.date()
        yield (
            f"VI-G-{place:07}",
            day,
            kinds[place % len(kinds)],
            moment,
            "Een telefoon is in de trein blijven liggen.",
            PersonalData.NO,
            severities[place % len(severities)],
            "Op afstand gewist.",
            IncidentStatus.CLOSED,
            day + timedelta(days=7),
            False,
            "",
        )


def _breaches(moments: Iterator[datetime]) -> Iterator[Row]:
    for place, moment in enumerate(moments):
        kind = place % BREACHES
        yield (
            f"DL-G-{place:07}",
            moment.date(),
            moment,
            moment + TERM,
            "Een brief is bij een verkeerd adres bezorgd.",
            True,
            False,
            False,
            "inwoners",
            "naam en adres",
            "Een onbekende weet dat iemand een vergunning aanvroeg.",
            "De brief is ongelezen teruggehaald.",
            Impact.LIMITED if place % 3 else Impact.CONSIDERABLE,
            *_state(kind, moment),
            "",
        )


def _state(kind: int, moment: datetime) -> Row:
    """Status, outcome, decided_at, notified_at and closed_on of a breach: the first of six is notified."""
    if kind == 0:
        return (BreachStatus.NOTIFIED, Outcome.NOTIFY, moment + 2 * HOUR, moment + 3 * HOUR, None)
    if kind == BREACHES - 1:
        return (BreachStatus.REPORTED, "", None, None, None)
    closed_on = (moment + timedelta(days=14)).date()
    return (BreachStatus.CLOSED, Outcome.NOT_NOTIFY, moment + 2 * HOUR, None, closed_on)


def _advices(pairs: list[tuple[int, datetime]], by: Officers) -> Iterator[Row]:
    for breach, moment in pairs:
        yield breach, Risk.RISK, "Meld het datalek.", moment + HOUR, by.adviser.pk


def _decisions(pairs: list[tuple[int, datetime]], advices: range, by: Officers) -> Iterator[Row]:
    for (breach, moment), advice in zip(pairs, advices, strict=True):
        yield (
            breach,
            advice,
            by.adviser.pk,
            Outcome.NOTIFY,
            Risk.RISK,
            "Er is een risico.",
            moment + 2 * HOUR,
            by.decider.pk,
        )


def _notifications(pairs: list[tuple[int, datetime]], decisions: range, by: Officers) -> Iterator[Row]:
    for (breach, moment), decision in zip(pairs, decisions, strict=True):
        yield (
            breach,
            decision,
            moment + TERM,
            moment + 3 * HOUR,
            by.adviser.pk,
            Capacity.PRIVACY_OFFICER,
            Controller.COLLEGE,
            f"AP-G-{breach:07}",
            "",
        )
