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
from houvast.core.report.actions import Refusal
from houvast.core.report.adoption.queries import is_closed
from houvast.core.report.entry_forms import FactForm, WithdrawForm, initial_of
from houvast.core.report.models import SourcedFact
from houvast.core.report.permissions import CHECK_FACT, ENTER_FACT, VIEW
from houvast.core.report.queries import context_for, facts_of, readable, why_unreadable


def _facts(year: int) -> Any:
    people = SourcedFact.objects.select_related("entered_by", "checked_by", "withdrawn_by")
    return people.filter(year=year).order_by("key")


def index(request: Request, year: int) -> HttpResponse:
    """Every fact of the year; `?stand=open` shows what has to be checked, `?stand=ingetrokken` what was withdrawn."""
    request.actor.require(VIEW)
    shown = request.GET.get("stand", "")
    facts = list(_facts(year).filter(withdrawn_at__isnull=shown != "ingetrokken"))
    waiting = sum(fact.checked_by_id is None for fact in facts)
    if shown == "open":
        facts = [fact for fact in facts if fact.checked_by_id is None]
    context = context_for(request.actor.organisation, year)
    given = {
        "year": year,
        "rows": [(fact, readable(context, fact)) for fact in facts],
        "open_only": shown == "open",
        "withdrawn": shown == "ingetrokken",
        "waiting": waiting,
        "may_enter": request.actor.may_write(ENTER_FACT) and not is_closed(year),
    }
    return render(request, "report/facts.html", given)


def add(request: Request, year: int) -> HttpResponse:
    """Enter a fact."""
    request.actor.require_write(ENTER_FACT)
    form = FactForm(request.POST if request.method == "POST" else None, taken=_taken(year))
    if request.method == "POST" and form.is_valid():
        try:
            fact = actions.enter_fact(
                request.actor, year=year, entry=form.entry(), today=timezone.localdate()
            )
        except Refusal as refusal:
            form.refuse(refusal.field, str(refusal))
        else:
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
            except Refusal as refusal:
                form.refuse(refusal.field, str(refusal))
            except Conflict as conflict:
                form, theirs, status = _again(request, conflict), conflict.current, 409
            else:
                messages.success(request, _("Het feit is gewijzigd. Een ander moet het opnieuw controleren."))
                return redirect("report:fact", request.actor.organisation.slug, year, pk)
    return _page(request, fact, form=form, theirs=theirs, status=status)


def _page(
    request: Request,
    fact: SourcedFact,
    *,
    form: FactForm | None = None,
    withdrawal: WithdrawForm | None = None,
    theirs: Any = None,
    status: int = 200,
) -> HttpResponse:
    claim = readable(context_for(request.actor.organisation, fact.year), fact)
    stands = fact.withdrawn_at is None and not is_closed(fact.year)
    given = {
        "form": form or FactForm(initial=initial_of(fact)),
        "withdrawal": withdrawal or WithdrawForm(initial={"version": fact.version}, prefix="intrekken"),
        "year": fact.year,
        "fact": fact,
        "claim": claim,
        "unreadable": "" if claim else why_unreadable(fact),
        "theirs": theirs,
        "history": history(fact),
        "may_enter": request.actor.may_write(ENTER_FACT) and stands,
        "may_check": _may_check(request, fact) and claim is not None and stands,
    }
    return render(request, "report/fact.html", given, status=status)


@require_POST
def withdraw(request: Request, year: int, pk: int) -> HttpResponse:
    """Withdraw a fact that was entered by mistake, with the reason."""
    request.actor.require_write(ENTER_FACT)
    fact = get_object_or_404(_facts(year), pk=pk)
    form = WithdrawForm(request.POST, prefix="intrekken")
    if form.is_valid():
        try:
            actions.withdraw_fact(
                request.actor,
                fact_id=fact.pk,
                expected_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except (Refusal, SamePerson) as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Het feit is ingetrokken."))
            return redirect("report:facts", request.actor.organisation.slug, year)
    return _page(request, fact, withdrawal=form, status=422)


def _again(request: Request, conflict: Conflict) -> FactForm:
    """The form as typed, now on top of the other's version, so that saving again is a choice."""
    data = request.POST.copy()
    data["version"] = str(conflict.current.version)
    return FactForm(data)


def _may_check(request: Request, fact: SourcedFact) -> bool:
    is_other = request.actor.account_id not in {None, fact.entered_by_id}
    return request.actor.may_write(CHECK_FACT) and is_other and fact.checked_by_id is None


def _taken(year: int) -> frozenset[str]:
    return frozenset(facts_of(year).values_list("key", flat=True))


@require_POST
def check(request: Request, year: int, pk: int) -> HttpResponse:
    """Confirm what somebody else entered."""
    request.actor.require_write(CHECK_FACT)
    fact = get_object_or_404(_facts(year), pk=pk)
    version = request.POST.get("version", "")
    try:
        expected = int(version) if version.isdigit() else 0
        actions.check_fact(request.actor, fact_id=fact.pk, expected_version=expected, at=timezone.now())
    except (SamePerson, Refusal) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Gecontroleerd."))
    return redirect(reverse("report:fact", args=[request.actor.organisation.slug, year, pk]))
