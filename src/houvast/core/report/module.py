from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import FileOwner, Module, NavItem, Records, Shortcut, Task
from houvast.core.report import facts, finding, names, permissions
from houvast.core.report.adoption import facts as adoption
from houvast.core.report.adoption import names as adoption_names
from houvast.core.report.publication.names import RECORDS as PUBLICATION_RECORDS
from houvast.core.report.publication.rules import SETTINGS as PUBLICATION_SETTINGS


def tasks(actor: Actor) -> tuple[Task, ...]:
    """Of writing and of adopting."""
    return (*facts.tasks(actor), *adoption.tasks(actor))


MODULE = Module(
    key="report",
    name=_("Verantwoorden"),
    permissions=(
        permissions.VIEW,
        permissions.EDIT,
        permissions.ENTER_FACT,
        permissions.CHECK_FACT,
        permissions.OFFER,
        permissions.ADOPT,
        permissions.CORRECT,
        permissions.CONFIRM,
        permissions.ANSWER,
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
        *adoption_names.RECORDS,
        *PUBLICATION_RECORDS,
    ),
    labels=(
        ("report.write", _("Tekst geschreven")),
        ("report.enter_fact", _("Feit met bron vastgelegd")),
        ("report.change_fact", _("Feit met bron gewijzigd")),
        ("report.check_fact", _("Feit met bron gecontroleerd")),
        ("report.withdraw_fact", _("Feit met bron ingetrokken")),
        ("report.offer", _("Paragraaf ter vaststelling aangeboden")),
        ("report.adopt", _("Vaststelling vastgelegd")),
        ("report.reopen", _("Tekst heropend voor een amendement")),
        ("report.correct", _("Correctie vastgelegd")),
        ("report.decide_correction", _("Correctie beoordeeld")),
        ("report.answer_requirement", _("Eis nagegaan")),
        ("report.add_requirement", _("Eis van de raad vastgelegd")),
        ("report.end_requirement", _("Eis van de raad beëindigd")),
        ("report.publish", _("Paragraaf gepubliceerd")),
    ),
    file_owners=(FileOwner("report.adoption", adoption_names.may_have_file),),
    dates=adoption.dates,
    obstacles=adoption.obstacles,
)
