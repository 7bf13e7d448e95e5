"""A server of its own with the demonstration in it, and a browser that notes what a visitor would not see."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults

ROOT = Path(__file__).resolve().parents[2]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 800}
STARTS_WITHIN, STOPS_WITHIN = 60, 15


def cli(*arguments: str) -> list[str]:
    """A command of Houvast."""
    return [sys.executable, "-P", "-m", "houvast.project.cli", *arguments]


def _environment(folder):
    """The environment of a demonstration in that folder, on SQLite."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TMPDIR") if key in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "HOUVAST_DATA": str(folder),
        "HOUVAST_DEMO": "1",
    }


@pytest.fixture(scope="session")
def untouched(tmp_path_factory):
    """The folder of a demonstration that nobody ever works in: it is filled once, and copied."""
    folder = tmp_path_factory.mktemp("untouched")
    for command in (cli("migrate", "-v0"), cli("load_demo")):
        subprocess.run(command, env=_environment(folder), cwd=folder, check=True, timeout=STARTS_WITHIN)
    return folder


@pytest.fixture(scope="module")
def demo_environment(untouched, tmp_path_factory):
    """The environment of a demonstration of the module's own: what its tests do there, no others see."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(untouched, folder, dirs_exist_ok=True)
    return _environment(folder)


@contextmanager
def serving(environment):
    """The address of a demonstration while it is served."""
    folder = environment["HOUVAST_DATA"]
    with subprocess.Popen(
        cli("serve", "--port", "0"), env=environment, cwd=folder, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            line = server.stdout.readline()
            yield re.search(r"http://\S+", line).group().rstrip("/")
        finally:
            server.terminate()
            try:
                server.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="module")
def site(demo_environment):
    """The address of the demonstration while it is served."""
    with serving(demo_environment) as address:
        yield address


def seen_by_axe(page, within="body"):
    """What axe finds on the page as it stands, or in the part of it that a selector names."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    asked = "(within) => axe.run(within === 'body' ? document : within, {resultTypes: ['violations']})"
    return AxeResults(page.evaluate(asked, within))


@dataclass
class Visitor:
    """Somebody in front of the browser, and everything the browser complained about.

    passes: the cookies of who signed in before on the same site, by role and organisation.
    """

    page: object
    site: str
    passes: dict[tuple[str, str], list[dict[str, object]]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        # An address that answers 403, 404 or 422 is told on the console too; tests ask for those on purpose.
        expected = "the server responded with a status of 4" in message.text
        if "Content Security Policy" in message.text or (message.type == "error" and not expected):
            self.complaints.append(message.text)

    def go(self, path):
        """Open an address."""
        return self.page.goto(f"{self.site}{path}")

    def sign_in(self, function, organisation="Diemen"):
        """Choose a role on the page of the demonstration."""
        self.go("/demo/")
        panel = self.page.locator("section", has=self.page.get_by_role("heading", name=organisation))
        panel.get_by_role("button", name=function, exact=True).click()
        self.page.wait_for_load_state()
        return self

    def enter_as(self, function, organisation="Diemen"):
        """Be signed in, on no page yet: with the cookies of an earlier test of the module, where there is one."""
        if found := self.passes.get((function, organisation)):
            self.page.context.add_cookies(found)
        else:
            self.sign_in(function, organisation)
            self.passes[function, organisation] = self.page.context.cookies()
        return self

    def check(self, *widths):
        """No fault that axe sees and nothing beside the screen, at each width."""
        for width in widths or (WIDE, NARROW):
            self.page.set_viewport_size(width)
            found = seen_by_axe(self.page)
            assert found.violations_count == 0, (
                f"{self.page.url} at {width['width']}:\n{found.generate_report()}"
            )
            beside = self.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert beside <= 0, f"{self.page.url} is {beside} pixels too wide at {width['width']}"
        self.page.set_viewport_size(WIDE)


@pytest.fixture(scope="module")
def passes():
    """Who signed in on the site of the module."""
    return {}


@pytest.fixture
def visitor(page, site, passes):
    """A new visitor; at the end the browser has had nothing to complain about."""
    page.set_viewport_size(WIDE)
    somebody = Visitor(page, site, passes)
    yield somebody
    assert somebody.complaints == []
