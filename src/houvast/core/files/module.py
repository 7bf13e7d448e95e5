from django.utils.translation import gettext_lazy as _

from houvast.core.files.jobs import remove_left_behind
from houvast.core.files.permissions import RELEASE
from houvast.core.files.settings import LARGEST
from houvast.core.registry import Module, Records

MODULE = Module(
    key="files",
    name=_("Bestanden"),
    permissions=(RELEASE,),
    settings=(LARGEST,),
    # A file has no page of its own, and its name may tell what nobody else should read.
    records=(Records("files.storedfile", _("bestand"), lambda _actor, _uids: {}),),
    daily=(remove_left_behind,),
    labels=(("files.quarantine", _("Bestand tegengehouden of vrijgegeven")),),
)
