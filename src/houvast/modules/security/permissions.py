"""What one may do with incidents and breaches, and the standard roles that may from the start."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

EVERYBODY = frozenset(StandardRole)
OFFICERS = frozenset({StandardRole.CISO, StandardRole.PRIVACY_OFFICER})

REPORT = Permission("security.report", _("Een incident of datalek melden"), EVERYBODY)
REPORT_VULNERABILITY = Permission(
    "security.report_vulnerability",
    _("Een kwetsbaarheid melden zonder account"),
    frozenset({StandardRole.CISO}),
)
VIEW_INCIDENTS = Permission(
    "security.view_incidents",
    _("Het register van veiligheidsincidenten inzien"),
    OFFICERS | {StandardRole.DIRECTOR},
)
VIEW_BREACHES = Permission(
    "security.view_breaches",
    _("Het register van datalekken inzien"),
    OFFICERS | {StandardRole.DIRECTOR},
)
VIEW_FIGURES = Permission(
    "security.view_figures",
    _("Aantallen incidenten en datalekken per onderdeel zien, kleine aantallen verborgen"),
    OFFICERS | {StandardRole.DIRECTOR, StandardRole.CONTROLLER, StandardRole.TEAM_LEADER},
)
HANDLE = Permission(
    "security.handle",
    _("Incidenten en datalekken behandelen"),
    frozenset({StandardRole.CISO}),
)
ADVISE = Permission(
    "security.advise",
    _("Als FG adviseren over het melden van een datalek"),
    frozenset({StandardRole.PRIVACY_OFFICER}),
)
DECIDE = Permission(
    "security.decide",
    _("Besluiten over het melden van een datalek"),
    frozenset({StandardRole.DIRECTOR}),
)
NOTIFY = Permission("security.notify", _("Een datalek melden bij de AP"), OFFICERS)

ALL = (
    REPORT,
    REPORT_VULNERABILITY,
    VIEW_INCIDENTS,
    VIEW_BREACHES,
    VIEW_FIGURES,
    HANDLE,
    ADVISE,
    DECIDE,
    NOTIFY,
)
