from django.utils.translation import gettext_lazy as _

from houvast.core.files.jobs import remove_left_behind
from houvast.core.files.permissions import RELEASE
from houvast.core.files.queries import withdrawn_files
from houvast.core.files.settings import LARGEST
from houvast.core.registry import Module, Records, RetentionClass

MODULE = Module(
    key="files",
    name=_("Bestanden"),
    permissions=(RELEASE,),
    settings=(LARGEST,),
    # A file has no page of its own, and its name may tell what nobody else should read.
    records=(Records("files.storedfile", _("bestand"), lambda _actor, _uids: {}),),
    daily=(remove_left_behind,),
    retention=(
        RetentionClass(
            key="files.withdrawn",
            label=_("Ingetrokken bijlagen"),
            source=_("AVG art. 5 lid 1 onder e; keuze van de organisatie"),
            years=1,
            rows=withdrawn_files,
            counts_from="withdrawn_at",
            counts_from_label=_("vanaf de intrekking"),
            files=False,
        ),
    ),
    labels=(("files.quarantine", _("Bestand tegengehouden of vrijgegeven")),),
)
