from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Api, Module, NavItem, Shortcut
from houvast.core.terms.permissions import CALCULATE

MODULE = Module(
    key="terms",
    shortcuts=(
        Shortcut(
            _("Reken een termijn uit"),
            "terms:calculate",
            "calculator",
            _("Wanneer een wettelijke termijn eindigt, met de artikelen erbij."),
            CALCULATE,
            65,
            to_read=True,
        ),
    ),
    name=_("Termijnen"),
    permissions=(CALCULATE,),
    navigation=(
        NavItem(_("Termijn uitrekenen"), "terms:calculate", "calculator", _("Hulpmiddelen"), CALCULATE, 800),
    ),
    api=Api("houvast.core.terms.api.ROUTER", reads=(CALCULATE,)),
)
