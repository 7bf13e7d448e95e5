"""What happened and who has reacted to it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import ScopedModel


class OutboxEvent(ScopedModel):
    """An event (gebeurtenis) as an action wrote it, in its own transaction.

    Not in the trail: the action that wrote it is, and so is every action that reacts.
    """

    name = models.CharField(_("gebeurtenis"), max_length=80)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("pogingen"), default=0)
    not_before = models.DateTimeField(_("niet eerder dan"), default=timezone.now)
    handled_at = models.DateTimeField(_("afgehandeld op"), null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "id"], name="outboxevent_key")]
        indexes = [
            models.Index(
                fields=["organisation", "not_before"],
                condition=Q(handled_at__isnull=True),
                name="outboxevent_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Handled(ScopedModel):
    """A reaction to an event is done (afgehandelde reactie): one row, however often it was handed over."""

    append_only = True

    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="handled", db_index=False)
    reaction = models.CharField(_("reactie"), max_length=80)
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "event", "reaction"], name="handled_once"),
            models.UniqueConstraint(fields=["organisation", "id"], name="handled_key"),
        ]

    def __str__(self) -> str:
        return self.reaction
