from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem, Records, Shortcut
from houvast.core.report import facts, finding, names, permissions
from houvast.core.report.authoring import facts as authoring

MODULE = Module(
    key="report",
    name=_("Verantwoorden"),
    permissions=(
        permissions.VIEW,
        permissions.EDIT,
        permissions.ENTER_FACT,
        permissions.CHECK_FACT,
        permissions.COORDINATE,
        permissions.CONTRIBUTE,
    ),
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
    tasks=lambda actor: (*facts.tasks(actor), *authoring.tasks(actor)),
    figures=facts.figures,
    search=finding.search,
    records=(
        Records("report.sourcedfact", _("feit met bron"), names.fact_names),
        Records("report.prose", _("tekst"), names.prose_names),
        Records("report.round", _("ronde"), names.round_names),
        Records("report.contribution", _("bijdrage"), names.contribution_names),
        Records("report.agreement", _("akkoord"), names.agreement_names),
        Records("report.comment", _("opmerking"), names.comment_names),
    ),
    labels=(
        ("report.write", _("Tekst geschreven")),
        ("report.enter_fact", _("Feit met bron vastgelegd")),
        ("report.change_fact", _("Feit met bron gewijzigd")),
        ("report.check_fact", _("Feit met bron gecontroleerd")),
        ("report.withdraw_fact", _("Feit met bron ingetrokken")),
        ("report.open_round", _("Ronde geopend")),
        ("report.change_round", _("Ronde gewijzigd")),
        ("report.stop_round", _("Ronde gestopt")),
        ("report.submit", _("Doorgegeven voor akkoord")),
        ("report.agree", _("Akkoord gegeven")),
        ("report.control", _("Onderdeel gecontroleerd")),
        ("report.finish", _("Redactie klaar")),
        ("report.send_back", _("Teruggegeven aan de schrijver")),
        ("report.withdraw", _("Teruggenomen")),
        ("report.agree_board", _("Akkoord van de directie gegeven")),
        ("report.withdraw_board", _("Akkoord van de directie teruggenomen")),
        ("report.comment", _("Opmerking geplaatst")),
        ("report.answer_comment", _("Opmerking beantwoord")),
        ("report.settle_comment", _("Opmerking afgehandeld")),
    ),
    dates=authoring.dates,
    obstacles=authoring.obstacles,
    reminders=authoring.REMINDERS,
)
