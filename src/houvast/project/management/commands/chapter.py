"""`./houvast chapter`: write the chapter of an organisation and a year as files."""

import sys
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from houvast.core.documents import writers
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.adoption.files import file_of, said
from houvast.core.report.adoption.queries import adopted, newest_edition
from houvast.core.report.document import document
from houvast.core.report.queries import NoChapter, chapter
from houvast.core.report.rules import year_fault
from houvast.project.progress import Progress

FORMATS = ("html", "pdf", "docx", "odt", "json")


class Command(BaseCommand):
    help = "Write the chapter of an organisation and a year as files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--organisation", required=True, help="address of the organisation, such as diemen"
        )
        parser.add_argument("--year", required=True, type=int, help="the year, such as 2021")
        parser.add_argument("--format", default=",".join(FORMATS), help=f"one or more of {','.join(FORMATS)}")
        parser.add_argument("--out", default="out", help="folder for the files")
        parser.add_argument(
            "--live",
            action="store_true",
            help="as registers and texts are now, also of a year that was adopted; else the adopted edition is written",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write all files or none, and print their paths. Wrong input: one sentence, exit 2."""
        formats = _formats(options["format"])
        folder = _folder(options["out"])
        _require_year(options["year"])
        organisation = _organisation(options["organisation"])
        stem = f"{organisation.slug}-{options['year']}"
        if not options["live"] and self._write_adopted(organisation, options["year"], formats, folder, stem):
            return
        with Progress("Reading the registers"), reading(organisation.pk):
            try:
                made = chapter(organisation, options["year"])
            except NoChapter as error:
                raise CommandError(str(error), returncode=2) from error
        for slot, problem in made.problems:
            self.stderr.write(f"{slot}: {problem}")
        documents = [name for name in formats if name != "json"]
        data = orjson.dumps(made.to_json(), option=orjson.OPT_INDENT_2) + b"\n"
        extra = {"json": data} if "json" in formats else {}
        written = writers.write_all_or_nothing(
            document(made),
            documents,
            folder,
            stem,
            extra=extra,
            around=lambda kind: Progress(f"Writing {kind.upper()}"),
        )
        for path in written:
            self.stdout.write(str(path))
        if made.problems:
            sys.exit(1)

    def _write_adopted(
        self, organisation: Organisation, year: int, formats: list[str], folder: Path, stem: str
    ) -> bool:
        """Write the edition that was adopted, and tell so; whether there is one."""
        with reading(organisation.pk):
            edition = newest_edition(year)
            if edition is None:
                return False
            found = adopted(edition)
            made = {form: file_of(found, form) for form in formats}
        self.stderr.write(f"{said(found)} SHA-256 {found.edition.sha256}")
        for path in writers.put(made, folder, stem):
            self.stdout.write(str(path))
        return True


def _formats(given: str) -> list[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if unknown := [name for name in names if name not in FORMATS]:
        raise CommandError(
            f"Unknown format {', '.join(unknown)}; choose from {', '.join(FORMATS)}.", returncode=2
        )
    if not names:
        raise CommandError(f"Name a format; choose from {', '.join(FORMATS)}.", returncode=2)
    return names


def _folder(given: str) -> Path:
    folder = Path(given)
    if any(place.exists() and not place.is_dir() for place in (folder, *folder.parents)):
        raise CommandError(f"{folder} cannot be a folder: there is a file of that name.", returncode=2)
    return folder


def _require_year(year: int) -> None:
    if sentence := year_fault(year, timezone.localdate()):
        raise CommandError(sentence, returncode=2)


def _organisation(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no organisation ‘{slug}’; choose from {known or 'none'}.", returncode=2)
    return found
