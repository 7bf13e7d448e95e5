"""`./houvast test`: everything that CI runs, in order, each part with its time.

A part that fails does not stop the ones after it; a part that could not run is a failure. With arguments it
is one pytest run on SQLite with those arguments, for the daily work: `./houvast test law -k weeks`.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import browser
import coverage_gate
import postgres
from progress import LackingError

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("src", "tests", "tools", "conftest.py", "manage.py")
FLOORS = ("", "core/", "modules/", "project/")
# Of the person's own environment the tests see only what is meant for them.
KEPT = ("HOUVAST_TEST_DATABASE_URL", "HOUVAST_CHROMIUM")
PROCESSES = "2"
# What a module of tests sets up once is set up in one process only. In the order they were put in: what takes long
# begins first, so that neither process is left waiting for the other.
TOGETHER = ("--dist", "loadscope", "--no-loadscope-reorder")
FAULTS, LACKS = 1, 3


@dataclass
class Part:
    """One thing that CI runs, and how it ended."""

    name: str
    run: Callable[[], int]
    code: int | None = None
    seconds: float = 0
    closing: str = ""

    @property
    def verdict(self) -> str:
        """How the part ended, in a word."""
        return {0: "passed", LACKS: "could not run", None: "did not run"}.get(self.code, "FAILED")


def program(name: str) -> str:
    """A program of the environment this runs in."""
    return str(Path(sys.executable).parent / name)


def module(name: str, *arguments: str) -> list[str]:
    """The command that runs a Python module."""
    return [sys.executable, "-P", "-m", name, *arguments]


@dataclass
class Check:
    """All parts, and the temporary folder they work in."""

    work: Path
    parts: list[Part] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of every part: no settings of the person's own, all data in a temporary folder."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith("HOUVAST_") or key in KEPT
        }
        return kept | {
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "houvast.project.settings",
            "HOUVAST_DATA": str(self.work / "data"),
            "HOUVAST_SECRET_KEY": "test",
            "HOUVAST_SIGNING_KEY": "test",
            "TMPDIR": str(self.work),
        } | more  # fmt: skip

    def add(self, name: str, *command: str, **more: str) -> None:
        """Add a part that is one command."""
        self.parts.append(Part(name, lambda: self.call(command, self.environment(**more))))

    def call(self, command: tuple[str, ...] | list[str], env: Mapping[str, str]) -> int:
        """Run a command with its output in view."""
        return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode

    def pytest(self, part: Part, *arguments: str, **more: str) -> int:
        """Run pytest, show what it says, and keep its closing line."""
        command = module("pytest", *arguments)
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                part.closing = line.strip() or part.closing
            return process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise


def static_parts(check: Check) -> None:
    """What looks at the text of the project without running it."""
    check.add("ruff format", program("ruff"), "format", "--check", "--output-format", "concise", *SOURCES)
    check.add("ruff check", program("ruff"), "check", "--output-format", "concise", *SOURCES)
    check.add("djlint", program("djlint"), "src", "--lint", "--quiet")
    check.add("lint-imports", program("lint-imports"), "--no-cache")
    check.add("mypy", program("mypy"))
    check.add("mypy tools", program("mypy"), "--strict", "tools", MYPYPATH="tools")
    check.add("migrations", *module("houvast.project.cli", "makemigrations", "--check", "--dry-run"))


def sqlite_tests(check: Check, part: Part) -> int:
    """All tests but the browser's on SQLite, and the coverage they reach."""
    measured = check.work / "measured"
    measured.mkdir()
    code = check.pytest(
        part,
        *("-p", "measuring", "-n", PROCESSES, *TOGETHER, "-m", "not browser"),
        MEASURED_IN=str(measured),
        PYTHONPATH=os.pathsep.join((str(ROOT / "src"), str(ROOT / "tools"))),
    )
    faults = coverage_gate.faults(ROOT, measured)
    for fault in faults:
        print(f"coverage: {fault}", flush=True)
    return code or (FAULTS if faults else 0)


def postgresql_tests(check: Check, part: Part) -> int:
    """The same tests on PostgreSQL: the server that was named, or one that is started here."""
    arguments = ("-n", PROCESSES, *TOGETHER, "-m", "not browser")
    if named := os.environ.get("HOUVAST_TEST_DATABASE_URL"):
        return check.pytest(part, *arguments, HOUVAST_DATABASE_URL=named)
    with postgres.server() as url:
        return check.pytest(part, *arguments, HOUVAST_DATABASE_URL=url)


def browser_tests(check: Check, part: Part) -> int:
    """The tests that drive a real browser, on SQLite."""
    home = check.work / "home"
    home.mkdir()
    arguments = ("-n", PROCESSES, *TOGETHER, "-m", "browser")
    return check.pytest(part, *arguments, HOUVAST_CHROMIUM=browser.chromium(), HOME=str(home))


def test_parts(check: Check) -> None:
    """The tests, on both databases and in the browser."""
    for name, run in (
        ("tests on SQLite", sqlite_tests),
        ("tests on PostgreSQL", postgresql_tests),
        ("tests in the browser", browser_tests),
    ):
        part = Part(name, lambda: 0)
        part.run = lambda run=run, part=part: run(check, part)  # type: ignore[misc]  # binds this turn's values
        check.parts.append(part)


def run_part(part: Part) -> None:
    """Run one part and tell how it ended."""
    print(f"\n==> {part.name}", flush=True)
    begun = time.monotonic()
    try:
        part.code = part.run()
    except LackingError as error:
        part.code, part.closing = LACKS, str(error)
        print(f"houvast: {error}", file=sys.stderr, flush=True)
    part.seconds = time.monotonic() - begun
    print(f"<== {part.name}: {part.verdict}, {part.seconds:.1f} s", flush=True)


def summary(parts: list[Part]) -> str:
    """One line for each part and one for the whole."""
    width = max(len(part.name) for part in parts)
    lines = [
        f"{part.name:{width}}  {part.verdict:13} {part.seconds:6.1f} s  {part.closing}".rstrip()
        for part in parts
    ]
    bad = sum(part.code != 0 for part in parts)
    total = sum(part.seconds for part in parts)
    verdict = f"{bad} of {len(parts)} parts failed" if bad else f"all {len(parts)} parts passed"
    return "\n".join([*lines, f"{verdict} in {total:.0f} s"])


def exit_code(parts: list[Part]) -> int:
    """0 when all passed, 3 when the machine lacked something and nothing else failed, else 1."""
    bad = {part.code for part in parts} - {0}
    return 0 if not bad else LACKS if bad == {LACKS} else FAULTS


def paths(argument: str) -> str:
    """`law` is short for `src/houvast/law`, and `security` for `src/houvast/modules/security`."""
    if argument.startswith("-") or (ROOT / argument.partition("::")[0]).exists():
        return argument
    folders = [ROOT / "src/houvast" / f"{floor}{argument}" for floor in FLOORS]
    return next((str(folder.relative_to(ROOT)) for folder in folders if folder.exists()), argument)


def interrupted(number: int, _frame: object) -> None:
    """End through the `finally` blocks, which stop the server and delete the temporary folder."""
    raise KeyboardInterrupt(number)


def main(arguments: list[str]) -> int:
    """Run all parts, or pytest with the given arguments."""
    signal.signal(signal.SIGTERM, interrupted)
    work = Path(tempfile.mkdtemp(prefix="houvast-test-", dir=postgres.temporary_root()))
    check = Check(work)
    try:
        if arguments:
            return check.call(module("pytest", *map(paths, arguments)), check.environment())
        static_parts(check)
        test_parts(check)
        for part in check.parts:
            run_part(part)
        print(f"\n{summary(check.parts)}", flush=True)
        return exit_code(check.parts)
    except KeyboardInterrupt:
        print("\nhouvast: interrupted.", file=sys.stderr)
        return 130
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
