"""What the chapter of 2021 says that will be done: the fourteen that the chapter of 2022 has to answer.

What is announced, and when, is the source's; which function sees to it is example data. The quotations are those of
the chapter's own text. A wish of which the source names no action has no owner.
"""

from __future__ import annotations

from datetime import date

from houvast.core.commitments.rules import CommitmentKind, Settlement, Stand, Status
from houvast.project.demo.content_types import CommitmentData

COMMITMENTS: tuple[CommitmentData, ...] = (
    CommitmentData(
        "team_plans",
        "Successen en verbeterpunten uit de evaluatie in de teamplannen van 2022",
        "De successen en de verbeterpunten uit die evaluatie moeten terugkomen in de teamplannen van 2022.",
        "secretary",
        "2022",
    ),
    CommitmentData(
        "board_sensitivity",
        "Portefeuillehoudersoverleg",
        "het portefeuillehoudersoverleg invoeren",
        "secretary",
        stand=Stand(status=Status.STARTED, on=date(2021, 10, 1), said="oktober 2021"),
    ),
    CommitmentData(
        "board_sensitivity",
        "Raadsvergadering bijwonen en bespreken",
        "een raadsvergadering bijwonen en bespreken",
        "board-advice-leader",
    ),
    CommitmentData(
        "board_sensitivity",
        "Format en instructie voor voorstellen aan college en raad",
        "een format en vooral een instructie ontwikkelen voor voorstellen aan het college en de raad",
        "board-advice-leader",
    ),
    CommitmentData(
        "board_sensitivity",
        "Introductiecursus bestuurlijke besluitvorming",
        "een introductiecursus bestuurlijke besluitvorming aanbieden",
        "board-advice-leader",
    ),
    CommitmentData(
        "events",
        "Vaker laagdrempelig in gesprek met inwoners en ondernemers",
        "De gemeente wil inwoners en ondernemers vaker zo ontmoeten.",
        kind=CommitmentKind.WISH,
    ),
    CommitmentData(
        "talent",
        "Meer werken met intervisiegroepen",
        "Daarom gaat de organisatie meer met intervisiegroepen werken.",
        "secretary",
    ),
    CommitmentData(
        "housing",
        "Mogelijkheden voor een genderneutraal toilet onderzoeken",
        "onderzocht wordt of er een genderneutraal toilet kan komen",
        "land-leader",
    ),
    CommitmentData(
        "housing",
        "Huisvestingsvisie afronden",
        "De huisvestingsvisie wordt in het eerste kwartaal van 2022 afgerond.",
        "land-leader",
        "Q1-2022",
    ),
    CommitmentData(
        "housing",
        "Huisvestingsconcept, inrichtingsplan en verbouwplan",
        "Daarna volgen een nieuw huisvestingsconcept en aansluitend een inrichtings- en verbouwplan.",
        "land-leader",
    ),
    CommitmentData(
        "housing",
        "De raad tussentijds informeren over de huisvesting",
        "De raad wordt tussentijds geïnformeerd over de voortgang.",
        "secretary",
        kind=CommitmentKind.PLEDGE,
        settlement=Settlement.DOCUMENT,
    ),
    CommitmentData(
        "housing",
        "Beginnen met de verbouwing",
        "Volgens de huidige planning moet de verbouwing eind 2022 beginnen.",
        "land-leader",
        "eind 2022",
    ),
    CommitmentData(
        "partnership.governance",
        "Eerste uitkomsten van de doorontwikkeling van de governance",
        "De eerste uitkomsten worden in het eerste kwartaal van 2022 verwacht.",
        "secretary",
        "Q1-2022",
    ),
    CommitmentData(
        "partnership.control",
        "Een meer integrale aanpak van de control",
        "Bij de verdere ontwikkeling van de controlfunctie komt het accent op een meer integrale aanpak te liggen.",
        owner_person="board-advice-staff-3",
    ),
)
