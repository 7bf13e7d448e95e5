from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem
from houvast.core.report import facts, permissions

MODULE = Module(
    key="report",
    name=_("Verantwoorden"),
    permissions=(permissions.VIEW, permissions.EDIT, permissions.ENTER_FACT, permissions.CHECK_FACT),
    navigation=(
        NavItem(
            _("Paragraaf Bedrijfsvoering"),
            "report:index",
            "file-text",
            _("Verantwoorden"),
            permissions.VIEW,
            300,
        ),
    ),
    tasks=facts.tasks,
    labels=(
        ("report.write", _("Tekst geschreven")),
        ("report.enter_fact", _("Feit met bron vastgelegd")),
        ("report.change_fact", _("Feit met bron gewijzigd")),
        ("report.check_fact", _("Feit met bron gecontroleerd")),
        ("report.withdraw_fact", _("Feit met bron ingetrokken")),
    ),
)
