"""`./houvast index`: make the words by which records are found anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from houvast.core.orgs.models import Organisation
from houvast.core.search.index import rebuild
from houvast.core.ui.tables import dutch_number
from houvast.project.progress import Progress


class Command(BaseCommand):
    help = "Make the search index anew, from the records themselves; others can go on working meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="SLUG", help="only this organisation")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how many records each organisation holds that can be found."""
        organisations = list(Organisation.objects.order_by("slug"))
        if slug := options["organisation"]:
            organisations = [one for one in organisations if one.slug == slug]
            if not organisations:
                raise CommandError(f"There is no organisation at the address ‘{slug}’.", returncode=2)
        for organisation in organisations:
            self.stdout.write(f"{organisation.slug}: {dutch_number(_rebuilt(organisation))} vindbare stukken")


def _rebuilt(organisation: Organisation) -> int:
    with Progress("Zoekwoorden") as progress:
        return rebuild(
            organisation,
            lambda number: progress.say(f"{organisation.slug}: {dutch_number(number)} stukken"),
        )
