"""Make `.venv` and the built assets, or leave them alone when they are up to date.

Standard library only. Called by `./houvast` before every command, so the check takes a few hundredths of a
second. Ends with exit code 3 and one sentence when the machine lacks something.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import build_assets
from progress import LackingError, Step, explain, run

ROOT = build_assets.ROOT
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / "houvast.json"
INSTALLING = VENV / "houvast-installing"
LOCK = ROOT / "build/setup.lock"
LOG = ROOT / "build/setup.log"
RUN_TIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
# Commands that need what development needs.
DEVELOPMENT_COMMANDS = ("test", "lock")
# Room for the packages, their downloads and the assets.
MEGABYTES = {RUN_TIME: 1100, DEVELOPMENT: 1500}
LACKS = 3
INTERRUPTED = 130


@dataclass(frozen=True)
class Stamp:
    """What `.venv` holds: from which file, with which hash, for which Python."""

    requirements: str
    digest: str
    python: str


def wanted(requirements: str) -> Stamp:
    """The stamp of an environment that is up to date."""
    digest = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    return Stamp(requirements, digest, "{}.{}.{}".format(*sys.version_info[:3]))


def installed() -> Stamp | None:
    """The stamp of the environment that is there, if an installation was finished."""
    try:
        return Stamp(**json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def needed(arguments: list[str], present: Stamp | None) -> str:
    """The requirements file for a command; who has the development packages keeps them."""
    if arguments[:1] and arguments[0] in DEVELOPMENT_COMMANDS:
        return DEVELOPMENT
    return DEVELOPMENT if present and present.requirements == DEVELOPMENT else RUN_TIME


def ready(requirements: str) -> bool:
    """Whether nothing has to be done."""
    return PYTHON.exists() and installed() == wanted(requirements) and build_assets.up_to_date()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up work at a time in this clone; another one waits here and then finds the work done."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with Step("Waiting for another ./houvast that is setting up this folder"):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def check_room(requirements: str) -> None:
    """Raise LackingError when the disk is too full to begin."""
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < MEGABYTES[requirements]:
        raise LackingError(
            f"There is too little disk space in {ROOT}: {free} MB is free and {MEGABYTES[requirements]} MB "
            "is needed. Free some and run the same command again."
        )


def usable() -> bool:
    """Whether the environment can be installed into: finished before, made by this Python, and with pip."""
    if INSTALLING.exists() or not PYTHON.exists():
        return False
    question = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([PYTHON, "-E", "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


def make_environment(env: dict[str, str]) -> None:
    """Make `.venv` anew and empty: an installation that was broken off may have left half a package."""
    if VENV.is_symlink():
        # Somebody's link to an environment elsewhere, which does not work here: theirs is left alone.
        VENV.unlink()
    base = getattr(sys, "_base_executable", sys.executable)
    with Step("Making .venv"):
        code, output = run([base, "-m", "venv", "--clear", VENV], log=LOG, cwd=ROOT, env=env)
        if code:
            raise LackingError(explain(output, root=ROOT, megabytes=MEGABYTES[RUN_TIME], log=LOG))


def install(requirements: str, env: dict[str, str]) -> None:
    """Install exactly the locked packages, each checked against its hash.

    Without looking for what they need: the lock is complete, and where one package asks for another with an
    extra, pip would fetch a newer release than the locked one and then refuse it.
    """
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--no-deps", "--require-hashes"]
    command += ["--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "3"]
    command += ["-r", ROOT / requirements]
    fetched = 0

    with Step(f"Installing the packages of {requirements}") as step:

        def count(line: str) -> None:
            nonlocal fetched
            fetched += line.startswith("Collecting")
            unpacking = line.startswith(("Installing", "Successfully"))
            step.note = "(unpacking)" if unpacking else f"({fetched} packages)"

        INSTALLING.touch()
        code, output = run(command, log=LOG, cwd=ROOT, env=env, on_line=count)
        if code:
            raise LackingError(explain(output, root=ROOT, megabytes=MEGABYTES[requirements], log=LOG))
    # The stamp comes last and the mark goes after it: what breaks off in between is done again.
    STAMP.write_text(json.dumps(asdict(wanted(requirements))) + "\n", encoding="utf-8")
    INSTALLING.unlink()


def set_up(requirements: str) -> None:
    """Bring `.venv` and the assets up to date. Raises LackingError."""
    LOG.unlink(missing_ok=True)
    if installed() != wanted(requirements) or not PYTHON.exists():
        check_room(requirements)
        with tempfile.TemporaryDirectory(
            prefix="pip-", dir=ROOT / "build", ignore_cleanup_errors=True
        ) as temporary:
            # A person's own pip settings may say where packages go; here they always go into `.venv`.
            env = os.environ | {"TMPDIR": temporary, "PIP_USER": "0"}
            for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
                env.pop(name, None)
            if not usable():
                make_environment(env)
            install(requirements, env)
    build_assets.build(PYTHON)


def end(number: int, _frame: object) -> None:
    """Leave through the `finally` blocks when another program ends this one."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    """Set up for the given command and return the exit code."""
    requirements = needed(arguments, installed())
    if ready(requirements):
        return 0
    signal.signal(signal.SIGTERM, end)
    try:
        with alone():
            requirements = needed(arguments, installed())
            if not ready(requirements):
                set_up(requirements)
    except LackingError as error:
        print(f"houvast: {error}", file=sys.stderr)
    except OSError as error:
        print(
            f"houvast: {explain(str(error), root=ROOT, megabytes=MEGABYTES[requirements], log=LOG)}",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("houvast: interrupted; the same command goes on where that is possible.", file=sys.stderr)
        return INTERRUPTED
    else:
        return 0
    return LACKS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
