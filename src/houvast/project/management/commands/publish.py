"""`./houvast publish`: write the adopted chapters of an organisation as a static website."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.report.publication import folder as folders
from houvast.core.report.publication.actions import publish
from houvast.core.report.publication.models import Medium
from houvast.core.report.publication.queries import Material, last_publication, material
from houvast.core.report.publication.site import LooksMissing, site
from houvast.core.report.rules import year_fault
from houvast.project.progress import Progress


class Command(BaseCommand):
    help = "Write the adopted chapters of an organisation as a static website."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--organisation", required=True, help="address of the organisation, such as diemen"
        )
        parser.add_argument(
            "--out", required=True, help="folder of the website; new, empty, or made by publish"
        )
        parser.add_argument(
            "--year",
            type=int,
            action="append",
            help="a year to publish; may be given more than once. Years already in the folder stay. "
            "Without it, every year that may be published",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="only compare the folder with what was published; changes nothing",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the whole site or nothing. Wrong input: one sentence, exit 2; a faulty folder by --check: exit 1."""
        target = Path(options["out"])
        organisation = _organisation(options["organisation"])
        found = _found(target, organisation)
        if options["check"]:
            self._check(target, found)
            return
        today = timezone.localdate()
        for year in options["year"] or ():
            if sentence := year_fault(year, today):
                raise CommandError(sentence, returncode=2)
        with reading(organisation.pk):
            # A database that cannot record a publication says so before anything is written.
            last_publication()
            made = _material(organisation, options["year"], found)
            for year, reason in made.refused:
                self.stderr.write(f"{year}: {reason}")
            if not made.years:
                raise CommandError(
                    "There is no year that may be published: a chapter has to be adopted first.", returncode=2
                )
            sha256 = self._write(made, target, found)
        if sha256:
            publish(
                system_actor(organisation), sha256=sha256, years=made.state, medium=Medium.FOLDER, today=today
            )
        self.stdout.write(str(target / "index.html"))

    def _write(self, made: Material, target: Path, found: folders.Found | None) -> str:
        """The hash of the site that was put there; nothing where the folder holds the very same one."""
        try:
            with Progress("Making the site"):
                files = list(site(made))
        except LooksMissing as error:
            raise CommandError(
                f"{error} is missing: the style sheets and fonts of Houvast are not built.", returncode=3
            ) from error
        sha256 = folders.hash_of(files)
        if found is not None and found.sha256 == sha256 and not folders.faults_in(target, found):
            self.stderr.write("The folder holds this very site already.")
            return ""
        with Progress("Writing the site"):
            folders.put(files, target)
        self.stderr.write(
            f"{len(files)} files, years {', '.join(str(one.year) for one in made.years)}. SHA-256 {sha256}"
        )
        return sha256

    def _check(self, target: Path, found: folders.Found | None) -> None:
        if found is None:
            raise CommandError(f"There is no published site in {target}.", returncode=2)
        faults = folders.faults_in(target, found)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write(f"{len(found.files)} files are as they were published. SHA-256 {found.sha256}")


def _found(target: Path, organisation: Organisation) -> folders.Found | None:
    if any(place.exists() and not place.is_dir() for place in (target, *target.parents)):
        raise CommandError(f"{target} cannot be a folder: there is a file of that name.", returncode=2)
    try:
        found = folders.found_in(target)
    except folders.NotOurs as error:
        raise CommandError(str(error), returncode=2) from error
    if found is not None and found.organisation != organisation.slug:
        raise CommandError(f"{target} holds the site of ‘{found.organisation}’.", returncode=2)
    return found


def _material(organisation: Organisation, years: list[int] | None, found: folders.Found | None) -> Material:
    """The years asked for, or all that may be, and those that the folder holds."""
    kept = found.years if found else ()
    today = timezone.localdate()
    try:
        if years is not None:
            return material(organisation, today, {*years, *kept})
        made = material(organisation, today)
    except Refusal as refusal:
        raise CommandError(str(refusal), returncode=2) from refusal
    for year in kept:
        if made.of(year) is None:
            raise CommandError(made.reason(year) or f"{year} is no longer known.", returncode=2)
    return made


def _organisation(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no organisation ‘{slug}’; choose from {known or 'none'}.", returncode=2)
    return found
