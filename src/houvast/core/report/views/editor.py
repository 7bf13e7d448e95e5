"""Writing the prose of a slot: the guard's findings beside the text, claims to pick, what the council will read.

Everything works as one plain form, so that nothing typed is ever lost: each button posts the whole text and
the page comes back with it. htmx only makes the findings and the preview follow while one writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.report import actions, guard
from houvast.core.report.adoption.queries import is_closed
from houvast.core.report.authoring.queries import Entry, Place, entry_with
from houvast.core.report.chapter import Chapter, FilledSection, SlotProse
from houvast.core.report.claims import Claim
from houvast.core.report.entry_forms import ProseForm, QuickFactForm, fits, guess_kind
from houvast.core.report.manuscript import Manuscript
from houvast.core.report.outline import walk
from houvast.core.report.permissions import CONTRIBUTE, EDIT, ENTER_FACT
from houvast.core.report.views.chapter import load, round_seen


@dataclass(frozen=True)
class Offered:
    """A claim in the list to pick from: whether the text has it, and whether it answers to what is looked for."""

    claim: Claim
    used: bool
    fits: bool


def _place(made: Chapter, slot: str) -> tuple[FilledSection, SlotProse]:
    owner = next((section.key for _depth, section in walk() if slot in section.slots), None)
    section = next((section for section in made.sections if section.key == owner), None)
    if section is None:
        raise Http404
    empty = SlotProse(slot, "", (), edited=False, version=0)
    return section, next((found for found in section.slots if found.slot == slot), empty)


def _in_round(request: Request, year: int, slot: str) -> Entry | None:
    """The section in the open round, for who has a part in it; None without a round, for who may edit.

    Raises NotPermitted for anybody else.
    """
    entry = entry_with(slot, year, timezone.localdate())
    if entry is None or not request.actor.may_write(CONTRIBUTE) or not entry.parts(request.actor):
        request.actor.require_write(EDIT)
    return entry


def edit(request: Request, year: int, slot: str) -> HttpResponse:
    """Show the editor, and do what the pressed button asks. In a round the pen is with one at a time.

    Who does not have it is led to the section's page, which says who has; what was typed meanwhile is never lost.
    """
    entry = _in_round(request, year, slot)
    made = load(request, year)
    section, current = _place(made, slot)
    if is_closed(year):
        messages.error(
            request, _("De paragraaf is vastgesteld; de tekst ligt vast. Leg een fout vast als correctie.")
        )
        return redirect("report:corrections", request.actor.organisation.slug, year)
    if request.method != "POST":
        if entry is not None and not entry.may_write_text(request.actor):
            messages.info(request, entry.has_it)
            return redirect("report:section", request.actor.organisation.slug, year, section.key)
        return _page(
            request, made, section, Manuscript.read(current.source, current.version, slot, made.claims)
        )
    form = ProseForm(request.POST)
    if not form.is_valid():
        text = request.POST.get("text", "")[:20_000]
        return _page(
            request,
            made,
            section,
            Manuscript.read(text, current.version, slot, made.claims),
            form=form,
            status=422,
        )
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    return _act(request, made, section, Manuscript.read(text, version, slot, made.claims))


def _act(request: Request, made: Chapter, section: FilledSection, at: Manuscript) -> HttpResponse:
    slot, claims = at.preview.slot, made.claims
    if "fix" in request.POST:
        return _fix(request, made, section, at, request.POST["fix"])
    if (key := request.POST.get("voeg")) in claims:
        return _page(
            request, made, section, Manuscript.read(f"{at.text} [[{key}]]".strip(), at.version, slot, claims)
        )
    if "maak" in request.POST:
        return _make_fact(request, made, section, at)
    if "hun" in request.POST:
        stored = _place(made, slot)[1]
        return _page(
            request, made, section, Manuscript.read(stored.source, stored.version, slot, made.claims)
        )
    if "bewaar" in request.POST:
        return _save(request, made, section, at)
    return _page(request, made, section, at)


def _fix(
    request: Request, made: Chapter, section: FilledSection, at: Manuscript, choice: str
) -> HttpResponse:
    finding, _dot, number = choice.partition(".")
    try:
        fix = at.findings[int(finding)].suggestions[int(number)]
    except (ValueError, IndexError):
        return _page(request, made, section, at)
    if fix.kind is guard.FixKind.SOURCE:
        typed = at.text[fix.start : fix.end]
        given = {"value": typed, "kind": guess_kind(typed), "start": fix.start, "end": fix.end}
        quick = QuickFactForm(prefix="feit", initial=given)
        return _page(request, made, section, at, quick=quick)
    return _page(
        request,
        made,
        section,
        Manuscript.read(guard.apply(at.text, fix), at.version, at.preview.slot, made.claims),
    )


def _make_fact(request: Request, made: Chapter, section: FilledSection, at: Manuscript) -> HttpResponse:
    subject = at.preview.slot.partition(".")[0]
    taken = frozenset(made.claims)
    quick = QuickFactForm(request.POST, prefix="feit", subject=subject, taken=taken)
    if not quick.is_valid():
        return _page(request, made, section, at, quick=quick, status=422)
    request.actor.require_write(ENTER_FACT)
    today = timezone.localdate()
    try:
        fact = actions.enter_fact(request.actor, year=made.context.year, entry=quick.entry(), today=today)
    except actions.Refusal as refusal:
        quick.refuse(refusal.field, str(refusal))
        return _page(request, made, section, at, quick=quick, status=422)
    start, end = quick.cleaned_data["start"], quick.cleaned_data["end"]
    text = f"{at.text[:start]}[[{fact.key}]]{at.text[end:]}"
    fresh = load(request, made.context.year)
    messages.success(request, _("Het feit is vastgelegd. Een ander moet het nog controleren."))
    return _page(request, fresh, section, Manuscript.read(text, at.version, at.preview.slot, fresh.claims))


def _save(request: Request, made: Chapter, section: FilledSection, at: Manuscript) -> HttpResponse:
    year, slot = made.context.year, at.preview.slot
    try:
        actions.write_prose(
            request.actor,
            year=year,
            slot=slot,
            text=at.text,
            expected_version=at.version,
            claims=made.claims,
            today=timezone.localdate(),
        )
    except actions.Refused:
        return _page(request, made, section, at, refused=True, status=422)
    except actions.Refusal as refusal:
        return _page(request, made, section, at, elsewhere=str(refusal), status=422)
    except Conflict as conflict:
        mine = Manuscript.read(at.text, conflict.current.version, slot, made.claims)
        theirs = str(getattr(conflict.current, "text", ""))
        return _page(request, made, section, mine, theirs=theirs, status=409)
    messages.success(request, _("De tekst is bewaard."))
    if entry_with(slot, year, timezone.localdate()) is not None:
        return redirect("report:section", request.actor.organisation.slug, year, section.key)
    address = reverse("report:chapter", args=[request.actor.organisation.slug, year])
    return redirect(f"{address}#{section.key}")


@require_POST
def preview(request: Request, year: int, slot: str) -> HttpResponse:
    """The findings and the text as it reads, while somebody writes. Saves nothing."""
    _in_round(request, year, slot)
    made = load(request, year)
    _place(made, slot)
    text = request.POST.get("text", "").replace("\r\n", "\n")[:20_000]
    at = Manuscript.read(text, 0, slot, made.claims)
    given = {"desk": at, "chapter": made, "may_enter": request.actor.may_write(ENTER_FACT)}
    return render(request, "report/editor_reading.html", given)


def _page(  # noqa: PLR0913  the page has these parts; all but the first four are optional
    request: Request,
    made: Chapter,
    section: FilledSection,
    at: Manuscript,
    *,
    form: ProseForm | None = None,
    quick: QuickFactForm | None = None,
    theirs: str = "",
    refused: bool = False,
    elsewhere: str = "",
    status: int = 200,
) -> HttpResponse:
    looking_for = request.POST.get("zoek", "")
    found = round_seen(request, made)
    place = found.place(section.key) if found else None
    context = {
        "chapter": made,
        "section": section,
        "desk": at,
        "form": ProseForm(initial={"text": at.text, "version": at.version}) if form is None else form,
        "quick": quick,
        "theirs": theirs,
        "refused": refused,
        "elsewhere": elsewhere,
        "place": place,
        "blocked": _blocked(place, at),
        "looking_for": looking_for,
        "offered": _offered(made, at, looking_for),
        "may_enter": request.actor.may_write(ENTER_FACT),
    }
    return render(request, "report/editor.html", context, status=status)


def _blocked(place: Place | None, at: Manuscript) -> str:
    """What keeps the section from going on: in the text as it is kept, else in the one that is being written."""
    if place is None:
        return ""
    kept = any(slot.slot == at.preview.slot and slot.source == at.text for slot in place.section.slots)
    if kept or not at.errors:
        return place.content.blocked
    return ngettext("eerst %(n)s fout", "eerst %(n)s fouten", at.errors) % {"n": at.errors}


def _offered(made: Chapter, at: Manuscript, looking_for: str) -> list[Offered]:
    used = at.keys
    offered = [Offered(c, c.key in used, fits(c, looking_for)) for c in made.claims.values()]
    return sorted(offered, key=lambda one: one.claim.label.casefold())
