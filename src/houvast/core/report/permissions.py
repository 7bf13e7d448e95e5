"""What one may do with the chapter."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

EVERYBODY = frozenset(StandardRole)
AUTHORS = frozenset({StandardRole.EDITOR, StandardRole.CONTROLLER})

VIEW = Permission("report.view", _("De paragraaf Bedrijfsvoering lezen"), EVERYBODY)
EDIT = Permission("report.edit", _("De tekst van de paragraaf schrijven"), AUTHORS)
ENTER_FACT = Permission("report.enter_fact", _("Feiten met een bron vastleggen"), AUTHORS)
CHECK_FACT = Permission("report.check_fact", _("Feiten van een ander controleren"), AUTHORS)
ARRANGE = Permission("report.arrange", _("De opzet van het hoofdstuk bepalen"), AUTHORS)
OFFER = Permission("report.offer", _("De paragraaf ter vaststelling aanbieden"), AUTHORS)
ADOPT = Permission(
    "report.adopt",
    _("De vaststelling van de paragraaf vastleggen"),
    frozenset({StandardRole.DIRECTOR}),
)
CORRECT = Permission("report.correct", _("Correcties op een vastgestelde paragraaf vastleggen"), AUTHORS)
CONFIRM = Permission(
    "report.confirm",
    _("Correcties van een ander bevestigen"),
    frozenset({StandardRole.CONTROLLER, StandardRole.DIRECTOR}),
)
ANSWER = Permission("report.answer", _("De wettelijke eisen van de paragraaf nagaan"), AUTHORS)
COORDINATE = Permission("report.coordinate", _("Een ronde voor de paragraaf openen en bewaken"), AUTHORS)
CONTRIBUTE = Permission(
    "report.contribute", _("Aan de paragraaf bijdragen waar een ronde u noemt"), EVERYBODY
)
"""Whoever is named in a round needs it too, to write, agree, check or edit there. Nobody writes without it."""
PUBLISH = Permission("report.publish", _("De vastgestelde paragraaf publiceren"), AUTHORS)
