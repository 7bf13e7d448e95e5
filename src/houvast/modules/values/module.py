from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Api, Module, NavItem, Records, Shortcut
from houvast.modules.values import facts, permissions, queries
from houvast.modules.values.imports import COUNTS

MODULE = Module(
    key="values",
    name=_("Kernwaarden"),
    permissions=(permissions.VIEW, permissions.CHANGE, permissions.COUNT),
    navigation=(
        NavItem(_("Visie en kernwaarden"), "values:index", "target", _("Organisatie"), permissions.VIEW, 60),
    ),
    claims=facts.CLAIMS,
    slots=facts.SLOTS,
    shortcuts=(
        Shortcut(
            _("Bekijk de kernwaarden"),
            "values:index",
            "target",
            _("Waar wij voor staan, met voorbeelden van gedrag en de leidraad voor uw gesprek."),
            permissions.VIEW,
            70,
            to_read=True,
        ),
    ),
    tasks=facts.tasks,
    figures=facts.figures,
    indexed=facts.INDEXED,
    dates=facts.dates,
    records=(
        Records("values.valueset", _("set kernwaarden"), queries.SETS),
        Records("values.corevalue", _("kernwaarde"), queries.VALUES),
        Records("values.behaviour", _("gedragsvoorbeeld"), queries.BEHAVIOURS),
        Records("values.visionpart", _("onderdeel van de visie"), queries.PARTS),
        Records("values.step", _("stap naar de kernwaarden"), queries.STEPS),
        Records("values.instrument", _("instrument"), queries.INSTRUMENTS),
        Records("values.guide", _("gespreksleidraad"), queries.GUIDES),
        Records("values.coverage", _("telling"), queries.COUNTS),
    ),
    labels=(
        ("values.add_set", _("Set kernwaarden vastgelegd")),
        ("values.change_set", _("Set kernwaarden gewijzigd")),
        ("values.end_set", _("Set kernwaarden beëindigd")),
        ("values.add_value", _("Kernwaarde vastgelegd")),
        ("values.change_value", _("Kernwaarde gewijzigd")),
        ("values.end_value", _("Kernwaarde beëindigd")),
        ("values.withdraw_value", _("Kernwaarde ingetrokken")),
        ("values.add_behaviour", _("Gedragsvoorbeeld vastgelegd")),
        ("values.withdraw_behaviour", _("Gedragsvoorbeeld ingetrokken")),
        ("values.add_part", _("Onderdeel van de visie vastgelegd")),
        ("values.end_part", _("Onderdeel van de visie beëindigd")),
        ("values.add_step", _("Stap vastgelegd")),
        ("values.add_instrument", _("Instrument vastgelegd")),
        ("values.end_instrument", _("Instrument beëindigd")),
        ("values.write_guide", _("Gespreksleidraad geschreven")),
        ("values.count", _("Telling vastgelegd")),
        ("values.import_counts", _("Tellingen uit een werkmap vastgelegd")),
    ),
    api=Api("houvast.modules.values.api.ROUTER", reads=(permissions.VIEW,)),
    workbooks=(COUNTS,),
)
