"""What one may do with commitments."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

AUTHORS = frozenset({StandardRole.EDITOR, StandardRole.CONTROLLER, StandardRole.DIRECTOR})

VIEW = Permission(
    "commitments.view",
    _("Voornemens en toezeggingen bekijken, en de eigen bijhouden"),
    frozenset(StandardRole),
)
RECORD = Permission("commitments.record", _("Voornemens en toezeggingen vastleggen en beantwoorden"), AUTHORS)
CHECK = Permission("commitments.check", _("Antwoorden van een ander controleren"), AUTHORS)
