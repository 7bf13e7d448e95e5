"""How far a command is, told on stderr as soon as it takes longer than a moment, and never to a machine's ear.

Standard output stays what was asked for. At a terminal the line is renewed each second, in a log it is told
every ten.
"""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Protocol, Self, TextIO

PATIENCE = 2.0
"""Seconds during which nothing is said."""
LIVE, QUIET = 1.0, 10.0
"""Seconds between two lines at a terminal, and elsewhere."""


class Waiting(Protocol):
    """What the teller waits for: a `threading.Event`."""

    def wait(self, timeout: float) -> bool: ...
    def set(self) -> None: ...


class Progress:
    """Around a long piece of work: `with Progress("Controle") as progress: progress.say("diemen: 1.000 regels")`.

    Safe to call from the work as often as one likes: `say` only notes. `done` and `out` are for tests.
    """

    def __init__(self, name: str, *, out: TextIO | None = None, done: Waiting | None = None) -> None:
        self.name = name
        self._note = ""
        self._out = out or sys.stderr
        self._done = done or threading.Event()
        self._live = self._out.isatty()
        self._told = False
        self._begun = time.monotonic()
        self._teller = threading.Thread(target=self._tell, daemon=True)

    def say(self, note: str) -> None:
        """What the work is busy with now."""
        self._note = note

    def __enter__(self) -> Self:
        self._teller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._teller.join()
        if self._told and self._live:
            self._write("\r\x1b[2K")

    def _tell(self) -> None:
        pause = PATIENCE
        while not self._done.wait(pause):
            seconds = f"{time.monotonic() - self._begun:.0f} s"
            line = " ... ".join(part for part in (self.name, self._note, seconds) if part)
            self._write(f"\r\x1b[2K{line}" if self._live else f"{line}\n")
            self._told, pause = True, LIVE if self._live else QUIET

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
