"""Who looked at which sensitive record."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.models import Organisation
from houvast.core.viewlog.rules import KEPT_YEARS, Manner


class ViewEntry(ScopedModel):
    """A view (inzageregel): who saw which record, how and when. No names, and nothing of what stood there.

    Not in the trail: nothing changed. Nobody changes an entry, and nobody removes one before its term is over. A look
    at this log is an entry too: of one record, or of none in particular.
    """

    append_only = True
    kept_years = KEPT_YEARS

    at = models.DateTimeField(_("moment"), default=timezone.now)
    account_id = models.BigIntegerField(null=True)
    actor_uid = models.CharField(max_length=36, blank=True)
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_table = models.CharField(_("register"), max_length=80)
    subject_uid = models.UUIDField(null=True)
    manner = models.CharField(_("wijze"), max_length=10, choices=Manner.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "id"], name="viewentry_key")]
        indexes = [
            models.Index(fields=["organisation", "subject_uid", "id"], name="viewentry_subject"),
            models.Index(fields=["organisation", "actor_uid", "id"], name="viewentry_actor"),
            models.Index(fields=["organisation", "at"], name="viewentry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_table} {self.subject_uid}"
