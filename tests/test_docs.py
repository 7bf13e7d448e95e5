"""What the documents promise about settings is what the code reads."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"\bHOUVAST_[A-Z]+(?:_[A-Z]+)*\b")
READ = re.compile(r"""(?:environ(?:\.get)?[\[(]|in |number_from_environment\()["'](HOUVAST_[A-Z_]+)["']""")
# `settings.py` reads these two through one function that puts the prefix before the name.
SECRETS = {"HOUVAST_SECRET_KEY", "HOUVAST_SIGNING_KEY"}


def names_read():
    files = [*(ROOT / "src/houvast").rglob("*.py"), *(ROOT / "tools").glob("*.py"), ROOT / "conftest.py"]
    return {name for file in files for name in READ.findall(file.read_text())} | SECRETS


def test_every_setting_is_described_and_nothing_else_is():
    described = set(NAME.findall((ROOT / "docs/settings.md").read_text()))
    assert described == names_read()
