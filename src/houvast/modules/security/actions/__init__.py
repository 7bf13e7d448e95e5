"""Every write to the two registers. Each takes the moment it happens at as an argument."""

from houvast.modules.security.actions.breaches import (
    advise,
    change_breach,
    close_breach,
    decide,
    dismiss_breach,
    notify_authority,
    report_breach,
)
from houvast.modules.security.actions.files import attach_to_breach, attach_to_incident
from houvast.modules.security.actions.incidents import (
    change_incident,
    close_incident,
    report_incident,
    report_vulnerability,
)

__all__ = [
    "advise",
    "attach_to_breach",
    "attach_to_incident",
    "change_breach",
    "change_incident",
    "close_breach",
    "close_incident",
    "decide",
    "dismiss_breach",
    "notify_authority",
    "report_breach",
    "report_incident",
    "report_vulnerability",
]
