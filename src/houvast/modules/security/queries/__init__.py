"""Every read of the two registers.

What a person may see starts at `…_visible_to`; what is counted names nobody.
"""

from houvast.modules.security.queries.breaches import (
    all_breaches,
    breach_facts,
    breaches_of,
    breaches_visible_to,
    counted_breaches,
    latest_advice,
    latest_decision,
    notifications_of,
    open_clocks,
    own_breaches,
    running,
    sees_breach,
)
from houvast.modules.security.queries.history import Event, events
from houvast.modules.security.queries.incidents import (
    counted_incidents,
    incident_facts,
    incidents_of,
    incidents_visible_to,
    own_incidents,
    sees_incident,
)
from houvast.modules.security.queries.reports import (
    CALL,
    PROMISE,
    TAKES_PUBLIC_REPORTS,
    Phone,
    outside_contacts,
    own_reports,
    phone_on,
    promise_on,
    takes_public_reports,
    was_reported_by,
)
from houvast.modules.security.queries.tally import ByUnit, Tally, per_month, per_unit, tally, years

__all__ = [
    "CALL",
    "PROMISE",
    "TAKES_PUBLIC_REPORTS",
    "ByUnit",
    "Event",
    "Phone",
    "Tally",
    "all_breaches",
    "breach_facts",
    "breaches_of",
    "breaches_visible_to",
    "counted_breaches",
    "counted_incidents",
    "events",
    "incident_facts",
    "incidents_of",
    "incidents_visible_to",
    "latest_advice",
    "latest_decision",
    "notifications_of",
    "open_clocks",
    "outside_contacts",
    "own_breaches",
    "own_incidents",
    "own_reports",
    "per_month",
    "per_unit",
    "phone_on",
    "promise_on",
    "running",
    "sees_breach",
    "sees_incident",
    "takes_public_reports",
    "tally",
    "was_reported_by",
    "years",
]
