"""Files that belong to a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from houvast.core.files.rules import ContentType
from houvast.core.orgs.base import OrganisationModel, table_rules


class StoredFile(OrganisationModel):
    """A file (bestand) of one record of a register: `subject_table` and `subject_uid` name that record.

    Its bytes lie outside the web root under a random name; what it is called is for people only.
    A suspect file is in quarantine: it is kept, and nobody gets it until it was released. One that was withdrawn
    is kept too, with the reason, and only who may release files still gets it.
    """

    name = models.CharField(_("naam"), max_length=200)
    content_type = models.CharField(_("soort"), max_length=100, choices=ContentType.choices)
    size = models.PositiveBigIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=64)
    subject_table = models.CharField(max_length=80)
    subject_uid = models.UUIDField()
    quarantined = models.BooleanField(_("in quarantaine"), default=False)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    withdrawal = models.CharField(_("reden van intrekking"), max_length=200, blank=True)
    unrecorded_fields = frozenset({"name", "withdrawal"})

    class Meta:
        _constraints, _indexes = table_rules("storedfile")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "storage_name"], name="storedfile_storage"),
            models.CheckConstraint(
                name="storedfile_withdrawn_has_reason",
                condition=models.Q(withdrawn_at__isnull=True) ^ ~models.Q(withdrawal=""),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "subject_table", "subject_uid"], name="storedfile_subject"),
        ]

    def __str__(self) -> str:
        return self.name
