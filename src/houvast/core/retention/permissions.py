"""Who sees what is due, who puts a list forward, and who, as another person, decides on it."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

VIEW = Permission(
    "retention.view",
    _("Zien wat wanneer wordt vernietigd"),
    frozenset(
        {
            StandardRole.ADMINISTRATOR,
            StandardRole.PRIVACY_OFFICER,
            StandardRole.CONTROLLER,
            StandardRole.DIRECTOR,
        }
    ),
)
MANAGE = Permission(
    "retention.manage",
    _("Vernietigingslijsten voorleggen, van een bewaartermijn afwijken en vernietiging stopzetten"),
    frozenset({StandardRole.ADMINISTRATOR, StandardRole.PRIVACY_OFFICER}),
)
DECIDE = Permission(
    "retention.decide",
    _("Als tweede persoon besluiten over een vernietigingslijst"),
    frozenset({StandardRole.DIRECTOR, StandardRole.PRIVACY_OFFICER}),
)
ALL = (VIEW, MANAGE, DECIDE)
