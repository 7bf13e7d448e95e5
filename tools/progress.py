"""What a person at the terminal sees: each step by name with the time it takes, each failure as one sentence.

Standard library only: this runs before anything is installed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

QUIET_SECONDS = 10


class LackingError(Exception):
    """The environment lacks something; the message says what, and what to do about it."""


class Step:
    """Name a step on stderr, tell how long it is taking, and how long it took."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.note = ""
        self._begun = time.monotonic()
        self._done = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)
        self._live = sys.stderr.isatty()

    def __enter__(self) -> Self:
        self._say(f"{self.name} ...")
        self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._ticker.join()
        self._say(
            f"{self.name}: {'done' if error is None else 'stopped'} after {self.elapsed:.1f} s", last=True
        )

    @property
    def elapsed(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self._begun

    def _tick(self) -> None:
        while not self._done.wait(1 if self._live else QUIET_SECONDS):
            self._say(f"{self.name} ... {self.elapsed:.0f} s {self.note}".rstrip())

    def _say(self, line: str, *, last: bool = False) -> None:
        if self._live:
            sys.stderr.write(f"\r\x1b[2K{line}" + ("\n" if last else ""))
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()


def run(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> tuple[int, str]:
    """Run a command in its own process group, keep its output in `log`, and return its exit code and output.

    When this process is interrupted, the command and all it started are ended first.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    lines: list[str] = []
    try:
        with log.open("a", encoding="utf-8") as kept:
            for line in process.stdout or ():
                kept.write(line)
                lines.append(line)
                if on_line:
                    on_line(line)
        code = process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
    return code, "".join(lines)


# What package managers say, and what it means. The first match holds.
SIGNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("No space left on device", "ENOSPC", "Errno 28", "Disk quota exceeded", "EDQUOT"),
        "There is no disk space left in {root}. Free about {megabytes} MB and run the same command again.",
    ),
    (
        ("DO NOT MATCH THE HASHES", "EINTEGRITY"),
        (
            "A downloaded package is not the one that was locked, so it was not installed. Run the same "
            "command again; if it stays, ask who runs the package mirror of this network."
        ),
    ),
    (
        (
            "CERTIFICATE_VERIFY_FAILED",
            "SELF_SIGNED_CERT",
            "UNABLE_TO_GET_ISSUER_CERT",
            "UNABLE_TO_VERIFY_LEAF",
        ),
        (
            "The package index shows a certificate that this machine does not trust. If your network "
            "inspects traffic, name its certificates in PIP_CERT and NODE_EXTRA_CA_CERTS and run the same "
            "command again."
        ),
    ),
    (
        (
            "Temporary failure in name resolution",
            "Name or service not known",
            "NewConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "ProxyError",
            "SSLError",
            "Connection refused",
            "Network is unreachable",
            "Connection reset",
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "ECONNRESET",
            "ETIMEDOUT",
            "ENETUNREACH",
            "ERR_SOCKET_TIMEOUT",
        ),
        (
            "The package index cannot be reached. Check the network connection (and the proxy, if this "
            "machine needs one) and run the same command again."
        ),
    ),
    (
        ("Permission denied", "EACCES", "EPERM", "Errno 13", "Read-only file system", "EROFS"),
        "Files in {root} cannot be written. Make that folder your own, or clone into a folder of yours.",
    ),
    (
        ("No matching distribution found", "ETARGET", "E404", "is not a supported wheel"),
        (
            "The package index lacks a package for this Python and machine. The locked packages are made for "
            "Linux and macOS on x86-64 and arm64."
        ),
    ),
)


def explain(output: str, *, root: Path, megabytes: int, log: Path) -> str:
    """Say in one sentence what a package manager's output means and what to do."""
    for signs, sentence in SIGNS:
        if any(sign in output for sign in signs):
            return sentence.format(root=root, megabytes=megabytes)
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "it said nothing")
    return f"Installing failed: {last} (everything it said is in {log})"
