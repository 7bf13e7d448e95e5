"""`./houvast load_town`: a fictional municipality with years of registers, in a demo."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from houvast.core.orgs.models import Organisation
from houvast.project.progress import Progress
from houvast.project.town import plan
from houvast.project.town.load import load


class Command(BaseCommand):
    help = "Load the fictional municipality voorbeeldstad, at any size, beside the other example data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large it is, which years it has, and which of the many towns it is."""
        parser.add_argument("--employees", type=int, default=60, help="how many employees, at least (60)")
        parser.add_argument("--first", type=int, default=2021, help="its first year (2021)")
        parser.add_argument("--years", type=int, default=5, help="how many years (5)")
        parser.add_argument("--rows", type=int, default=0, help="rows to write in bulk besides (0)")
        parser.add_argument("--seed", type=int, default=1, help="another seed is another town (1)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Only in demo mode: real rows and example rows never mix."""
        if not settings.DEMO and not settings.KNOWN_KEY:
            raise CommandError("Example data can be loaded in the demo alone: ./houvast demo.", returncode=2)
        if Organisation.objects.filter(slug=plan.SLUG).exists():
            raise CommandError("voorbeeldstad is there already; use ./houvast demo --fresh.", returncode=2)
        if options["rows"] < 0:
            raise CommandError("--rows is a number of rows, 0 or more.", returncode=2)
        try:
            size = plan.Size(options["employees"], options["first"], options["years"], options["seed"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        with Progress("voorbeeldstad") as progress:
            load(size, progress, today=localdate(), rows=options["rows"])
