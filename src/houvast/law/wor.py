"""Terms of the Wet op de ondernemingsraden (WOR), which holds for municipalities since 5 May 1995.

They are reckoned here from 1999 on: of the years before, the holidays are not known.

To be confirmed by a jurist: that the Atw moves the end of this month, as it does of other terms in a law; this
floor never shows an earlier end than the month itself.
"""

from datetime import date

from houvast.law.counting import Unit
from houvast.law.model import Term

WOR_25_6 = Term(
    key="wor-25:6",
    name="Wachten met een besluit dat van het advies van de ondernemingsraad afwijkt",
    source="WOR art. 25 lid 6",
    starts_with="de dag waarop de ondernemingsraad van het besluit in kennis is gesteld",
    length=1,
    unit=Unit.MONTHS,
    valid_from=date(1999, 1, 1),
)

TERMS = (WOR_25_6,)
