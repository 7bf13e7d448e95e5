from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

MAKE = Permission(
    "tokens.make",
    _("Een programma namens zichzelf toegang geven"),
    frozenset(
        {
            StandardRole.ADMINISTRATOR,
            StandardRole.CONTROLLER,
            StandardRole.CISO,
            StandardRole.PRIVACY_OFFICER,
            StandardRole.EDITOR,
        }
    ),
)
"""Asked when a token is made and again at each use, so that taking it away stops the programs at once."""
