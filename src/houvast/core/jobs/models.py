"""Jobs of an organisation, the turns of the worker, and the workers that live."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.files.models import StoredFile
from houvast.core.jobs.rules import LIVE, JobState, TurnState, share
from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.marks import new_uid


class Job(ScopedModel):
    """A job (taak op de achtergrond) that somebody started and a worker does.

    Not in the trail: the actions that it calls are. `attempts` counts the workers that took it up, and tells a
    worker that is thought dead that another has it now. `words` and `error` are in `language`, that of who started it;
    empty is that of the source.
    """

    uid = models.UUIDField(default=new_uid, editable=False)
    kind = models.CharField(_("soort"), max_length=80)
    label = models.CharField(_("omschrijving"), max_length=200)
    arguments = models.JSONField(default=dict)
    same = models.CharField(max_length=64)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    state = models.CharField(_("stand"), max_length=20, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(_("gedaan"), default=0)
    of = models.PositiveIntegerField(_("van"), default=0)
    language = models.CharField(_("taal"), max_length=5, blank=True)
    words = models.CharField(_("waar het nu is"), max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    error = models.CharField(_("fout"), max_length=500, blank=True)
    attempts = models.PositiveIntegerField(_("pogingen"), default=0)
    stop_asked = models.BooleanField(default=False)
    lease_until = models.DateTimeField()
    created_at = models.DateTimeField(_("aangevraagd op"), default=timezone.now)
    started_at = models.DateTimeField(_("begonnen op"), null=True)
    finished_at = models.DateTimeField(_("klaar op"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "uid"], name="job_uid"),
            models.UniqueConstraint(fields=["organisation", "id"], name="job_key"),
            models.UniqueConstraint(
                fields=["organisation", "same"], condition=Q(state__in=LIVE), name="job_once_at_a_time"
            ),
            models.CheckConstraint(
                name="job_ends_with_a_moment",
                condition=Q(state__in=LIVE, finished_at__isnull=True)
                | (~Q(state__in=LIVE) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="job_failed_has_error", condition=Q(state=JobState.FAILED) ^ Q(error="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "id"], name="job_newest"),
            models.Index(
                fields=["organisation", "lease_until"], condition=Q(state__in=LIVE), name="job_live"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_live(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in LIVE

    @property
    def spoken(self) -> str:
        """The language of `words` and `error`."""
        return self.language or settings.LANGUAGE_CODE

    @property
    def percent(self) -> int:
        """How much is done."""
        return share(self.done, self.of)

    @property
    def tone(self) -> str:
        """The colour that repeats the state."""
        tones: dict[Any, str] = {
            JobState.DONE: "goed",
            JobState.FAILED: "fout",
            JobState.RUNNING: "info",
            JobState.CANCELLED: "let-op",
        }
        return tones.get(self.state, "rust")


class ScheduledTurn(models.Model):
    """When a turn (beurt) of the worker comes next and how the last one went; one row for the installation.

    number: counts the turns, so that one that was put in the queue twice is done once.
    """

    key = models.CharField(max_length=120, primary_key=True)
    next_at = models.DateTimeField(_("volgende beurt"))
    number = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=20, choices=TurnState.choices, default=TurnState.NEVER)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("begonnen op"), null=True)
    finished_at = models.DateTimeField(_("klaar op"), null=True)
    error = models.CharField(_("fout"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scheduledturn_failed_has_error", condition=Q(state=TurnState.FAILED) | Q(error="")
            )
        ]

    def __str__(self) -> str:
        return self.key


class WorkerBeat(models.Model):
    """The last sign of life (levensteken) of a worker."""

    uid = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(_("laatste levensteken"), default=timezone.now)

    def __str__(self) -> str:
        return str(self.uid)
