"""`./houvast bench`: what the chapter and a register page cost on generated registers of any size."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from houvast.project.bench import verdicts
from houvast.project.bench.measure import machine
from houvast.project.bench.place import place
from houvast.project.bench.verdicts import Plan


class Command(BaseCommand):
    help = (
        "Measure what the chapter and a register page cost, on generated registers in a database of its own."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=1_200_000, help="rows for the chapter (1200000)")
        parser.add_argument("--years", type=int, default=1, help="years over which those rows lie (1)")
        parser.add_argument("--list-rows", type=int, default=100_000, help="rows in the register (100000)")
        parser.add_argument("--repetitions", type=int, default=7, help="repetitions of each measurement (7)")
        parser.add_argument(
            "--only", choices=("chapter", "list", "search"), help="measure only this; search only when asked"
        )
        parser.add_argument(
            "--database-url", help="PostgreSQL server that may get databases of the bench's own"
        )
        parser.add_argument("--folder", help="folder for temporary files")
        parser.add_argument("--json", action="store_true", help="output for a machine")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure, and say of each limit whether it was met. The exit code does not judge: machines differ."""
        plan = Plan(
            rows=options["rows"],
            years=options["years"],
            list_rows=options["list_rows"],
            repetitions=options["repetitions"],
            only=options["only"],
        )
        on = machine()
        with place(options["database_url"], options["folder"]) as here:
            report = verdicts.measure(here, plan, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps({"machine": on, **report.to_json()}, ensure_ascii=False, indent=2))
            return
        self.stdout.write(on)
        for line in report.lines():
            self.stdout.write(line)
