"""The set-up script does what is needed, once, and says in a sentence what a machine lacks."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import build_assets
import pytest
import setup

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "tools"


@pytest.fixture
def clone(tmp_path):
    """A copy of the files that set-up uses, in a folder with a space in its name."""
    folder = tmp_path / "my clone"
    shutil.copytree(TOOLS, folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("houvast", "package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder)
    (folder / "requirements.txt").write_text("alpha==1 --hash=sha256:0\n")
    (folder / "requirements-dev.txt").write_text("alpha==1 --hash=sha256:0\nbeta==2 --hash=sha256:0\n")
    return folder


def script(path: Path, text: str) -> Path:
    """Write a shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def pretend_environment(clone: Path, pip: str) -> Path:
    """A `.venv` whose Python is real, but whose pip is a few lines of shell."""
    return script(
        clone / ".venv/bin/python",
        f'case "$*" in *"-m pip"*) {pip};; *"-m houvast.project.cli"*) echo "ran: $*";; '
        f'*) exec "{sys.executable}" "$@";; esac',
    )


def pretend_assets(clone: Path) -> None:
    """Built assets that are up to date."""
    asked = "import build_assets as b; b.STAMP.parent; print(b.digest())"
    digest = subprocess.run(
        [sys.executable, "-c", asked], cwd=clone / "tools", capture_output=True, text=True, check=True
    ).stdout.strip()
    stamp = clone / "src/houvast/core/ui/static/houvast/built/stamp.json"
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(json.dumps({"digest": digest, "files": []}))


def houvast(clone: Path, *arguments: str, path: str = os.defpath) -> subprocess.CompletedProcess[str]:
    """Run the script as a person would, from another folder and with little in the environment."""
    return subprocess.run(
        [clone / "houvast", *arguments],
        cwd="/",
        env={"PATH": path, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def only_shims(folder: Path) -> str:
    """A PATH on which every Python exists and fails, as version managers leave them."""
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        script(folder / name, "echo 'version not installed' >&2; exit 127")
    for name in ("dirname", "readlink", "cat"):
        (folder / name).symlink_to(shutil.which(name))
    return str(folder)


def test_without_a_python_that_runs_the_package_is_named(clone, tmp_path):
    done = houvast(clone, "demo", path=only_shims(tmp_path / "bin"))
    assert done.returncode == 3
    assert "apt install python3 python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_up_to_date_is_left_alone(clone):
    pretend_environment(clone, "exit 0")
    pretend_assets(clone)
    first = houvast(clone, "verify", "--json")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "ran: -P -m houvast.project.cli verify --json\n"
    assert "Installing the packages of requirements.txt" in first.stderr
    again = houvast(clone, "verify")
    assert again.stderr == ""


def test_a_change_of_the_lock_installs_again(clone):
    pretend_environment(clone, "exit 0")
    pretend_assets(clone)
    houvast(clone, "verify")
    (clone / "requirements.txt").write_text("alpha==2 --hash=sha256:0\n")
    assert "Installing the packages of requirements.txt" in houvast(clone, "verify").stderr


def test_the_test_command_brings_the_development_packages_and_they_stay(clone):
    pretend_environment(clone, "exit 0")
    pretend_assets(clone)
    assert "requirements-dev.txt" in houvast(clone, "test").stderr
    assert houvast(clone, "demo").stderr == ""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("NewConnectionError: Temporary failure in name resolution", "The package index cannot be reached."),
        ("OSError: [Errno 28] No space left on device", "There is no disk space left in "),
        ("ERROR: [Errno 13] Permission denied", "cannot be written."),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that was locked"),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "certificate that this machine does not trust"),
        ("ERROR: No matching distribution found for alpha", "lacks a package for this Python and machine"),
        ("something nobody foresaw", "Installing failed: something nobody foresaw"),
    ],
)
def test_a_failure_of_pip_is_one_sentence_and_the_next_run_starts_anew(clone, said, sentence):
    pretend_environment(clone, f'echo "{said}"; exit 1')
    pretend_assets(clone)
    done = houvast(clone, "demo")
    assert done.returncode == 3
    assert sentence in done.stderr.splitlines()[-1]
    assert done.stderr.splitlines()[-1].startswith("houvast: ")
    assert not (clone / ".venv/houvast.json").exists()
    # Half a package may be left behind: this mark makes the next run empty the environment first.
    assert (clone / ".venv/houvast-installing").exists()


def test_a_folder_that_cannot_be_written_is_named(clone):
    if os.geteuid() == 0:
        # Root may write everywhere; a file in the place of the folder stops it too.
        (clone / "build").write_text("")
    else:
        clone.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = houvast(clone, "demo")
    assert done.returncode == 3
    assert str(clone) in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_too_little_disk_space_is_told_before_anything_is_fetched(clone, monkeypatch, capsys):
    monkeypatch.setattr(setup, "ROOT", clone)
    monkeypatch.setattr(
        setup.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 5_000_000)
    )
    with pytest.raises(setup.LackingError, match=r"5 MB is free and 1100 MB is needed"):
        setup.check_room("requirements.txt")


def test_two_set_ups_do_not_run_at_once(clone):
    pretend_environment(clone, 'echo "$$" >> pids; sleep 1; exit 0')
    pretend_assets(clone)
    command = [clone / "houvast", "verify"]
    env = {"PATH": os.defpath, "HOME": "/nonexistent"}
    both = [
        subprocess.Popen(command, cwd="/", env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outcomes = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert len((clone / "pids").read_text().split()) == 1
    assert any("Waiting for another ./houvast" in stderr for _, stderr in outcomes)


def test_no_lock_names_an_address():
    for name in (
        "requirements.txt",
        "requirements-dev.txt",
        "package-lock.json",
        "tools/requirements-node.txt",
    ):
        assert "://" not in (ROOT / name).read_text(), name


def test_what_serves_and_what_tests_have_the_same_versions():
    def pins(name):
        return {
            line.split(" ")[0]
            for line in (ROOT / name).read_text().splitlines()
            if "==" in line and line[0].isalpha()
        }

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_number_words_are_held_back_on_purpose():
    """A newer num2words needs a package that exists as source only; the Dutch of this one is right."""
    assert "num2words==0.5.6" in (ROOT / "requirements.in").read_text()


def test_only_tokens_that_something_uses_are_kept():
    theme = "--a: var(--b);\n--b: 1px;\n--c: var(--a);\n--basis-x: var( --d );--d: 2px;"
    given = build_assets.declarations(f".theme {{ {theme} }}")
    assert build_assets.reachable({"--a", "--unknown"}, given) == {"--a": "var(--b)", "--b": "1px"}
    assert list(build_assets.reachable({"--basis-x"}, given)) == ["--basis-x", "--d"]


def test_an_icon_becomes_a_symbol_without_its_empty_square():
    square = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
    svg = f'<svg class="x">\n {square}\n <path\n d="M5 12l-2 0" />\n</svg>'
    assert build_assets.symbol("home", svg) == (
        '<symbol id="home" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round"><path d="M5 12l-2 0" /></symbol>'
    )


def test_an_icon_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(build_assets.LackingError, match="no-such-icon"):
        build_assets.sprite(tmp_path, ["no-such-icon"])
