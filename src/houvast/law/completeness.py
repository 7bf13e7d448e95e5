"""What the annual accounts must contain about the running of the organisation, by law and reporting year.

A requirement holds from a reporting year on, and until one where it ended. It belongs `HERE`, in the chapter itself, or
`ELSEWHERE` in the accounts, where this floor only says that it has to be somewhere.

To be confirmed by a jurist, requirement by requirement: see `Requirement.confirm`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scope(StrEnum):
    """Where the law wants it."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Requirement:
    """A statutory requirement (wettelijke eis) on the annual accounts.

    first_year: the first reporting year for which it holds. until_year: exclusive, None while it holds.
    always: that it does not apply cannot be; of the others somebody may say so, with the reason.
    confirm: what a jurist has to confirm; empty where nothing is in doubt.
    """

    key: str
    name: str
    source: str
    scope: Scope
    first_year: int
    until_year: int | None = None
    explanation: str = ""
    always: bool = False
    confirm: str = ""

    def holds_in(self, year: int) -> bool:
        """Whether it holds for the accounts of that reporting year."""
        return self.first_year <= year and (self.until_year is None or year < self.until_year)


STATE = Requirement(
    key="bbv-14:stand",
    name="Stand van zaken van de bedrijfsvoering",
    source="BBV art. 14; voor de jaarstukken BBV art. 26",
    scope=Scope.HERE,
    first_year=2004,
    explanation="De paragraaf geeft inzicht in de stand van zaken van de bedrijfsvoering.",
    always=True,
    confirm="Het artikel dat dit voor de verantwoording van overeenkomstige toepassing maakt.",
)
INTENTIONS = Requirement(
    key="bbv-14:voornemens",
    name="Beleidsvoornemens voor de bedrijfsvoering",
    source="BBV art. 14; voor de jaarstukken BBV art. 26",
    scope=Scope.HERE,
    first_year=2004,
    explanation=(
        "De paragraaf geeft inzicht in de beleidsvoornemens, en in de jaarstukken in wat ervan terecht is gekomen."
    ),
    always=True,
    confirm="Het artikel dat dit voor de verantwoording van overeenkomstige toepassing maakt.",
)
LEGALITY_EXPLAINED = Requirement(
    key="bbv-rechtmatigheid:toelichting",
    name="Toelichting op de rechtmatigheidsverantwoording",
    source="BBV (rechtmatigheidsverantwoording vanaf verslagjaar 2023); notitie van de Commissie BBV",
    scope=Scope.HERE,
    first_year=2023,
    explanation=(
        "Het college licht afwijkingen boven de rapportagegrens toe in deze paragraaf, met wat het eraan doet. Zijn er "
        "geen, dan is de eis niet van toepassing, met die reden."
    ),
    confirm="Of de plaats in deze paragraaf uit het BBV zelf volgt of uit de notitie van de Commissie BBV.",
)
INDICATORS = tuple(
    Requirement(
        key=f"bbv-25:{key}",
        name=name,
        source="BBV art. 25; Regeling vaststelling beleidsindicatoren",
        scope=Scope.ELSEWHERE,
        first_year=2017,
        explanation="Een van de vijf verplichte indicatoren van taakveld 0, in de programmaverantwoording.",
        confirm="Het lid van art. 25, en dat begrotingsjaar 2017 het eerste is.",
    )
    for key, name in (
        ("formatie", "Formatie, in fte per 1.000 inwoners"),
        ("bezetting", "Bezetting, in fte per 1.000 inwoners"),
        ("apparaatskosten", "Apparaatskosten per inwoner"),
        ("inhuur", "Externe inhuur, als deel van loonsom en inhuur"),
        ("overhead", "Overhead, als deel van de lasten"),
    )
)
OPENNESS = Requirement(
    key="woo-3.5:openbaarheid",
    name="Openbaarheidsparagraaf",
    source="Wet open overheid (Woo) art. 3.5, in werking op 1 mei 2022",
    scope=Scope.ELSEWHERE,
    first_year=2022,
    explanation="De jaarlijkse verantwoording doet verslag van de uitvoering van de Woo.",
)
LEGALITY = Requirement(
    key="bbv-rechtmatigheid:verantwoording",
    name="Rechtmatigheidsverantwoording van het college",
    source="BBV art. 24; Gemeentewet art. 213, zoals gewijzigd voor verslagjaar 2023",
    scope=Scope.ELSEWHERE,
    first_year=2023,
    explanation="De verantwoording zelf is een onderdeel van de jaarrekening.",
    confirm="Het lid van art. 24 en de vindplaats van de wijziging.",
)

REQUIREMENTS: tuple[Requirement, ...] = (
    STATE,
    INTENTIONS,
    LEGALITY_EXPLAINED,
    *INDICATORS,
    OPENNESS,
    LEGALITY,
)


def requirements_of(year: int) -> tuple[Requirement, ...]:
    """What holds for the accounts of a reporting year, what belongs in the chapter itself first."""
    return tuple(requirement for requirement in REQUIREMENTS if requirement.holds_in(year))


def last_day_to_send(year: int) -> date:
    """The last day on which the college sends the adopted accounts of a year to the provincial executive.

    Gemeentewet art. 200: before 15 July of the year after the budget year. (And within two weeks of adoption,
    whichever comes first.) To be confirmed by a jurist: that the Algemene termijnenwet does not move this day.
    """
    return date(year + 1, 7, 14)
