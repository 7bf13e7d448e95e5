"""The town thought up: its structure through time, what its registers hold in each year. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.modules.security.rules import IncidentKind, Severity
from houvast.modules.structure.rules.rows import (
    AppointmentRow,
    DeputyRow,
    FunctionRow,
    PersonRow,
    PostRow,
    Structure,
    UnitRow,
)

SLUG, NAME = "voorbeeldstad", "Voorbeeldstad"
PER_TEAM = 9
DOMAINS = ("Inwoners", "Ruimte", "Bedrijfsvoering")
TEAMS = (
    "Burgerzaken", "Vergunningen", "Financiën", "Jeugd", "Handhaving", "Personeel", "Zorg", "Groen", "Informatie",
    "Werk en inkomen", "Wegen en water", "Communicatie", "Wonen", "Projecten", "Juridische zaken", "Onderwijs",
    "Verkeer", "Inkoop", "Sport en cultuur", "Milieu", "Archief",
)  # fmt: skip
DIRECTORS = ("Gemeentesecretaris", "Directielid Inwoners", "Directielid Ruimte")
# Functions of which there is one each, with the standard roles of whoever holds it.
SPECIALISTS = (
    ("controller", "Concerncontroller", ("employee", "controller")),
    ("ciso", "CISO", ("employee", "ciso")),
    ("privacy-officer", "Functionaris gegevensbescherming", ("employee", "privacy_officer")),
    ("editor", "Redacteur", ("employee", "editor")),
    ("coordinator", "Klachtencoördinator", ("employee", "coordinator")),
    ("administrator", "Functioneel beheerder", ("employee", "administrator")),
)
TURNOVER = 0.08
"""The share of posts of which the holder leaves in a year."""

OPENING = (
    "Een medewerker heeft een bericht met een verdachte koppeling geopend.",
    "Een telefoon van de organisatie is kwijtgeraakt op straat.",
    "Een systeem was een ochtend niet bereikbaar.",
    "Een map stond voor meer mensen open dan de bedoeling was.",
    "Een deur van het archief is een nacht niet afgesloten geweest.",
)
LEAKED = (
    "Een brief is bij een verkeerd adres bezorgd.",
    "Een e-mail met een bijlage ging naar een verkeerde ontvanger.",
    "Een lijst met deelnemers stond bij een nieuwsbrief.",
    "Een uitdraai is op een printer blijven liggen.",
)


@dataclass(frozen=True)
class Size:
    """How large the town is: so many employees at least, and which years it has been kept."""

    employees: int = 60
    first: int = 2021
    years: int = 5
    seed: int = 1

    def __post_init__(self) -> None:
        if self.employees < 1 or not 1 <= self.years <= 20 or not 2004 <= self.first <= 2080:
            raise ValueError("A town has at least one employee, and one to twenty years from 2004 on.")

    @property
    def span(self) -> range:
        """The years."""
        return range(self.first, self.first + self.years)

    @property
    def teams(self) -> int:
        """How many teams those employees make."""
        return max(3, -(-self.employees // PER_TEAM))


@dataclass(frozen=True)
class IncidentPlan:
    """An incident, in the form in which the register's factory takes it."""

    key: str
    registered_on: date
    discovered_at: datetime
    occurred_on: date
    kind: str
    severity: str
    description: str
    measure: str
    closed_on: date | None


@dataclass(frozen=True)
class BreachPlan:
    """A breach, in the form in which the register's factory takes it."""

    key: str
    registered_on: date
    aware_at: datetime
    nature: str
    description: str
    data_categories: tuple[str, ...]
    subject_categories: tuple[str, ...]
    subjects: int
    records: int
    impact: str
    measure: str
    motive: str
    notified_at: datetime | None
    status: str
    incident: str | None = None


@dataclass
class Draft:
    """The structure while it is thought up."""

    size: Size
    random: Random
    units: list[UnitRow] = field(default_factory=list)
    functions: list[FunctionRow] = field(default_factory=list)
    posts: list[PostRow] = field(default_factory=list)
    persons: list[PersonRow] = field(default_factory=list)
    appointments: list[AppointmentRow] = field(default_factory=list)
    deputies: list[DeputyRow] = field(default_factory=list)

    @property
    def start(self) -> date:
        return date(self.size.first, 1, 1)

    @property
    def end(self) -> date:
        """The day after the last year."""
        return date(self.size.first + self.size.years, 1, 1)

    def day_in(self, start: date, until: date) -> date:
        """Some day from start up to, not including, until."""
        return start + timedelta(days=self.random.randrange((until - start).days))

    def person(self, name: str) -> str:
        """Somebody new, called by function and number; their key."""
        key = f"person-{len(self.persons) + 1:05}"
        self.persons.append(PersonRow(key=key, name=name))
        return key

    def hold(
        self, post: str, name: str, start: date, until: date | None = None, *, stays: bool = False
    ) -> str:
        """Appoint people to a post one after the other, with a vacancy of weeks between; who came last."""
        began, number = start, 1
        last = until or self.end
        who = self.person(name)
        while not stays:
            left = began + timedelta(days=int(self.random.expovariate(TURNOVER / 365)) + 180)
            if left >= last - timedelta(days=120):
                break
            self.appointments.append(
                AppointmentRow(post=post, person=who, valid_from=began, valid_until=left)
            )
            began = left + timedelta(days=self.random.randrange(20, 110))
            number += 1
            who = self.person(f"{name} ({number})")
        self.appointments.append(AppointmentRow(post=post, person=who, valid_from=began, valid_until=until))
        return who


def structure(size: Size) -> Structure:
    """Units, functions, posts, people and appointments, with what changed in those years."""
    draft = Draft(size, Random(f"{size.seed} structure"))  # noqa: S311  example data, no secret
    _top(draft)
    teams = _teams(draft)
    for place, (code, start, until) in enumerate(teams):
        _staff(draft, code, _team_name(place), start, until)
    _specialists(draft, teams[1][0])
    return Structure(
        units=tuple(draft.units),
        functions=tuple(draft.functions),
        posts=tuple(draft.posts),
        persons=tuple(draft.persons),
        appointments=tuple(draft.appointments),
        deputies=tuple(draft.deputies),
    )


def _top(draft: Draft) -> None:
    since, long_ago = draft.start, date(draft.size.first - 10, 1, 1)
    draft.units.append(UnitRow(code="board", name="Directieteam", kind=UnitKind.BOARD, valid_from=since))
    for place, name in enumerate(DOMAINS):
        draft.units.append(
            UnitRow(
                code=f"domain-{place}", name=name, kind=UnitKind.DEPARTMENT, parent="board", order=place,
                valid_from=since,
            )
        )  # fmt: skip
    for code, name, kind in (
        ("director", "directielid", FunctionKind.DIRECTOR),
        ("leader", "teamleider", FunctionKind.TEAM_LEADER),
        ("staff", "medewerker", FunctionKind.STAFF),
        *(
            (code, name[0].lower() + name[1:] if code != "ciso" else name, FunctionKind.STAFF)
            for code, name, _r in SPECIALISTS
        ),
    ):
        draft.functions.append(FunctionRow(code=code, name=name, kind=kind, valid_from=long_ago))
    people = []
    for place, name in enumerate(DIRECTORS):
        post = f"director-{place}"
        draft.posts.append(PostRow(code=post, function="director", unit="board", valid_from=since))
        people.append(draft.hold(post, name, since, stays=place == 0))
    draft.deputies.append(DeputyRow(person=people[0], deputy=people[-1], valid_from=since))


def _team_name(place: int) -> str:
    turn, within = divmod(place, len(TEAMS))
    return TEAMS[within] if not turn else f"{TEAMS[within]} {turn + 1}"


def _teams(draft: Draft) -> list[tuple[str, date, date | None]]:
    """Each team with its days: the last one is new in the second year, and the one before it ends in the fourth."""
    found: list[tuple[str, date, date | None]] = []
    number = draft.size.teams
    for place in range(number):
        start: date = draft.start
        until: date | None = None
        if place == number - 1 and draft.size.years > 1:
            start = date(draft.size.first + 1, 4, 1)
        if place == number - 2 and number > 3 and draft.size.years > 3:
            until = date(draft.size.first + 3, 7, 1)
        code = f"team-{place:03}"
        draft.units.append(
            UnitRow(
                code=code, name=f"Team {_team_name(place)}", kind=UnitKind.TEAM,
                parent=f"domain-{place % len(DOMAINS)}",
                order=place, valid_from=start, valid_until=until,
            )
        )  # fmt: skip
        found.append((code, start, until))
    return found


def _staff(draft: Draft, team: str, name: str, start: date, until: date | None) -> None:
    post = f"{team}-leader"
    draft.posts.append(PostRow(code=post, function="leader", unit=team, valid_from=start, valid_until=until))
    draft.hold(post, f"Teamleider {name}", start, until, stays=team == "team-000")
    for seat in range(1, PER_TEAM):
        post = f"{team}-{seat:02}"
        draft.posts.append(
            PostRow(code=post, function="staff", unit=team, valid_from=start, valid_until=until)
        )
        draft.hold(post, f"Medewerker {name} {seat}", start, until, stays=team == "team-000" and seat == 1)


def _specialists(draft: Draft, team: str) -> None:
    for code, name, _roles in SPECIALISTS:
        draft.posts.append(PostRow(code=code, function=code, unit=team, valid_from=draft.start))
        draft.hold(code, name, draft.start, stays=True)


def accounts() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Who may be signed in as: a key, the name of the person, the standard roles."""
    yield "employee", "Medewerker Burgerzaken 1", ("employee",)
    yield "team-leader", "Teamleider Burgerzaken", ("employee", "team_leader")
    yield "director", "Gemeentesecretaris", ("employee", "director")
    yield from SPECIALISTS


def _days(random: Random, year: int, number: int) -> list[date]:
    """So many working days of a year, oldest first, none of them in its last three weeks."""
    found: list[date] = []
    while len(found) < number:
        day = date(year, 1, 2) + timedelta(days=random.randrange(340))
        if day.weekday() < 5:
            found.append(day)
    return sorted(found)


def _at(random: Random, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8 + random.randrange(8), random.randrange(60), tzinfo=UTC)


def incidents(size: Size, year: int) -> list[IncidentPlan]:
    """The security incidents of a year: one for about eight employees, most of them closed."""
    random = Random(f"{size.seed} incidents {year}")  # noqa: S311  example data, no secret
    number = max(1, size.employees // 8 + random.randrange(-2, 3))
    kinds, severities = list(IncidentKind), list(Severity)
    made = []
    for place, day in enumerate(_days(random, year, number)):
        made.append(
            IncidentPlan(
                key=f"incident-{year}-{place}",
                registered_on=day,
                discovered_at=_at(random, day),
                occurred_on=day - timedelta(days=random.randrange(3)),
                kind=random.choice(kinds),
                severity=random.choices(severities, weights=(6, 3, 1, 0))[0],
                description=random.choice(OPENING),
                measure="De gevolgen zijn hersteld en de werkwijze is besproken.",
                closed_on=day + timedelta(days=random.randrange(2, 20)) if random.random() < 0.9 else None,
            )
        )
    return made


def breaches(size: Size, year: int) -> list[BreachPlan]:
    """The data breaches of a year: one for about five employees, about one in eight notified within the 72 hours."""
    random = Random(f"{size.seed} breaches {year}")  # noqa: S311  example data, no secret
    number = max(1, size.employees // 5 + random.randrange(-2, 3))
    made = []
    for place, day in enumerate(_days(random, year, number)):
        aware = _at(random, day)
        notified = random.random() < 0.12
        made.append(
            BreachPlan(
                key=f"breach-{year}-{place}",
                registered_on=day,
                aware_at=aware,
                nature=random.choices(("confidentiality", "integrity", "availability"), weights=(8, 1, 1))[0],
                description=random.choice(LEAKED),
                data_categories=("naam en adres",),
                subject_categories=("inwoners",),
                subjects=random.randrange(1, 40),
                records=random.randrange(1, 60),
                impact="considerable" if notified else random.choice(("nil", "limited", "limited")),
                measure="De ontvanger heeft de gegevens verwijderd.",
                motive="De gegevens zijn niet verder verspreid.",
                notified_at=aware + timedelta(hours=random.randrange(20, 70)) if notified else None,
                status="closed",
            )
        )
    return made


@dataclass(frozen=True)
class Year:
    """What the accounts of a year say that no register holds yet: numbers with their documents."""

    complaints: int
    on_time: int
    teams_with_plan: int
    programmes: tuple[str, ...]
    trained: int
    coached: int
    office_share: int


PROGRAMMES = ("Aantrekkelijke binnenstad", "Zorg dichtbij", "Energie van morgen", "Basis op orde")


def account(size: Size, year: int) -> Year:
    """Those numbers."""
    random = Random(f"{size.seed} account {year}")  # noqa: S311  example data, no secret
    complaints = max(2, size.employees // 4 + random.randrange(-3, 4))
    teams = sum(1 for unit in _year_teams(size, year))
    return Year(
        complaints=complaints,
        on_time=complaints - random.randrange(0, max(1, complaints // 4)),
        teams_with_plan=teams - (year - size.first == 0),
        programmes=PROGRAMMES[: 2 + (year - size.first) % 3],
        trained=random.randrange(10, 11 + size.employees),
        coached=random.randrange(5, 6 + size.employees // 4),
        office_share=random.choice((50, 60)),
    )


def _year_teams(size: Size, year: int) -> list[UnitRow]:
    day = date(year, 12, 31)
    draft = Draft(size, Random(0))  # noqa: S311  the teams do not depend on chance
    _teams(draft)
    return [
        row
        for row in draft.units
        if row.valid_from <= day and (row.valid_until is None or day < row.valid_until)
    ]
