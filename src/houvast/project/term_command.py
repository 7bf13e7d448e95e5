"""`houvast.law` on the command line: reading the options, printing the answer. No Django here."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import NoReturn, TextIO

from houvast.law.catalogue import TERMS, calculate, versions
from houvast.law.dutch import long_day, long_moment
from houvast.law.errors import LawError
from houvast.law.model import Deadline

HELP = "Reckon when a statutory term ends, with the explanation in Dutch."
OPTIONS = "--start, --advisory-committee, --extend-weeks, --json"
FOUND_FAULT = 2


class UsageError(ValueError):
    """The command is not written as it can be read; `str()` is a Dutch sentence."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"Dit is niet te lezen ({message}); de opties zijn {OPTIONS}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options. None is required here, so that what is missing can be named in Dutch."""
    parser.add_argument("key", nargs="?", help=f"the term: {', '.join(TERMS)}")
    parser.add_argument(
        "--start",
        nargs="?",
        help="the beginning: 2026-02-02, or for a term in hours 2026-03-27T12:00 (Dutch time)",
    )
    parser.add_argument(
        "--advisory-committee",
        action="store_true",
        help="a committee or adviser gives advice on the complaint (section 9.1.3 Awb)",
    )
    parser.add_argument("--extend-weeks", nargs="?", default="0", help="by how many weeks it was extended")
    parser.add_argument("--json", action="store_true", help="answer for a machine")


def answer(options: argparse.Namespace) -> str:
    """The whole text to print. Raises LawError or UsageError."""
    if not options.key:
        raise UsageError(f"Geef een termijn: {', '.join(TERMS)}.")
    term = versions(options.key)[-1]
    if not options.start:
        raise UsageError(f"Geef met --start het begin van {term.key}: {term.starts_with}.")
    deadline = calculate(
        options.key,
        options.start,
        advisory_committee=options.advisory_committee,
        extend_weeks=_weeks(options.extend_weeks),
    )
    if options.json:
        return json.dumps(deadline.as_json(), ensure_ascii=False, indent=2)
    return as_text(deadline, term.name)


def _weeks(text: str | int | None) -> int:
    try:
        return int(text or "")
    except ValueError as error:
        raise UsageError("Geef met --extend-weeks een heel aantal weken, bijvoorbeeld 4.") from error


def as_text(deadline: Deadline, name: str) -> str:
    """The deadline as an official reads it."""
    lines = [
        f"{name} ({deadline.key}, {deadline.source})",
        f"Begin:     {_when(deadline.start)}",
        f"Uiterlijk: {_when(deadline.end)}",
        "",
        "Zo is gerekend:",
        *(f"{number}. {step.step} ({step.source})" for number, step in enumerate(deadline.because, start=1)),
    ]
    if deadline.warnings:
        lines += ["", "Let op:", *(f"- {warning}" for warning in deadline.warnings)]
    return "\n".join(lines)


def _when(end: date | datetime) -> str:
    return long_moment(end) if isinstance(end, datetime) else long_day(end)


def _read(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog="houvast term", description=HELP, allow_abbrev=False)
    add_arguments(parser)
    options, unknown = parser.parse_known_args(argv)
    if unknown:
        raise UsageError(f"Onbekend: {' '.join(unknown)}; de opties zijn {OPTIONS}.")
    return options


def main(argv: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Run the command on its own arguments: 0 and the answer on `out`, or 2 and one sentence on `err`."""
    try:
        text = answer(_read(argv))
    except (LawError, UsageError) as error:
        print(error, file=err or sys.stderr)
        return FOUND_FAULT
    print(text, file=out or sys.stdout)
    return 0
