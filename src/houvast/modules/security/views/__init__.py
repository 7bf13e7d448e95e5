"""The pages of the module: translate the request, make one call, translate the answer."""

from houvast.modules.security.views.breaches import (
    advise,
    breach,
    breaches,
    change_breach,
    close_breach,
    decide,
    dismiss_breach,
    notify,
    report_breach,
)
from houvast.modules.security.views.incidents import change_incident, close_incident, incident, incidents
from houvast.modules.security.views.outside import vulnerability, vulnerability_received
from houvast.modules.security.views.overview import overview
from houvast.modules.security.views.reporting import own, report, reported
from houvast.modules.security.views.units import units

__all__ = [
    "advise",
    "breach",
    "breaches",
    "change_breach",
    "change_incident",
    "close_breach",
    "close_incident",
    "decide",
    "dismiss_breach",
    "incident",
    "incidents",
    "notify",
    "overview",
    "own",
    "report",
    "report_breach",
    "reported",
    "units",
    "vulnerability",
    "vulnerability_received",
]
