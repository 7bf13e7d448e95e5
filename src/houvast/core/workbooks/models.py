"""Which workbooks were read in, so that the same one sent twice is recorded once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.orgs.once import once_rule


class WorkbookImport(OrganisationModel):
    """An import (inlezing) of one workbook: what it made, changed and left as it was, in rows. Never changed."""

    append_only = True
    never_deleted = True
    unrecorded_fields = frozenset({"file_name"})

    workbook = models.CharField(_("werkmap"), max_length=80)
    file_name = models.CharField(_("bestand"), max_length=200)
    sha256 = models.CharField(max_length=64)
    made = models.PositiveIntegerField(_("nieuw"))
    changed = models.PositiveIntegerField(_("gewijzigd"))
    left = models.PositiveIntegerField(_("ongewijzigd"))
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), editable=False)

    class Meta:
        verbose_name = _("inlezing")
        _constraints, _indexes = table_rules("workbookimport")
        constraints = [*_constraints, once_rule("workbookimport")]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "workbook", "id"], name="workbookimport_workbook"),
        ]

    def __str__(self) -> str:
        return self.file_name
