"""What one may do with the vision and the core values."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

VIEW = Permission("values.view", _("De visie en de kernwaarden bekijken"), frozenset(StandardRole))
CHANGE = Permission(
    "values.change",
    _("De visie en de kernwaarden vastleggen"),
    frozenset({StandardRole.DIRECTOR, StandardRole.EDITOR, StandardRole.ADMINISTRATOR}),
)
COUNT = Permission(
    "values.count",
    _("Vastleggen hoe vaak de kernwaarden aan bod kwamen"),
    frozenset({StandardRole.DIRECTOR, StandardRole.EDITOR, StandardRole.TEAM_LEADER}),
)
