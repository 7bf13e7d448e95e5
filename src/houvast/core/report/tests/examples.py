"""Claims as the chapter of 2021 has them, for the tests of the report."""

from __future__ import annotations

from houvast.core.report.claims import Claim, Kind, Noun, Value


def claim(
    key: str, kind: Kind, value: Value, label: str = "", unit: tuple[str, str] | None = None, **more
) -> Claim:
    noun = Noun(*unit) if unit else None
    return Claim(key=key, label=label or key, kind=kind, value=value, unit=noun, rows=1, digest="d", **more)


def count(key: str, number: int, singular: str, plural: str, label: str = "", **more) -> Claim:
    return claim(key, Kind.COUNT, number, label, (singular, plural), **more)


def of(key: str, n: int, m: int, label: str = "", unit: tuple[str, str] = ("team", "teams")) -> Claim:
    return claim(key, Kind.QUANTIFIER, {"n": n, "m": m}, label, unit)


def by_key(*claims: Claim) -> dict[str, Claim]:
    return {item.key: item for item in claims}


CHAPTER = by_key(
    count(
        "security.incidents",
        9,
        "veiligheidsincident",
        "veiligheidsincidenten",
        "Veiligheidsincidenten",
        style="cijfer",
    ),
    count("security.breaches", 17, "datalek", "datalekken", "Datalekken", style="cijfer"),
    count("security.breaches_notified", 2, "geval", "gevallen", "Gemelde datalekken"),
    count("security.tests", 6, "veiligheidstest", "veiligheidstesten", "Veiligheidstesten"),
    count("security.none", 0, "boete", "boetes", "Boetes"),
    count("structure.directors", 4, "directielid", "directieleden", "Directieleden"),
    of("structure.teams_with_leader", 13, 14, "Teams met een teamleider"),
    of("structure.leaders_in_april", 9, 14, "Teamleiders benoemd in april", ("teamleider", "teamleiders")),
    claim("events.outreach_day", Kind.DATE, "2021-10-01", "Gesprek met inwoners"),
    claim("events.week", Kind.PERIOD, ["2021-09-27", "2021-10-02"], "Week van fase 2"),
    claim("housing.vision_due", Kind.PERIOD, ["2022-01-01", "2022-04-01"], "Visie gereed"),
    claim("report.year", Kind.PERIOD, ["2021-01-01", "2022-01-01"], "Verslagjaar"),
    claim("trajectory.name", Kind.NAME, "Diemen ’22", "Naam van het traject"),
    claim("housing.office_share", Kind.SHARE, "60", "Deel op het gemeentehuis"),
    claim("housing.budget", Kind.AMOUNT, "38400000", "Budget verbouwing"),
    claim("values.values", Kind.LIST, ["Bewust doen", "Met lef", "Leergierig"], "Kernwaarden"),
    claim("security.impact", Kind.JUDGEMENT, "zeer beperkt", "Impact van de datalekken"),
)
