"""All files of a year's chapter in one archive, made in the background."""

from __future__ import annotations

import io
import zipfile

import orjson
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.documents import writers
from houvast.core.jobs.rules import JobKind, JobRefused, Made, Outcome
from houvast.core.jobs.work import Work
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.adoption.files import file_of
from houvast.core.report.adoption.queries import adopted, is_closed, newest_edition
from houvast.core.report.document import document
from houvast.core.report.permissions import VIEW
from houvast.core.report.queries import NoChapter, chapter

FORMATS = ("pdf", "docx", "odt", "html")
CHAPTER_FILES = "report.chapter_files"
# A day that a zip archive can hold, so that the same chapter makes the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


def make_files(work: Work) -> Outcome:
    """The chapter in every format as one archive. Raises JobRefused where the year has no chapter."""
    organisation, year = work.actor.organisation, int(work.arguments["year"])
    stem, of = f"{organisation.slug}-{year}", len(FORMATS) + 1
    work.progress(0, of, _("De registers worden gelezen."))
    files = _frozen(organisation, year) or _written(work, of, organisation, year)
    work.progress(of, of, _("De bestanden worden samengevoegd."))
    return Outcome(
        words=_("De paragraaf van %(year)s in %(number)s vormen.") % {"year": year, "number": len(files)},
        url=reverse("report:chapter", args=[organisation.slug, year]),
        file=Made(f"{stem}.zip", _archive(stem, files)),
    )


def _frozen(organisation: Organisation, year: int) -> dict[str, bytes]:
    """Of an adopted year the files that were frozen, with the corrections since; none of another year."""
    with reading(organisation.pk, snapshot=True):
        edition = newest_edition(year)
        if edition is None or not is_closed(year):
            return {}
        found = adopted(edition)
        return {form: file_of(found, form) for form in (*FORMATS, "json")}


def _written(work: Work, of: int, organisation: Organisation, year: int) -> dict[str, bytes]:
    """Each file as the registers are now."""
    with reading(organisation.pk, snapshot=True):
        try:
            made = chapter(organisation, year)
        except NoChapter as error:
            raise JobRefused(str(error)) from error
        tree = document(made)
        files = {"json": orjson.dumps(made.to_json(), option=orjson.OPT_INDENT_2) + b"\n"}
    for place, form in enumerate(FORMATS, start=1):
        work.progress(place, of, _("Nu wordt %(form)s gemaakt.") % {"form": form.upper()})
        files[form] = writers.write(tree, form)
    return files


def _archive(stem: str, files: dict[str, bytes]) -> bytes:
    """A zip of the files, with no clock in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for form, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{stem}.{form}", _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


KIND = JobKind(
    CHAPTER_FILES, gettext_lazy("Bestanden van de paragraaf Bedrijfsvoering maken"), make_files, VIEW
)
