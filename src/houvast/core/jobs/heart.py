"""The heart of a worker: a thread that says that the worker lives, renews its leases and knows the time.

Apart from the work itself, so that a long job does not look like a death and does not hold up the clock.
"""

from __future__ import annotations

import logging
import threading
from uuid import UUID, uuid4

from django.db import connections
from django.utils import timezone

from houvast.core.jobs import schedule
from houvast.core.jobs.rules import BEAT
from houvast.core.jobs.work import renew_leases

log = logging.getLogger(__name__)


class Heart(threading.Thread):
    """Beats until it is told to stop; it dies with its process."""

    def __init__(self, every: float = BEAT.total_seconds()) -> None:
        super().__init__(name="heart", daemon=True)
        self.uid: UUID = uuid4()
        self._every = every
        self._stopping = threading.Event()

    def run(self) -> None:
        """Beat, and beat again."""
        while True:
            self.beat()
            if self._stopping.wait(self._every):
                connections.close_all()
                return

    def beat(self) -> None:
        """Once: renew what this process does, say that it lives, and put in the queue what is due."""
        now = timezone.now()
        try:
            renew_leases(now)
            schedule.beat(self.uid, now)
            schedule.tick(now)
        except Exception:
            # A database that is locked or away for a moment, or whatever else: a heart that stops would have
            # others take up what this worker is doing. The next beat tries again.
            log.exception("A heartbeat of the worker was missed")
            connections.close_all()

    def stop(self) -> None:
        """Beat no more."""
        self._stopping.set()
