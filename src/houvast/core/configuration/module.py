from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import CHANGE_SETTINGS
from houvast.core.configuration import queries
from houvast.core.registry import Module, NavItem, Records

MODULE = Module(
    key="configuration",
    name=_("Instellingen"),
    navigation=(
        NavItem(_("Instellingen"), "configuration:index", "settings", _("Beheer"), CHANGE_SETTINGS, 930),
    ),
    records=(Records("configuration.settingperiod", _("instelling"), queries.names),),
    labels=(("configuration.change", _("Instelling gewijzigd")),),
)
