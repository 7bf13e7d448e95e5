"""Sourced facts of Diemen 2021: what the source document says and no register holds yet.

Keys are `module.name` and stay the same when a module starts to compute them. Numbers, names and dates are
the source's own; where the source leaves out a year or contradicts a name, the explanation says what was
mended. Judgements are the source's, quoted with the part of the document that holds them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from houvast.core.report.claims import Kind, Noun, Period
from houvast.project.demo.content_types import FactData, FactValue, Source

TITLE = "Jaarstukken 2021 gemeente Diemen, paragraaf Bedrijfsvoering"
DATED = date(2021, 12, 31)
YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))

OCTOBER_2021 = Period(date(2021, 10, 1), date(2021, 11, 1))
# What the source calls the beginning or the end of a year is the first or the last quarter of it.
FIRST_QUARTER_2022 = Period(date(2022, 1, 1), date(2022, 4, 1))
LAST_QUARTER_2022 = Period(date(2022, 10, 1), date(2023, 1, 1))
EVENT_WEEK = Period(date(2021, 9, 27), date(2021, 10, 2))


def _source(part: str) -> Source:
    return Source(TITLE, f"Paragraaf Bedrijfsvoering 2021, onderdeel {part}", DATED)


TRAJECTORY = _source("Diemen ’22")
VALUES = _source("Nieuwe organisatievisie en kernwaarden")
COMPLAINTS = _source("Klachtenregeling")
TEAM_PLANS = _source("Teamplannen nieuwe stijl")
SENSITIVITY = _source("Inzet op bestuurlijke sensitiviteit vanuit de ambtelijke organisatie")
EVENTS = _source("Inspiratiesessies")
PROGRAMMES = _source("Programmatisch werken")
TALENT = _source("Talentprogramma voor iedereen")
HOUSING = _source("Huisvestingsvisie gemeentehuis")
GOVERNANCE = _source("Samenwerking Duo+, Doorontwikkeling governance")
CONTROL = _source("Samenwerking Duo+, Concern control")
SECURITY = _source("Samenwerking Duo+, Informatieveiligheid")


def _count(
    key: str,
    label: str,
    items: tuple[str, ...],
    unit: Noun,
    source: Source,
    explanation: str,
) -> FactData:
    """A count whose rows the source names one by one: the number is that of the items."""
    return FactData(
        key, label, Kind.COUNT, len(items), source, explanation, items, unit, "woord", as_of=DATED
    )


def _fact(key: str, label: str, kind: Kind, value: FactValue, source: Source, explanation: str) -> FactData:
    """A fact about the position at the end of the year."""
    return FactData(key, label, kind, value, source, explanation, as_of=DATED)


def _name(key: str, label: str, value: str, source: Source, explanation: str) -> FactData:
    return _fact(key, label, Kind.NAME, value, source, explanation)


def _moment(key: str, label: str, period: Period, source: Source, explanation: str) -> FactData:
    """A month, quarter, year or week that the source names; the fact is about that same period."""
    return FactData(key, label, Kind.PERIOD, period, source, explanation, period=period)


def _judgement(key: str, label: str, value: str, source: Source, explanation: str) -> FactData:
    return FactData(key, label, Kind.JUDGEMENT, value, source, explanation, period=YEAR)


TRAJECTORY_FACTS = (
    _judgement(
        "trajectory.conditions",
        "Wat het traject volgens de bron schept",
        "de juiste voorwaarden",
        TRAJECTORY,
        "De bron oordeelt dat het traject de juiste voorwaarden schept en noemt daarvoor geen indicator.",
    ),
)

STRUCTURE_FACTS = (
    _count(
        "structure.partner_organisations",
        "Organisaties die de governance samen ontwikkelen",
        ("Diemen", "Uithoorn", "Ouder-Amstel", "Duo+"),
        Noun("organisatie", "organisaties"),
        GOVERNANCE,
        "De bron spreekt van vier organisaties: de drie deelnemende gemeenten en Duo+ zelf.",
    ),
)

VALUES_FACTS = (
    _judgement(
        "values.predecessor_state",
        "Oordeel over de vorige kernwaarden",
        "aan vernieuwing toe",
        VALUES,
        "De bron oordeelt dat de vorige kernwaarden aan vernieuwing toe waren.",
    ),
    _judgement(
        "values.readiness",
        "Wat de kernwaarden volgens de bron mogelijk maken",
        "klaar om verder te professionaliseren",
        VALUES,
        "De bron oordeelt dat de organisatie hier met de nieuwe kernwaarden klaar voor is.",
    ),
)

COMPLAINTS_FACTS = (
    _judgement(
        "complaints.handling_quality",
        "Oordeel over de klachtbehandeling",
        "op een gedegen wijze",
        COMPLAINTS,
        "De bron oordeelt dat klachten na de workshop op een gedegen wijze worden behandeld.",
    ),
)

TEAM_PLANS_FACTS = (
    _fact(
        "team_plans.teams_with_plan",
        "Teams met een teamplan",
        Kind.JUDGEMENT,
        "alle",
        TEAM_PLANS,
        "De bron stelt dat alle teams in 2021 een teamplan hebben opgesteld en noemt geen aantallen.",
    ),
    _count(
        "team_plans.parts",
        "Onderdelen waarin een teamplan inzicht geeft",
        ("werkzaamheden", "doelen", "resultaten", "prioriteiten"),
        Noun("onderdeel", "onderdelen"),
        TEAM_PLANS,
        "Geteld zijn de onderwerpen waarin het teamplan volgens de bron inzicht geeft.",
    ),
    _name(
        "team_plans.cycle_kind",
        "Aard van het jaar voor de teamplannen",
        "een oefenjaar",
        TEAM_PLANS,
        "De bron noemt 2021 een oefenjaar.",
    ),
    _judgement(
        "team_plans.evaluation_depth",
        "Oordeel over de evaluatie van de teamplannen",
        "uitvoerig",
        TEAM_PLANS,
        "De bron noemt de evaluatie uitvoerig.",
    ),
)

PROPOSALS_FACTS = (
    _count(
        "proposals.sensitivity_subjects",
        "Onderwerpen waarop het samenspel kan winnen",
        (
            (
                "politiek-bestuurlijke sensitiviteit en kennis van het krachtenveld, "
                "als hulp bij het dagelijks werk en bij het adviseren van het bestuur"
            ),
            "vaardigheden, zodat medewerkers het gereedschap hebben om effectief te adviseren",
            "instructies en afspraken",
        ),
        Noun("onderwerp", "onderwerpen"),
        SENSITIVITY,
        "Geteld zijn de genummerde onderwerpen in de bron.",
    ),
    _count(
        "proposals.sensitivity_actions",
        "Acties voor bestuurlijke sensitiviteit",
        (
            "het portefeuillehoudersoverleg invoeren",
            "een raadsvergadering bijwonen en bespreken",
            "een format en vooral een instructie ontwikkelen voor voorstellen aan het college en de raad",
            "een introductiecursus bestuurlijke besluitvorming aanbieden",
        ),
        Noun("actie", "acties"),
        SENSITIVITY,
        "Geteld zijn de acties die de bron opsomt; volgens de bron zijn het niet de enige.",
    ),
    _moment(
        "proposals.portfolio_meetings_start",
        "Start van het portefeuillehoudersoverleg",
        OCTOBER_2021,
        SENSITIVITY,
        "Het overleg is in oktober 2021 gestart. De bron noemt geen dag.",
    ),
)

EVENTS_FACTS = (
    _judgement(
        "events.expedition_lesson",
        "Opbrengst van de sessie met een externe spreker",
        "hoe zij de hoogste toppen kunnen bereiken",
        EVENTS,
        "De bron vertelt wat de organisatie van de sessie leerde.",
    ),
    _moment(
        "events.week",
        "Week waarmee de tweede fase begon",
        EVENT_WEEK,
        EVENTS,
        "De week liep van maandag 27 september tot en met vrijdag 1 oktober. De bron noemt geen jaartal.",
    ),
    _name(
        "events.dna_game",
        "Spel over de kernwaarden",
        "Diemer DNA-spel",
        EVENTS,
        "Zo heet het spel in de bron.",
    ),
    _fact(
        "events.dna_game_audience",
        "Medewerkers voor wie het spel is bedoeld",
        Kind.JUDGEMENT,
        "alle",
        EVENTS,
        "Het spel is ontwikkeld voor alle medewerkers. De bron noemt niet hoeveel het er speelden.",
    ),
    _judgement(
        "events.dna_game_manner",
        "Hoe het spel de kernwaarden introduceert",
        "op speelse wijze",
        EVENTS,
        "De bron noemt de wijze van kennismaken speels.",
    ),
    _judgement(
        "events.theme_weight",
        "Gewicht van omgevingssensitiviteit",
        "belangrijke",
        EVENTS,
        "De bron noemt omgevingssensitiviteit een van de belangrijke thema’s in de tweede fase.",
    ),
    _judgement(
        "events.corona_employees",
        "Omvang van de groep die weinig in Diemen was",
        "veel",
        EVENTS,
        "De bron spreekt van veel medewerkers en noemt geen aantal.",
    ),
    _judgement(
        "events.corona_presence",
        "Aanwezigheid in Diemen tijdens de coronacrisis",
        "weinig",
        EVENTS,
        "De bron stelt dat deze medewerkers weinig in Diemen zijn geweest en noemt geen aantal dagen.",
    ),
    _name(
        "events.corona_duration",
        "Duur van de periode met weinig aanwezigheid",
        "anderhalf jaar",
        EVENTS,
        "De bron noemt het afgelopen anderhalf jaar, gerekend vanaf de gesprekken op 1 oktober 2021.",
    ),
    FactData(
        "events.outreach_day",
        "Dag van de gesprekken met inwoners",
        Kind.DATE,
        date(2021, 10, 1),
        EVENTS,
        "De gesprekken waren op vrijdag 1 oktober. De bron noemt geen jaartal; de weekdag past bij 2021.",
        as_of=date(2021, 10, 1),
    ),
    FactData(
        "events.outreach_locations",
        "Locaties van de gesprekken met inwoners",
        Kind.COUNT,
        3,
        EVENTS,
        "De bron noemt drie locaties in Diemen, zonder naam. De rijen zijn daarom voorbeeldgegevens.",
        ("locatie A", "locatie B", "locatie C"),
        Noun("locatie", "locaties"),
        "woord",
        as_of=date(2021, 10, 1),
        items_are_example=True,
    ),
    _judgement(
        "events.outreach_manner",
        "Hoe de gesprekken met inwoners zijn gevoerd",
        "op een laagdrempelige manier",
        EVENTS,
        "De bron noemt de manier van gesprek laagdrempelig.",
    ),
    _judgement(
        "events.outreach_wish",
        "Wens over volgende gesprekken met inwoners en ondernemers",
        "vaker",
        EVENTS,
        "De bron noemt het een wens om vaker zo in gesprek te gaan; hoe vaak staat er niet.",
    ),
)

PROGRAMMES_FACTS = (
    _name(
        "programmes.guide",
        "Leidraad voor programma’s",
        "Programmatisch werken in Diemen",
        PROGRAMMES,
        "Zo heet de leidraad in de bron.",
    ),
    _name(
        "programmes.first_batch",
        "Programma’s die in de tweede fase zijn gestart",
        "de eerste programma’s",
        PROGRAMMES,
        "De bron stelt dat in fase 2 de eerste programma’s zijn gestart en noemt geen totaal.",
    ),
    _count(
        "programmes.programmes",
        "Genoemde programma’s",
        ("Grip op het sociaal domein", "Voor en met Diemen", "Duurzaamheid"),
        Noun("programma", "programma’s"),
        PROGRAMMES,
        "Geteld zijn de programma’s die de bron bij naam noemt; volgens de bron kunnen er meer zijn.",
    ),
    _judgement(
        "programmes.monitoring",
        "Oordeel over het volgen van de programma’s",
        "nauwgezet",
        PROGRAMMES,
        "De bron noemt het monitoren en evalueren nauwgezet.",
    ),
)

TALENT_FACTS = (
    _name(
        "talent.value",
        "Kernwaarde achter het talentprogramma",
        "Leergierig",
        TALENT,
        "De bron leidt het talentprogramma af uit de kernwaarden en noemt de leergierige organisatie.",
    ),
)

HOUSING_FACTS = (
    _judgement(
        "housing.assessment",
        "Oordeel over de huidige huisvesting",
        "verouderd",
        HOUSING,
        "De bron noemt de huidige huisvesting en inrichting verouderd.",
    ),
    _count(
        "housing.aspects",
        "Aspecten van de huisvestingsvisie",
        (
            "duurzaamheid",
            "inclusie",
            "vertrouwelijkheid",
            "ontmoeting",
            "groei",
            "de plaats van Duo+",
            "hybride werken",
        ),
        Noun("aspect", "aspecten"),
        HOUSING,
        "Geteld zijn de aspecten die de bron opsomt; de planning in dezelfde opsomming is geen aspect.",
    ),
    _judgement(
        "housing.circularity",
        "Mate waarin circulariteit wordt bevorderd",
        "zoveel mogelijk",
        HOUSING,
        "De bron belooft circulariteit zoveel mogelijk te bevorderen en noemt geen norm.",
    ),
    _judgement(
        "housing.growth_margin",
        "Nauwkeurigheid van de verwachte groei",
        "ongeveer",
        HOUSING,
        "De bron schrijft plusminus en noemt geen marge.",
    ),
    _fact(
        "housing.growth",
        "Verwachte groei van het personeelsbestand per jaar",
        Kind.SHARE,
        Decimal(5),
        HOUSING,
        "De bron verwacht een groei van ongeveer 5% per jaar en noemt geen basisjaar.",
    ),
    _fact(
        "housing.office_share",
        "Minimaal deel van de tijd op het gemeentehuis",
        Kind.SHARE,
        Decimal(60),
        HOUSING,
        "Als basis werkt een medewerker minimaal 60% van de tijd op het gemeentehuis.",
    ),
    _fact(
        "housing.home_share",
        "Maximaal deel van de tijd thuis",
        Kind.SHARE,
        Decimal(40),
        HOUSING,
        "Als basis werkt een medewerker maximaal 40% van de tijd thuis; met de 60% samen is dat het geheel.",
    ),
    _moment(
        "housing.vision_due",
        "Afronding van de huisvestingsvisie",
        FIRST_QUARTER_2022,
        HOUSING,
        "Verwachting aan het eind van 2021: de visie wordt in het eerste kwartaal van 2022 afgerond.",
    ),
    _moment(
        "housing.renovation_start",
        "Start van de verbouwing",
        LAST_QUARTER_2022,
        HOUSING,
        "Verwachting aan het eind van 2021: de verbouwing begint eind 2022. De bron noemt geen dag.",
    ),
)

SERVICE_AGREEMENTS_FACTS = (
    _judgement(
        "service_agreements.separation",
        "Oordeel over de scheiding van verantwoordelijkheden",
        "duidelijk",
        GOVERNANCE,
        "De bron noemt de scheiding van verantwoordelijkheden binnen de directie duidelijk.",
    ),
    _name(
        "service_agreements.governance_note",
        "Notitie over de sturing",
        "Governance",
        GOVERNANCE,
        "Zo heet de notitie in de bron.",
    ),
    _name(
        "service_agreements.governance_note_moment",
        "Moment waarop de notitie is opgesteld",
        "de zomer van 2021",
        GOVERNANCE,
        "De bron zegt: voor de zomer. Het jaartal ontbreekt in de bron en is dat van het verslagjaar.",
    ),
    _name(
        "service_agreements.governance_outcomes",
        "Wat het gezamenlijke proces gaat opleveren",
        "de eerste uitkomsten",
        GOVERNANCE,
        "De bron spreekt van de eerste uitkomsten van dit proces.",
    ),
    _moment(
        "service_agreements.governance_outcomes_due",
        "Uitkomsten van de doorontwikkeling van de governance",
        FIRST_QUARTER_2022,
        GOVERNANCE,
        "Verwachting aan het eind van 2021: de eerste uitkomsten komen in het eerste kwartaal van 2022.",
    ),
)

INTERNAL_CONTROL_FACTS = (
    _fact(
        "internal_control.risks_in_view",
        "Risico’s die in beeld zijn",
        Kind.JUDGEMENT,
        "de meeste",
        CONTROL,
        "De bron stelt dat de meeste van de grootste risico’s in beeld zijn en noemt geen aantallen.",
    ),
    _name(
        "internal_control.focus_years",
        "Jaren waarin de nadruk op de grootste risico’s lag",
        "de afgelopen jaren",
        CONTROL,
        "De bron noemt de afgelopen jaren, tot en met 2021, en geen beginjaar.",
    ),
    _judgement(
        "internal_control.focus",
        "Processen waarop de risicobeheersing zich richtte",
        "de processen met de grootste risico’s",
        CONTROL,
        "De bron noemt waar de afgelopen jaren de nadruk lag.",
    ),
    _judgement(
        "internal_control.first_line_priority",
        "Prioriteit van interne controle in de lijn",
        "hoge prioriteit",
        CONTROL,
        "De bron geeft dit hoge prioriteit. In haar zin over het doel ontbreekt een werkwoord.",
    ),
)

SECURITY_FACTS = (
    _name(
        "security.framework",
        "Normenkader voor informatieveiligheid",
        "Baseline Informatiebeveiliging Overheid (BIO)",
        SECURITY,
        "De bron schrijft de afkorting BIO anders uit; dit is de juiste naam.",
    ),
    FactData(
        "security.framework_since",
        "Ingangsdatum van het normenkader",
        Kind.DATE,
        date(2020, 1, 1),
        SECURITY,
        "Het normenkader geldt sinds 1 januari 2020.",
        as_of=date(2020, 1, 1),
    ),
    FactData(
        "security.policies",
        "Vastgesteld informatieveiligheidsbeleid",
        Kind.LIST,
        None,
        SECURITY,
        "Beide stukken zijn aan het nieuwe normenkader aangepast en vastgesteld. De bron noemt geen datum.",
        ("het strategische informatieveiligheidsbeleid", "het tactische informatieveiligheidsbeleid"),
        as_of=DATED,
    ),
    _judgement(
        "security.capacity_change",
        "Verandering van de capaciteit",
        "uitbreiding van de capaciteit",
        SECURITY,
        "De bron meldt een uitbreiding in 2021 en noemt geen omvang.",
    ),
    FactData(
        "security.liaison_officers",
        "Verbindingsofficieren",
        Kind.COUNT,
        2,
        SECURITY,
        "De bron meldt dat binnen Duo+ twee verbindingsofficieren zijn aangesteld.",
        ("Verbindingsofficier A", "Verbindingsofficier B"),
        Noun("verbindingsofficier", "verbindingsofficieren"),
        "woord",
        as_of=DATED,
        items_are_example=True,
    ),
    _name(
        "security.liaison_organisation",
        "Organisatie waar de verbindingsofficieren werken",
        "Duo+",
        SECURITY,
        "De bron meldt dat de verbindingsofficieren binnen Duo+ zijn aangesteld.",
    ),
    _name(
        "security.awareness_week",
        "Themaweek over informatieveiligheid",
        "De week van de informatieveiligheid",
        SECURITY,
        "Zo heet de themaweek in de bron. De bron noemt geen datum.",
    ),
    _judgement(
        "security.awareness_forms",
        "Voorlichting in de themaweek",
        "diverse vormen van voorlichting",
        SECURITY,
        "De bron noemt de vormen van voorlichting niet en telt ze niet.",
    ),
)

FACTS: tuple[FactData, ...] = (
    *TRAJECTORY_FACTS,
    *STRUCTURE_FACTS,
    *VALUES_FACTS,
    *COMPLAINTS_FACTS,
    *TEAM_PLANS_FACTS,
    *PROPOSALS_FACTS,
    *EVENTS_FACTS,
    *PROGRAMMES_FACTS,
    *TALENT_FACTS,
    *HOUSING_FACTS,
    *SERVICE_AGREEMENTS_FACTS,
    *INTERNAL_CONTROL_FACTS,
    *SECURITY_FACTS,
)
