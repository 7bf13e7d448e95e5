"""The chapter of Diemen 2021 in the project's own sentences, one text per slot.

Every figure, number word, date, quantifier and judgement is a claim. The slots that modules own have their
texts there.
"""

from __future__ import annotations

from houvast.project.demo.content_types import ProseData, prose

PROSE: tuple[ProseData, ...] = (
    prose(
        "trajectory.introduction",
        """
        De ambtelijke organisatie werkt sinds [[trajectory.start|maand]] aan haar ontwikkeling in
        het traject [[trajectory.name]]. Het motto is [[trajectory.motto|citaat]]. Het traject moet
        de organisatie klaarmaken voor de toekomst en schept daarvoor [[trajectory.conditions]].
        """,
    ),
    prose(
        "structure.change",
        """
        Met [[trajectory.name]] heeft de ambtelijke organisatie een andere structuur gekregen.
        [[als structure.transition_status]]Die nieuwe structuur is
        [[structure.transition_status]].[[einde]]
        """,
    ),
    prose(
        "structure.completion",
        """
        [[als structure.transition_manner]]De overgang naar de nieuwe structuur is
        [[structure.transition_manner]] afgerond.[[anders]][[als structure.transition_meaning]]De
        overgang naar de nieuwe structuur is afgerond.[[einde]][[einde]]
        [[als structure.transition_meaning]]De organisatie ziet dat als
        [[structure.transition_meaning]].[[einde]]
        """,
    ),
    prose(
        "values.background",
        """
        De vorige kernwaarden dateren uit [[values.predecessor_year|jaar]]. De ambtelijke
        organisatie stelde ze toen op in het ontwikkeltraject [[values.predecessor|citaat]], om zich
        verder te professionaliseren. In de jaren daarna raakten ze op de achtergrond; ze waren
        [[values.predecessor_state]].

        Vanuit de visies die de raad heeft vastgesteld, is bekeken hoe medewerkers handelen en hoe
        zij zich verder kunnen professionaliseren. Daarom begon de organisatie een traject om tot
        een nieuwe visie en nieuwe kernwaarden te komen.
        """,
    ),
    prose(
        "complaints.handling",
        """
        In de nieuwe organisatiestructuur zijn de teamleiders aangesteld als klachtbehandelaar. Zij
        hebben daarvoor een workshop gevolgd. De teamleiders en de klachtencoördinator behandelen
        klachten daardoor nu [[complaints.handling_quality]].
        """,
    ),
    prose(
        "team_plans.purpose",
        """
        In [[report.year|jaar]] hebben [[team_plans.teams_with_plan]] teams een teamplan gemaakt.
        Een teamplan geeft inzicht in [[team_plans.parts|telling-woord]]:
        [[team_plans.parts|opsomming]]. Het ondersteunt het gesprek binnen het team, binnen de
        organisatie en met de directie en het bestuur, en geeft zo richting aan het werk van het
        team.

        Het plan is ook een stuurmiddel: in de loop van het jaar gebruikt het team het om de
        voortgang te volgen, bij te sturen en te evalueren. Uiteindelijk moet dat leiden tot grip op
        het werk in verhouding tot de capaciteit. Ook moeten de organisatie en het bestuur er
        scherper prioriteiten mee kunnen stellen.
        """,
    ),
    prose(
        "team_plans.evaluation",
        """
        Voor de teamplannen was [[report.year|jaar]] [[team_plans.cycle_kind]]. Het gebruik ervan is
        [[team_plans.evaluation_depth]] geëvalueerd. De successen en de verbeterpunten uit die
        evaluatie moeten terugkomen in de teamplannen van [[report.next_year|jaar]].
        """,
    ),
    prose(
        "board_sensitivity.findings",
        """
        Binnen [[trajectory.name]] is geconstateerd dat het samenspel tussen bestuur en organisatie
        op [[proposals.sensitivity_subjects|telling-woord]] sterker kan:

        [[proposals.sensitivity_subjects|lijst]]

        Aandacht voor deze onderwerpen moet duidelijkheid en houvast geven.
        """,
    ),
    prose(
        "board_sensitivity.plan",
        """
        In [[trajectory.phase_one]] is een plan gemaakt om deze onderwerpen onder de aandacht te
        brengen, vooral bij beleidsmedewerkers. In de fase daarna wordt het plan uitgevoerd, onder
        meer met [[proposals.sensitivity_actions|telling-woord]]:

        [[proposals.sensitivity_actions|lijst]]

        Het portefeuillehoudersoverleg is in [[proposals.portfolio_meetings_start|maand]] al van
        start gegaan.
        """,
    ),
    prose(
        "events.first_phase",
        """
        In [[trajectory.phase_one]] ging het om inspireren en leren. De organisatie hield daarom
        online inspiratiesessies over onderwerpen die medewerkers aanspreken. In een van de sessies
        stond actieve taal centraal: hoe schrijven medewerkers een mail zo dat de ontvanger direct
        weet wat er wordt verwacht? In een andere sessie nam een externe spreker de organisatie mee
        op expeditie en leerden medewerkers [[events.expedition_lesson]].
        """,
    ),
    prose(
        "events.second_phase",
        """
        De week van [[events.week|periode]] luidde [[trajectory.phase_two]] in. Met activiteiten
        maakte de organisatie kennis met nieuwe thema’s. Zo speelden de teams het
        [[events.dna_game]], dat is ontwikkeld om de kernwaarden [[events.dna_game_manner]] bij
        [[events.dna_game_audience]] medewerkers te introduceren.
        """,
    ),
    prose(
        "events.outreach",
        """
        Omgevingssensitiviteit is een van de [[events.theme_weight]] thema’s en competenties in
        [[trajectory.phase_two]]. Door de coronacrisis waren [[events.corona_employees]] medewerkers
        [[events.corona_duration]] lang [[events.corona_presence]] in Diemen. De organisatie wil
        weer in contact komen met inwoners en ondernemers, en informatie en vragen van buiten naar
        binnen halen. Daarom zijn medewerkers op [[events.outreach_day|weekdag]] op
        [[events.outreach_locations|telling-woord]] in Diemen [[events.outreach_manner]] in gesprek
        gegaan met inwoners. De gemeente wil inwoners en ondernemers [[events.outreach_wish]] zo
        ontmoeten.
        """,
    ),
    prose(
        "programmes.start",
        """
        De organisatie is begonnen met programmatisch werken, om zo nauw mogelijk aan te sluiten bij
        de ontwikkelingen in de samenleving. Aan de hand van de leidraad [[programmes.guide|citaat]]
        zijn in [[trajectory.phase_two]] [[programmes.first_batch]] gestart. Als voorbeeld noemen
        wij er [[programmes.programmes|woord]]: [[programmes.programmes|opsomming-citaat]]. Binnen
        de programma’s wordt [[programmes.monitoring]] gevolgd en geëvalueerd welk effect deze
        manier van werken heeft op de organisatie en vooral op de resultaten voor Diemen.
        """,
    ),
    prose(
        "talent.learning",
        """
        In [[trajectory.phase_two]] van [[trajectory.name]] wil de organisatie dat medewerkers meer
        van elkaar leren. Dat past bij de kernwaarde [[talent.value|citaat]]. Daarom gaat de
        organisatie meer met intervisiegroepen werken. Collega’s die er behoefte aan hebben, kunnen
        coaching krijgen.
        """,
    ),
    prose(
        "housing.need",
        """
        De huidige huisvesting en inrichting van het gemeentehuis zijn [[housing.assessment]] en
        sluiten niet meer aan op wat de nieuwe organisatie nodig heeft. De nieuwe huisvestingsvisie
        gaat over de interne bedrijfsvoering. Zij moet leiden tot een werkomgeving die past bij de
        nieuwe organisatiestructuur en bij de werkwijze van [[trajectory.name]].
        """,
    ),
    prose(
        "housing.aspects",
        """
        In de visie komen [[housing.aspects|telling-woord]] aan bod: [[housing.aspects|opsomming]].

        Voor duurzaamheid zijn een duurzaamheidsagenda en een beleid voor maatschappelijk
        verantwoord inkopen opgesteld. Circulariteit wordt [[housing.circularity]] bevorderd. De
        nieuwe huisvesting is ook inclusief: het gebouw moet toegankelijk zijn voor mensen met een
        beperking, en onderzocht wordt of er een genderneutraal toilet kan komen.

        Medewerkers werken met gevoelige en vertrouwelijke informatie. De huisvesting houdt daar
        rekening mee, bijvoorbeeld door openbare gedeelten te scheiden van beveiligde gedeelten waar
        het publiek niet mag komen. De nieuwe werkomgeving is er vooral op gericht dat medewerkers
        elkaar ontmoeten en over de grenzen van hun vak samenwerken, zowel fysiek als digitaal.

        De visie houdt rekening met een verwachte groei van het personeelsbestand van
        [[housing.growth_margin]] [[housing.growth]] per jaar. Duo+ heeft de wens om meer op te gaan
        in de huisvesting van Diemen, bijvoorbeeld met aanlandplekken voor medewerkers van Duo+.

        Het uitgangspunt is dat medewerkers geregeld op het gemeentehuis zijn. Dat versterkt de
        onderlinge band, houdt de lijnen kort en maakt hen zichtbaar voor inwoners. Zij kunnen ook
        hybride werken en kiezen dan de plek die bij het werk past. In de basis werkt een medewerker
        minimaal [[housing.office_share]] van de tijd op het gemeentehuis en maximaal
        [[housing.home_share]] thuis.
        """,
    ),
    prose(
        "housing.planning",
        """
        De huisvestingsvisie wordt in [[housing.vision_due|kwartaal]] afgerond. Daarna volgen een
        nieuw huisvestingsconcept en aansluitend een inrichtings- en verbouwplan. De raad wordt
        tussentijds geïnformeerd over de voortgang. Volgens de huidige planning moet de verbouwing
        [[housing.renovation_start|eind]] beginnen.
        """,
    ),
    prose(
        "partnership.governance.board",
        """
        De directie van Duo+ bestaat uit [[structure.partner_board_persons|telling-woord]], die
        samen [[structure.partner_board_posts|telling-woord]] vervullen:
        [[structure.partner_board_posts|opsomming]]. De algemeen directeur is tevens directeur
        Bedrijfsvoering. De directie is verantwoordelijk voor de verbinding met de gemeenten die in
        Duo+ samenwerken. Afspraken over de dienstverlening worden gemaakt in overleggen tussen
        opdrachtgevers en opdrachtnemers, de OGON’s.

        [[als structure.partner_board_model_moment]]Het directiemodel is
        [[structure.partner_board_model_moment]] verduidelijkt. De verantwoordelijkheden binnen de
        directie zijn sindsdien [[service_agreements.separation]] gescheiden en staan in een nieuw
        organogram.[[einde]]
        """,
    ),
    prose(
        "partnership.governance.development",
        """
        Voor [[service_agreements.governance_note_moment]] is de notitie
        [[service_agreements.governance_note|citaat]] opgesteld, om de sturing vanuit het
        bestuurlijk perspectief aan te scherpen. De
        [[structure.partner_organisations|telling-woord]]
        ([[structure.partner_organisations|opsomming]]) hebben afgesproken de governance samen
        verder te ontwikkelen. [[service_agreements.governance_outcomes]] worden in
        [[service_agreements.governance_outcomes_due|kwartaal]] verwacht.
        """,
    ),
    prose(
        "partnership.control.focus",
        """
        Bij de risicobeheersing van Duo+ lag de nadruk in [[internal_control.focus_years]] op
        [[internal_control.focus]]. Van die risico’s zijn [[internal_control.risks_in_view]] nu in
        beeld en er zijn beheersmaatregelen genomen. Bij de verdere ontwikkeling van de
        controlfunctie komt het accent op een meer integrale aanpak te liggen. Het beleggen van de
        interne controle in de processen, dus in de lijn, heeft daarbij
        [[internal_control.first_line_priority]]. Zo komen fouten eerder aan het licht en wordt de
        organisatie in positie gebracht.
        """,
    ),
    prose(
        "partnership.security.awareness",
        """
        In de themaweek [[security.awareness_week|citaat]] stond de organisatie in
        [[report.year|jaar]] stil bij informatieveiligheid, met [[security.awareness_forms]] voor
        haar medewerkers. Ook zijn er veiligheidstests uitgevoerd, om waar nodig extra
        beveiligingsmaatregelen te kunnen nemen.
        """,
    ),
)
