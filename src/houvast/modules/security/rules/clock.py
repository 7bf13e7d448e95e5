"""The 72 hours within which a breach is notified to the Autoriteit Persoonsgegevens (AVG art. 33 lid 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from houvast.core.terms.words import refusal
from houvast.law.avg import AVG_33
from houvast.law.errors import LawError
from houvast.law.terms import deadline
from houvast.law.terms import last_moment as law_last_moment
from houvast.modules.security.rules.refusal import Refusal

NEAR = timedelta(hours=24)


class ClockState(TextChoices):
    """How a clock stands (stand van de termijn)."""

    AMPLE = "ample", _("Ruim op tijd")
    NEAR = "near", _("Bijna verlopen")
    EXPIRED = "expired", _("Verlopen")
    MET = "met", _("Op tijd afgerond")
    MISSED = "missed", _("Te laat afgerond")


@dataclass(frozen=True)
class Clock:
    """A clock at one moment. `remaining` is negative once the term has expired; `because` is Dutch."""

    due_at: datetime
    remaining: timedelta
    state: ClockState
    because: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Whether somebody still has to act."""
        return self.state not in {ClockState.MET, ClockState.MISSED}


def due_at(aware_at: datetime) -> datetime:
    """The last moment, in UTC: 72 elapsed hours after becoming aware (kennisname), weekends included.

    Raises Refusal for a moment from before the AVG applied.
    """
    try:
        return law_last_moment(AVG_33, aware_at).astimezone(UTC)
    except LawError as error:
        raise Refusal(refusal(error), field="aware_at") from error


def clock_of(aware_at: datetime, now: datetime, *, done_at: datetime | None = None) -> Clock:
    """The clock as it stands `now`, or as it stopped when the work was done."""
    reckoned = deadline(AVG_33, aware_at)
    last = due_at(aware_at)
    remaining = last - (done_at or now).astimezone(UTC)  # on one local clock Python counts no elapsed hours
    return Clock(
        due_at=last,
        remaining=remaining,
        state=_stopped(remaining) if done_at else _running(remaining),
        because=tuple(f"{step.step} ({step.source})" for step in reckoned.because),
    )


def _running(remaining: timedelta) -> ClockState:
    if remaining < timedelta(0):
        return ClockState.EXPIRED
    return ClockState.NEAR if remaining <= NEAR else ClockState.AMPLE


def _stopped(remaining: timedelta) -> ClockState:
    return ClockState.MISSED if remaining < timedelta(0) else ClockState.MET
