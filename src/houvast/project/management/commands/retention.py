"""`./houvast retention`: what would be destroyed on a day; destroy again what an older backup brought back."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from houvast.core.access.actor import system_actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.retention import actions, certificates, jobs, queries
from houvast.core.retention.models import DestructionCertificate
from houvast.core.retention.queries import ClassState, UnknownClass


@dataclass(frozen=True)
class Fault:
    """A certificate that could not be carried out again, wholly or in part."""

    file: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is geen dag; schrijf hem als 2026-12-31.", returncode=2) from None


class Command(BaseCommand):
    help = "What is due to be destroyed (--dry-run), or destroy again after a backup was put back (--replay)."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--dry-run", action="store_true", help="tell per class what is due, change nothing")
        what.add_argument(
            "--replay", action="store_true", help="destroy again what the copies of the certificates name"
        )
        what.add_argument("--compact", action="store_true", help="write the SQLite database anew")
        parser.add_argument("--day", default="", metavar="YYYY-MM-DD", help="the day for --dry-run (today)")
        parser.add_argument("--organisation", default="", metavar="SLUG", help="only this one")
        parser.add_argument("--json", action="store_true", help="output for a machine")
        parser.add_argument(
            "--certificates",
            type=Path,
            default=settings.DESTRUCTION_CERTIFICATES,
            metavar="FOLDER",
            help="where the copies of the certificates are",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 1 where something could not be destroyed again, or the database not be compacted."""
        with override("nl"):
            if options["dry_run"]:
                day = _day(options["day"]) if options["day"] else timezone.localdate()
                self._tell(list(_due(options["organisation"], day)), day, as_json=options["json"])
            elif options["replay"]:
                self._replay(options["certificates"], as_json=options["json"])
            elif not jobs.compact():
                raise CommandError(
                    "De database is niet opnieuw geschreven: anderen zijn aan het werk, of het is geen SQLite.",
                    returncode=1,
                )

    def _tell(self, found: list[tuple[str, ClassState]], day: date, *, as_json: bool) -> None:
        told = [
            {
                "organisation": slug,
                "class": state.declared.key,
                "label": str(state.declared.label),
                "source": str(state.declared.source),
                "years": state.term.years,
                "day": day.isoformat(),
                "due": state.due,
                "held": state.held,
                "next": state.next_on.isoformat() if state.next_on else None,
            }
            for slug, state in found
        ]
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for one in told:
            term = "blijvend" if one["years"] is None else f"{one['years']} jaar"
            self.stdout.write(
                f"{one['organisation']}: {one['label']}: {one['due']} aan de beurt, {one['held']} stopgezet ({term})"
            )

    def _replay(self, folder: Path, *, as_json: bool) -> None:
        faults: list[Fault] = []
        done: list[str] = []
        found = list(_readable(folder, faults))
        # In the order in which they were made, so that each gets its own number again.
        for told, name in sorted(found, key=lambda one: (one[0].made_at, one[0].uid)):
            try:
                made, held = _again(told)
            except (LookupError, UnknownClass) as error:
                faults.append(Fault(name, f"onbekend in deze installatie: {error}"))
                continue
            if made is not None:
                done.append(made.reference)
            if held:
                faults.append(Fault(name, f"rijen waarvan de vernietiging is stopgezet: {held}; zij blijven"))
        self._tell_replay(done, faults, as_json=as_json)
        if done:
            jobs.compact()
        if faults:
            sys.exit(1)

    def _tell_replay(self, done: list[str], faults: list[Fault], *, as_json: bool) -> None:
        if as_json:
            told = {"replayed": done, "faults": [vars(fault) for fault in faults]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for fault in faults:
            self.stdout.write(str(fault))
        self.stdout.write(f"Opnieuw vernietigd: {', '.join(done) or 'niets'}.")


def _readable(folder: Path, faults: list[Fault]) -> Iterator[tuple[certificates.Certificate, str]]:
    """The certificates that are as they were written, with their file; the others become faults."""
    for file in certificates.files(folder):
        try:
            yield certificates.read(file), file.name
        except certificates.CertificateAltered:
            faults.append(Fault(file.name, "gewijzigd, of met een andere sleutel verzegeld"))


def _due(slug: str, day: date) -> Iterator[tuple[str, ClassState]]:
    found = Organisation.objects.order_by("slug")
    if slug and not (found := found.filter(slug=slug)).exists():
        raise CommandError(f"Er is geen organisatie {slug}.", returncode=2)
    for organisation in found:
        with reading(organisation.pk):
            states = queries.states(day)
        for state in states:
            yield organisation.slug, state


def _again(told: certificates.Certificate) -> tuple[DestructionCertificate | None, int]:
    """Destroy once more what the certificate names, None where the database knows it; how many rows are held."""
    organisation = Organisation.objects.filter(uid=UUID(told.organisation)).first()
    if organisation is None:
        raise LookupError(told.organisation)
    now = timezone.now()
    today = timezone.localdate(now)
    with reading(organisation.pk):
        if DestructionCertificate.objects.filter(uid=told.uid).exists():
            return None, 0
        stopped = queries.held_on(today)
        held = sum(stopped.stops(line.retention_class, UUID(line.record)) for line in told.lines)
    return actions.replay(system_actor(organisation), told=told, at=now, today=today), held
