"""`./houvast load_demo`: load the example data set; what `demo` does on an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from houvast.core.orgs.models import Organisation
from houvast.project.demo.load import load


class Command(BaseCommand):
    help = "Laad de voorbeeldgegevens diemen-2021 in een lege database."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Only in demo mode and only into an empty database: real rows and example rows never mix."""
        if not settings.DEMO:
            raise CommandError("Voorbeeldgegevens laden kan alleen in de demo: ./houvast demo.", returncode=2)
        if Organisation.objects.exists():
            raise CommandError("De database is niet leeg; gebruik ./houvast demo --fresh.", returncode=2)
        load()
