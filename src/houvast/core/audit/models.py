"""The audit trail: one chain of entries per organisation, which the database lets nobody change."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.models import Organisation


class AuditEntry(ScopedModel):
    """An entry (logboekregel): who did what to which row, with a seal on the row and a link to the entry before.

    `row_seal` is an HMAC over the whole row as the action left it, empty where the row was removed; with it
    `verify` finds a register row that was altered outside the application. No names, no free text.
    """

    append_only = True

    number = models.PositiveBigIntegerField(_("nummer"))
    at = models.DateTimeField(_("moment"), default=timezone.now)
    action = models.CharField(_("handeling"), max_length=80)
    origin = models.CharField(_("herkomst"), max_length=20)
    account_id = models.BigIntegerField(null=True)
    actor_uid = models.CharField(max_length=36, blank=True)
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    table = models.CharField(_("register"), max_length=80)
    subject_uid = models.UUIDField(null=True)
    changes = models.JSONField(_("wijzigingen"), default=dict)
    row_seal = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="auditentry_number"),
            models.UniqueConstraint(fields=["organisation", "id"], name="auditentry_key"),
        ]
        indexes = [
            models.Index(fields=["organisation", "subject_uid", "number"], name="auditentry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class AuditHead(ScopedModel):
    """The end of an organisation's chain. Locking it puts the actions of one organisation in order."""

    never_deleted = True

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="audithead_organisation"),
            models.UniqueConstraint(fields=["organisation", "id"], name="audithead_key"),
        ]

    def __str__(self) -> str:
        return str(self.number)
