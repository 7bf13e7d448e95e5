"""`./houvast backup FILE`: the whole installation in one file, while it serves."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from houvast.project.backup.make import KEYS, make
from houvast.project.progress import Progress


class Command(BaseCommand):
    help = "Write the database and the files to one archive, of one moment, while the application serves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="archive to write, for example houvast-2026-11-25.tar")
        parser.add_argument(
            "--with-keys",
            action="store_true",
            help="also the signing key and the secret key: whoever has the archive can then seal altered rows",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the archive and say what it holds; exit 1 when a stored file is missing or altered."""
        target = Path(options["file"]).absolute()
        with Progress("Backup") as progress:
            made = make(target, with_keys=options["with_keys"], tell=progress.say)
        rows = sum(table.rows for table in made.manifest.tables.values())
        files = sum(part.name.startswith("files/") for part in made.manifest.parts)
        self.stdout.write(
            f"{target}: {rows:,} rows in {len(made.manifest.tables)} tables, {files:,} files, "
            f"{made.size:,} bytes."
        )
        self.stdout.write(
            "It is not encrypted, and holds all there is about people, the hashes of passwords and the secrets of "
            "sign-in apps: keep it as the database itself."
        )
        if options["with_keys"]:
            self.stdout.write(
                "The keys are in it. Keep it where nobody who manages the database can read it."
            )
        else:
            places = " and ".join(str(Path(settings.DATA) / name) for name in KEYS)
            self.stdout.write(
                f"The keys are not in it. Keep {places} (or what the environment gives in their place) elsewhere: "
                "without the signing key this archive cannot be restored."
            )
        for fault in made.faults:
            self.stderr.write(f"houvast: {fault}")
        if made.faults:
            sys.exit(1)
