"""Diemen ’22 as the source tells it. Where the source leaves out a year it follows from the day of the week.

The source names no day on which the first phase ended: it did when the week began that opened the second. How long the
corona crisis kept people away is told from the conversations of 1 October 2021 back.
"""

from __future__ import annotations

from datetime import date

from houvast.modules.trajectory.factories import ActivityExample, PhaseExample
from houvast.modules.trajectory.rules import Mode

NAME = "Diemen ’22"
GOAL = "De organisatie klaarmaken voor de toekomst."
START = "juni 2020"
OWNER = "secretary"
MOTTO = "Koesteren wat ons bindt en veranderen wat nodig is"
MOTTO_FROM = date(2020, 6, 1)
CONDITION = "De juiste voorwaarden voor de toekomst"
PHASES = (
    PhaseExample("Wat inspireert ons?", "juni 2020", "26-9-2021"),
    PhaseExample("Wij proberen, leren en innoveren", "27-9-2021"),
    PhaseExample("Dit is Diemen in 2022"),
)
ACTIVITIES = (
    ActivityExample("Plan voor bestuurlijke sensitiviteit", 1, "bestuurlijke sensitiviteit"),
    ActivityExample("Inspiratiesessie over actieve taal", 1, "actieve taal", Mode.ONLINE),
    ActivityExample("Expeditie met een externe spreker", 1, "inspireren en leren", Mode.ONLINE),
    ActivityExample("Week waarmee de tweede fase begon", 2, "nieuwe thema’s", "", "27-9-2021 t/m 1-10-2021"),
    ActivityExample("Diemer DNA-spel met de teams", 2, "kernwaarden", "", "27-9-2021 t/m 1-10-2021"),
    ActivityExample("In gesprek met inwoners", 2, "omgevingssensitiviteit", Mode.ON_SITE, "1-10-2021"),
)
MILESTONE = "De tweede fase is begonnen"
MILESTONE_ON = date(2021, 9, 27)
MILESTONE_PROOF = "Jaarstukken 2021, paragraaf Bedrijfsvoering, onderdeel Inspiratiesessies"
MILESTONE_PROVED = date(2021, 12, 31)
CIRCUMSTANCE = "Coronacrisis"
EFFECT = "Veel medewerkers waren weinig in Diemen."
AWAY_FROM, AWAY_UNTIL = date(2020, 4, 1), date(2021, 10, 1)
