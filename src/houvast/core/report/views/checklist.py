"""Going through what the accounts of a year must contain, by law and by the council."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption import actions
from houvast.core.report.adoption.checklist import Item, checklist
from houvast.core.report.adoption.forms import AnswerForm, RequirementForm
from houvast.core.report.adoption.models import CouncilRequirement
from houvast.core.report.adoption.queries import is_closed
from houvast.core.report.permissions import ANSWER, VIEW


def show(request: Request, year: int) -> HttpResponse:
    """Every requirement of the year with its answer; `?eis=` opens the form of one."""
    request.actor.require(VIEW)
    items = checklist(year)
    if request.method == "POST":
        request.actor.require_write(ANSWER)
        if "end" in request.POST:
            return _end(request, year)
        return (
            _add(request, year, items) if request.POST.get("do") == "add" else _answer(request, year, items)
        )
    opened = next((one for one in items if one.key == request.GET.get("eis", "")), None)
    form = _form_of(opened) if opened and request.actor.may_write(ANSWER) else None
    return _page(request, year, items, opened=opened, form=form)


def _form_of(item: Item) -> AnswerForm:
    first: dict[str, Any] = {"key": item.key, "version": 0}
    if item.answer:
        names = ("version", "answer", "section", "document", "reason")
        first |= {name: getattr(item.answer, name) for name in names}
    return AnswerForm(initial=first, always=item.always, headings=item.headings)


def _back(request: Request, year: int) -> HttpResponse:
    return redirect("report:checklist", request.actor.organisation.slug, year)


def _answer(request: Request, year: int, items: Sequence[Item]) -> HttpResponse:
    item = next((one for one in items if one.key == request.POST.get("key", "")), None)
    if item is None:
        raise Http404
    form = AnswerForm(request.POST, always=item.always, headings=item.headings)
    if not form.is_valid():
        return _page(request, year, items, opened=item, form=form, status=422)
    data = form.cleaned_data
    try:
        actions.answer_requirement(
            request.actor,
            year=year,
            key=item.key,
            answer=data["answer"],
            expected_version=data["version"] or 0,
            section=data["section"],
            document=data["document"],
            reason=data.get("reason", ""),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, year, items, opened=item, form=form, status=422)
    except Conflict as conflict:
        data = request.POST.copy()
        data["version"] = str(conflict.current.version)
        form = AnswerForm(data, always=item.always, headings=item.headings)
        form.add_error(
            None,
            _("Iemand anders heeft deze eis intussen nagegaan. Bewaar opnieuw als uw antwoord moet gelden."),
        )
        return _page(request, year, checklist(year), opened=item, form=form, status=409)
    messages.success(request, _("Het antwoord is bewaard."))
    return _back(request, year)


def _add(request: Request, year: int, items: Sequence[Item]) -> HttpResponse:
    form = RequirementForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_requirement(
                request.actor,
                name=data["name"],
                first_year=data["first_year"],
                reference=data["reference"],
                decided_on=data["decided_on"],
                today=timezone.localdate(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("De eis van de raad is vastgelegd."))
            return _back(request, year)
    return _page(request, year, items, adding=form, status=422)


def _end(request: Request, year: int) -> HttpResponse:
    """The requirement holds for this year for the last time."""
    number, version = request.POST["end"], request.POST.get("version", "")
    row = get_object_or_404(
        CouncilRequirement, pk=int(number) if number.isdecimal() and len(number) < 19 else 0
    )
    try:
        expected = int(version) if version.isdecimal() and len(version) < 10 else 0
        actions.end_requirement(
            request.actor, requirement_id=row.pk, expected_version=expected, last_year=year
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, _("De eis geldt na dit verslagjaar niet meer."))
    return _back(request, year)


def _page(
    request: Request,
    year: int,
    items: Sequence[Item],
    *,
    opened: Item | None = None,
    form: AnswerForm | None = None,
    adding: RequirementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may_answer = request.actor.may_write(ANSWER)
    closed = is_closed(year)
    given = {
        "year": year,
        "items": items,
        "opened": opened,
        "form": form,
        "adding": adding
        or (
            RequirementForm(today=timezone.localdate(), initial={"first_year": year}) if may_answer else None
        ),
        "may_answer": may_answer and not closed,
        "closed": closed,
        "missing": sum(one.missing for one in items),
        "blocking": sum(one.blocks for one in items),
    }
    return render(request, "report/checklist.html", given, status=status)
