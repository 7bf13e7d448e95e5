"""How often somebody is mailed, when a reminder goes out, and what makes two messages the same one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=5)
"""How long a worker has to hand one message over before another may."""

MOST_ATTEMPTS = 12
"""How often a message is tried: with waits that double up to six hours, for about two days."""

BODY_KEPT = timedelta(days=14)
"""How long the words of a message that was sent are kept."""

NOTICE_KEPT = timedelta(days=180)
"""How long a notice is kept."""

SOON = timedelta(days=7)
"""What falls due within so many days is told in a summary."""

LONGEST_BEFORE, LONGEST_AFTER = 365, 90
"""The most days before and after its day that something can be reminded of."""

MOST_DAYS = 6
"""The most moments of one kind of reminder."""


class Frequency(TextChoices):
    """How notices of a kind are mailed (frequentie)."""

    NEVER = "never", _("Niet mailen")
    AT_ONCE = "at_once", _("Meteen mailen")
    DAILY = "daily", _("Eén bericht per dag")
    WEEKLY = "weekly", _("Eén bericht per week")


USUAL = Frequency.DAILY
"""For who never chose."""


class MessageState(TextChoices):
    """How an outgoing message (uitgaand bericht) stands."""

    WAITING = "waiting", _("Wacht")
    HANDED = "handed", _("Verzonden")
    KEPT = "kept", _("Bewaard, niet verzonden")
    FAILED = "failed", _("Mislukt")


def reached(days: Iterable[int], due: date, today: date) -> int | None:
    """The moment of a reminder that has come: so many days before the day it falls due (below zero: after it).

    Of several that have come the last, so that nobody gets at once what was missed; None before the first.
    """
    come = [number for number in days if due - timedelta(days=number) <= today]
    return min(come, default=None)


def key_of(person: int, kind: str, about: UUID, rule: str, due: date | None) -> str:
    """What makes two notices or messages the same one."""
    said = json.dumps([person, kind, str(about), rule, due.isoformat() if due else ""])
    return hashlib.sha256(said.encode()).hexdigest()


def message_id(organisation: UUID, key: str, domain: str) -> str:
    """The Message-ID: the same for every attempt at the same message, and nothing can be read from it."""
    return f"<{uuid5(NAMESPACE_URL, f'houvast:{organisation}:{key}').hex}@{domain}>"
