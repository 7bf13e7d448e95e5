from django.utils.translation import gettext_lazy as _

from houvast.core.agenda.permissions import FEED
from houvast.core.registry import Module, NavItem

MODULE = Module(
    key="agenda",
    name=_("Agenda"),
    permissions=(FEED,),
    navigation=(NavItem(_("Agenda"), "agenda:month", "calendar", _("Vandaag"), order=2),),
    labels=(
        ("agenda.make_feed", _("Adres van de eigen agenda gemaakt")),
        ("agenda.withdraw_feed", _("Adres van de eigen agenda ingetrokken")),
    ),
)
