"""What the application acknowledged is there after a kill -9 at any moment, whole and sealed."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

pytestmark = [pytest.mark.anywhere, pytest.mark.long]

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, CLIENTS = 5, 2
STARTS_WITHIN = 15  # seconds within which the service answers again
LONGEST = 30  # seconds for one round
LIST = "/diemen/structuur/functies/"
ADD = f"{LIST}nieuw/"


def cli(*arguments):
    """A command of Houvast."""
    return [sys.executable, "-P", "-m", "houvast.project.cli", *arguments]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An installation of its own on SQLite, with the demonstration in it."""
    folder = tmp_path_factory.mktemp("durable")
    made = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "HOUVAST_DATA": str(folder),
        "HOUVAST_DEMO": "1",
    }
    for command in (cli("migrate", "-v0"), cli("load_demo"), cli("verify")):
        subprocess.run(command, env=made, cwd=folder, check=True, timeout=60)
    return made


class Server:
    """A running server that can be killed at any moment."""

    def __init__(self, environment):
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            cli("serve", "--port", "0"),
            env=environment,
            cwd=environment["HOUVAST_DATA"],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.site = re.search(r"http://\S+", self.process.stdout.readline()).group().rstrip("/")

    def kill(self):
        """As if the power of the process failed: no signal handler, no closing of files."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self.process.stdout.close()


class Client:
    """Somebody who registers one thing after another and remembers what was acknowledged."""

    def __init__(self, site, name):
        self.site, self.name = site, name
        self.acknowledged: list[str] = []
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def post(self, path, **fields):
        """Send a form as the browser would, with its token; the address where one arrives."""
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        self.opener.addheaders = [("Referer", self.site)]
        with self.opener.open(f"{self.site}{path}", data, timeout=10) as answer:
            return answer.url

    def sign_in(self, function):
        """Choose a role on the page of the demonstration."""
        with self.opener.open(f"{self.site}/demo/", timeout=STARTS_WITHIN) as answer:
            page = answer.read().decode()
        account = re.search(
            rf'name="account" value="(\d+)"(?:(?!name="account").)*{function}', page, re.DOTALL
        ).group(1)
        self.post("/demo/", account=account)

    def work(self, stop):
        """Add functions until the server is gone. Only an arrival at the list counts."""
        number = 0
        while not stop.is_set():
            number += 1
            name = f"{self.name}-{number}"
            try:
                arrived = self.post(ADD, code=name, name=name, kind="staff", valid_from="2021-01-01")
            except urllib.error.HTTPError:
                raise  # an answer that is no acknowledgement: the form was refused
            except (OSError, http.client.HTTPException):
                return
            assert urllib.parse.urlsplit(arrived).path == LIST
            self.acknowledged.append(name)


def run_round(environment, number):
    """Serve, let clients write, kill at a random moment; what was acknowledged."""
    server = Server(environment)
    try:
        clients = [Client(server.site, f"r{number}c{place}") for place in range(CLIENTS)]
        for client in clients:
            client.sign_in("Functioneel beheerder")
        assert time.monotonic() - server.begun < STARTS_WITHIN
        stop = threading.Event()
        threads = [threading.Thread(target=client.work, args=(stop,)) for client in clients]
        for thread in threads:
            thread.start()
        while time.monotonic() - server.begun < LONGEST and not all(
            client.acknowledged for client in clients
        ):
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.8))  # noqa: S311  a moment, not a secret
    finally:
        server.kill()
    stop.set()
    for thread in threads:
        thread.join(15)
    return [name for client in clients for name in client.acknowledged]


def test_nothing_acknowledged_is_lost_by_a_kill_at_any_moment(environment):
    acknowledged: list[str] = []
    for number in range(ROUNDS):
        acknowledged += run_round(environment, number)
    assert len(acknowledged) >= ROUNDS * CLIENTS, "the clients hardly wrote: the rounds prove nothing"
    with sqlite3.connect(Path(environment["HOUVAST_DATA"]) / "houvast.sqlite3") as database:
        kept = [name for (name,) in database.execute("SELECT name FROM orgs_functionperiod")]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert set(acknowledged) - set(kept) == set()
    assert len(acknowledged) == len(set(acknowledged))
    assert len([name for name in kept if name in set(acknowledged)]) == len(acknowledged)
    verified = subprocess.run(
        cli("verify"),
        env=environment,
        cwd=environment["HOUVAST_DATA"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stdout) == (
        0,
        "Alles klopt: elke rij is zoals zij is vastgelegd.\n",
    ), verified.stderr
