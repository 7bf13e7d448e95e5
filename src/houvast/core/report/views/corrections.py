"""Corrections of an adopted chapter: entering one, and the second person's answer to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.four_eyes import SamePerson
from houvast.core.http import NotHere, Request
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption import actions
from houvast.core.report.adoption.forms import FACT, SECTION, CorrectionForm
from houvast.core.report.adoption.models import Correction
from houvast.core.report.adoption.queries import Adopted, adopted, corrections_of, newest_edition
from houvast.core.report.adoption.rules import Outcome
from houvast.core.report.permissions import CONFIRM, CORRECT, VIEW


@dataclass(frozen=True)
class Line:
    """A correction as the page lists it. may_decide: the reader is the second person it waits for."""

    row: Any
    about: str
    value: str
    decision: Any
    may_decide: bool


def index(request: Request, year: int) -> HttpResponse:
    """The corrections of the edition that holds; who may, enters one or answers another's."""
    request.actor.require(VIEW)
    edition = newest_edition(year)
    if request.method == "POST":
        request.actor.require_write(CONFIRM if "correction" in request.POST else CORRECT)
    if edition is None:
        raise NotHere(
            _("De paragraaf van %(year)s is niet vastgesteld: verbeter de tekst zelf.") % {"year": year}
        )
    found = adopted(edition)
    if request.method == "POST":
        return _decide(request, year) if "correction" in request.POST else _enter(request, found)
    return _page(request, found)


def _back(request: Request, year: int) -> HttpResponse:
    return redirect("report:corrections", request.actor.organisation.slug, year)


def _enter(request: Request, found: Adopted) -> HttpResponse:
    today = timezone.localdate()
    form = CorrectionForm(request.POST, chapter=found.chapter, today=today)
    if form.is_valid():
        try:
            actions.correct(request.actor, year=found.edition.year, entry=form.entry(), today=today)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("De correctie is vastgelegd. Zij wordt een voetnoot als een ander haar bevestigt.")
            )
            return _back(request, found.edition.year)
    return _page(request, found, form)


def _decide(request: Request, year: int) -> HttpResponse:
    number = request.POST["correction"]
    row = get_object_or_404(Correction, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    outcome = Outcome.CONFIRMED if "confirm" in request.POST else Outcome.REJECTED
    try:
        actions.decide_correction(request.actor, correction_id=row.pk, outcome=outcome)
    except (SamePerson, Refusal) as error:
        messages.error(request, str(error))
    else:
        confirmed = outcome == Outcome.CONFIRMED
        messages.success(
            request,
            _("De correctie is bevestigd en staat nu als voetnoot bij de paragraaf.")
            if confirmed
            else _("De correctie is afgewezen."),
        )
    return _back(request, year)


def _page(request: Request, found: Adopted, form: CorrectionForm | None = None) -> HttpResponse:
    about = request.GET.get("feit", "")
    first = {"about": f"{FACT}{about}" if about else f"{SECTION}{request.GET.get('onderdeel', '')}"}
    may_correct = request.actor.may_write(CORRECT)
    given = {
        "year": found.edition.year,
        "edition": found.edition,
        "lines": [_line(request, found, row) for row in corrections_of(found.edition)],
        "form": form
        or (
            CorrectionForm(chapter=found.chapter, today=timezone.localdate(), initial=first)
            if may_correct
            else None
        ),
    }
    return render(request, "report/corrections.html", given, status=200 if form is None else 422)


def _line(request: Request, found: Adopted, row: Any) -> Line:
    decision = next(iter(row.decisions.all()), None)
    claim = found.chapter.claims.get(row.claim_key)
    section = next((one for one in found.chapter.sections if one.key == row.section), None)
    other = request.actor.account_id not in {None, row.entered_by_id}
    return Line(
        row=row,
        about=claim.label if claim else section.heading if section else "",
        value=replace(claim, value=row.value, items=()).text if claim and row.value is not None else "",
        decision=decision,
        may_decide=decision is None and other and request.actor.may_write(CONFIRM),
    )
