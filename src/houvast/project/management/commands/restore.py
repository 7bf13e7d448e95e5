"""`./houvast restore FILE`: an archive put back, checked before and compared afterwards."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from houvast.project.backup.put_back import put_back
from houvast.project.progress import Progress


class Command(BaseCommand):
    help = "Put an archive of `backup` back in an empty installation, and compare every row, file and chain."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="archive to restore")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="in the place of what is here; what was recorded since is lost",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore and say what was compared; exit 1 when something did not come out the same."""
        with Progress("Restore") as progress:
            restored = put_back(Path(options["file"]), replace=options["replace"], tell=progress.say)
        for line in restored.compared:
            self.stdout.write(line)
        for fault in restored.faults:
            self.stderr.write(f"houvast: {fault}")
        if restored.faults:
            sys.exit(1)
        self.stdout.write("Restored.")
