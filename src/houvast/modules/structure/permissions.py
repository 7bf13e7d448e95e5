"""What one may do with the structure of the organisation."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

VIEW = Permission("structure.view", _("De organisatiestructuur bekijken"), frozenset(StandardRole))
CHANGE = Permission(
    "structure.change",
    _("De organisatiestructuur wijzigen"),
    frozenset({StandardRole.ADMINISTRATOR, StandardRole.DIRECTOR}),
)
