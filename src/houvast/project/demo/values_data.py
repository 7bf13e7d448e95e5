"""The vision and core values of Diemen as its accounts of 2021 tell them. Nothing is filled in that they do not say."""

from datetime import date

from houvast.modules.values.rules import InstrumentKind

BEFORE, SINCE = date(2009, 1, 1), date(2021, 1, 1)
PREDECESSOR = "Koers op kwaliteit"
ORIGIN = "Diemen ’22"
SLOGAN = "Het beste voor Diemen. Op onze eigen manier."
PAIRS = ("voor én met Diemen", "denken én doen", "nu én straks")
VALUES = ("Bewust doen", "Met lef", "Leergierig", "Verbindend", "Open houding")
INSTRUMENTS = (
    ("de teamplannen", InstrumentKind.TEAM_PLAN),
    ("de evaluatiegesprekken met medewerkers", InstrumentKind.EVALUATION),
    ("de sollicitatiegesprekken", InstrumentKind.INTERVIEW),
    ("de introductiedag", InstrumentKind.INTRODUCTION),
)
