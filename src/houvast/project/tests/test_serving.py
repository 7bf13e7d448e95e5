"""A taken port is told at once, and a worker that dies is started again."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from houvast.project import serving
from houvast.project.errors import CliError


def until(condition, seconds=10):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "this took too long"
        time.sleep(0.02)


def test_a_taken_port_is_told_with_what_to_do():
    with serving.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CliError, match=rf"Port {port} on 127.0.0.1 cannot be used .*--port") as refused:
            serving.listen("127.0.0.1", port)
    assert refused.value.code == 3


def test_a_port_that_cannot_exist_is_wrong_input():
    with pytest.raises(CliError, match="99999 is not a port") as refused:
        serving.listen("127.0.0.1", 99999)
    assert refused.value.code == 2


def test_a_host_that_is_not_here_is_told(monkeypatch):
    def refuse(*_, **__):
        raise OSError(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(serving.socket, "create_server", refuse)
    with pytest.raises(CliError, match="no such address"):
        serving.listen("nowhere", 8000)


def test_the_address_is_what_one_types_in_a_browser():
    with serving.listen("127.0.0.1", 0) as taken:
        assert serving.address(taken) == f"http://127.0.0.1:{taken.getsockname()[1]}/"


def test_a_number_in_the_environment_has_to_be_one(monkeypatch):
    monkeypatch.setenv("HOUVAST_THREADS", "many")
    with pytest.raises(CliError, match="HOUVAST_THREADS is 'many'") as refused:
        serving.number_from_environment("HOUVAST_THREADS", 5)
    assert refused.value.code == 2
    monkeypatch.delenv("HOUVAST_THREADS")
    assert serving.number_from_environment("HOUVAST_THREADS", 5) == 5


@pytest.mark.parametrize(
    ("proxy", "trusted"), [(None, None), ("10.0.0.1", {"x-forwarded-for", "x-forwarded-proto"})]
)
def test_only_a_named_proxy_is_believed(monkeypatch, proxy, trusted):
    made = {}

    class Server:
        def __init__(self, _application, **options):
            made.update(options)

        def run(self):
            made["ran"] = True

        def close(self):
            made["closed"] = True

    monkeypatch.setattr(serving, "create_server", Server)
    if proxy:
        monkeypatch.setenv("HOUVAST_TRUSTED_PROXY", proxy)
    serving.serve(None)
    assert made["threads"] == 5
    assert made["clear_untrusted_proxy_headers"] is True
    assert made.get("trusted_proxy") == proxy
    assert made.get("trusted_proxy_headers") == trusted
    assert made["ran"]
    assert made["closed"]


def test_a_worker_that_keeps_dying_is_started_ever_more_slowly():
    assert [serving.pause_before(deaths) for deaths in (1, 2, 3, 6, 60)] == [1, 2, 4, 30, 30]


def test_a_dead_worker_is_started_again_and_the_last_one_is_stopped(tmp_path, monkeypatch, capsys):
    starts = tmp_path / "starts"
    code = f"import os, time; open({str(starts)!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(60)"
    monkeypatch.setattr(serving, "pause_before", lambda deaths: 0.01)
    monkeypatch.setattr(serving, "worker_command", lambda: [sys.executable, "-c", code])

    def pids():
        return [int(pid) for pid in starts.read_text().split()] if starts.exists() else []

    with serving.supervised_worker():
        until(lambda: len(pids()) == 1)
        os.kill(pids()[0], signal.SIGKILL)
        until(lambda: len(pids()) == 2)
    with pytest.raises(ProcessLookupError):
        os.kill(pids()[1], 0)
    assert "the worker ended; starting it again" in capsys.readouterr().err


def test_a_supervisor_can_be_waited_for():
    supervisor = serving.Supervisor([sys.executable, "-c", ""])
    supervisor.start()
    supervisor.stop()
    supervisor.wait()
    assert supervisor.process is None or supervisor.process.returncode is not None


def test_a_worker_whose_supervisor_is_gone_stops():
    code = "import time; from houvast.project import serving; serving.stop_when_orphaned(); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "src"}
    ) as worker:
        worker.stdin.close()
        assert worker.wait(timeout=20) == -signal.SIGTERM


def test_the_end_of_the_pipe_is_a_request_to_stop(monkeypatch):
    said = [b"x", b""]
    killed = []
    monkeypatch.setattr(serving.os, "read", lambda *_: said.pop(0))
    monkeypatch.setattr(serving.os, "kill", lambda pid, number: killed.append((pid, number)))
    serving.stop_when_orphaned()
    until(lambda: killed)
    assert killed == [(os.getpid(), signal.SIGTERM)]


def test_being_told_to_stop_is_an_interrupt():
    before = signal.getsignal(signal.SIGTERM)
    try:
        serving.stop_on_terminate()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_worker_is_a_process_of_its_own():
    assert serving.worker_command() == [sys.executable, "-P", "-m", "houvast.project.cli", "_worker"]
