"""The two processes that serve: a web server, and a worker that is started again when it dies."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from waitress.server import create_server

from houvast.project.errors import CliError, ExitCode

HOST, PORT, THREADS = "127.0.0.1", 8000, 5
# A worker that keeps dying is started ever more slowly, up to this many seconds apart.
LONGEST_PAUSE = 30.0
# One that lived this long died of something new.
HEALTHY_AFTER = 60.0


def number_from_environment(name: str, default: int) -> int:
    """A whole number from the environment. Raises CliError for anything else."""
    given = os.environ.get(name, str(default))
    if not given.isdigit():
        raise CliError(f"{name} is {given!r}, and has to be a whole number.", ExitCode.WRONG_INPUT)
    return int(given)


def add_address(parser: ArgumentParser) -> None:
    """The two options that say where to listen."""
    parser.add_argument("--host", default=os.environ.get("HOUVAST_HOST", HOST), help="address to listen on")
    parser.add_argument(
        "--port", type=int, default=number_from_environment("HOUVAST_PORT", PORT), help="port"
    )


def listen(host: str, port: int) -> socket.socket:
    """Take the port now, so that a taken one is told before any work is done. Raises CliError."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OverflowError as error:
        raise CliError(f"{port} is not a port; ports go up to 65535.", ExitCode.WRONG_INPUT) from error
    except OSError as error:
        # A name that is no address comes with a negative number, of which the system has no words.
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such address"
        raise CliError(
            f"Port {port} on {host} cannot be used ({reason}); "
            "stop the program that has it, or name another with --port.",
            ExitCode.ENVIRONMENT,
        ) from error


def address(taken: socket.socket) -> str:
    """What a person types in a browser."""
    host, port = taken.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(taken: socket.socket) -> None:
    """Serve the application on a port until the process is told to stop."""
    # WhiteNoise looks for collected files too, and complains when there is no such folder.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    from houvast.project.wsgi import application  # noqa: PLC0415  # sets Django up, and not every command serves

    proxy = os.environ.get("HOUVAST_TRUSTED_PROXY")
    trust = (
        {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
        if proxy
        else {}
    )
    server = create_server(
        application,
        sockets=[taken],
        threads=number_from_environment("HOUVAST_THREADS", THREADS),
        ident=None,
        clear_untrusted_proxy_headers=True,
        **trust,
    )
    try:
        server.run()
    finally:
        server.close()


def pause_before(deaths: int) -> float:
    """Seconds to wait before a worker is started again after so many quick deaths in a row."""
    return min(2.0 ** max(deaths - 1, 0), LONGEST_PAUSE)


class Supervisor:
    """Keeps one worker alive, and takes it along when this process ends in whatever way."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Start the worker and the thread that watches it."""
        self._thread.start()

    def wait(self) -> None:
        """Wait for as long as the worker is kept alive."""
        self._thread.join()

    def stop(self) -> None:
        """Let the worker finish its job, and wait for that."""
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        deaths = 0
        while not self._stopping.is_set():
            begun = time.monotonic()
            # The worker reads its end of this pipe: it closes when this process ends, even by kill -9.
            # In a session of its own, so that Ctrl-C comes to this process alone.
            with subprocess.Popen(  # noqa: S603  # a command of our own
                self.command, stdin=subprocess.PIPE, start_new_session=True
            ) as self.process:
                self._wait(self.process)
            if self._stopping.is_set():
                return
            deaths = 1 if time.monotonic() - begun > HEALTHY_AFTER else deaths + 1
            print(
                f"houvast: the worker ended; starting it again in {pause_before(deaths):.0f} s.",
                file=sys.stderr,
            )
            self._stopping.wait(pause_before(deaths))

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            if self._stopping.wait(0.2):
                process.terminate()
                process.wait()


def worker_command() -> list[str]:
    """How a worker is started as a process of its own."""
    return [sys.executable, "-P", "-m", "houvast.project.cli", "_worker"]


@contextlib.contextmanager
def supervised_worker() -> Iterator[None]:
    """A worker beside the block."""
    supervisor = Supervisor(worker_command())
    supervisor.start()
    try:
        yield
    finally:
        supervisor.stop()


def stop_when_orphaned() -> None:
    """Stop this process as by a signal when whoever started it is gone."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def stop_on_terminate() -> None:
    """Let SIGTERM end this process like Ctrl-C does: through the `finally` blocks."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
