"""Example rows for the structure register: the four organisations, their units, posts and appointments.

From the source come only the numbers (four directors, three persons in four posts at Duo+, two liaison
officers) and the months: most team leaders appointed in April 2021, every team led from October 2021. The
units, the number of teams, the wording of functions and the days are example data. Staff have no names; they
are called by function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from houvast.project.demo.content_types import (
    AppointmentData,
    DeputyData,
    FunctionData,
    OrganisationData,
    PersonData,
    PostData,
    UnitData,
)

FOUNDED = date(2016, 1, 1)
REORGANISED = date(2021, 2, 1)
ADOPTED = date(2021, 1, 19)
ADOPTION = "Organisatiebesluit Diemen 2021"
OLD_DECIDED = date(2015, 12, 15)
OLD_DECISION = "Organisatiebesluit Diemen 2016"

DIEMEN = "diemen"
UITHOORN = "uithoorn"
OUDER_AMSTEL = "ouder-amstel"
DUO = "duo-plus"

ORGANISATIONS: tuple[OrganisationData, ...] = (
    OrganisationData(DIEMEN, "Diemen", "municipality"),
    OrganisationData(UITHOORN, "Uithoorn", "municipality"),
    OrganisationData(OUDER_AMSTEL, "Ouder-Amstel", "municipality"),
    OrganisationData(DUO, "Duo+", "shared_service"),
)


@dataclass(frozen=True)
class _Team:
    """A team of Diemen: its name, cluster, staff, the department the work came from, and its leader.

    staff: titles of the staff posts; a title that ends in "*" is vacant.
    decided_on, led_from: the decision on the team leader and the first day in office.
    """

    key: str
    name: str
    cluster: str
    department: str
    staff: tuple[str, ...]
    decided_on: date
    led_from: date


_CLUSTERS = {
    "advice": "Bestuur en Advies",
    "residents": "Inwoners en Samenleving",
    "environment": "Wonen en Leefomgeving",
    "neighbourhood": "Buurt en Beheer",
}

_DEPARTMENTS = {
    "dep-support": "Afdeling Ondersteuning en Dienstverlening",
    "dep-society": "Afdeling Welzijn en Zorg",
    "dep-space": "Afdeling Ruimtelijk Domein",
}

_TEAMS: tuple[_Team, ...] = (
    _Team(
        "board-advice",
        "Bestuursadvies",
        "advice",
        "dep-support",
        ("Bestuursadviseur", "Bestuurssecretaris", "Concerncontroller", "Functioneel beheerder"),
        date(2021, 4, 6),
        date(2021, 4, 12),
    ),
    _Team(
        "communication",
        "Communicatie",
        "advice",
        "dep-support",
        ("Communicatieadviseur", "Redacteur", "Webredacteur"),
        date(2021, 4, 6),
        date(2021, 4, 12),
    ),
    _Team(
        "legal",
        "Juridische Zaken",
        "advice",
        "dep-support",
        ("Jurist bezwaar en beroep", "Klachtencoördinator", "Juridisch adviseur"),
        date(2021, 4, 13),
        date(2021, 4, 19),
    ),
    _Team(
        "public-services",
        "Publiekszaken",
        "residents",
        "dep-support",
        (
            "Medewerker burgerzaken",
            "Medewerker telefonie",
            "Gastvrouw of gastheer",
            "Adviseur dienstverlening",
        ),
        date(2021, 4, 6),
        date(2021, 4, 12),
    ),
    _Team(
        "work-income",
        "Werk en Inkomen",
        "residents",
        "dep-society",
        ("Consulent werk", "Consulent inkomen", "Kwaliteitsmedewerker", "Beleidsmedewerker participatie"),
        date(2021, 4, 13),
        date(2021, 4, 19),
    ),
    _Team(
        "care",
        "Zorg en Ondersteuning",
        "residents",
        "dep-society",
        (
            "Consulent Wmo",
            "Beleidsmedewerker zorg",
            "Contractbeheerder zorg",
            "Administratief medewerker zorg*",
        ),
        date(2021, 6, 8),
        date(2021, 7, 1),
    ),
    _Team(
        "youth",
        "Jeugd en Onderwijs",
        "residents",
        "dep-society",
        ("Beleidsmedewerker jeugd", "Beleidsmedewerker onderwijs", "Leerplichtambtenaar"),
        date(2021, 4, 13),
        date(2021, 4, 19),
    ),
    _Team(
        "spatial",
        "Ruimtelijk Beleid",
        "environment",
        "dep-space",
        ("Planoloog", "Stedenbouwkundige", "Beleidsmedewerker wonen", "Beleidsmedewerker verkeer"),
        date(2021, 4, 20),
        date(2021, 4, 26),
    ),
    _Team(
        "permits",
        "Vergunningen",
        "environment",
        "dep-space",
        ("Vergunningverlener bouw", "Vergunningverlener milieu", "Administratief medewerker vergunningen"),
        date(2021, 4, 20),
        date(2021, 4, 26),
    ),
    _Team(
        "enforcement",
        "Toezicht en Handhaving",
        "environment",
        "dep-space",
        ("Toezichthouder bouw", "Handhaver openbare ruimte", "Jurist handhaving"),
        date(2021, 5, 18),
        date(2021, 6, 1),
    ),
    _Team(
        "land",
        "Vastgoed en Grond",
        "environment",
        "dep-space",
        ("Vastgoedbeheerder", "Planeconoom", "Projectleider gebiedsontwikkeling"),
        date(2021, 4, 20),
        date(2021, 4, 26),
    ),
    _Team(
        "public-space",
        "Openbare Ruimte",
        "neighbourhood",
        "dep-space",
        (
            "Beheerder groen",
            "Beheerder wegen",
            "Medewerker buitendienst",
            "Werkvoorbereider",
            "Toezichthouder werken*",
        ),
        date(2021, 7, 6),
        date(2021, 9, 1),
    ),
    _Team(
        "sports",
        "Sport en Cultuur",
        "neighbourhood",
        "dep-society",
        ("Beleidsmedewerker sport", "Beleidsmedewerker cultuur", "Accommodatiebeheerder"),
        date(2021, 4, 20),
        date(2021, 4, 26),
    ),
    _Team(
        "districts",
        "Wijkgericht Werken",
        "neighbourhood",
        "dep-society",
        ("Wijkcoördinator", "Participatieadviseur", "Medewerker wijkbudgetten"),
        date(2021, 9, 21),
        date(2021, 10, 1),
    ),
)

_DIRECTORS = (
    ("secretary", "Gemeentesecretaris", "advice"),
    ("director-residents", "Directielid Inwoners en Samenleving", "residents"),
    ("director-environment", "Directielid Wonen en Leefomgeving", "environment"),
    ("director-neighbourhood", "Directielid Buurt en Beheer", "neighbourhood"),
)

BOARD_FUNCTIONS = {
    "general_director": "Algemeen directeur",
    "director_operations": "Directeur Bedrijfsvoering",
    "director_neighbourhood": "Directeur Buurt en Burger",
    "concern_controller": "Concerncontroller",
}
"""The functions in the board (directie) of Duo+; one person holds two of them."""

FUNCTIONS: tuple[FunctionData, ...] = (
    FunctionData(
        "director",
        DIEMEN,
        "Directielid",
        ("Leidt samen met de andere directieleden de organisatie", "Is opdrachtgever van de teamleiders"),
        ("Tekent namens het college binnen de begroting van het eigen cluster",),
        ("Bestuurlijk gevoel", "Samenwerken", "Sturen op resultaat"),
        REORGANISED,
    ),
    FunctionData(
        "team_leader",
        DIEMEN,
        "Teamleider",
        (
            "Leidt een team en voert het teamplan uit",
            "Voert gesprekken met medewerkers over werk en ontwikkeling",
            "Behandelt klachten over het werk van het team",
        ),
        ("Besluit binnen het budget van het team", "Verleent verlof aan medewerkers van het team"),
        ("Coachen", "Plannen", "Omgevingssensitiviteit"),
        REORGANISED,
    ),
    FunctionData(
        "head_of_department",
        DIEMEN,
        "Afdelingshoofd",
        ("Leidt een afdeling",),
        ("Besluit binnen het budget van de afdeling",),
        ("Leidinggeven",),
        FOUNDED,
        REORGANISED,
    ),
    FunctionData(
        "secretary",
        DIEMEN,
        "Gemeentesecretaris",
        ("Ondersteunt het college", "Leidt de ambtelijke organisatie"),
        ("Tekent namens het college voor de hele organisatie",),
        ("Bestuurlijk gevoel", "Besluiten"),
        FOUNDED,
    ),
    FunctionData(
        "staff",
        DIEMEN,
        "Medewerker",
        ("Voert het werk van het team uit",),
        (),
        ("Bewust doen", "Leergierig"),
        FOUNDED,
    ),
    *(
        FunctionData(key, organisation, name, tasks, (), (), FOUNDED)
        for organisation in (UITHOORN, OUDER_AMSTEL)
        for key, name, tasks in (
            ("secretary", "Gemeentesecretaris", ("Leidt de ambtelijke organisatie",)),
            ("team_leader", "Teamleider", ("Leidt een team",)),
            ("staff", "Medewerker", ("Voert het werk van het team uit",)),
        )
    ),
    *(
        FunctionData(
            key,
            DUO,
            name,
            ("Is verantwoordelijk voor de verbinding met de deelnemende gemeenten",),
            ("Tekent namens het bestuur binnen de eigen begroting",),
            ("Samenwerken", "Sturen op resultaat"),
            FOUNDED,
        )
        for key, name in BOARD_FUNCTIONS.items()
    ),
    FunctionData(
        "liaison_officer",
        DUO,
        "Verbindingsofficier",
        (
            "Maakt medewerkers bewuster van informatieveiligheid",
            "Ondersteunt bij het doorvoeren van maatregelen",
        ),
        (),
        ("Overtuigen", "Samenwerken"),
        date(2021, 1, 1),
    ),
    FunctionData(
        "ciso",
        DUO,
        "CISO",
        ("Adviseert over informatieveiligheid", "Houdt het register van veiligheidsincidenten bij"),
        (),
        ("Analyseren", "Adviseren"),
        FOUNDED,
    ),
    FunctionData(
        "privacy_officer",
        DUO,
        "Functionaris gegevensbescherming",
        ("Houdt toezicht op de verwerking van persoonsgegevens", "Is contactpunt voor de toezichthouder"),
        (),
        ("Onafhankelijk oordelen",),
        FOUNDED,
    ),
    FunctionData(
        "security_officer",
        DUO,
        "Security officer",
        ("Onderzoekt incidenten", "Ziet toe op maatregelen in systemen"),
        (),
        ("Analyseren",),
        FOUNDED,
    ),
    FunctionData("staff", DUO, "Medewerker", ("Voert het werk van de eenheid uit",), (), (), FOUNDED),
)


def _diemen_units() -> Iterator[UnitData]:
    yield UnitData("municipality", DIEMEN, "Gemeente Diemen", "organisation", None, FOUNDED)
    yield UnitData("management", DIEMEN, "Directie", "board", "municipality", FOUNDED, REORGANISED)
    for key, name in _DEPARTMENTS.items():
        yield UnitData(key, DIEMEN, name, "department", "management", FOUNDED, REORGANISED)
    yield UnitData("board", DIEMEN, "Directieteam", "board", "municipality", REORGANISED)
    for key, name in _CLUSTERS.items():
        yield UnitData(key, DIEMEN, name, "cluster", "board", REORGANISED)
    for team in _TEAMS:
        yield UnitData(f"team-{team.key}", DIEMEN, f"Team {team.name}", "team", team.cluster, REORGANISED)


def _staff(team: _Team) -> Iterator[tuple[str, str, bool]]:
    """Key, title and whether the post is filled, of each staff post of a team."""
    for number, written in enumerate(team.staff, start=1):
        title = written.removesuffix("*")
        yield f"{team.key}-staff-{number}", title, title == written


def _diemen_posts() -> Iterator[PostData]:
    yield PostData(
        "old-secretary", DIEMEN, "management", "secretary", "Gemeentesecretaris", FOUNDED, REORGANISED
    )
    for key, name in _DEPARTMENTS.items():
        title = name.replace("Afdeling", "Afdelingshoofd")
        yield PostData(f"head-{key}", DIEMEN, key, "head_of_department", title, FOUNDED, REORGANISED)
    for key, title, cluster in _DIRECTORS:
        function = "secretary" if key == "secretary" else "director"
        yield PostData(key, DIEMEN, cluster, function, title, REORGANISED)
    for team in _TEAMS:
        unit = f"team-{team.key}"
        title = f"Teamleider {team.name}"
        yield PostData(f"{team.key}-leader", DIEMEN, unit, "team_leader", title, REORGANISED)
        for key, title, filled in _staff(team):
            yield PostData(key, DIEMEN, unit, "staff", title, REORGANISED)
            if filled:
                yield PostData(f"old-{key}", DIEMEN, team.department, "staff", title, FOUNDED, REORGANISED)


def _diemen_persons() -> Iterator[PersonData]:
    for key, title, _ in _DIRECTORS:
        yield PersonData(key, DIEMEN, title)
    yield PersonData("former-head", DIEMEN, "Afdelingshoofd Ruimtelijk Domein tot de nieuwe structuur")
    for team in _TEAMS:
        yield PersonData(f"{team.key}-leader", DIEMEN, f"Teamleider {team.name}")
        for key, title, filled in _staff(team):
            if filled:
                yield PersonData(key, DIEMEN, title)


_OLD_HEADS = (
    ("head-dep-support", "director-residents"),
    ("head-dep-society", "director-neighbourhood"),
    ("head-dep-space", "former-head"),
)


def _diemen_appointments() -> Iterator[AppointmentData]:
    # Everybody of the old structure from its first day: without it the register would tell of vacancies that
    # nobody knows of.
    old = (("old-secretary", "secretary"), *_OLD_HEADS)
    for post, person in old:
        yield AppointmentData(DIEMEN, person, post, FOUNDED, OLD_DECIDED, OLD_DECISION, REORGANISED)
    for key, _, _ in _DIRECTORS:
        yield AppointmentData(DIEMEN, key, key, REORGANISED, ADOPTED, ADOPTION)
    for team in _TEAMS:
        leader = f"{team.key}-leader"
        decision = f"Benoemingsbesluit teamleider {team.name}"
        yield AppointmentData(DIEMEN, leader, leader, team.led_from, team.decided_on, decision)
        for key, _, filled in _staff(team):
            if filled:
                yield AppointmentData(
                    DIEMEN, key, f"old-{key}", FOUNDED, OLD_DECIDED, OLD_DECISION, REORGANISED
                )
                yield AppointmentData(DIEMEN, key, key, REORGANISED, ADOPTED, ADOPTION)


@dataclass(frozen=True)
class _SmallTeam:
    key: str
    name: str
    staff: tuple[str, ...]


_NEIGHBOURS: dict[str, tuple[str, tuple[_SmallTeam, ...]]] = {
    UITHOORN: (
        "Gemeente Uithoorn",
        (
            _SmallTeam("control", "Control en Advies", ("Concerncontroller", "Bestuursadviseur")),
            _SmallTeam(
                "living", "Wonen en Werken", ("Beleidsmedewerker wonen", "Bedrijvencontactfunctionaris")
            ),
            _SmallTeam("society", "Samenleving", ("Beleidsmedewerker jeugd", "Consulent Wmo")),
        ),
    ),
    OUDER_AMSTEL: (
        "Gemeente Ouder-Amstel",
        (
            _SmallTeam(
                "policy", "Beleid en Regie", ("Beleidsmedewerker ruimte", "Beleidsmedewerker sociaal")
            ),
            _SmallTeam("services", "Dienstverlening", ("Medewerker burgerzaken", "Medewerker ontvangst")),
        ),
    ),
}


def _neighbour_rows(
    slug: str,
) -> Iterator[UnitData | PostData | PersonData | AppointmentData]:
    """A small structure, in place since the founding day: a secretary and a few led teams."""
    name, teams = _NEIGHBOURS[slug]
    decision = f"Organisatiebesluit {name.removeprefix('Gemeente ')}"
    yield UnitData("municipality", slug, name, "organisation", None, FOUNDED)
    yield UnitData("board", slug, "Directie", "board", "municipality", FOUNDED)
    holders = [("secretary", "board", "secretary", "Gemeentesecretaris")]
    for team in teams:
        unit = f"team-{team.key}"
        yield UnitData(unit, slug, f"Team {team.name}", "team", "board", FOUNDED)
        holders.append((f"{team.key}-leader", unit, "team_leader", f"Teamleider {team.name}"))
        holders.extend(
            (f"{team.key}-staff-{number}", unit, "staff", title)
            for number, title in enumerate(team.staff, start=1)
        )
    for key, unit, function, title in holders:
        yield PostData(key, slug, unit, function, title, FOUNDED)
        yield PersonData(key, slug, title)
        yield AppointmentData(slug, key, key, date(2018, 1, 1), date(2017, 12, 12), decision)


DUO_MODEL = date(2021, 1, 1)
DUO_DECISION = "Besluit directiemodel Duo+"
LIAISON_DECISION = "Besluit uitbreiding informatieveiligheid Duo+"

_DUO_UNITS = (
    UnitData("partner", DUO, "Duo+", "organisation", None, FOUNDED),
    UnitData("board", DUO, "Directie", "board", "partner", FOUNDED),
    UnitData("operations", DUO, "Bedrijfsvoering", "department", "board", FOUNDED),
    UnitData("neighbourhood", DUO, "Buurt en Burger", "department", "board", FOUNDED),
    UnitData("staff-office", DUO, "Stafbureau", "department", "board", FOUNDED),
)

_DUO_POSTS = (
    PostData("general-director", DUO, "board", "general_director", "Algemeen directeur", DUO_MODEL),
    PostData(
        "director-operations", DUO, "board", "director_operations", "Directeur Bedrijfsvoering", DUO_MODEL
    ),
    PostData(
        "director-neighbourhood",
        DUO,
        "board",
        "director_neighbourhood",
        "Directeur Buurt en Burger",
        DUO_MODEL,
    ),
    PostData("concern-controller", DUO, "board", "concern_controller", "Concerncontroller", DUO_MODEL),
    PostData("ciso", DUO, "staff-office", "ciso", "CISO", FOUNDED),
    PostData(
        "privacy-officer", DUO, "staff-office", "privacy_officer", "Functionaris gegevensbescherming", FOUNDED
    ),
    PostData("security-officer", DUO, "staff-office", "security_officer", "Security officer", FOUNDED),
    PostData(
        "liaison-1",
        DUO,
        "staff-office",
        "liaison_officer",
        "Verbindingsofficier ruimte en dienstverlening",
        date(2021, 3, 1),
    ),
    PostData(
        "liaison-2",
        DUO,
        "staff-office",
        "liaison_officer",
        "Verbindingsofficier sociaal domein",
        date(2021, 3, 1),
    ),
    PostData("finance-staff", DUO, "operations", "staff", "Financieel adviseur", FOUNDED),
    PostData("hr-staff", DUO, "operations", "staff", "Adviseur personeel", FOUNDED),
    PostData("counter-staff", DUO, "neighbourhood", "staff", "Medewerker buurtbeheer", FOUNDED),
)

_DUO_PERSONS = (
    PersonData("general-director", DUO, "Algemeen directeur Duo+"),
    PersonData("director-neighbourhood", DUO, "Directeur Buurt en Burger"),
    PersonData("concern-controller", DUO, "Concerncontroller Duo+"),
    PersonData("ciso", DUO, "CISO"),
    PersonData("privacy-officer", DUO, "Functionaris gegevensbescherming"),
    PersonData("security-officer", DUO, "Security officer"),
    PersonData("liaison-1", DUO, "Verbindingsofficier ruimte en dienstverlening"),
    PersonData("liaison-2", DUO, "Verbindingsofficier sociaal domein"),
    PersonData("finance-staff", DUO, "Financieel adviseur"),
    PersonData("hr-staff", DUO, "Adviseur personeel"),
    PersonData("counter-staff", DUO, "Medewerker buurtbeheer"),
)


def _duo_appointments() -> Iterator[AppointmentData]:
    """One person holds two posts of the board: the general director is also director of operations."""
    decided = date(2020, 12, 15)
    board = (
        ("general-director", "general-director"),
        ("general-director", "director-operations"),
        ("director-neighbourhood", "director-neighbourhood"),
        ("concern-controller", "concern-controller"),
    )
    for person, post in board:
        yield AppointmentData(DUO, person, post, DUO_MODEL, decided, DUO_DECISION)
    for key in ("ciso", "privacy-officer", "security-officer", "finance-staff", "hr-staff", "counter-staff"):
        yield AppointmentData(DUO, key, key, date(2018, 5, 1), date(2018, 4, 10), "Organisatiebesluit Duo+")
    for key in ("liaison-1", "liaison-2"):
        yield AppointmentData(DUO, key, key, date(2021, 3, 1), date(2021, 2, 9), LIAISON_DECISION)


_NEIGHBOUR_ROWS = tuple(row for slug in _NEIGHBOURS for row in _neighbour_rows(slug))

UNITS: tuple[UnitData, ...] = (
    *_diemen_units(),
    *(row for row in _NEIGHBOUR_ROWS if isinstance(row, UnitData)),
    *_DUO_UNITS,
)
POSTS: tuple[PostData, ...] = (
    *_diemen_posts(),
    *(row for row in _NEIGHBOUR_ROWS if isinstance(row, PostData)),
    *_DUO_POSTS,
)
PERSONS: tuple[PersonData, ...] = (
    *_diemen_persons(),
    *(row for row in _NEIGHBOUR_ROWS if isinstance(row, PersonData)),
    *_DUO_PERSONS,
)
APPOINTMENTS: tuple[AppointmentData, ...] = (
    *_diemen_appointments(),
    *(row for row in _NEIGHBOUR_ROWS if isinstance(row, AppointmentData)),
    *_duo_appointments(),
)
DEPUTIES: tuple[DeputyData, ...] = (
    DeputyData(DIEMEN, "secretary", "director-residents", REORGANISED),
    DeputyData(DIEMEN, "permits-leader", "enforcement-leader", date(2021, 10, 1)),
    DeputyData(DUO, "ciso", "security-officer", date(2021, 1, 1)),
)


def decision_of(valid_from: date) -> str:
    """The decision by which a unit came to be: the reorganisation, or what was there before."""
    return ADOPTION if valid_from >= REORGANISED else ""
