"""One's own notices, and what of them is mailed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from houvast.core.http import Request
from houvast.core.notices import actions, queries
from houvast.core.notices.forms import PreferenceForm
from houvast.core.notices.permissions import RECEIVE
from houvast.core.orgs.base import Conflict

SIZE = 50


def index(request: Request) -> HttpResponse:
    """The notices, newest first, fifty a page; sending marks all as read."""
    if request.method == "POST":
        actions.mark_read(request.actor, at=timezone.now())
        messages.success(request, _("Alle meldingen zijn gelezen."))
        return redirect("notices:index", request.actor.organisation.slug)
    page = Paginator(queries.notices_of(request.actor), SIZE).get_page(request.GET.get("pagina"))
    labels = queries.kind_labels()
    given = {
        "page": page,
        "rows": [(notice, labels.get(notice.kind, "")) for notice in page],
        "unread": queries.unread(request.actor),
        "may_change": request.actor.may_write(RECEIVE) and request.actor.person_id is not None,
    }
    return render(request, "notices/index.html", given)


@require_POST
def opened(request: Request, uid: UUID) -> HttpResponse:
    """Mark one notice as read, and go to what it is about (or back to the list)."""
    request.actor.require_write(RECEIVE)
    notice = get_object_or_404(queries.notices_of(request.actor), uid=uid)
    actions.mark_read(request.actor, at=timezone.now(), uid=uid)
    if "stay" in request.POST:
        return redirect("notices:index", request.actor.organisation.slug)
    return redirect(notice.url)


def preferences(request: Request) -> HttpResponse:
    """What is mailed to the reader, and how often."""
    row = queries.preference_of(request.actor)
    form, status, conflict = PreferenceForm(row, request.POST or None), 200, False
    if request.method == "POST":
        request.actor.require_write(RECEIVE)
        status = 422
        if form.is_valid():
            try:
                actions.choose(request.actor, **form.asked())
            except actions.Refusal as refusal:
                form.add_error(None, str(refusal))
            except Conflict as found:
                typed = {**request.POST.dict(), "version": str(found.current.version)}
                form, status, conflict = PreferenceForm(row, typed), 409, True
            else:
                messages.success(request, _("Uw voorkeuren zijn opgeslagen."))
                return redirect("notices:preferences", request.actor.organisation.slug)
    given = {"form": form, "conflict": conflict, "may_change": request.actor.person_id is not None}
    return render(request, "notices/preferences.html", given, status=status)
