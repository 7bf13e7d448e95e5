"""Reading the chapter, opening a claim to its rows, taking it away as a file."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from houvast.core.documents import writers
from houvast.core.http import NotHere, Request
from houvast.core.jobs.actions import start
from houvast.core.report.chapter import Chapter, FilledSection
from houvast.core.report.claims import Claim
from houvast.core.report.document import document, moment
from houvast.core.report.files import CHAPTER_FILES
from houvast.core.report.models import SourcedFact
from houvast.core.report.permissions import EDIT, ENTER_FACT, VIEW
from houvast.core.report.queries import (
    NoChapter,
    chapter,
    claim_sources,
    facts_of,
    years_with_chapter,
    years_with_text,
)
from houvast.core.report.rows import RowTable, may_open, row_table

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "json": "application/json",
}


@dataclass(frozen=True)
class OpenClaim:
    """A claim as the reader opened it: what was counted, and the rows if the reader may see them."""

    claim: Claim
    moment: str
    fact: SourcedFact | None
    table: RowTable | None
    list_url: str
    may_open: bool
    section: str


def index(request: Request) -> HttpResponse:
    """The newest year that somebody wrote of, else the newest of the registers; else how to get a chapter."""
    request.actor.require(VIEW)
    years = years_with_text() or years_with_chapter()
    if years:
        return redirect("report:chapter", request.actor.organisation.slug, years[0])
    given = {"year": timezone.localdate().year, "may_enter": request.actor.may_write(ENTER_FACT)}
    return render(request, "report/empty.html", given)


def load(request: Request, year: int) -> Chapter:
    """The chapter of that year, or 404."""
    request.actor.require(VIEW)
    try:
        return chapter(request.actor.organisation, year)
    except NoChapter as error:
        raise NotHere(str(error)) from error


def show(request: Request, year: int) -> HttpResponse:
    """The chapter, with the claim named by `?feit=` opened in the margin."""
    made = load(request, year)
    opened = _open(request, made, request.GET.get("feit", ""))
    if request.headers.get("HX-Request") == "true" and "feit" in request.GET:
        return render(request, "report/claim_drawer.html", {"opened": opened, "chapter": made})
    return render(request, "report/chapter.html", _page(request, made, opened))


def _page(request: Request, made: Chapter, opened: OpenClaim | None) -> dict[str, object]:
    may_edit = request.actor.may_write(EDIT)
    return {
        "chapter": made,
        # Who writes also sees the headings under which there is nothing to read yet.
        "sections": [s for s in made.sections if may_edit or s.depth == 0 or made.reads(s)],
        "reading": [section for section in made.sections if made.reads(section)],
        "opened": opened,
        "years": sorted({*years_with_chapter(), made.context.year}),
        "may_edit": may_edit,
        "may_enter": request.actor.may_write(ENTER_FACT),
        "may_make_files": request.actor.may_write(VIEW),
        "unchecked": facts_of(made.context.year).filter(checked_by=None).count(),
        "formats": (
            ("pdf", _("PDF")),
            ("docx", "Word"),
            ("odt", "ODT"),
            ("html", "HTML"),
            ("json", _("Open data")),
        ),
    }


def _open(request: Request, made: Chapter, key: str) -> OpenClaim | None:
    claim = made.claims.get(key)
    if claim is None:
        return None
    source = claim_sources().get(key)
    allowed = may_open(request.actor, source) and not claim.sourced
    fact = None
    if claim.sourced:
        people = facts_of(made.context.year).select_related("entered_by", "checked_by")
        fact = people.get(key=key)
    return OpenClaim(
        claim=claim,
        moment=moment(claim),
        fact=fact,
        table=row_table(source, made.context) if source is not None and allowed else None,
        list_url=source.rows_url(made.context) if source is not None and source.rows_url and allowed else "",
        may_open=allowed or claim.sourced,
        section=_section_of(made, key),
    )


def _section_of(made: Chapter, key: str) -> str:
    def states(section: FilledSection) -> bool:
        return any(f"[[{key}" in slot.source for slot in section.slots)

    return next((section.key for section in made.sections if states(section)), "")


def download(request: Request, year: int, form: str) -> HttpResponse:
    """The chapter as a file; the same bytes as the command writes, but with links into the application."""
    made = load(request, year)
    if form not in TYPES:
        raise Http404
    slug = request.actor.organisation.slug
    if form == "json":
        content = orjson.dumps(made.to_json(), option=orjson.OPT_INDENT_2)
    else:
        page = reverse("report:chapter", args=[slug, year])
        base_url = request.build_absolute_uri("/")
        tree = document(made, link=lambda claim: f"{page}?feit={claim.key}", base_url=base_url)
        content = writers.write(tree, form)
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{year}.{form}"'
    return answer


@require_POST
def make_files(request: Request, year: int) -> HttpResponse:
    """Have every file of the chapter made in the background, and go to see how far it is."""
    request.actor.require_write(VIEW)
    load(request, year)
    job = start(request.actor, CHAPTER_FILES, year=year)
    return redirect("jobs:job", request.actor.organisation.slug, job.uid)
