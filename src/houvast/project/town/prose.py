"""What the town writes in its chapter where no module has a text of its own; every figure is a fact with a source."""

from houvast.core.report.claims import Kind
from houvast.core.report.outline import Placing
from houvast.core.report.rules import FactEntry
from houvast.project.town.plan import Year

# The town has no shared service, and tells of the programme for its own organisation in one place.
LEFT_OUT = ("board_sensitivity", "events", "partnership", "partnership.staff", "partnership.governance",
            "partnership.control")  # fmt: skip
SECTIONS = {key: Placing("–", included=False) for key in LEFT_OUT}

TEXTS = {
    "trajectory.introduction": (
        "De organisatie werkt aan zichzelf in het programma [[trajectory.name]]. "
        "Het motto is [[trajectory.motto|citaat]]."
    ),
    "complaints.handling": (
        "In [[report.year|jaar]] [[complaints.received?is/zijn]] [[complaints.received|telling]] ontvangen. Daarvan "
        "[[complaints.on_time?is/zijn]] er [[complaints.on_time|woord]] binnen de termijn afgehandeld. "
        "In [[report.next_year|jaar]] krijgt de website een duidelijker uitleg over klagen."
    ),
    "team_plans.purpose": (
        "[[team_plans.with_plan|telling]] [[team_plans.with_plan?had/hadden]] in [[report.year|jaar]] een teamplan. "
        "In het plan staan de doelen van het team, het werk dat daarvoor nodig is en de uren die er zijn."
    ),
    "programmes.start": (
        "De organisatie werkt aan [[programmes.running|telling-woord]]: [[programmes.running|opsomming-citaat]]. "
        "Een programma meet wat het voor de stad oplevert."
    ),
    "talent.learning": (
        "[[talent.trained|telling]] [[talent.trained?volgde/volgden]] een opleiding of training en "
        "[[talent.coached|telling]] [[talent.coached?kreeg/kregen]] coaching. "
        "Er komt een training voor nieuwe leidinggevenden."
    ),
    "housing.need": (
        "Medewerkers werken ten minste [[housing.office_share]] van hun tijd op het stadskantoor. Zo blijven de lijnen "
        "kort, voor collega’s en voor inwoners. "
        "De raad krijgt in [[report.next_year|jaar]] een brief over het gebruik van het stadskantoor."
    ),
}

INTENTIONS = (
    (
        "complaints",
        "Duidelijker uitleg over klagen",
        "In {next_year} krijgt de website een duidelijker uitleg over klagen.",
    ),
    ("talent", "Training voor nieuwe leidinggevenden", "Er komt een training voor nieuwe leidinggevenden."),
)
"""What each chapter says that will be done: the section, the intention, and the words of the chapter."""

PLEDGE = (
    "housing",
    "Brief over het gebruik van het stadskantoor",
    "De raad krijgt in {next_year} een brief over het gebruik van het stadskantoor.",
)
"""What each chapter promises the council: a letter, and nothing but that letter settles it."""


def facts(told: Year, year: int) -> tuple[FactEntry, ...]:
    """The facts behind those texts, each with its document."""

    def fact(key: str, label: str, kind: Kind, value: object, **more: object) -> FactEntry:
        return FactEntry(
            key=key,
            label=label,
            kind=kind,
            value=value,
            source_title=f"Jaarverslag bedrijfsvoering {year}",
            **more,  # type: ignore[arg-type]  # checked by the action
        )

    complaint, team, employee = ("klacht", "klachten"), ("team", "teams"), ("medewerker", "medewerkers")
    programme = ("programma", "programma’s")

    def count(key: str, label: str, number: int, noun: tuple[str, str], **more: object) -> FactEntry:
        return fact(key, label, Kind.COUNT, number, singular=noun[0], plural=noun[1], **more)

    return (
        count("complaints.received", "Ontvangen klachten", told.complaints, complaint),
        count("complaints.on_time", "Klachten binnen de termijn", told.on_time, complaint),
        count("team_plans.with_plan", "Teams met een teamplan", told.teams_with_plan, team),
        count(
            "programmes.running",
            "Programma’s die lopen",
            len(told.programmes),
            programme,
            items=told.programmes,
        ),
        count("talent.trained", "Medewerkers met een opleiding", told.trained, employee, style="cijfer"),
        count("talent.coached", "Medewerkers met coaching", told.coached, employee, style="cijfer"),
        fact("housing.office_share", "Werktijd op het stadskantoor", Kind.SHARE, str(told.office_share)),
    )
