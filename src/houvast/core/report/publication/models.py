"""What was published, when and by whom. The database lets nobody change it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, table_rules


class Medium(models.TextChoices):
    """How the site left the application (wijze van publiceren)."""

    ARCHIVE = "archive", _("zip gemaakt")
    FOLDER = "folder", _("map op de server geschreven")


class Publication(OrganisationModel):
    """A publication (publicatie): a site that was made of the adopted chapters, with the hash of all its files.

    years: `[year, edition, SHA-256 of the edition, number of corrections]` for each year in it, newest first.
    """

    append_only = True

    sha256 = models.CharField(_("controlegetal"), max_length=64)
    years = models.JSONField(_("jaren"))
    medium = models.CharField(_("wijze van publiceren"), max_length=10, choices=Medium.choices)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )

    class Meta:
        _constraints, indexes = table_rules("publication")
        constraints = [
            *_constraints,
            models.CheckConstraint(name="publication_medium", condition=Q(medium__in=Medium.values)),
        ]

    def __str__(self) -> str:
        return self.sha256[:16]
