from datetime import date

from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import (
    Api,
    Dated,
    FileOwner,
    Module,
    NavItem,
    Obstacle,
    Records,
    RetentionClass,
    Shortcut,
    Task,
)
from houvast.core.report import dates as own_dates
from houvast.core.report import facts, files, finding, names, permissions
from houvast.core.report.adoption import facts as adoption
from houvast.core.report.adoption import names as adoption_names
from houvast.core.report.authoring import facts as authoring
from houvast.core.report.imports import FACTS
from houvast.core.report.publication.making import KIND as PUBLICATION_JOB
from houvast.core.report.publication.names import RECORDS as PUBLICATION_RECORDS
from houvast.core.report.publication.rules import SETTINGS as PUBLICATION_SETTINGS


def tasks(actor: Actor) -> tuple[Task, ...]:
    """Of writing, of writing in turns, and of adopting."""
    return (*facts.tasks(actor), *authoring.tasks(actor), *adoption.tasks(actor))


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """The days of the accounts, of rounds, and those of adopting."""
    return (
        *own_dates.dates(actor, start, until),
        *authoring.dates(actor, start, until),
        *adoption.dates(actor, start, until),
    )


def obstacles(actor: Actor, year: int) -> tuple[Obstacle, ...]:
    """What writing in turns and the chapter itself leave to be done."""
    return (*authoring.obstacles(actor, year), *adoption.obstacles(actor, year))


MODULE = Module(
    key="report",
    name=_("Verantwoorden"),
    permissions=(
        permissions.VIEW,
        permissions.EDIT,
        permissions.ENTER_FACT,
        permissions.CHECK_FACT,
        permissions.ARRANGE,
        permissions.OFFER,
        permissions.ADOPT,
        permissions.CORRECT,
        permissions.CONFIRM,
        permissions.ANSWER,
        permissions.COORDINATE,
        permissions.CONTRIBUTE,
        permissions.PUBLISH,
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
    tasks=tasks,
    figures=facts.figures,
    search=finding.search,
    settings=PUBLICATION_SETTINGS,
    records=(
        Records("report.sourcedfact", _("feit met bron"), names.fact_names),
        Records("report.prose", _("tekst"), names.prose_names),
        Records("report.sectionplacing", _("onderdeel van het hoofdstuk"), names.placing_names),
        *adoption_names.RECORDS,
        Records("report.round", _("ronde"), names.round_names),
        Records("report.contribution", _("bijdrage"), names.contribution_names),
        Records("report.agreement", _("akkoord"), names.agreement_names),
        Records("report.comment", _("opmerking"), names.comment_names),
        *PUBLICATION_RECORDS,
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
    jobs=(files.KIND, PUBLICATION_JOB),
    labels=(
        ("report.write", _("Tekst geschreven")),
        ("report.arrange", _("Opzet van het hoofdstuk gewijzigd")),
        ("report.enter_fact", _("Feit met bron vastgelegd")),
        ("report.change_fact", _("Feit met bron gewijzigd")),
        ("report.check_fact", _("Feit met bron gecontroleerd")),
        ("report.import_facts", _("Feiten met bron uit een werkmap vastgelegd")),
        ("report.withdraw_fact", _("Feit met bron ingetrokken")),
        ("report.offer", _("Paragraaf ter vaststelling aangeboden")),
        ("report.adopt", _("Vaststelling vastgelegd")),
        ("report.reopen", _("Tekst heropend voor een amendement")),
        ("report.correct", _("Correctie vastgelegd")),
        ("report.decide_correction", _("Correctie beoordeeld")),
        ("report.answer_requirement", _("Eis nagegaan")),
        ("report.add_requirement", _("Eis van de raad vastgelegd")),
        ("report.end_requirement", _("Eis van de raad beëindigd")),
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
        ("report.publish", _("Paragraaf gepubliceerd")),
    ),
    api=Api("houvast.core.report.api.ROUTER", reads=(permissions.VIEW,)),
    file_owners=(FileOwner("report.adoption", adoption_names.may_have_file),),
    dates=dates,
    obstacles=obstacles,
    reminders=authoring.REMINDERS,
    workbooks=(FACTS,),
)
