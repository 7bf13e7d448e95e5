"""The administrators' page of jobs and turns, and a page of one job for who started it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.jobs import actions, queries
from houvast.core.jobs.permissions import MANAGE
from houvast.core.jobs.rules import JobRefused


def index(request: Request) -> HttpResponse:
    """What runs, failed and is over; when which turn comes; whether a worker lives."""
    now = timezone.now()
    live = queries.live(request.actor)
    given = {
        "live": live,
        "over": queries.over(request.actor),
        "planned": queries.planned(),
        "workers": queries.workers(now),
        "may_change": request.actor.may_write(MANAGE),
        "refreshes": bool(live),
    }
    asked_by_script = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/_live.html" if asked_by_script else "jobs/index.html", given)


def show(request: Request, uid: UUID) -> HttpResponse:
    """One job: how far it is and what it left behind; sending asks it to stop or to begin again."""
    job = get_object_or_404(queries.visible_to(request.actor), uid=uid)
    mine = job.account_id is not None and job.account_id == request.actor.account_id
    may_change = request.actor.may_write(MANAGE) or (mine and not request.actor.is_guest)
    if request.method == "POST":
        if not may_change:
            request.actor.require_write(MANAGE)
        act, told = (
            (actions.retry, _("De taak begint opnieuw."))
            if "retry" in request.POST
            else (actions.cancel, _("De taak stopt zodra het kan."))
        )
        try:
            act(request.actor, uid=uid)
        except JobRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, told)
        back = request.POST.get("back", "")
        return (
            redirect("jobs:index", request.actor.organisation.slug)
            if back == "index"
            else redirect(request.path)
        )
    given = {"job": job, "mine": mine, "may_change": may_change}
    asked_by_script = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/_job.html" if asked_by_script else "jobs/job.html", given)
