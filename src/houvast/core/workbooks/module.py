"""The index card of the import and export of registers; the workbooks themselves are the registers' own."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Module, RecordName, Records
from houvast.core.workbooks.models import WorkbookImport


def _named(_actor: Actor, uids: Collection[str]) -> Mapping[str, RecordName]:
    found = WorkbookImport.objects.filter(uid__in=uids).values_list("uid", "file_name")
    return {str(uid): RecordName(name) for uid, name in found}


MODULE = Module(
    key="workbooks",
    name=_("Werkmappen"),
    records=(Records("workbooks.workbookimport", _("inlezing van een werkmap"), _named),),
)
