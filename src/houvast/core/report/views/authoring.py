"""A round on screen: opening it, how it stands, and one section in the hands of whoever has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from houvast.core.access.four_eyes import SamePerson
from houvast.core.audit.queries import history
from houvast.core.http import NotHere, Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.authoring import actions
from houvast.core.report.authoring.forms import (
    ActForm,
    AnswerForm,
    CommentForm,
    RoundForm,
    StopForm,
    default_days,
    initial_of,
)
from houvast.core.report.authoring.queries import (
    Desk,
    Place,
    choices,
    comment_place,
    contributions_of,
    desk,
    may_settle,
    open_round,
    proposal,
    require_involved,
)
from houvast.core.report.authoring.rules import ONWARD, Act, Part, needs_reason
from houvast.core.report.models import Comment
from houvast.core.report.outline import walk
from houvast.core.report.permissions import CONTRIBUTE, COORDINATE
from houvast.core.report.views.chapter import load
from houvast.core.ui.clocks import TimeLeft, days_left


@dataclass(frozen=True)
class Line:
    """A section in the overview of a round, with the time that is left."""

    place: Place
    left: TimeLeft


@dataclass(frozen=True)
class Offer:
    """Something the reader may do with the section, as a form."""

    act: Act
    label: str
    form: ActForm
    asks_why: bool
    onward: bool


@dataclass(frozen=True)
class Remark:
    """A comment with what the reader may do about it."""

    comment: Comment
    form: AnswerForm | None
    may_settle: bool


def _load(request: Request, year: int) -> Desk:
    """The round of the year, for who has a part in it. Raises NotHere, NotPermitted."""
    request.actor.require(CONTRIBUTE)
    if open_round(year) is None:
        raise NotHere(_("Van %(year)s is geen ronde open.") % {"year": year})
    found = desk(load(request, year), timezone.localdate())
    assert found is not None
    require_involved(request.actor, found)
    return found


def _section(request: Request, year: int, section: str) -> tuple[Desk, Place]:
    found = _load(request, year)
    if section not in {one.key for _depth, one in walk()}:
        raise Http404
    place = found.place(section)
    if place is None:
        raise NotHere(_("Dit onderdeel doet niet mee in de ronde van %(year)s.") % {"year": year})
    return found, place


def overview(request: Request, year: int) -> HttpResponse:
    """How the round stands: each section, who has it and how long still; or that there is none."""
    request.actor.require(CONTRIBUTE)
    if open_round(year) is None:
        given = {"year": year, "may_open": request.actor.may_write(COORDINATE)}
        return render(request, "report/round_none.html", given)
    return _overview(request, _load(request, year))


def _overview(request: Request, found: Desk, *, refused: str = "", status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    given = {
        "desk": found,
        "lines": [Line(place, days_left(place.due_on, today)) for place in found.places],
        "may_coordinate": request.actor.may_write(COORDINATE),
        "signs": found.signs_for_board(request.actor),
        "stop": StopForm(initial={"version": found.round.version}),
        "refused": refused,
    }
    return render(request, "report/round.html", given, status=status)


def plan(request: Request, year: int) -> HttpResponse:
    """Open a round, or change who and when in the one that is open."""
    request.actor.require_write(COORDINATE)
    today = timezone.localdate()
    round_ = open_round(year)
    given: dict[str, Any] = {"choices": choices(today), "year": year}
    if round_ is not None:
        given["initial"] = initial_of(round_, list(contributions_of([round_.pk])))
    else:
        given["initial"] = proposal(year, today) | default_days(year, today)
    form = RoundForm(request.POST if request.method == "POST" else None, **given)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                if round_ is None:
                    actions.open_round_of(request.actor, year=year, plan=form.plan, today=today)
                    messages.success(
                        request, _("De ronde is open; wie aan de beurt is, ziet het op Mijn dag.")
                    )
                else:
                    version = form.cleaned_data["version"] or 0
                    actions.change_round(
                        request.actor, round_id=round_.pk, expected_version=version, plan=form.plan
                    )
                    messages.success(request, _("De ronde is gewijzigd."))
                return redirect("report:round", request.actor.organisation.slug, year)
        except Refusal as refusal:
            form.refuse(refusal.field, str(refusal))
        except Conflict as conflict:
            status = 409
            data = request.POST.copy()
            data["version"] = str(conflict.current.version)
            form = RoundForm(data, choices=given["choices"], year=year)
            form.add_error(
                None,
                _("Iemand anders heeft de ronde intussen gewijzigd. Kijk uw invoer na en bewaar opnieuw."),
            )
    page = {"form": form, "year": year, "round": round_}
    return render(request, "report/round_form.html", page, status=status)


@require_POST
def stop(request: Request, year: int) -> HttpResponse:
    """Stop the round, with the reason."""
    request.actor.require_write(COORDINATE)
    found = _load(request, year)
    form = StopForm(request.POST)
    if not form.is_valid():
        return _overview(request, found, refused=_("Zeg waarom de ronde stopt."), status=422)
    try:
        actions.stop_round(
            request.actor,
            round_id=found.round.pk,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            today=timezone.localdate(),
        )
    except Refusal as refusal:
        return _overview(request, found, refused=str(refusal), status=422)
    except Conflict as conflict:
        return _overview(request, _load(request, year), refused=str(conflict), status=409)
    messages.success(request, _("De ronde is gestopt."))
    return redirect("report:chapter", request.actor.organisation.slug, year)


@require_POST
def board(request: Request, year: int) -> HttpResponse:
    """The board agrees with the chapter, or takes that back."""
    request.actor.require_write(CONTRIBUTE)
    found = _load(request, year)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _overview(request, found, refused=_("Kies opnieuw."), status=422)
    version = form.cleaned_data["version"]
    try:
        if "terug" in request.POST:
            actions.withdraw_board(request.actor, found=found, expected_version=version, at=timezone.now())
            messages.success(request, _("Het akkoord van de directie is teruggenomen."))
        else:
            seen = form.cleaned_data["seen"]
            actions.agree_board(
                request.actor, found=found, expected_version=version, seen=seen, at=timezone.now()
            )
            messages.success(request, _("De paragraaf is gereed voor het college."))
    except Refusal as refusal:
        return _overview(request, found, refused=str(refusal), status=422)
    except Conflict as conflict:
        return _overview(request, _load(request, year), refused=str(conflict), status=409)
    return redirect("report:round", request.actor.organisation.slug, year)


def section(request: Request, year: int, section: str) -> HttpResponse:
    """One section in the round: where it is, how it reads, what changed, what was said, and what the reader may do."""
    found, place = _section(request, year, section)
    return _page(request, found, place)


def _page(
    request: Request,
    found: Desk,
    place: Place,
    *,
    refused: Sequence[str] = (),
    sent: tuple[Act, ActForm] | None = None,
    comment: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    offers = [_offer(place, part, act, sent) for part, act in place.acts(request.actor)]
    given = {
        "desk": found,
        "place": place,
        "onward": [offer for offer in offers if offer.onward],
        "back": [offer for offer in offers if not offer.onward],
        "may_write": place.may_write_text(request.actor),
        "left": days_left(place.due_on, timezone.localdate()),
        "remarks": [_remark(request, found, one) for one in place.comments],
        "comment": comment or CommentForm(),
        "refused": refused,
        "history": history(place.contribution),
    }
    return render(request, "report/section.html", given, status=status)


def _offer(place: Place, part: Part, act: Act, sent: tuple[Act, ActForm] | None) -> Offer:
    form = ActForm(
        initial={"version": place.contribution.version, "seen": place.content.snapshot.mark},
        auto_id=f"id_{act}_%s",
    )
    if sent is not None and sent[0] is act:
        form = sent[1]
    label = str(act.label)
    if act in ONWARD and place.turn.again:
        label = _("Geef opnieuw akkoord") if act is Act.AGREE else _("Opnieuw gecontroleerd")
    if act is Act.WITHDRAW and part is Part.APPROVER:
        label = _("Trek het akkoord in")
    if act is Act.FINISH and place.goes_back_for_agreement:
        label = _("Redactie klaar, opnieuw voor akkoord")
    if act in ONWARD and place.content.blocked:
        label = f"{label}: {place.content.blocked}"
    return Offer(act, label, form, needs_reason(part, act), act in ONWARD)


def _remark(request: Request, found: Desk, comment: Comment) -> Remark:
    if comment.settled_at is not None or not request.actor.may_write(CONTRIBUTE):
        return Remark(comment, None, may_settle=False)
    initial = {"version": comment.version, "answer": comment.answer}
    form = AnswerForm(initial=initial, auto_id=f"id_{comment.pk}_%s")
    return Remark(comment, form, may_settle(request.actor, found, comment))


@require_POST
def act(request: Request, year: int, section: str, act: str) -> HttpResponse:
    """Hand the section on, give it back or take it back."""
    request.actor.require_write(CONTRIBUTE)
    found, place = _section(request, year, section)
    if act not in Act.values:
        raise Http404
    wanted = Act(act)
    form = ActForm(request.POST, auto_id=f"id_{wanted}_%s")
    if not form.is_valid():
        return _page(request, found, place, sent=(wanted, form), status=422)
    given = form.cleaned_data
    extra: dict[str, Any] = {"seen": given["seen"]} if wanted in ONWARD else {"reason": given["reason"]}
    try:
        actions.BY_ACT[wanted](
            request.actor, place=place, expected_version=given["version"], at=timezone.now(), **extra
        )
    except (Refusal, SamePerson) as refusal:
        field = getattr(refusal, "field", "")
        if field:
            form.add_error(field, str(refusal))
        return _page(
            request, found, place, refused=[str(refusal)], sent=(wanted, form) if field else None, status=422
        )
    except Conflict as conflict:
        found, place = _section(request, year, section)
        return _page(request, found, place, refused=[str(conflict)], status=409)
    _found, place = _section(request, year, section)
    messages.success(request, place.sentence)
    return redirect("report:section", request.actor.organisation.slug, year, section)


@require_POST
def comment(request: Request, year: int, section: str) -> HttpResponse:
    """Place a comment."""
    request.actor.require_write(CONTRIBUTE)
    found, place = _section(request, year, section)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.comment(
                request.actor,
                found=found,
                section=section,
                text=form.cleaned_data["text"],
                at=timezone.now(),
                sent_key=form.cleaned_data["sent_key"],
            )
        except AlreadyDone:
            pass
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        if not form.errors:
            return _back(request, year, section)
    return _page(request, found, place, comment=form, status=422)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a comment, or say that it is settled."""
    request.actor.require_write(CONTRIBUTE)
    at = comment_place(pk)
    if at is None:
        raise Http404
    year, key = at
    found, place = _section(request, year, key)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, place, refused=[_("Vul uw antwoord in.")], status=422)
    given = form.cleaned_data
    common: dict[str, Any] = {
        "found": found,
        "comment_id": pk,
        "expected_version": given["version"],
        "at": timezone.now(),
    }
    try:
        if "klaar" in request.POST:
            actions.settle_comment(request.actor, **common)
        else:
            actions.answer_comment(request.actor, answer=given["answer"], **common)
    except Refusal as refusal:
        return _page(request, found, place, refused=[str(refusal)], status=422)
    except Conflict as conflict:
        return _page(request, *_section(request, year, key), refused=[str(conflict)], status=409)
    return _back(request, year, key)


def _back(request: Request, year: int, section: str) -> HttpResponse:
    answer = redirect("report:section", request.actor.organisation.slug, year, section)
    answer["Location"] += "#opmerkingen"
    return answer
