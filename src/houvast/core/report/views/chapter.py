"""Reading the chapter, opening a claim to its rows, taking it away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from houvast.core.access.actor import Actor
from houvast.core.documents import writers
from houvast.core.http import NotHere, Request
from houvast.core.jobs.actions import start
from houvast.core.registry import modules
from houvast.core.report.adoption.comparing import Comparison, compare
from houvast.core.report.adoption.comparing import Value as ValueOfYear
from houvast.core.report.adoption.files import file_of
from houvast.core.report.adoption.queries import adopted_years
from houvast.core.report.adoption.series import value_of
from houvast.core.report.authoring.queries import Desk, Place, desk
from houvast.core.report.chapter import Chapter, FilledSection
from houvast.core.report.claims import Claim
from houvast.core.report.document import document, moment
from houvast.core.report.files import CHAPTER_FILES
from houvast.core.report.models import SourcedFact
from houvast.core.report.permissions import (
    ARRANGE,
    CONTRIBUTE,
    COORDINATE,
    CORRECT,
    EDIT,
    ENTER_FACT,
    PUBLISH,
    VIEW,
)
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

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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


@dataclass(frozen=True)
class SectionSeen:
    """A section on the page; in a round with where it stands, and whether the reader may write it now."""

    section: FilledSection
    place: Place | None
    may_write: bool


def round_seen(request: Request, made: Chapter) -> Desk | None:
    """The open round, for who has a part in it."""
    if not request.actor.may(CONTRIBUTE):
        return None
    found = desk(made, timezone.localdate())
    return found if found is not None and found.involves(request.actor) else None


def _page(request: Request, seen: Shown, opened: OpenClaim | None) -> dict[str, object]:
    actor, made = request.actor, seen.chapter
    may_edit = actor.may_write(EDIT) and not seen.closed
    found = None if seen.closed else round_seen(request, made)
    asked = found.by_section if found else {}
    on_page = [
        SectionSeen(s, place, place.may_write_text(actor) if place else may_edit)
        for s in made.sections
        # Who writes also sees the headings under which there is nothing to read yet.
        if (place := asked.get(s.key)) or may_edit or s.depth == 0 or made.reads(s)
    ]
    return {
        "chapter": made,
        "shown": seen,
        "on_page": on_page,
        "may_correct": actor.may_write(CORRECT) and seen.closed,
        "sections": [one.section for one in on_page],
        "round": found,
        "may_coordinate": actor.may_write(COORDINATE) and not seen.closed,
        "reading": [section for section in made.sections if made.reads(section)],
        "opened": opened,
        "years": sorted({*years_with_chapter(), *adopted_years(), made.context.year}),
        "may_edit": may_edit,
        "may_arrange": actor.may_write(ARRANGE) and not seen.closed,
        "may_enter": actor.may_write(ENTER_FACT),
        "acts": section_acts(actor, made.context.year),
        "may_make_files": actor.may_write(VIEW),
        "may_publish": actor.may(PUBLISH),
        "unchecked": facts_of(made.context.year).filter(checked_by=None).count(),
        "formats": (
            ("pdf", _("PDF")),
            ("docx", "Word"),
            ("odt", "ODT"),
            ("html", "HTML"),
            ("json", _("Open data")),
        ),
    }


@dataclass(frozen=True)
class ActLink:
    """What one can do from a section, with its address but for the section."""

    label: StrOrPromise
    icon: str
    url: str


def section_acts(actor: Actor, year: int) -> tuple[ActLink, ...]:
    """What modules let this reader do from a section of the chapter."""
    acts = (act for module in modules() for act in module.section_acts if actor.may_write(act.permission))
    return tuple(
        ActLink(
            act.label, act.icon, f"{reverse(act.url_name, args=[actor.organisation.slug, year])}?onderdeel="
        )
        for act in acts
    )


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


@require_POST
def make_files(request: Request, year: int) -> HttpResponse:
    """Have every file of the chapter made in the background, and go to see how far it is."""
    request.actor.require_write(VIEW)
    load(request, year)
    job = start(request.actor, CHAPTER_FILES, year=year)
    return redirect("jobs:job", request.actor.organisation.slug, job.uid)
