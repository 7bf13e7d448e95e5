"""What the law and the organisation say about incidents and breaches. No query, no clock, no request."""

from houvast.modules.security.rules.breaches import (
    BreachFacts,
    BreachStatus,
    Capacity,
    Controller,
    Outcome,
    Risk,
)
from houvast.modules.security.rules.clock import Clock, ClockState, clock_of, due_at
from houvast.modules.security.rules.impact import Impact, impact_words
from houvast.modules.security.rules.incidents import (
    IncidentFacts,
    IncidentKind,
    IncidentStatus,
    PersonalData,
    Severity,
)
from houvast.modules.security.rules.refusal import Refusal, require

__all__ = [
    "BreachFacts",
    "BreachStatus",
    "Capacity",
    "Clock",
    "ClockState",
    "Controller",
    "Impact",
    "IncidentFacts",
    "IncidentKind",
    "IncidentStatus",
    "Outcome",
    "PersonalData",
    "Refusal",
    "Risk",
    "Severity",
    "clock_of",
    "due_at",
    "impact_words",
    "require",
]
