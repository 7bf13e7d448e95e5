"""`./houvast load_demo`: load the example data set; what `demo` does on an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from houvast.core.orgs.models import Organisation
from houvast.project.demo.load import load


class Command(BaseCommand):
    help = "Load the example data diemen-2021 into an empty database."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Only in demo mode and only into an empty database: real rows and example rows never mix."""
        if not settings.DEMO:
            raise CommandError("Example data can be loaded in the demo alone: ./houvast demo.", returncode=2)
        if Organisation.objects.exists():
            raise CommandError("The database is not empty; use ./houvast demo --fresh.", returncode=2)
        load()
