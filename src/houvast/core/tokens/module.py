from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem, Records
from houvast.core.tokens import queries
from houvast.core.tokens.permissions import MAKE

MODULE = Module(
    key="tokens",
    name=_("Toegang voor programma’s"),
    permissions=(MAKE,),
    navigation=(
        NavItem(_("Toegang voor programma’s"), "tokens:index", "key", _("Beheer"), MAKE, 930, writes=True),
    ),
    records=(Records("tokens.token", _("toegangssleutel"), queries.names),),
    labels=(
        ("tokens.make", _("Toegangssleutel gemaakt")),
        ("tokens.withdraw", _("Toegangssleutel ingetrokken")),
        ("tokens.withdraw_of_another", _("Toegangssleutel van een ander ingetrokken")),
    ),
)
