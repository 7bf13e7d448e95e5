"""Terms of the Algemene wet bestuursrecht (Awb), chapter 9: complaints (klachten) and the ombudsman.

Title 9.1 has been in force since 1 July 1999, title 9.2 since 15 March 2005.

To be confirmed by a jurist: both dates of entry into force; that the extended term is counted from receipt
and not from an end that the Atw moved; that ten and four weeks together, being more than twelve, are not
moved; and that a year from 29 February ends on 28 February.
"""

from datetime import date
from types import MappingProxyType

from houvast.law.counting import Unit
from houvast.law.model import Extension, Term, Variant

ADVISORY_COMMITTEE = "advisory_committee"
"""Key of the variant for complaints on which a committee or person advises (afdeling 9.1.3)."""

INTERNAL_SINCE = date(1999, 7, 1)
OMBUDSMAN_SINCE = date(2005, 3, 15)

AWB_9_8 = Term(
    key="awb-9:8",
    name="Laten weten dat een klacht niet in behandeling wordt genomen",
    source="Awb art. 9:8 lid 3",
    starts_with="de ontvangst van de klacht",
    length=4,
    unit=Unit.WEEKS,
    valid_from=INTERNAL_SINCE,
)

AWB_9_11 = Term(
    key="awb-9:11",
    name="Een klacht afhandelen",
    source="Awb art. 9:11 lid 1",
    starts_with="de ontvangst van de klacht",
    length=6,
    unit=Unit.WEEKS,
    valid_from=INTERNAL_SINCE,
    variants=MappingProxyType(
        {
            ADVISORY_COMMITTEE: Variant(
                name="Een adviescommissie of adviseur brengt advies uit over de klacht",
                length=10,
                source="Awb art. 9:11 lid 1 en afdeling 9.1.3",
            )
        }
    ),
    extension=Extension(
        max_weeks=4,
        source="Awb art. 9:11 lid 2",
        notice=(
            "Laat de klager en degene over wie de klacht gaat vóór het einde van die dag schriftelijk weten "
            "dat de afhandeling wordt verdaagd."
        ),
    ),
)

AWB_9_24 = Term(
    key="awb-9:24",
    name="Een verzoek indienen bij de ombudsman",
    source="Awb art. 9:24 lid 1",
    starts_with="de verzending van de bevindingen over de klacht",
    length=1,
    unit=Unit.YEARS,
    valid_from=OMBUDSMAN_SINCE,
)

TERMS = (AWB_9_8, AWB_9_11, AWB_9_24)
