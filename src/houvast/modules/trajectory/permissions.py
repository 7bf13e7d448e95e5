"""What one may do with development programmes."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

VIEW = Permission("trajectory.view", _("Ontwikkeltrajecten bekijken"), frozenset(StandardRole))
MANAGE = Permission(
    "trajectory.manage",
    _("Ontwikkeltrajecten bijhouden"),
    frozenset({StandardRole.DIRECTOR, StandardRole.CONTROLLER, StandardRole.EDITOR}),
)
DECIDE = Permission(
    "trajectory.decide", _("Besluiten of een volgende fase mag beginnen"), frozenset({StandardRole.DIRECTOR})
)
