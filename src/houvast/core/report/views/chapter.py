"""Reading the chapter, opening a claim to its rows, taking it away as a file."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.documents import writers
from houvast.core.http import NotHere, Request
from houvast.core.report.adoption.comparing import Comparison, compare
from houvast.core.report.adoption.comparing import Value as ValueOfYear
from houvast.core.report.adoption.files import file_of
from houvast.core.report.adoption.queries import adopted_years
from houvast.core.report.adoption.series import value_of
from houvast.core.report.chapter import Chapter, FilledSection
from houvast.core.report.claims import Claim
from houvast.core.report.document import document, moment
from houvast.core.report.models import SourcedFact
from houvast.core.report.permissions import CORRECT, EDIT, ENTER_FACT, PUBLISH, VIEW
from houvast.core.report.prints import RowChanges
from houvast.core.report.queries import (
    NoChapter,
    chapter,
    claim_sources,
    facts_of,
    years_with_chapter,
    years_with_text,
)
from houvast.core.report.rows import RowTable, may_open, row_table
from houvast.core.report.rules import FIRST_YEAR
from houvast.core.report.views.shown import Shown, changes_of, shown

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
    changes: RowChanges | None = None
    before: Comparison | None = None


def index(request: Request) -> HttpResponse:
    """The newest year that somebody wrote of, else the newest of the registers; else how to get a chapter."""
    request.actor.require(VIEW)
    years = years_with_text() or years_with_chapter() or adopted_years()
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
    seen = _shown(request, year)
    made = seen.chapter
    opened = _open(request, seen, request.GET.get("feit", ""))
    if request.headers.get("HX-Request") == "true" and "feit" in request.GET:
        given = {
            "opened": opened,
            "chapter": made,
            "shown": seen,
            "may_correct": request.actor.may_write(CORRECT),
        }
        return render(request, "report/claim_drawer.html", given)
    return render(request, "report/chapter.html", _page(request, seen, opened))


def _shown(request: Request, year: int) -> Shown:
    request.actor.require(VIEW)
    return shown(request, year, lambda: load(request, year))


def _page(request: Request, seen: Shown, opened: OpenClaim | None) -> dict[str, object]:
    made = seen.chapter
    may_edit = request.actor.may_write(EDIT) and not seen.closed
    return {
        "chapter": made,
        "shown": seen,
        "may_correct": request.actor.may_write(CORRECT) and seen.closed,
        # Who writes also sees the headings under which there is nothing to read yet.
        "sections": [s for s in made.sections if may_edit or s.depth == 0 or made.reads(s)],
        "reading": [section for section in made.sections if made.reads(section)],
        "opened": opened,
        "years": sorted({*years_with_chapter(), *adopted_years(), made.context.year}),
        "may_edit": may_edit,
        "may_enter": request.actor.may_write(ENTER_FACT),
        "may_publish": request.actor.may(PUBLISH),
        "unchecked": facts_of(made.context.year).filter(checked_by=None).count(),
        "formats": (
            ("pdf", _("PDF")),
            ("docx", "Word"),
            ("odt", "ODT"),
            ("html", "HTML"),
            ("json", _("Open data")),
        ),
    }


def _open(request: Request, seen: Shown, key: str) -> OpenClaim | None:
    made = seen.chapter
    claim = made.claims.get(key)
    if claim is None:
        return None
    source = claim_sources().get(key)
    allowed = may_open(request.actor, source) and not claim.sourced
    fact = None
    if claim.sourced:
        people = facts_of(made.context.year).select_related("entered_by", "checked_by")
        fact = people.filter(key=key).first()
    return OpenClaim(
        claim=claim,
        moment=moment(claim),
        fact=fact,
        table=row_table(source, made.context) if source is not None and allowed else None,
        list_url=source.rows_url(made.context) if source is not None and source.rows_url and allowed else "",
        may_open=allowed or claim.sourced,
        section=_section_of(made, key),
        changes=changes_of(seen, key),
        before=_before(request, seen, claim),
    )


def _before(request: Request, seen: Shown, claim: Claim) -> Comparison | None:
    """The claim beside its value of the year before; nothing where that year has none."""
    year = seen.chapter.context.year
    if year <= FIRST_YEAR or claim.key.startswith("report."):
        return None
    before = value_of(request.actor.organisation, year - 1, claim.key)
    return compare(ValueOfYear(year, claim), before) if before.claim else None


def _section_of(made: Chapter, key: str) -> str:
    def states(section: FilledSection) -> bool:
        return any(f"[[{key}" in slot.source for slot in section.slots)

    return next((section.key for section in made.sections if states(section)), "")


def download(request: Request, year: int, form: str) -> HttpResponse:
    """The chapter as a file. Of an adopted year the frozen bytes; else as the command writes it, with links to here.

    With confirmed corrections their footnotes are added; `?editie=` gives that edition as it was adopted.
    """
    seen = _shown(request, year)
    made = seen.chapter
    if form not in TYPES:
        raise Http404
    slug = request.actor.organisation.slug
    if seen.adopted is not None:
        content = file_of(seen.adopted, form, with_corrections="editie" not in request.GET)
    elif form == "json":
        content = orjson.dumps(made.to_json(), option=orjson.OPT_INDENT_2)
    else:
        page = reverse("report:chapter", args=[slug, year])
        base_url = request.build_absolute_uri("/")
        tree = document(made, link=lambda claim: f"{page}?feit={claim.key}", base_url=base_url)
        content = writers.write(tree, form)
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{year}.{form}"'
    return answer
