"""`./houvast verify`: is every row still as its last audit entry left it, and does every chain still have its end?"""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from houvast.core.audit import heads
from houvast.core.audit.heads import Head
from houvast.core.audit.queries import Fault, check
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.adoption.verifying import frozen_faults
from houvast.core.ui.tables import dutch_number
from houvast.project.progress import Progress

ALTERED = "kopie van de uiteinden gewijzigd: of een keten is afgeknipt, is hiermee niet te zien"


class Command(BaseCommand):
    help = "Check the trail and every row of every register; names each row that is not as it was recorded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="output for a machine")
        parser.add_argument(
            "--heads",
            type=Path,
            default=settings.TRAIL_HEADS,
            metavar="FILE",
            help="copy of the ends of the chains, to compare with and to bring up to date",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each fault; exit 1 when there is one. The copy of the heads follows what was found good."""
        file = Path(options["heads"])
        if not file.parent.is_dir():
            raise CommandError(f"De map {file.parent} voor de kopie bestaat niet.", returncode=2)
        faults, earlier = self._earlier(file)
        found, good = _check_all(earlier or {})
        faults += found
        self._print(faults, as_json=options["json"])
        if earlier is not None:
            heads.write(file, {**earlier, **good})
        if faults:
            sys.exit(1)

    def _earlier(self, file: Path) -> tuple[list[Fault], dict[UUID, Head] | None]:
        """The copy of the last check; None where it cannot be believed, and then it is left as it is."""
        try:
            earlier = heads.read(file)
        except heads.HeadsAltered:
            return [Fault("installatie", file.name, "-", ALTERED, None)], None
        if earlier is None:
            self.stderr.write(
                f"Er is nog geen kopie van de uiteinden: {file} wordt nu gemaakt en de volgende keer vergeleken."
            )
        return [], earlier or {}

    def _print(self, faults: Iterable[Fault], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=2))
            return
        for fault in faults:
            self.stdout.write(str(fault))
        if not faults:
            self.stdout.write("Alles klopt: elke rij is zoals zij is vastgelegd.")


def _check_all(earlier: Mapping[UUID, Head]) -> tuple[list[Fault], dict[UUID, Head]]:
    """What is wrong anywhere, and the heads of the organisations in which nothing is."""
    faults: list[Fault] = []
    good: dict[UUID, Head] = {}
    missing = dict(earlier)
    with Progress("Controle") as progress:
        for organisation in Organisation.objects.order_by("slug"):
            before = missing.pop(organisation.uid, None)

            def tell(read: int, slug: str = organisation.slug) -> None:
                progress.say(f"{slug}: {dutch_number(read)} regels en rijen")

            with reading(organisation.pk, snapshot=True):
                found = check(organisation, before, tell)
                frozen = list(frozen_faults(organisation))
            faults += [*found.faults, *frozen]
            if not found.faults and not frozen:
                good[organisation.uid] = found.head
    for uid, head in missing.items():
        faults.append(Fault(head.slug, "orgs.organisation", str(uid), "organisatie verdwenen", head.number))
    return faults, good
