"""Example rows for the versions of the structure: Diemen's of 2021, and the model of the board of Duo+.

From the source come that the new structure was carried through in 2021, that this ended "in goede harmonie" and
was "een mijlpaal", and that the model of the board was made clear at the beginning of 2021. The days, the actions
and the documents are example data.
"""

from __future__ import annotations

from datetime import date

from houvast.modules.structure.factories import Proof
from houvast.modules.structure.rules.versions import Advice, VersionKind
from houvast.project.demo.content_types import TransitionData, VersionData
from houvast.project.demo.structure_data import (
    ADOPTED,
    ADOPTION,
    DIEMEN,
    DUO,
    DUO_DECISION,
    DUO_MODEL,
    REORGANISED,
)

DIEMENS_VERSION = VersionData(
    DIEMEN,
    VersionKind.ORGANISATION,
    "Organisatiestructuur 2021",
    REORGANISED,
    ADOPTED,
    "College van burgemeester en wethouders",
    ADOPTION,
    Advice.CONDITIONAL,
    date(2021, 1, 12),
    "Voor het einde van 2021 heeft elk team een teamleider en is de overgang geëvalueerd.",
)

BOARD_MODEL = VersionData(
    DUO,
    VersionKind.BOARD_MODEL,
    "Directiemodel 2021",
    DUO_MODEL,
    date(2020, 12, 15),
    "Bestuur van Duo+",
    DUO_DECISION,
    Advice.POSITIVE,
    date(2020, 12, 1),
)

TRANSITION: tuple[TransitionData, ...] = (
    TransitionData(
        "Functies van directielid en teamleider beschrijven in het functieregister",
        date(2021, 2, 1),
        date(2021, 1, 26),
        "Functiebeschrijvingen bij het Organisatiebesluit Diemen 2021",
        post="director-residents",
    ),
    TransitionData(
        "Medewerkers plaatsen in de nieuwe teams",
        date(2021, 2, 1),
        date(2021, 2, 1),
        "Plaatsingsbesluiten van februari 2021",
        post="secretary",
    ),
    TransitionData(
        "Mandaatregeling aanpassen aan de nieuwe functies",
        date(2021, 6, 30),
        date(2021, 6, 22),
        "Mandaatregeling Diemen 2021",
        post="legal-leader",
    ),
    TransitionData(
        "Voor elk team een teamleider benoemen",
        date(2021, 10, 1),
        date(2021, 10, 1),
        "Benoemingsbesluiten teamleiders 2021",
        post="secretary",
    ),
    TransitionData(
        "Teamleiders toerusten voor het behandelen van klachten",
        date(2021, 11, 30),
        date(2021, 11, 18),
        "Verslag van de workshop klachtbehandeling",
        person="legal-staff-2",
    ),
    TransitionData(
        "De overgang evalueren met de ondernemingsraad",
        date(2021, 12, 15),
        date(2021, 12, 9),
        "Evaluatie nieuwe organisatiestructuur",
        post="secretary",
    ),
)

MILESTONE = "De nieuwe organisatiestructuur staat"
MILESTONE_DUE = date(2021, 12, 31)
MILESTONE_CLOSED = date(2021, 12, 14)
PROOF = Proof(
    title="Evaluatie nieuwe organisatiestructuur",
    dated=date(2021, 12, 9),
    place="Dossier Diemen ’22, verslag van het overleg met de ondernemingsraad, conclusie",
    manner="in goede harmonie",
    meaning="een mijlpaal",
)
