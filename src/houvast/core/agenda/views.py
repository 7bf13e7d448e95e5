"""The calendar, the address at which a calendar program may read it, and what changed."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from houvast.core.agenda import actions, queries, rules
from houvast.core.agenda.changes import changes_for
from houvast.core.agenda.feeds import address_of
from houvast.core.agenda.models import CalendarFeed
from houvast.core.agenda.months import month_of, reach
from houvast.core.agenda.permissions import FEED
from houvast.core.http import NotHere, Request

LONGEST_NUMBER = 18
"""So many digits fit in the column of a number."""


def month(request: Request) -> HttpResponse:
    """A month with everything in it that this person may see, or one kind of that."""
    today = timezone.localdate()
    first = today.replace(day=1)
    if typed := request.GET.get("maand", ""):
        asked = rules.parse_month(typed)
        if asked is None:
            raise NotHere(_("De agenda loopt van januari 2000 tot en met december 2100."))
        first = asked
    found = queries.points(request.actor, *reach(first))
    kinds, kind = queries.kinds(found), request.GET.get("soort", "")
    shown = [point for point in found if not kind or point.kind == kind]
    given = {
        "month": month_of(first, today, shown),
        "this_month": today.replace(day=1),
        "kinds": kinds,
        "kind": kind,
        "as_list": request.GET.get("weergave") == "lijst",
        "may_feed": request.actor.may_write(FEED) and request.actor.person_id is not None,
    }
    return render(request, "agenda/month.html", given)


def changed(request: Request) -> HttpResponse:
    """Everything that others changed since this person said to have read it."""
    return render(request, "agenda/changed.html", {"changes": changes_for(request.actor, timezone.now())})


@require_POST
def seen(request: Request) -> HttpResponse:
    """Remember that this person has read what changed, up to the entry that the page showed last."""
    upto = request.POST.get("upto", "")
    if not (upto.isascii() and upto.isdecimal() and len(upto) <= LONGEST_NUMBER):
        raise Http404
    if request.actor.person_id is None:
        raise Http404
    actions.note_look(request.actor, number=int(upto), at=timezone.now())
    return redirect("my_day", request.actor.organisation.slug)


@never_cache
def feed(request: Request) -> HttpResponse:
    """Whether there is a feed of one's own, since when, and when it was last fetched."""
    _require(request)
    return _feed_page(request)


@never_cache
@require_POST
def make(request: Request) -> HttpResponse:
    """A new address, shown on the answer and never again: only a digest of it is kept."""
    _require(request)
    token = rules.new_token()
    actions.make_feed(request.actor, token=token, at=timezone.now())
    return _feed_page(request, address_of(request, request.actor.organisation, token))


@require_POST
def withdraw(request: Request) -> HttpResponse:
    """Let the address stop. Whoever presses twice sees that it has."""
    _require(request)
    with suppress(CalendarFeed.DoesNotExist):
        actions.withdraw_feed(request.actor, at=timezone.now())
    return redirect("agenda:feed", request.actor.organisation.slug)


def _require(request: Request) -> None:
    request.actor.require_write(FEED)
    if request.actor.person_id is None:
        raise Http404


def _feed_page(request: Request, address: str = "") -> HttpResponse:
    found = queries.feed_of(request.actor)
    given = {"feed": found, "fetched": queries.fetched(found) if found else None, "address": address}
    return render(request, "agenda/feed.html", given)
