"""Reporting, for everybody: four questions, then what happens now."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from houvast.core.http import Request
from houvast.modules.security import actions, permissions, queries
from houvast.modules.security.forms import ReportForm
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.views.shared import FormPage, handle, page_of, this_minute


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
    )

    def save() -> Incident | Breach:
        at, key = this_minute(), form.cleaned_data["sent_key"]
        if form.is_breach:
            return actions.report_breach(request.actor, at=at, facts=form.breach_facts(at), sent_key=key)
        return actions.report_incident(request.actor, at=at, facts=form.incident_facts(at), sent_key=key)

    return handle(request, page, form, save, lambda row: page_of(request, "reported", str(row)))


def reported(request: Request, reference: str) -> HttpResponse:
    """What the reporter may know of the own report, at any time."""
    row: Incident | Breach | None = queries.own_incidents(request.actor).filter(reference=reference).first()
    row = row or queries.own_breaches(request.actor).filter(reference=reference).first()
    if row is None:
        raise Http404
    return render(request, "security/reported.html", {"row": row, "is_breach": isinstance(row, Breach)})
