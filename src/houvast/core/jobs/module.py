from django.utils.translation import gettext_lazy as _

from houvast.core.jobs.permissions import MANAGE
from houvast.core.jobs.queries import has_its_file
from houvast.core.jobs.rules import Every, Turn
from houvast.core.jobs.schedule import tidy
from houvast.core.jobs.work import resume
from houvast.core.registry import FileOwner, Module, NavItem

MODULE = Module(
    key="jobs",
    name=_("Taken op de achtergrond"),
    permissions=(MANAGE,),
    navigation=(NavItem(_("Taken op de achtergrond"), "jobs:index", "refresh", _("Beheer"), MANAGE, 950),),
    file_owners=(FileOwner("jobs.job", has_its_file),),
    turns=(
        Turn("jobs.resume", _("Taken opnieuw oppakken die zijn blijven liggen"), resume, Every(10)),
        Turn("jobs.tidy", _("Oude taken en uitkomsten opruimen"), tidy),
    ),
    labels=(
        ("jobs.keep_result", _("Bestand van een taak bewaard")),
        ("jobs.drop_result", _("Bestand van een oude taak opgeruimd")),
    ),
)
