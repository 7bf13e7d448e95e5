"""Adopting the chapter: what stands in the way, the offer, the decisions, the editions and what is frozen in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.four_eyes import SamePerson
from houvast.core.files.models import StoredFile
from houvast.core.files.rules import FileRefused
from houvast.core.http import Request
from houvast.core.orgs.refusal import Refusal
from houvast.core.registry import Obstacle
from houvast.core.report.adoption import actions, frozen
from houvast.core.report.adoption.forms import AdoptForm, ReopenForm
from houvast.core.report.adoption.models import FrozenPart
from houvast.core.report.adoption.queries import editions_of, obstacles, offer_of, standing
from houvast.core.report.adoption.rules import Body, NotYet, Standing
from houvast.core.report.permissions import ADOPT, OFFER, VIEW
from houvast.core.report.queries import years_with_chapter


@dataclass(frozen=True)
class Step:
    """A step on the way to the adopted chapter."""

    label: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Shown:
    """An edition with its files and the documents of its decisions."""

    edition: Any
    parts: tuple[Any, ...]
    files: tuple[Any, ...]
    rows: int


def show(request: Request, year: int) -> HttpResponse:
    """How far the year is; the pressed button offers, adopts or opens again."""
    request.actor.require(VIEW)
    if request.method == "POST":
        return _act(request, year)
    return _page(request, year)


def _act(request: Request, year: int) -> HttpResponse:
    what = request.POST.get("do", "")
    request.actor.require_write(OFFER if what == "offer" else ADOPT)
    if what == "offer":
        return _offer(request, year)
    return _reopen(request, year) if what == "reopen" else _adopt(request, year)


def _back(request: Request, year: int) -> HttpResponse:
    return redirect("report:adoption", request.actor.organisation.slug, year)


def _offer(request: Request, year: int) -> HttpResponse:
    try:
        actions.offer(request.actor, year=year, today=timezone.localdate())
    except Refusal as refusal:
        return _page(request, year, refused=refusal)
    messages.success(
        request, _("De paragraaf is ter vaststelling aangeboden. Een ander legt het besluit vast.")
    )
    return _back(request, year)


def _adopt(request: Request, year: int) -> HttpResponse:
    before = _standing(year)
    today = timezone.localdate()
    form = AdoptForm(request.POST, request.FILES, year=year, today=today, reopened=_is_reopened(before))
    if not form.is_valid():
        return _page(request, year, adopting=form)
    data = form.cleaned_data
    try:
        row = actions.adopt(
            request.actor,
            year=year,
            body=data["body"],
            decided_on=data["decided_on"],
            reference=data["reference"],
            amended=bool(data.get("amended")),
            upload=data["upload"],
            today=today,
        )
    except NotYet as refusal:
        return _page(request, year, refused=refusal)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, year, adopting=form)
    except SamePerson:
        form.add_error(None, _("Wie de paragraaf heeft aangeboden, kan de vaststelling niet vastleggen."))
        return _page(request, year, adopting=form)
    except FileRefused as refusal:
        form.add_error("upload", str(refusal))
        return _page(request, year, adopting=form)
    messages.success(
        request, _("Vastgelegd. Editie %(number)s is bevroren.") % {"number": row.edition.number}
    )
    return _back(request, year)


def _reopen(request: Request, year: int) -> HttpResponse:
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            actions.reopen(request.actor, year=year, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("De tekst is open voor het amendement."))
            return _back(request, year)
    return _page(request, year, reopening=form)


def _standing(year: int) -> Standing:
    editions = editions_of(year)
    edition = editions[-1] if editions else None
    return standing(year, edition, offer_of(year, edition))


def _is_reopened(before: Standing) -> bool:
    return before.edition > 0 and not before.closed


def _page(
    request: Request,
    year: int,
    *,
    refused: Refusal | None = None,
    adopting: AdoptForm | None = None,
    reopening: ReopenForm | None = None,
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    editions = editions_of(year)
    edition = editions[-1] if editions else None
    offer = offer_of(year, edition)
    before = standing(year, edition, offer)
    in_the_way = _obstacles(request, year, refused, before)
    decides = bool(before.next_body) and actor.may_write(ADOPT) and (before.closed or bool(offer))
    first = {"body": before.next_body}
    own = _is_own(request, before)
    given = {
        "year": year,
        "standing": before,
        "offer": offer,
        "steps": _steps(before, edition, offer),
        "obstacles": in_the_way,
        "refused": refused if not isinstance(refused, NotYet) else None,
        "shown": _shown(editions),
        "body": Body(before.next_body).label if before.next_body else "",
        "may_offer": actor.may_write(OFFER) and not before.closed and not in_the_way,
        "adopting": (
            adopting or AdoptForm(year=year, today=today, reopened=_is_reopened(before), initial=first)
        )
        if decides and (adopting or not own)
        else None,
        "own": decides and own,
        "reopening": reopening or _reopening(request, before),
        "years": sorted({*years_with_chapter(), year}),
    }
    failed = refused is not None or any(form is not None for form in (adopting, reopening))
    return render(request, "report/adoption.html", given, status=422 if failed else 200)


def _obstacles(
    request: Request, year: int, refused: Refusal | None, before: Standing
) -> tuple[Obstacle, ...]:
    if isinstance(refused, NotYet):
        return refused.obstacles
    return () if before.closed else obstacles(request.actor, year)


def _is_own(request: Request, before: Standing) -> bool:
    """Whether the actor is who prepared what is to be adopted, and so cannot record it."""
    first = before.prepared_by if before.closed else before.offered_by
    return request.actor.account_id is not None and request.actor.account_id == first


def _reopening(request: Request, before: Standing) -> ReopenForm | None:
    may = request.actor.may_write(ADOPT) and before.closed and not before.adopted_by_council
    return ReopenForm() if may else None


def _steps(before: Standing, edition: Any, offer: Any) -> tuple[Step, ...]:
    days = {one.body: f"{one.decided_on:%d-%m-%Y}" for one in before.decided}
    college, raad = days.get(Body.COLLEGE, ""), days.get(Body.RAAD, "")
    # An amended edition is the council's own; the college decided about the one before it.
    college_done = bool(college) or bool(edition and edition.number > 1)
    offered = bool(offer) or college_done or bool(raad)
    reached = (True, offered, college_done, bool(raad))
    labels = (_("Tekst"), _("Aangeboden"), _("College"), _("Raad"))
    details = ("", f"{timezone.localtime(offer.recorded_at):%d-%m-%Y}" if offer else "", college, raad)
    current = reached.index(False) if False in reached else len(reached)
    return tuple(
        Step(label, "done" if done else "current" if at == current else "", detail)
        for at, (label, done, detail) in enumerate(zip(labels, reached, details, strict=True))
    )


def _shown(editions: list[Any]) -> list[Shown]:
    """The editions, newest first, with their files; two queries however many there are."""
    listed = FrozenPart.objects.filter(edition__in=editions).order_by("name")
    parts = list(listed.only("organisation_id", "edition_id", "name", "size", "sha256"))
    decisions = {one.uid: edition.pk for edition in editions for one in edition.adoptions.all()}
    files = list(StoredFile.objects.filter(subject_table="report.adoption", subject_uid__in=decisions))
    wanted = {frozen.name_of(form) for form in (*frozen.DOCUMENTS, "json")}
    return [
        Shown(
            edition,
            tuple(part for part in parts if part.edition_id == edition.pk and part.name in wanted),
            tuple(
                (file, reverse("files:download", args=[_slug(edition), file.uid]))
                for file in files
                if decisions[file.subject_uid] == edition.pk
            ),
            sum(part.edition_id == edition.pk and part.name.startswith(frozen.ROWS) for part in parts),
        )
        for edition in reversed(editions)
    ]


def _slug(edition: Any) -> str:
    return str(edition.organisation.slug)
