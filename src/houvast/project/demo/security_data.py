"""Example rows for the registers of security incidents and of data breaches.

From the source come only the numbers for Diemen in 2021: 9 incidents, 17 breaches, 2 of them notified. Every
row is example data and describes nobody. The rows of other years and other organisations are there so that
counting wrong shows. Incidents and breaches are two registers: three of Diemen's breaches came from an
incident, the others did not, and most incidents touched no personal data.

A row belongs to the year in which it was registered, in Amsterdam time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from houvast.project.demo.content_types import BreachData, IncidentData
from houvast.project.demo.structure_data import DIEMEN, DUO, OUDER_AMSTEL, UITHOORN

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


def _incident(
    key: str,
    organisation: str,
    registered_on: date,
    kind: str,
    severity: str,
    description: str,
    measure: str,
    *,
    days_before: int = 0,
) -> IncidentData:
    """An incident that was discovered at nine, `days_before` days before it was registered, and is closed."""
    discovered = registered_on - timedelta(days=days_before)
    return IncidentData(
        key,
        organisation,
        registered_on,
        _at(discovered, 9),
        discovered,
        kind,
        severity,
        description,
        measure,
        "closed",
        registered_on + timedelta(days=14),
    )


_DIEMEN_INCIDENTS = (
    _incident(
        "inc-2021-01",
        DIEMEN,
        date(2021, 1, 19),
        "phishing",
        "medium",
        "Een medewerker vulde op een nagemaakte aanmeldpagina een wachtwoord in.",
        "Wachtwoord gewijzigd en aanmeldingen van die dag nagelopen.",
    ),
    _incident(
        "inc-2021-02",
        DIEMEN,
        date(2021, 2, 24),
        "malware",
        "low",
        "De virusscanner hield een besmette bijlage tegen op een werkplek.",
        "Werkplek opnieuw ingericht.",
    ),
    _incident(
        "inc-2021-03",
        DIEMEN,
        date(2021, 3, 30),
        "loss_or_theft",
        "medium",
        "Een versleutelde laptop raakte kwijt in het openbaar vervoer.",
        "Laptop op afstand gewist.",
        days_before=1,
    ),
    _incident(
        "inc-2021-04",
        DIEMEN,
        date(2021, 5, 11),
        "outage",
        "medium",
        "Het zaaksysteem was een ochtend niet bereikbaar door een fout bij onderhoud.",
        "Werkwijze voor onderhoud aangepast.",
    ),
    _incident(
        "inc-2021-05",
        DIEMEN,
        date(2021, 6, 15),
        "unauthorised_access",
        "medium",
        "Na een wisseling van functie bleef een map toegankelijk voor een medewerker.",
        "Rechten ingetrokken en andere mappen nagelopen.",
        days_before=1,
    ),
    _incident(
        "inc-2021-06",
        DIEMEN,
        date(2021, 8, 17),
        "physical",
        "low",
        "De deur van een beveiligd gedeelte sloot buiten kantooruren niet goed.",
        "Slot vervangen.",
    ),
    _incident(
        "inc-2021-07",
        DIEMEN,
        date(2021, 9, 14),
        "phishing",
        "low",
        "Medewerkers kregen een reeks nagemaakte facturen per mail.",
        "Afzender geblokkeerd en medewerkers gewaarschuwd.",
    ),
    _incident(
        "inc-2021-08",
        DIEMEN,
        date(2021, 11, 9),
        "misconfiguration",
        "medium",
        "Een gedeelde agenda stond open voor de hele organisatie.",
        "Instelling hersteld en standaard aangepast.",
    ),
    _incident(
        "inc-2021-09",
        DIEMEN,
        date(2021, 12, 14),
        "vulnerability",
        "high",
        "In een veelgebruikt onderdeel van programmatuur werd wereldwijd een zwakke plek bekend.",
        "Systemen nagelopen en bijgewerkt; geen misbruik gevonden.",
        days_before=1,
    ),
)

_BAIT_INCIDENTS = (
    _incident(
        "inc-2020-11",
        DIEMEN,
        date(2020, 11, 17),
        "phishing",
        "low",
        "Een nagemaakt bericht van een bezorgdienst kwam bij medewerkers binnen.",
        "Afzender geblokkeerd.",
    ),
    _incident(
        "inc-2020-12",
        DIEMEN,
        date(2020, 12, 31),
        "outage",
        "low",
        "De website was kort niet bereikbaar.",
        "Leverancier heeft de storing verholpen.",
    ),
    _incident(
        "inc-2022-01",
        DIEMEN,
        date(2022, 1, 3),
        "malware",
        "medium",
        "De virusscanner hield rond de jaarwisseling een besmet bestand tegen.",
        "Werkplek opnieuw ingericht.",
        days_before=3,
    ),
    _incident(
        "inc-uithoorn-1",
        UITHOORN,
        date(2021, 4, 20),
        "phishing",
        "low",
        "Een medewerker opende een nagemaakt bericht en meldde dat meteen.",
        "Afzender geblokkeerd.",
    ),
    _incident(
        "inc-uithoorn-2",
        UITHOORN,
        date(2021, 10, 5),
        "loss_or_theft",
        "low",
        "Een toegangspas raakte kwijt.",
        "Pas geblokkeerd.",
    ),
    _incident(
        "inc-ouder-amstel-1",
        OUDER_AMSTEL,
        date(2021, 6, 29),
        "outage",
        "medium",
        "De telefooncentrale viel een middag uit.",
        "Leverancier heeft de centrale vervangen.",
    ),
    _incident(
        "inc-duo-1",
        DUO,
        date(2021, 3, 9),
        "misconfiguration",
        "medium",
        "Een testomgeving was van buiten bereikbaar.",
        "Toegang gesloten.",
    ),
)

INCIDENTS: tuple[IncidentData, ...] = (*_DIEMEN_INCIDENTS, *_BAIT_INCIDENTS)

_NO_RISK = {
    "returned": "De verkeerde ontvanger heeft het bericht teruggestuurd of vernietigd.",
    "trusted": "De ontvanger is een ketenpartner met geheimhoudingsplicht en heeft het bericht gewist.",
    "inside": "De gegevens bleven binnen de organisatie en zijn niet verder verspreid.",
    "encrypted": "De gegevens waren versleuteld en op afstand gewist.",
    "public": "Het ging om contactgegevens die al openbaar waren.",
}
"""Why it was unlikely that people run a risk (AVG art. 33 lid 1), in the words of the register."""


@dataclass(frozen=True)
class _Case:
    """What tells one breach from another; the rest follows from its dates."""

    key: str
    registered_on: date
    nature: str
    description: str
    data_categories: tuple[str, ...]
    subject_categories: tuple[str, ...]
    subjects: int
    records: int
    motive: str
    organisation: str = DIEMEN
    impact: str = "limited"
    incident: str | None = None
    hours_to_notify: int | None = None
    days_before: int = 0


def _breach(case: _Case) -> BreachData:
    """A closed breach. Becoming aware is at ten in the morning; a notification comes so many hours later."""
    aware_on = case.registered_on - timedelta(days=case.days_before)
    aware_at = _at(aware_on, 10)
    notified_at = None
    if case.hours_to_notify is not None:
        elapsed = aware_at.astimezone(ZoneInfo("UTC")) + timedelta(hours=case.hours_to_notify)
        notified_at = elapsed.astimezone(AMSTERDAM)
    return BreachData(
        case.key,
        case.organisation,
        case.registered_on,
        aware_at,
        aware_on - timedelta(days=1),
        case.nature,
        case.description,
        case.data_categories,
        case.subject_categories,
        case.subjects,
        case.records,
        case.impact,
        "Werkwijze besproken met het team; ontvanger is waar nodig gevraagd de gegevens te wissen.",
        _NO_RISK.get(case.motive, case.motive),
        notified_at.date() if notified_at else case.registered_on + timedelta(days=1),
        notified_at,
        notified_at is not None,
        "closed",
        case.incident,
    )


_CONTACT = ("naam", "adres")
_RESIDENTS = ("inwoners",)
_STAFF = ("medewerkers",)

_DIEMEN_BREACHES = (
    _Case(
        "breach-2021-01", date(2021, 1, 12), "confidentiality",
        "Een brief over een parkeervergunning is bij een buurman bezorgd.",
        _CONTACT, _RESIDENTS, 1, 1, "returned",
    ),
    _Case(
        "breach-2021-02", date(2021, 1, 20), "confidentiality",
        "Via een afgekeken wachtwoord was een postbus met werkafspraken kort in te zien.",
        ("naam", "e-mailadres"), _STAFF, 12, 12, "inside", incident="inc-2021-01", days_before=1,
    ),
    _Case(
        "breach-2021-03", date(2021, 2, 9), "confidentiality",
        "Een uitnodiging is verstuurd met alle e-mailadressen zichtbaar.",
        ("e-mailadres",), ("ondernemers",), 34, 34, "public",
    ),
    _Case(
        "breach-2021-04", date(2021, 3, 16), "confidentiality",
        "Een bijlage over een aanvraag ging mee naar een verkeerde ketenpartner.",
        (*_CONTACT, "geboortedatum"), _RESIDENTS, 1, 3, "trusted",
    ),
    _Case(
        "breach-2021-05", date(2021, 3, 31), "confidentiality",
        "Op een kwijtgeraakte laptop stonden werkbestanden met namen.",
        ("naam",), _STAFF, 9, 9, "encrypted", incident="inc-2021-03", days_before=1,
    ),
    _Case(
        "breach-2021-06", date(2021, 4, 15), "confidentiality",
        "Een dossier over ondersteuning is naar een verkeerd adres gestuurd en geopend.",
        (*_CONTACT, "gegevens over gezondheid"), _RESIDENTS, 1, 14,
        "De gegevens zijn gevoelig en door een onbekende gelezen; een risico is niet uit te sluiten.",
        impact="limited", hours_to_notify=47,
    ),
    _Case(
        "breach-2021-07", date(2021, 5, 6), "confidentiality",
        "Een besluit is per mail naar een naamgenoot gestuurd.",
        _CONTACT, _RESIDENTS, 1, 1, "returned",
    ),
    _Case(
        "breach-2021-08", date(2021, 5, 27), "availability",
        "Papieren formulieren zijn bij een verhuizing van kasten een dag zoek geweest.",
        _CONTACT, _RESIDENTS, 8, 8, "inside",
    ),
    _Case(
        "breach-2021-09", date(2021, 6, 16), "confidentiality",
        "Een map met verslagen was ook na een wisseling van functie in te zien.",
        ("naam", "functie"), _STAFF, 6, 11, "inside", incident="inc-2021-05", days_before=1,
    ),
    _Case(
        "breach-2021-10", date(2021, 7, 8), "confidentiality",
        "In een openbaar stuk bleef een telefoonnummer leesbaar.",
        ("naam", "telefoonnummer"), ("ondernemers",), 1, 1, "public",
    ),
    _Case(
        "breach-2021-11", date(2021, 8, 26), "confidentiality",
        "Een brief over belastingen zat bij een andere brief in de envelop.",
        (*_CONTACT, "bedrag van de aanslag"), _RESIDENTS, 1, 1, "returned",
    ),
    _Case(
        "breach-2021-12", date(2021, 9, 9), "integrity",
        "Twee dossiers zijn verwisseld; de fout is voor verzending van het besluit hersteld.",
        _CONTACT, _RESIDENTS, 2, 2, "inside",
    ),
    _Case(
        "breach-2021-13", date(2021, 10, 7), "confidentiality",
        "Een aanwezigheidslijst is aan te veel ontvangers gemaild.",
        ("naam",), _STAFF, 22, 22, "inside",
    ),
    _Case(
        "breach-2021-14", date(2021, 10, 28), "confidentiality",
        "Een bestand met gegevens van aanvragers is aan een verkeerde leverancier gemaild.",
        (*_CONTACT, "inkomen"), _RESIDENTS, 41, 41,
        "Het gaat om financiële gegevens van een grotere groep; een risico is niet uit te sluiten.",
        impact="limited", hours_to_notify=71,
    ),
    _Case(
        "breach-2021-15", date(2021, 11, 18), "confidentiality",
        "Een verslag lag enige tijd bij een gedeelde printer.",
        ("naam", "functie"), _STAFF, 3, 3, "inside",
    ),
    _Case(
        "breach-2021-16", date(2021, 12, 2), "confidentiality",
        "Een ontvangstbevestiging ging naar een oud e-mailadres.",
        ("naam", "e-mailadres"), _RESIDENTS, 1, 1, "returned",
    ),
    _Case(
        "breach-2021-17", date(2021, 12, 16), "confidentiality",
        "Een afspraak aan de balie is aan een verkeerde inwoner bevestigd.",
        ("naam", "tijdstip van de afspraak"), _RESIDENTS, 1, 1, "returned",
    ),
)  # fmt: skip

_BAIT_BREACHES = (
    _Case(
        "breach-2020-13", date(2020, 10, 13), "confidentiality",
        "Een brief is bij een verkeerd huisnummer bezorgd.",
        _CONTACT, _RESIDENTS, 1, 1, "returned",
    ),
    _Case(
        "breach-2020-14", date(2020, 12, 30), "confidentiality",
        "Een mail met een dossiernummer en een naam ging naar een verkeerde inwoner.",
        ("naam",), _RESIDENTS, 1, 1,
        "Door het onderwerp van de mail is een risico niet uit te sluiten.",
        impact="limited", hours_to_notify=60,
    ),
    _Case(
        "breach-2022-01", date(2022, 1, 4), "confidentiality",
        "Een kaart met adressen is rond de jaarwisseling verkeerd bezorgd.",
        _CONTACT, _RESIDENTS, 2, 2, "returned", days_before=5,
    ),
    _Case(
        "breach-2022-02", date(2022, 2, 10), "confidentiality",
        "Een bijlage is aan een verkeerde afdeling van een ketenpartner gestuurd.",
        _CONTACT, _RESIDENTS, 1, 1, "trusted",
    ),
    _Case(
        "breach-uithoorn-1", date(2021, 3, 4), "confidentiality",
        "Een besluit is naar een oud adres gestuurd.",
        _CONTACT, _RESIDENTS, 1, 1, "returned", UITHOORN,
    ),
    _Case(
        "breach-uithoorn-2", date(2021, 9, 23), "confidentiality",
        "Een lijst met aanmeldingen is openbaar geplaatst.",
        ("naam", "e-mailadres"), _RESIDENTS, 27, 27,
        "De lijst is door onbekenden bekeken; een risico is niet uit te sluiten.",
        UITHOORN, "limited", hours_to_notify=26,
    ),
    _Case(
        "breach-ouder-amstel-1", date(2021, 5, 20), "confidentiality",
        "Een uitnodiging ging naar een verkeerde naamgenoot.",
        _CONTACT, _RESIDENTS, 1, 1, "returned", OUDER_AMSTEL,
    ),
    _Case(
        "breach-duo-1", date(2021, 11, 2), "confidentiality",
        "Een rooster met namen is buiten de afdeling gedeeld.",
        ("naam",), _STAFF, 15, 15, "inside", DUO,
    ),
)  # fmt: skip

BREACHES: tuple[BreachData, ...] = tuple(map(_breach, (*_DIEMEN_BREACHES, *_BAIT_BREACHES)))
