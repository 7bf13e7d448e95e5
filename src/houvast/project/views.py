"""The pages that belong to no module: which organisation, what to do today, search."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from houvast.core.access.sharing import organisations_of
from houvast.core.http import NotHere, Request
from houvast.core.registry import modules

SHORTEST_QUERY = 2


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the sentence that says why where there is one for readers."""
    sentence = str(exception) if isinstance(exception, NotHere) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)


def home(request: HttpRequest) -> HttpResponse:
    """Straight on where one works in one organisation, else the choice; by name, never by a preference."""
    assert not isinstance(request.user, AnonymousUser)
    found = organisations_of(request.user, timezone.localdate())
    if len(found) == 1:
        return redirect("my_day", found[0].slug)
    return render(request, "project/home.html", {"organisations": found})


def my_day(request: Request) -> HttpResponse:
    """What this person has to do now, nearest date first."""
    tasks = [task for module in modules() for task in module.tasks(request.actor)]
    tasks.sort(key=lambda task: (task.due is None, str(task.due or ""), task.label))
    return render(request, "project/my_day.html", {"tasks": tasks, "today": timezone.localdate()})


def search(request: Request) -> HttpResponse:
    """Records of every module whose words match, as far as this person may see them."""
    query = request.GET.get("q", "").strip()
    long_enough = len(query) >= SHORTEST_QUERY
    hits = [hit for module in modules() for hit in module.search(request.actor, query)] if long_enough else []
    return render(request, "project/search.html", {"query": query, "hits": hits, "long_enough": long_enough})
