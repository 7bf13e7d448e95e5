from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem
from houvast.core.terms.permissions import CALCULATE

MODULE = Module(
    key="terms",
    name=_("Termijnen"),
    permissions=(CALCULATE,),
    navigation=(
        NavItem(_("Termijn uitrekenen"), "terms:calculate", "calculator", _("Hulpmiddelen"), CALCULATE, 800),
    ),
)
