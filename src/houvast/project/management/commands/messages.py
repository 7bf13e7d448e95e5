"""`./houvast messages`: bring the translations in step with the screens."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from houvast.project import messages, translations


class Command(BaseCommand):
    help = "Bring the translations in step with every text on screen; --check only tells what is missing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each fault; exit 1 when there is one."""
        if not options["check"]:
            for file in messages.renew():
                self.stdout.write(str(file))
            translations.compile_stale()
        found = messages.faults()
        for fault in found:
            self.stdout.write(str(fault))
        if found:
            sys.exit(1)
        self.stdout.write("Every text is translated.")
