"""The index card of the module."""

from django.utils.translation import gettext_lazy as _

from houvast.core.registry import FileOwner, Module, NavItem
from houvast.modules.security import facts, permissions, queries

MODULE = Module(
    key="security",
    name=_("Beveiliging"),
    permissions=permissions.ALL,
    navigation=(
        NavItem(
            label=_("Beveiliging en datalekken"),
            url_name="security:overview",
            icon="shield-lock",
            group=_("Registers"),
            permission=permissions.REPORT,
            order=30,
        ),
    ),
    claims=facts.CLAIMS,
    slots=facts.SLOTS,
    years=facts.YEARS,
    tasks=facts.tasks,
    settings=(queries.CALL,),
    search=facts.search,
    file_owners=(
        FileOwner("security.incident", queries.sees_incident),
        FileOwner("security.breach", queries.sees_breach),
    ),
    labels=(
        ("security.report_incident", _("Incident gemeld")),
        ("security.change_incident", _("Gegevens van het incident gewijzigd")),
        ("security.close_incident", _("Incident afgesloten")),
        ("security.attach_to_incident", _("Bijlage bij het incident gevoegd")),
        ("security.withdraw_from_incident", _("Bijlage bij het incident ingetrokken")),
        ("security.report_breach", _("Datalek gemeld")),
        ("security.change_breach", _("Gegevens van het datalek gewijzigd")),
        ("security.advise", _("Advies van de FG gegeven")),
        ("security.decide", _("Besluit genomen over melden bij de AP")),
        ("security.notify", _("Gemeld bij de Autoriteit Persoonsgegevens")),
        ("security.close_breach", _("Datalek afgesloten")),
        ("security.attach_to_breach", _("Bijlage bij het datalek gevoegd")),
        ("security.withdraw_from_breach", _("Bijlage bij het datalek ingetrokken")),
        ("security.dismiss_breach", _("Geen datalek gebleken")),
    ),
)
