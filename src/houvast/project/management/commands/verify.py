"""`./houvast verify`: is every row still as its last audit entry left it?"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from houvast.core.audit.queries import verify
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading


class Command(BaseCommand):
    help = "Check the trail and every row of every register; names each row that is not as it was recorded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="output for a machine")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each fault; exit 1 when there is one."""
        faults = []
        for organisation in Organisation.objects.order_by("slug"):
            with reading(organisation.pk):
                faults += list(verify(organisation))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=2))
        else:
            for fault in faults:
                self.stdout.write(str(fault))
            if not faults:
                self.stdout.write("Alles klopt: elke rij is zoals zij is vastgelegd.")
        if faults:
            sys.exit(1)
