from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import CHANGE_SETTINGS
from houvast.core.registry import Module, NavItem

MODULE = Module(
    key="configuration",
    name=_("Instellingen"),
    navigation=(
        NavItem(_("Instellingen"), "configuration:index", "settings", _("Beheer"), CHANGE_SETTINGS, 930),
    ),
    labels=(("configuration.change", _("Instelling gewijzigd")),),
)
