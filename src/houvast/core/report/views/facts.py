"""Facts with a source: the list of a year, entering and changing one, the check by another person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from houvast.core.access.four_eyes import SamePerson
from houvast.core.audit.queries import history
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.report import actions
from houvast.core.report.entry_forms import FactForm, initial_of
from houvast.core.report.models import SourcedFact
from houvast.core.report.permissions import CHECK_FACT, ENTER_FACT, VIEW
from houvast.core.report.queries import context_for, fact_claim


def _facts(year: int) -> Any:
    people = SourcedFact.objects.select_related("entered_by", "checked_by")
    return people.filter(year=year).order_by("key")


def index(request: Request, year: int) -> HttpResponse:
    """Every fact of the year; `?stand=open` shows what still has to be checked."""
    request.actor.require(VIEW)
    open_only = request.GET.get("stand") == "open"
    facts = list(_facts(year).filter(checked_by=None) if open_only else _facts(year))
    context = context_for(request.actor.organisation, year)
    rows = [(fact, fact_claim(context, fact)) for fact in facts]
    given = {
        "year": year,
        "rows": rows,
        "open_only": open_only,
        "waiting": sum(fact.checked_by_id is None for fact in facts),
        "may_enter": request.actor.may_write(ENTER_FACT),
    }
    return render(request, "report/facts.html", given)


def add(request: Request, year: int) -> HttpResponse:
    """Enter a fact."""
    request.actor.require_write(ENTER_FACT)
    form = FactForm(request.POST if request.method == "POST" else None, taken=_taken(year))
    if request.method == "POST" and form.is_valid():
        fact = actions.enter_fact(request.actor, year=year, entry=form.entry())
        messages.success(request, _("Het feit is vastgelegd. Een ander moet het nog controleren."))
        return redirect("report:fact", request.actor.organisation.slug, year, fact.pk)
    status = 422 if form.is_bound else 200
    return render(request, "report/fact_form.html", {"form": form, "year": year, "fact": None}, status=status)


def change(request: Request, year: int, pk: int) -> HttpResponse:
    """One fact with its history; who may, changes it here."""
    request.actor.require(VIEW)
    fact = get_object_or_404(_facts(year), pk=pk)
    form, theirs, status = FactForm(initial=initial_of(fact), taken=_taken(year) - {fact.key}), None, 200
    if request.method == "POST":
        request.actor.require_write(ENTER_FACT)
        form = FactForm(request.POST, taken=_taken(year) - {fact.key})
        status = 422
        if form.is_valid():
            try:
                version = form.cleaned_data["version"] or 0
                actions.change_fact(request.actor, fact_id=pk, expected_version=version, entry=form.entry())
            except Conflict as conflict:
                form, theirs, status = _again(request, conflict), conflict.current, 409
            else:
                messages.success(request, _("Het feit is gewijzigd. Een ander moet het opnieuw controleren."))
                return redirect("report:fact", request.actor.organisation.slug, year, pk)
    context = context_for(request.actor.organisation, year)
    given = {
        "form": form,
        "year": year,
        "fact": fact,
        "claim": fact_claim(context, fact),
        "theirs": theirs,
        "history": history(fact),
        "may_enter": request.actor.may_write(ENTER_FACT),
        "may_check": _may_check(request, fact),
    }
    return render(request, "report/fact.html", given, status=status)


def _again(request: Request, conflict: Conflict) -> FactForm:
    """The form as typed, now on top of the other's version, so that saving again is a choice."""
    data = request.POST.copy()
    data["version"] = str(conflict.current.version)
    return FactForm(data)


def _may_check(request: Request, fact: SourcedFact) -> bool:
    is_other = request.actor.account_id not in {None, fact.entered_by_id}
    return request.actor.may_write(CHECK_FACT) and is_other and fact.checked_by_id is None


def _taken(year: int) -> frozenset[str]:
    return frozenset(SourcedFact.objects.filter(year=year).values_list("key", flat=True))


@require_POST
def check(request: Request, year: int, pk: int) -> HttpResponse:
    """Confirm what somebody else entered."""
    request.actor.require_write(CHECK_FACT)
    fact = get_object_or_404(_facts(year), pk=pk)
    version = request.POST.get("version", "")
    try:
        expected = int(version) if version.isdigit() else 0
        actions.check_fact(request.actor, fact_id=fact.pk, expected_version=expected, at=timezone.now())
    except SamePerson as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Gecontroleerd."))
    return redirect(reverse("report:fact", args=[request.actor.organisation.slug, year, pk]))
