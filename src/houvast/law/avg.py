"""Terms of the Algemene verordening gegevensbescherming (AVG, Regulation (EU) 2016/679), applied since 25 May
2018.

To be confirmed by a jurist: that the hours are counted from the moment of becoming aware (kennisname) itself.
Regulation 1182/71 could only give a later end; this floor never shows a later one than 72 elapsed hours.
"""

from datetime import date

from houvast.law.counting import Unit
from houvast.law.model import Term

AVG_33 = Term(
    key="avg-33",
    name="Een datalek melden bij de Autoriteit Persoonsgegevens",
    source="AVG art. 33 lid 1",
    starts_with="de kennisname van het datalek",
    length=72,
    unit=Unit.HOURS,
    valid_from=date(2018, 5, 25),
)

TERMS = (AVG_33,)
