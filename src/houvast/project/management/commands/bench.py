"""`./houvast bench`: what the chapter and a register page cost on generated registers of any size."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from houvast.project.bench import verdicts
from houvast.project.bench.measure import machine
from houvast.project.bench.place import place
from houvast.project.bench.verdicts import Plan


class Command(BaseCommand):
    help = "Meet wat de paragraaf en een registerpagina kosten, op gemaakte registers in een eigen database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=1_200_000, help="rijen voor de paragraaf (1200000)")
        parser.add_argument("--years", type=int, default=1, help="jaren waarover die rijen liggen (1)")
        parser.add_argument("--list-rows", type=int, default=100_000, help="rijen in het register (100000)")
        parser.add_argument("--repetitions", type=int, default=7, help="herhalingen per meting (7)")
        parser.add_argument("--only", choices=("chapter", "list"), help="meet alleen dit")
        parser.add_argument("--database-url", help="PostgreSQL-server waarop een eigen database mag komen")
        parser.add_argument("--folder", help="map voor de tijdelijke bestanden")
        parser.add_argument("--json", action="store_true", help="machineleesbare uitvoer")

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
