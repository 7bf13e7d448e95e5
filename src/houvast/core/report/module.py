from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem, Records, RetentionClass, Shortcut
from houvast.core.report import facts, finding, names, permissions

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
    shortcuts=(
        Shortcut(
            _("Schrijf aan de paragraaf"),
            "report:index",
            "edit",
            _("De tekst van het hoofdstuk; elk cijfer erin komt uit een register of een bron."),
            permissions.EDIT,
            20,
        ),
        Shortcut(
            _("Lees de paragraaf Bedrijfsvoering"),
            "report:index",
            "file-text",
            _("Het hoofdstuk uit de jaarstukken, met achter elk feit de rijen die het bewijzen."),
            permissions.VIEW,
            55,
            to_read=True,
        ),
    ),
    tasks=facts.tasks,
    figures=facts.figures,
    search=finding.search,
    records=(
        Records("report.sourcedfact", _("feit met bron"), names.fact_names),
        Records("report.prose", _("tekst"), names.prose_names),
    ),
    retention=(
        RetentionClass(
            key="report.chapter",
            label=_("Feiten met bron en teksten van de jaarstukken"),
            source=_("Selectielijst gemeenten 2020: vastgestelde jaarstukken worden blijvend bewaard"),
            years=None,
            kept=_("Zij horen bij de vastgestelde jaarstukken."),
        ),
    ),
    labels=(
        ("report.write", _("Tekst geschreven")),
        ("report.enter_fact", _("Feit met bron vastgelegd")),
        ("report.change_fact", _("Feit met bron gewijzigd")),
        ("report.check_fact", _("Feit met bron gecontroleerd")),
        ("report.withdraw_fact", _("Feit met bron ingetrokken")),
    ),
)
