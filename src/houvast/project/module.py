from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem

MODULE = Module(
    key="day",
    name=_("Mijn dag"),
    navigation=(NavItem(_("Mijn dag"), "my_day", "home", _("Vandaag"), order=0),),
)
