from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

RECEIVE = Permission(
    "notices.receive", _("Meldingen krijgen en kiezen hoe ze worden gemaild"), frozenset(StandardRole)
)
MANAGE = Permission(
    "notices.manage",
    _("Regels voor herinneringen wijzigen en verzonden berichten inzien"),
    frozenset({StandardRole.ADMINISTRATOR}),
)
