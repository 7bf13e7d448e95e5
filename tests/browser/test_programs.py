"""From the button to the script: somebody lets a program in, and the program of the documents prints the claims."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
DOCUMENT = Path(__file__).resolve().parents[2] / "docs/api.md"
PROGRAMS = "/diemen/beheer/programma/"


def run(script: str, site: str, token: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a program of somebody, with Python's own library alone."""
    return subprocess.run(
        [sys.executable, "-P", "-c", script],
        env={"HOUVAST_SITE": site, "HOUVAST_TOKEN": token, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )


def test_a_token_that_was_just_made_runs_the_script_of_the_documents_until_it_is_withdrawn(visitor, site):
    page = visitor.sign_in("Concerncontroller").page
    visitor.go(PROGRAMS)
    page.get_by_role("link", name="Maak een sleutel").click()
    page.get_by_label("Waarvoor is de sleutel?").fill("Script van de documentatie")
    page.get_by_role("button", name="Maak de sleutel").click()
    token = page.get_by_label("Toegangssleutel").input_value()
    visitor.check()
    (script,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)

    done = run(script, site, token)
    assert (done.returncode, done.stderr) == (0, "")
    told = {
        key: (value, text) for key, value, text in (line.split("\t") for line in done.stdout.splitlines())
    }
    assert told["security.incidents"] == ("9", "9")
    assert told["security.breaches"] == ("17", "17")
    assert told["security.breaches_notified"] == ("2", "twee")

    page.get_by_role("link", name="Ik heb hem bewaard").click()
    page.get_by_role("link", name="Trek in Script van de documentatie").click()
    visitor.check()
    page.get_by_role("button", name="Trek in").click()
    visitor.check()
    assert "401" in run(script, site, token).stderr.splitlines()[-1]
