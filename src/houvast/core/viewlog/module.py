from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem, RetentionClass
from houvast.core.viewlog import jobs, permissions
from houvast.core.viewlog.rules import KEPT_YEARS

MODULE = Module(
    key="viewlog",
    name=_("Inzagelog"),
    permissions=(permissions.VIEW,),
    navigation=(NavItem(_("Inzagelog"), "viewlog:index", "eye", _("Beheer"), permissions.VIEW, 945),),
    daily=(jobs.forget,),
    retention=(
        RetentionClass(
            key="viewlog.views",
            label=_("Inzagelog"),
            source=_("NEN 7513 vraagt ten minste vijf jaar; BIO 8.15"),
            years=KEPT_YEARS,
            counts_from_label=_("vanaf de inzage"),
            kept=_(
                "Wat ouder is, wordt iedere dag vanzelf gewist. Eerder laat de database niemand een regel wissen."
            ),
        ),
    ),
)
