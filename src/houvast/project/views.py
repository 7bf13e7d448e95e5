"""The pages that belong to no module: which organisation, what to do today, search."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from houvast.core.access.sharing import asked_of, organisations_of
from houvast.core.agenda.changes import changes_for
from houvast.core.agenda.queries import soon
from houvast.core.http import NotHere, Request
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.registry import modules
from houvast.project import search as searching
from houvast.project.day import day_of, waiting

SHORTEST_QUERY = 2
LONGEST_QUERY = 200


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the sentence that says why where there is one for readers."""
    sentence = str(exception) if isinstance(exception, NotHere) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)


def home(request: HttpRequest) -> HttpResponse:
    """Straight on where one works in one organisation, else the choice; by name, never by a preference."""
    assert not isinstance(request.user, AnonymousUser)
    today, now = timezone.localdate(), timezone.now()
    found = organisations_of(request.user, today)
    if len(found) == 1:
        return redirect("my_day", found[0].slug)
    organisations = asked_of(request.user, today, lambda actor: waiting(actor, now))
    return render(request, "project/home.html", {"organisations": organisations})


def my_day(request: Request) -> HttpResponse:
    """What this person has to do now, how things stand, and what one can begin here."""
    now = timezone.now()
    day = day_of(request.actor, now)
    request.waiting = day.addresses
    given = {
        "day": day,
        "soon": soon(request.actor, timezone.localdate(now), day.addresses),
        "changes": changes_for(request.actor, now),
    }
    return render(request, "project/my_day.html", given)


def search(request: Request) -> HttpResponse:
    """Pages, facts, texts and records that hold each word, as far as this person may see them; or one kind of those."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    long_enough = len(query) >= SHORTEST_QUERY
    found = searching.search(request.actor, query) if long_enough else ()
    kind = request.GET.get("soort", "")
    given = {
        "query": query,
        "found": found,
        "kind": kind,
        "groups": [group for group in found if kind in ("", group.kind)],
        "number": sum(group.number for group in found),
        "long_enough": long_enough,
    }
    return render(request, "project/search.html", given)


SAID_FOR = timedelta(days=90)
"""For how long security.txt says that it holds; RFC 9116 asks for less than a year."""


@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability, for programs and people (RFC 9116); 404 where nobody takes reports."""
    contacts = list(settings.SECURITY_CONTACTS) or [
        request.build_absolute_uri(reverse("security_public:vulnerability", args=[organisation.slug]))
        for organisation in Organisation.objects.order_by("slug")
        if _takes_reports(organisation)
    ]
    if not contacts:
        raise NotHere
    until = (timezone.now().astimezone(UTC) + SAID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}" for contact in contacts]
    lines += [f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: nl, en"]
    lines.append(f"Canonical: {request.build_absolute_uri(request.path)}")
    lines += [f"Policy: {settings.SECURITY_POLICY}"] if settings.SECURITY_POLICY else []
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _takes_reports(organisation: Organisation) -> bool:
    with reading(organisation.pk):
        return all(
            page.is_open()
            for module in modules()
            for page in module.public
            if page.url_name == "security_public:vulnerability"
        )
