"""Reporting, for everybody: four questions, then what happens now."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from houvast.core.http import Request
from houvast.core.viewlog.actions import note
from houvast.core.viewlog.rules import Manner
from houvast.modules.security import actions, permissions, queries
from houvast.modules.security.forms import ReportForm
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules.breaches import OPEN
from houvast.modules.security.views.shared import FormPage, clock_view, handle, page_of, this_minute

PAGE, DIGITS = 50, 7


def report(request: Request) -> HttpResponse:
    """Report something: a breach when data of people are involved for certain, else an incident."""
    request.actor.require_write(permissions.REPORT)
    form = ReportForm(request.POST or None)
    page = FormPage(
        title=_("Meld een incident"),
        lead=_("Vier vragen, minder dan een minuut. Twijfelt u? Meld het toch."),
        submit=_("Meld nu"),
        done=_("Uw melding is ontvangen."),
        back=page_of(request, "overview"),
        template="security/report.html",
        extra={"phone": queries.phone_on(localdate())},
    )

    def save() -> Incident | Breach:
        at, key = this_minute(), form.cleaned_data["sent_key"]
        if form.is_breach:
            return actions.report_breach(request.actor, at=at, facts=form.breach_facts(at), sent_key=key)
        return actions.report_incident(request.actor, at=at, facts=form.incident_facts(at), sent_key=key)

    return handle(request, page, form, save, lambda row: _confirmation(request, row))


def _confirmation(request: Request, row: Incident | Breach) -> str:
    """Who is here as a guest is no reporter whom the register knows, and follows nothing."""
    if request.actor.person_id is None:
        return page_of(request, "overview")
    return page_of(request, "reported", str(row))


def own(request: Request) -> HttpResponse:
    """All the reader's own reports, newest first."""
    asked = request.GET.get("vanaf", "")
    first = int(asked) if asked.isdecimal() and len(asked) < DIGITS else 0
    found = queries.own_reports(request.actor, first, PAGE + 1)
    context = {
        "own": found[:PAGE],
        "older": first + PAGE if len(found) > PAGE else None,
        "newer": max(first - PAGE, 0) if first else None,
        "may_report": request.actor.may_write(permissions.REPORT),
    }
    return render(request, "security/own.html", context)


def reported(request: Request, reference: str) -> HttpResponse:
    """What the reporter may know of the own report, at any time."""
    row: Incident | Breach | None = queries.own_incidents(request.actor).filter(reference=reference).first()
    row = row or queries.own_breaches(request.actor).filter(reference=reference).first()
    if row is None:
        raise Http404
    context: dict[str, Any] = {
        "row": row,
        "is_breach": isinstance(row, Breach),
        "phone": queries.phone_on(localdate()),
    }
    if isinstance(row, Breach):
        context |= {"clock": clock_view(row), "runs": row.status in OPEN}
    context["is_over"] = row.closed_on is not None
    response = render(request, "security/reported.html", context)
    note(request.actor, row._meta.label_lower, row.uid, Manner.PAGE)
    return response
