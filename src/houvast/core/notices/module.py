from django.utils.translation import gettext_lazy as _

from houvast.core.jobs.rules import DailyAt, Every, Turn
from houvast.core.notices import delivery
from houvast.core.notices.permissions import MANAGE, RECEIVE
from houvast.core.registry import Module, NavItem, Records

MODULE = Module(
    key="notices",
    name=_("Meldingen"),
    permissions=(RECEIVE, MANAGE),
    navigation=(
        NavItem(_("Herinneringen"), "notices:rules", "bell", _("Beheer"), MANAGE, 960),
        NavItem(_("Verzonden berichten"), "notices:messages", "mail", _("Beheer"), MANAGE, 970),
    ),
    records=(
        Records("notices.mailpreference", _("voorkeur voor mail"), lambda _actor, _uids: {}),
        Records("notices.reminderrule", _("regel voor herinneringen"), lambda _actor, _uids: {}),
    ),
    turns=(
        Turn("notices.remind", _("Herinneringen geven"), delivery.remind_turn, DailyAt(6, 30)),
        Turn("notices.summary", _("Samenvattingen klaarzetten"), delivery.summarise_turn, DailyAt(7, 0)),
        Turn("notices.post", _("Berichten versturen"), delivery.post_turn, Every(1)),
        Turn("notices.tidy", _("Oude berichten en meldingen opruimen"), delivery.tidy_turn),
    ),
    labels=(
        ("notices.choose", _("Voorkeuren voor mail gekozen")),
        ("notices.set_rule", _("Regel voor herinneringen gewijzigd")),
    ),
)
