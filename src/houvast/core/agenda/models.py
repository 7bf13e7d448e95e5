"""Whose calendar may be read elsewhere, when that was done, and how far somebody has read what changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, ScopedModel, table_rules
from houvast.core.people.models import Person


class CalendarFeed(OrganisationModel):
    """A feed of somebody's calendar (agenda-abonnement) at a secret address. Of the secret only a digest is kept."""

    never_deleted = True
    unrecorded_fields = frozenset({"digest"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, editable=False)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("agenda-abonnement")
        _constraints, indexes = table_rules("calendarfeed")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "digest"], name="calendarfeed_digest"),
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="calendarfeed_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FeedFetch(ScopedModel):
    """When a feed was last fetched (opgehaald), so that its owner sees a stranger at it.

    Not in the trail: nothing changed.
    """

    feed = models.ForeignKey(CalendarFeed, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("laatst opgehaald op"))
    number = models.PositiveIntegerField(_("aantal keren"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "feed"], name="feedfetch_feed"),
            models.UniqueConstraint(fields=["organisation", "id"], name="feedfetch_key"),
        ]

    def __str__(self) -> str:
        return str(self.at)


class LastLook(ScopedModel):
    """How far somebody has read what changed (leesmoment): the number of the last entry, and when that was said.

    Not in the trail, which tells what people did to records and not what they read.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(_("gelezen op"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="lastlook_person"),
            models.UniqueConstraint(fields=["organisation", "id"], name="lastlook_key"),
        ]

    def __str__(self) -> str:
        return str(self.number)
