"""`./houvast demo`: from an empty folder to the chapter of 2021 and the running application."""

import contextlib
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import django
from django.conf import settings
from django.core.management import CommandError, call_command

from houvast.project import serving
from houvast.project.errors import CliError, ExitCode, Parser

ORGANISATION, YEAR, DATA_SET = "diemen", "2021", "diemen-2021"
LOADING, LOADED = "loading", "loaded"
FORMATS = ("html", "pdf", "docx", "odt", "json")


def parser() -> ArgumentParser:
    """The options of the command."""
    made = Parser("./houvast demo", description="Show what Houvast does, with Diemen's year 2021.")
    made.add_argument("--no-serve", action="store_true", help="stop after writing the chapter")
    made.add_argument("--fresh", action="store_true", help="throw the demo database away and build it again")
    serving.add_address(made)
    return made


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Name a step and the time it took."""
    begun = time.monotonic()
    print(f"{name} ...", file=sys.stderr, flush=True)
    yield
    print(f"{name}: done after {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)


def mark() -> Path:
    """The file that says which database was made by the demo; the settings read it too."""
    return Path(settings.DEMO_MARK)


def marked() -> str:
    """What the mark says of the present database: LOADING, LOADED, or nothing when it is not the demo's."""
    said = mark().read_text(encoding="utf-8") if mark().exists() else ""
    state, _, name = said.partition(" ")
    return state if name == settings.DATABASE_NAME else ""


def set_mark(state: str) -> None:
    """Say that the demo made the present database, and how far it came."""
    mark().write_text(f"{state} {settings.DATABASE_NAME}", encoding="utf-8")


def empty() -> bool:
    """Whether the database holds no organisation at all."""
    from houvast.core.orgs.models import Organisation  # noqa: PLC0415  # models load after django.setup()

    return not Organisation.objects.exists()


def throw_away() -> None:
    """Delete the demo's SQLite database. Raises CliError for one that the demo did not make."""
    database = settings.DATABASES["default"]
    if "sqlite3" not in database["ENGINE"]:
        raise CliError("--fresh only throws away the demo's own SQLite database.", ExitCode.WRONG_INPUT)
    file = Path(database["NAME"])
    if not file.exists():
        return
    if not marked():
        raise CliError(f"{file} was not made by the demo, so it is left alone.", ExitCode.WRONG_INPUT)
    for suffix in ("-wal", "-shm", "-journal", ""):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def prepare(*, fresh: bool) -> None:
    """Bring the database up to date and give it the demo's rows. Raises CliError for a real database."""
    # A load that was broken off left part of the rows, so it starts again.
    if fresh or marked() == LOADING:
        throw_away()
    with step("Bringing the database up to date"):
        call_command("migrate", verbosity=0, interactive=False)
    # A demo offers everybody every role: never on a database that holds anything else.
    if empty():
        set_mark(LOADING)
        # The chains of an earlier demo are gone with its database.
        Path(settings.TRAIL_HEADS).unlink(missing_ok=True)
        with step("Loading Diemen 2021"):
            call_command("load_demo", verbosity=0)
        with step("Loading voorbeeldstad, 2021 to 2025"):
            call_command("load_town", verbosity=0)
        set_mark(LOADED)
    elif not marked():
        raise CliError(
            "This database holds organisations that the demo did not make; "
            "name another folder in HOUVAST_DATA for the demo.",
            ExitCode.WRONG_INPUT,
        )


def write_chapter(out: Path) -> tuple[list[Path], int]:
    """Write the chapter in every form and return the files that are there, and the command's own exit code.

    Whatever goes wrong is told and the demo goes on: what is wrong is looked at, and mended, on its pages.
    """
    chosen = {"organisation": ORGANISATION, "year": YEAR, "format": ",".join(FORMATS), "out": str(out)}
    arguments = [part for name, value in chosen.items() for part in (f"--{name}", value)]
    code: int = ExitCode.GOOD
    with step("Writing the chapter"), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  # no Path
        try:
            call_command("chapter", *arguments, stdout=nowhere)
        except SystemExit as ended:
            code = int(ended.code or 0)
        except CommandError as error:
            return [], _not_written(error, error.returncode)
        except Exception as error:  # noqa: BLE001  one bad row, a full disk: no reason to show nothing
            return [], _not_written(error, ExitCode.FAULTS)
    # With findings in its text the chapter is still there to be looked at.
    if code not in {ExitCode.GOOD, ExitCode.FAULTS}:
        return [], _not_written(f"code {code}", code)
    return [out / f"{ORGANISATION}-{YEAR}.{extension}" for extension in FORMATS], code


def _not_written(why: object, code: int) -> int:
    print(f"The chapter could not be written: {why}", file=sys.stderr, flush=True)
    return code


def run(arguments: list[str]) -> int:
    """Do what the command says and return the exit code."""
    chosen = parser().parse_args(arguments)
    os.environ["HOUVAST_DEMO"] = "1"
    taken = None if chosen.no_serve else serving.listen(chosen.host, chosen.port)
    django.setup()
    prepare(fresh=chosen.fresh)
    files, code = write_chapter(settings.ROOT / "out")
    for file in files:
        print(file, flush=True)
    if taken:
        show(taken)
    return code


def show(taken: socket) -> None:
    """Serve with the worker until Ctrl-C."""
    serving.stop_on_terminate()
    print(
        f"Houvast is at {serving.address(taken)} : choose a role there to sign in. Ctrl-C stops it.",
        flush=True,
    )
    with contextlib.suppress(KeyboardInterrupt), serving.supervised_worker():
        serving.serve(taken)
