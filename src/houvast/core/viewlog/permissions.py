from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

VIEW = Permission(
    "viewlog.view",
    _("Zien wie welke gevoelige stukken heeft ingezien"),
    frozenset({StandardRole.PRIVACY_OFFICER, StandardRole.ADMINISTRATOR}),
)
