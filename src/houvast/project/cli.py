"""The command line behind `./houvast`: its own few commands, and every management command.

Each command ends with 0 good, 1 ran and found faults, 2 wrong input, or 3 the environment lacks something.
Errors are one plain sentence on stderr; HOUVAST_DEBUG=1 shows where they come from.
"""

import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError, handle_default_options
from django.db import OperationalError, ProgrammingError, connections

from houvast.project import demonstrate, serving, translations
from houvast.project.errors import CliError, ExitCode, Parser

ROOT = Path(__file__).resolve().parents[3]
# How the two databases say that a table or column is missing.
OUTDATED = re.compile("no such (table|column)|does not exist")
HELP_WORDS = ("--help", "-h", "help")
# What Django gives every command and nobody here needs; they still work for who knows them.
OF_DJANGO = frozenset(
    {
        "version",
        "verbosity",
        "settings",
        "pythonpath",
        "traceback",
        "no_color",
        "force_color",
        "skip_checks",
    }
)


@dataclass(frozen=True)
class Command:
    """A command of the command line itself."""

    run: Callable[[list[str]], int]
    help: str


def run_tool(name: str) -> Callable[[list[str]], int]:
    """A command that is a script of the repository, which a released package does not carry."""

    def run(arguments: list[str]) -> int:
        script = ROOT / "tools" / name
        if not script.exists():
            raise CliError("This command needs a clone of the repository.", ExitCode.ENVIRONMENT)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, str(script), *arguments])  # noqa: S606  # our own script

    return run


def run_serve(arguments: list[str]) -> int:
    """Serve the application."""
    parser = Parser("./houvast serve", description="Serve the application.")
    serving.add_address(parser)
    chosen = parser.parse_args(arguments)
    taken = serving.listen(chosen.host, chosen.port)
    serving.stop_on_terminate()
    print(f"Houvast is at {serving.address(taken)}", flush=True)
    try:
        serving.serve(taken)
    except KeyboardInterrupt:
        print("Houvast stopped.", flush=True)
    return ExitCode.GOOD


def run_worker(arguments: list[str]) -> int:
    """Do background work until told to stop."""
    Parser("./houvast worker", description="Do background work.").parse_args(arguments)
    serving.stop_on_terminate()
    supervisor = serving.Supervisor(serving.worker_command())
    supervisor.start()
    try:
        supervisor.wait()
    except KeyboardInterrupt:
        supervisor.stop()
    return ExitCode.GOOD


def run_one_worker(_arguments: list[str]) -> int:
    """The worker process itself, which ends when its supervisor does."""
    serving.stop_when_orphaned()
    django.setup()
    run_management("resume_events", [])
    from houvast.core.jobs.heart import Heart  # noqa: PLC0415  models exist after django.setup() alone

    Heart().start()
    return run_management("db_worker", ["--queue-name", "*", "--no-reload"])


COMMANDS = {
    "demo": Command(
        demonstrate.run, "load Diemen 2021, write its chapter to out/ and serve it; --no-serve, --fresh"
    ),
    "test": Command(
        run_tool("check.py"), "everything that CI runs; with arguments: one pytest run with those"
    ),
    "serve": Command(run_serve, "serve the application; --host, --port"),
    "worker": Command(run_worker, "do the background work that the application leaves behind"),
    "lock": Command(run_tool("lock.py"), "write the lock files again; --upgrade takes newer versions"),
}
HIDDEN = {"_worker": Command(run_one_worker, "")}


def one_line(name: str, app: str) -> str:
    """What a management command does. One that does not load says so here, and the list still stands."""
    try:
        return str(load_command_class(app, name).help) or "Django's own, with Houvast's additions"
    except ImportError as error:
        return f"cannot be loaded: {error}"


def listing() -> str:
    """All commands, one line each."""
    django.setup()
    lines = {name: command.help for name, command in COMMANDS.items()}
    others = []
    for name, app in sorted(get_commands().items()):
        if str(app).startswith("houvast."):
            lines[name] = one_line(name, app)
        else:
            others.append(name)
    width = max(map(len, lines)) + 2
    table = "\n".join(f"  {name:{width}}{text}" for name, text in lines.items())
    return (
        f"Usage: ./houvast COMMAND [OPTIONS]\n\n{table}\n\n"
        f"Of Django and its packages: {', '.join(others)}.\n"
        "`./houvast COMMAND --help` tells the options of one."
    )


def hide_options_of_django(parser: ArgumentParser) -> None:
    """Leave out of the help text what every Django command takes."""
    for action in parser._actions:  # noqa: SLF001  argparse has no other list of them
        if action.dest in OF_DJANGO:
            action.help = SUPPRESS


def unknown(name: str) -> CliError:
    """That there is no such command, with the nearest ones."""
    near = get_close_matches(name, [*COMMANDS, *get_commands()], n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return CliError(
        f"there is no command {name!r}.{hint} `./houvast help` lists them all.", ExitCode.WRONG_INPUT
    )


def run_management(name: str, arguments: list[str]) -> int:
    """Run one management command; a wrong option is wrong input, and an error is its sentence alone."""
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("./houvast", name)
    hide_options_of_django(parser)
    try:
        options = parser.parse_args(arguments)
    except CommandError as error:
        sentence = str(error).removeprefix("Error: ")
        raise CliError(f"{sentence} (see ./houvast {name} --help)", ExitCode.WRONG_INPUT) from error
    handle_default_options(options)
    given = vars(options)
    try:
        command.execute(*given.pop("args", ()), **given)
    finally:
        connections.close_all()
    return ExitCode.GOOD


def dispatch(arguments: list[str]) -> int:
    """Run the command that the arguments name."""
    if not arguments or arguments[0] in HELP_WORDS:
        print(listing())
        return ExitCode.GOOD if arguments else ExitCode.WRONG_INPUT
    name, *rest = arguments
    translations.compile_stale()
    if own := COMMANDS.get(name) or HIDDEN.get(name):
        return own.run(rest)
    django.setup()
    if name not in get_commands():
        raise unknown(name)
    return run_management(name, rest)


def sentence(error: Exception) -> tuple[str, int]:
    """What an error means to the person at the terminal, and the exit code."""
    told, code = f"This should not happen: {type(error).__name__}: {error} (HOUVAST_DEBUG=1 tells where).", 1
    match error:
        case CliError():
            told, code = str(error), error.code
        case CommandError():
            told, code = str(error), error.returncode
        case ImproperlyConfigured():
            told, code = f"A setting is wrong: {error}", ExitCode.WRONG_INPUT
        case OperationalError() | ProgrammingError() if re.search(
            "no such (table|column)|does not exist", str(error)
        ):
            told, code = "The database is not up to date; run ./houvast migrate first.", ExitCode.ENVIRONMENT
        case OperationalError():
            told, code = f"The database cannot be used: {' '.join(str(error).split())}", ExitCode.ENVIRONMENT
        case OSError():
            told, code = f"{error.strerror or error}: {error.filename or 'file system'}", ExitCode.ENVIRONMENT
    return told, code


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "houvast.project.settings")
    try:
        return dispatch(arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough of it; Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.GOOD
    except Exception as error:  # the last door: a traceback helps nobody at a terminal
        if os.environ.get("HOUVAST_DEBUG") == "1":
            raise
        told, code = sentence(error)
        print(f"houvast: {told}", file=sys.stderr)
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
