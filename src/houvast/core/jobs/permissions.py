from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

MANAGE = Permission(
    "jobs.manage",
    _("Taken op de achtergrond volgen, opnieuw starten en afbreken"),
    frozenset({StandardRole.ADMINISTRATOR}),
)
