"""The outline of a year's chapter: its headings, and which sections it has."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.report import actions
from houvast.core.report.entry_forms import ArrangeForm
from houvast.core.report.permissions import ARRANGE


def arrange(request: Request, year: int) -> HttpResponse:
    """Show the outline and change it from this year on."""
    request.actor.require_write(ARRANGE)
    form, status, stale = ArrangeForm(request.POST or None, year=year), 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.arrange(
                    request.actor,
                    year=year,
                    sections=form.placings(),
                    expected_stamp=form.cleaned_data["stamp"],
                    today=timezone.localdate(),
                )
            except actions.Refusal as refusal:
                form.add_error(
                    f"kop.{refusal.field}" if f"kop.{refusal.field}" in form.fields else None, str(refusal)
                )
            except Conflict:
                form, status, stale = ArrangeForm(year=year), 409, True
            else:
                messages.success(request, _("De opzet is bewaard."))
                return redirect("report:chapter", request.actor.organisation.slug, year)
    return render(request, "report/outline.html", {"form": form, "year": year, "stale": stale}, status=status)
