"""What a command tells of a step that takes long, so that nobody wonders whether it still runs."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Self

PATIENCE = 2.0
"""Seconds in which a step says nothing: most are done by then."""


class Step:
    """Names a step on stderr once it takes longer than `after` seconds, and then also how long it took.

    Nothing is ever said on stdout, which is for the answer, and with `quiet` nothing at all (`--json`).
    """

    def __init__(self, label: str, *, quiet: bool = False, after: float = PATIENCE) -> None:
        self.label = label
        self.announced = False
        self.timer = None if quiet else threading.Timer(after, self._announce)
        self._begun = time.monotonic()

    def __enter__(self) -> Self:
        if self.timer:
            self.timer.daemon = True
            self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer.join()
        if self.announced:
            how = "done" if error is None else "stopped"
            self._say(f"{self.label}: {how} after {time.monotonic() - self._begun:.1f} s")

    def _announce(self) -> None:
        self.announced = True
        self._say(f"{self.label} ...")

    def _say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)
