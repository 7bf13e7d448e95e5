from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

RELEASE = Permission(
    "files.release",
    _("Bestanden in quarantaine vrijgeven of tegenhouden"),
    frozenset({StandardRole.CISO}),
)
