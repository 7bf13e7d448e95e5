"""The Chromium that the browser tests drive: the machine's own, else one that can be installed here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from progress import LackingError, Step, run

ROOT = Path(__file__).resolve().parents[1]
LOG = ROOT / "build/browser.log"
# Not in HOME, which may be missing or unwritable.
DOWNLOADS = ROOT / "build/browsers"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def works(program: str | Path | None) -> bool:
    """Whether a browser is there and runs; a downloaded one may miss libraries of the machine."""
    if not program:
        return False
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def on_machine() -> str | None:
    """The browser named in HOUVAST_CHROMIUM, or the first of the usual names that runs."""
    names = [os.environ.get("HOUVAST_CHROMIUM"), *map(shutil.which, NAMES)]
    return next((name for name in names if works(name)), None)


def downloaded() -> str | None:
    """Playwright's own browser, when it was fetched before and runs here."""
    found = sorted(DOWNLOADS.glob("chromium-*/chrome-linux*/chrome"))
    found += sorted(DOWNLOADS.glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*"))
    return next((str(program) for program in found if works(program)), None)


def install() -> None:
    """Debian's package when this is root on a Debian, else Playwright's own download."""
    LOG.parent.mkdir(exist_ok=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        with Step("Installing Debian's Chromium"):
            run(["apt-get", "update"], log=LOG, cwd=ROOT, env=env)
            run(
                ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
                log=LOG,
                cwd=ROOT,
                env=env,
            )
        if on_machine():
            return
    env = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(DOWNLOADS)}
    with Step("Fetching a Chromium for the browser tests"):
        run([sys.executable, "-m", "playwright", "install", "chromium"], log=LOG, cwd=ROOT, env=env)


def chromium() -> str:
    """The path of a Chromium that runs, installed when needed. Raises LackingError."""
    found = on_machine() or downloaded()
    if not found:
        install()
        found = on_machine() or downloaded()
    if not found:
        raise LackingError(
            "Chromium is missing for the browser tests and could not be installed (see build/browser.log). "
            "On Debian or Ubuntu: sudo apt install chromium"
        )
    return found
