from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

VIEW = Permission(
    "post.view",
    _("Alle uitgaande post van de organisatie overzien"),
    frozenset({StandardRole.ADMINISTRATOR, StandardRole.CONTROLLER, StandardRole.COORDINATOR}),
)
