"""The index card of the module."""

from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Api, FileOwner, Module, NavItem, PublicPage, Records, Shortcut
from houvast.modules.security import facts, permissions, queries
from houvast.modules.security.queries import names

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
    shortcuts=(
        Shortcut(
            label=_("Meld een incident"),
            url_name="security:report",
            icon="shield-exclamation",
            about=_("Ging er iets mis met informatie of een apparaat? Vier vragen, minder dan een minuut."),
            permission=permissions.REPORT,
            order=50,
            prominent=True,
        ),
        Shortcut(
            label=_("Register van datalekken"),
            url_name="security:breaches",
            icon="list-details",
            about=_("Alle datalekken met hun termijn, advies en besluit."),
            permission=permissions.VIEW_BREACHES,
            order=10,
            to_read=True,
        ),
        Shortcut(
            label=_("Register van veiligheidsincidenten"),
            url_name="security:incidents",
            icon="shield-check",
            about=_("Alle incidenten, met ernst en afhandeling."),
            permission=permissions.VIEW_INCIDENTS,
            order=15,
            to_read=True,
        ),
    ),
    tasks=facts.tasks,
    figures=facts.figures,
    settings=(queries.CALL, queries.TAKES_PUBLIC_REPORTS, queries.PROMISE),
    dates=facts.dates,
    indexed=facts.INDEXED,
    reminders=facts.REMINDERS,
    file_owners=(
        FileOwner("security.incident", queries.sees_incident),
        FileOwner("security.breach", queries.sees_breach),
    ),
    records=(
        Records("security.incident", _("veiligheidsincident"), names.incident_names, sensitive=True),
        Records("security.breach", _("datalek"), names.breach_names, sensitive=True),
        Records("security.breachadvice", _("advies"), names.advice_names),
        Records("security.breachdecision", _("besluit"), names.decision_names),
        Records("security.notification", _("melding"), names.notification_names),
    ),
    retention=facts.RETENTION,
    public=(
        PublicPage(
            "security_public:vulnerability",
            _("Meld een kwetsbaarheid"),
            about=_("Vond u een lek in een website of systeem van ons? Meld het, dan maken wij het dicht."),
            permission=permissions.REPORT_VULNERABILITY,
            privacy=_(
                "Wij bewaren wat u meldt, en uw e-mailadres als u dat invult. In de regel wordt het adres een jaar "
                "na de afhandeling gewist, en de melding vijf jaar na het jaar van de afhandeling."
            ),
            is_open=queries.takes_public_reports,
        ),
        PublicPage("security_public:received", _("Uw melding is ontvangen"), listed=False),
    ),
    labels=(
        ("security.report_incident", _("Incident gemeld")),
        ("security.report_vulnerability", _("Kwetsbaarheid gemeld via de website")),
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
    api=Api(
        "houvast.modules.security.api.ROUTER",
        reads=(
            permissions.VIEW_INCIDENTS,
            permissions.VIEW_BREACHES,
        ),
        writes=(
            permissions.REPORT,
            permissions.HANDLE,
        ),
    ),
)
