from django.utils.translation import gettext_lazy as _

from houvast.core.post.permissions import VIEW
from houvast.core.registry import Module, NavItem, Records

MODULE = Module(
    key="post",
    name=_("Uitgaande post"),
    permissions=(VIEW,),
    navigation=(NavItem(_("Uitgaande post"), "post:index", "send", _("Beheer"), VIEW, 980),),
    # What a piece is called may tell what nobody else should read.
    records=(
        Records("post.dispatch", _("poststuk"), lambda _actor, _uids: {}),
        Records("post.electronicconsent", _("instemming met elektronische post"), lambda _actor, _uids: {}),
    ),
)
